#include "desktop/session/background.h"

#include <map>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kTickMilliseconds = 100;

/// What analyses call their steps.
QString stepText(const std::string& step) {
    static const std::map<std::string, Localized> kSteps{
        {"check", {"检查规则", "Checking rules"}},
        {"suggest", {"试探位置", "Trying places"}},
        {"network", {"建立网络", "Building the network"}},
        {"hierarchy", {"整理路网", "Ordering the network"}},
        {"isochrones", {"计算等时圈", "Computing isochrones"}},
        {"commitments", {"核对通达承诺", "Checking commitments"}},
        {"facilities", {"统计设施", "Counting facilities"}},
        {"overlay", {"叠置地块与分区", "Overlaying parcels and zones"}},
        {"accessibility", {"写入结果", "Writing results"}},
        {"land_use_intensity", {"写入结果", "Writing results"}},
        {"siting_conflicts", {"写入结果", "Writing results"}},
    };
    const auto found = kSteps.find(step);
    return found == kSteps.end() ? QString::fromStdString(step) : text(found->second);
}

}  // namespace

Background::Background(PlanDocument& document) : mDocument(document) {
    mTicks.setInterval(kTickMilliseconds);
    connect(&mTicks, &QTimer::timeout, this, &Background::progressed);
    // The plan becomes one file again when the last who reads it has closed it.
    connect(&document, &PlanDocument::aboutToClose, this, [this] {
        cancel();
        mLane.drain();
    });
}

Background::~Background() { cancel(); }

std::shared_ptr<Background::State> Background::begin() {
    if (mNow) mNow->stop = true;
    const bool ran = mNow != nullptr;
    mNow = std::make_shared<State>();
    mTicks.start();
    if (!ran) emit runningChanged();
    return mNow;
}

void Background::end(const std::shared_ptr<State>& state) {
    if (mNow != state) return;
    mNow.reset();
    mTicks.stop();
    emit runningChanged();
}

void Background::cancel() {
    if (mNow) mNow->stop = true;
}

double Background::done() const { return mNow ? mNow->done.load() : 0; }

QString Background::what() const {
    if (!mNow) return {};
    const std::lock_guard hold(mNow->mutex);
    if (const auto* layer = mDocument.catalogue().find(mNow->what)) return text("读取", "Reading") + QLatin1Char(' ') + text(layer->title);
    return stepText(mNow->what);
}

bool Background::State::report(double share, std::string_view step) {
    done = share;
    const std::lock_guard hold(mutex);
    if (what != step) what = step;
    return !stop;
}

}  // namespace zonewright::desktop
