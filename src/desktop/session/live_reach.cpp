#include "desktop/session/live_reach.h"

#include <algorithm>

#include <QElapsedTimer>

#include "core/geometry/measure.h"

namespace zonewright::desktop {
namespace {

constexpr int kMillisecondsPerMinute = 60 * 1000;

class Stoppable : public Progress {
public:
    explicit Stoppable(std::shared_ptr<std::atomic<bool>> stop) : mStop(std::move(stop)) {}
    bool report(double, std::string_view) override { return !*mStop; }

private:
    std::shared_ptr<std::atomic<bool>> mStop;
};

using Isochrone = network::LiveIsochrone;

Result<Isochrone::Answer> answerOf(Isochrone& isochrone, const LiveReach::Question& question, const std::vector<std::string>& projects, Progress& progress) {
    if (auto opened = isochrone.open(projects, progress); !opened) return tl::unexpected(opened.error());
    network::LiveOptions options;
    options.limit = network::Milliseconds{static_cast<decltype(network::Milliseconds::value)>(question.minutes * kMillisecondsPerMinute)};
    options.sense = question.sense;
    options.tolerance = Metres(question.tolerance);
    return isochrone.at(question.origin, options);
}

LiveReach::Reach reachOf(Isochrone::Answer found) {
    LiveReach::Reach reach;
    reach.planar = planarArea(found.area);
    reach.people = found.people;
    reach.area = std::move(found.area);
    return reach;
}

Result<LiveReach::Answer> workOut(Isochrone& isochrone, const LiveReach::Question& question, Progress& progress) {
    QElapsedTimer clock;
    clock.start();
    LiveReach::Answer answer;
    answer.question = question;
    auto found = answerOf(isochrone, question, question.projects, progress);
    if (!found) return tl::unexpected(found.error());
    answer.joined = found->joined;
    answer.reach = reachOf(std::move(*found));
    if (!question.projects.empty()) {
        // A place that only a project reaches is nowhere today.
        auto today = answerOf(isochrone, question, {}, progress);
        answer.today = today ? reachOf(std::move(*today)) : LiveReach::Reach{};
    }
    answer.milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    return answer;
}

}  // namespace

LiveReach::LiveReach(PlanDocument& document) : mDocument(document), mStop(std::make_shared<std::atomic<bool>>(false)), mWork(document) {
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        if (!mNetwork) return;
        const auto read = [this](const std::string& layer) { return std::ranges::find(mNetwork->layers, layer) != mNetwork->layers.end(); };
        if (!change.layers.empty() && std::ranges::none_of(change.layers, read)) return;
        mNetwork.reset();
        if (mActive) start();
    });
    connect(&document, &PlanDocument::closed, this, [this] {
        stop();
        mNetwork.reset();
        mProjects.clear();
    });
}

LiveReach::~LiveReach() {
    *mStop = true;
    mAsking.finish();
}

void LiveReach::start() {
    const std::optional<Question> last = mWaiting ? mWaiting : mAnswer ? std::optional(mAnswer->question) : std::nullopt;
    stop();
    mActive = true;
    mWaiting = last;
    if (mNetwork) {
        emit ready();
        return next();
    }
    mWork.run(
        this,
        [catalogue = mDocument.sharedCatalogue()](const plan::Plan& plan, Progress& progress) -> Result<Shared> {
            auto live = analysis::transport::liveNetwork(plan, *catalogue, progress);
            if (!live) return tl::unexpected(live.error());
            return std::make_shared<analysis::transport::LiveNetwork>(std::move(*live));
        },
        [this, serial = mAsking.serial(), revision = mDocument.revision()](Result<Shared> live) {
            if (serial != mAsking.serial()) return;
            if (!live) {
                mFault = live.error();
                emit answered();
                return;
            }
            // Changed while it was read.
            if (revision != mDocument.revision()) return start();
            mNetwork = std::move(*live);
            mProjects = mNetwork->projects;
            emit ready();
            next();
        });
}

void LiveReach::stop() {
    mActive = false;
    mAsking.forget();
    *mStop = true;
    mStop = std::make_shared<std::atomic<bool>>(false);
    mWork.cancel();
    mWaiting.reset();
    mAnswer.reset();
    mFault.reset();
}

void LiveReach::ask(Question question) {
    if (!mActive) return;
    mWaiting = std::move(question);
    next();
}

void LiveReach::next() {
    if (!mActive || mAsking.isBusy() || !mNetwork || !mWaiting) return;
    mAsking.ask(
        this,
        [network = mNetwork, question = *std::exchange(mWaiting, std::nullopt), stop = mStop] {
            Stoppable progress(stop);
            return workOut(*network->isochrone, question, progress);
        },
        [this](Result<Answer> answer) { take(std::move(answer)); }, [this] { next(); });
}

void LiveReach::take(Result<Answer> answer) {
    mAnswer.reset();
    mFault.reset();
    if (answer) mAnswer = std::move(*answer);
    else mFault = answer.error();
    emit answered();
}

}  // namespace zonewright::desktop
