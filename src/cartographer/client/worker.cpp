#include "cartographer/client/worker.h"

#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cartographer/protocol/json_lines.h"

namespace zonewright::cartographer {
namespace {

// Ids of what the client asks for itself.
constexpr std::uint64_t kHello = 1;
constexpr std::uint64_t kReopen = 2;
constexpr std::uint64_t kControl = 3;
constexpr std::uint64_t kFirstJob = 10;

constexpr auto kGrace = std::chrono::seconds(2);  ///< to stop by itself before it is killed
constexpr std::size_t kErrorTail = 2000;

std::string nameOf(const Request& request) {
    return std::visit([](const auto& r) { return std::string(std::decay_t<decltype(r)>::kName); }, request);
}

/// A child that was killed while writing leaves its unfinished file to us.
void removeUnfinished(const Request& request) {
    const PrintRequest* print = std::get_if<PrintRequest>(&request);
    if (const auto* atlas = std::get_if<AtlasRequest>(&request)) print = &atlas->sheet;
    std::error_code none;
    if (print != nullptr) std::filesystem::remove(unfinishedFileOf(print->file), none);
}

}  // namespace

Cartographer::Worker::Worker(ClientOptions options)
    : mOptions(std::move(options)), mWake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), mNext(kFirstJob),
      mThread([this] { run(); }) {}

Cartographer::Worker::~Worker() {
    mStop = true;
    wake();
    mThread.join();
}

JobId Cartographer::Worker::begin(Request request, Handlers handlers) {
    const std::lock_guard lock(mMutex);
    const std::uint64_t id = mNext++;
    mJobs.emplace(id, Job{.request = std::move(request), .handlers = std::move(handlers)});
    wake();
    return JobId{id};
}

void Cartographer::Worker::cancel(JobId job) {
    const std::lock_guard lock(mMutex);
    if (const auto found = mJobs.find(static_cast<std::uint64_t>(job)); found != mJobs.end()) {
        found->second.cancelled = true;
        wake();
    }
}

void Cartographer::Worker::wake() const { ::eventfd_write(mWake.get(), 1); }

void Cartographer::Worker::run() {
    while (!mStop) {
        answerCancelled();
        sendWaiting();
        enforceDeadlines();
        listen(timeoutMilliseconds());
    }
    failAll({ErrorCode::Cancelled, "the client was closed", {}});
    stopChild();
}

void Cartographer::Worker::stopChild() {
    if (!mChild) return;
    send(kControl, QuitRequest{});
    if (mChild && mChild->ended() >= 0) {
        pollfd end{mChild->ended(), POLLIN, 0};
        ::poll(&end, 1, static_cast<int>(std::chrono::milliseconds(kGrace).count()));
    }
    mChild.reset();
}

void Cartographer::Worker::answerCancelled() {
    std::vector<std::function<void(Result<Reply>)>> toAnswer;
    std::vector<std::uint64_t> toStop;
    {
        const std::lock_guard lock(mMutex);
        for (auto job = mJobs.begin(); job != mJobs.end();) {
            auto& [id, state] = *job;
            if (!state.cancelled || state.answered) {
                ++job;
                continue;
            }
            state.answered = true;
            toAnswer.push_back(std::move(state.handlers.done));
            if (state.sent) {
                toStop.push_back(id);
                state.deadline = Clock::now() + kGrace;
                ++job;
            } else {
                job = mJobs.erase(job);
            }
        }
    }
    for (const std::uint64_t id : toStop) send(kControl, CancelRequest{id});
    for (const auto& done : toAnswer) {
        if (done) done(failure(ErrorCode::Cancelled, {}));
    }
}

void Cartographer::Worker::send(std::uint64_t id, Request request) {
    if (mChild) (void)mChild->write(encode(RequestLine{id, std::move(request)}) + "\n");  // a dead child is noticed by listening
}

Result<void> Cartographer::Worker::startChild() {
    if (!mFrames) {
        auto frames = FrameMemory::create();
        if (!frames) return tl::unexpected(frames.error());
        mFrames = std::move(*frames);
    }
    auto child = ChildProcess::start(mOptions.program, mFrames->descriptors());
    if (!child) return tl::unexpected(child.error());
    mChild = std::move(*child);
    mProcessId = mChild->id();
    mOutput.clear();
    mErrors.clear();
    send(kHello, HelloRequest{});
    if (mOpened) send(kReopen, *mOpened);
    return {};
}

void Cartographer::Worker::sendWaiting() {
    std::vector<std::pair<std::uint64_t, Request>> waiting;
    {
        const std::lock_guard lock(mMutex);
        for (auto& [id, job] : mJobs) {
            if (job.sent) continue;
            job.sent = true;
            if (!job.cancelled) job.deadline = Clock::now() + mOptions.patience;
            waiting.emplace_back(id, job.request);
        }
    }
    if (waiting.empty()) return;
    if (!mChild) {
        if (auto started = startChild(); !started) return failAll(started.error());
    }
    for (auto& [id, request] : waiting) send(id, std::move(request));
}

void Cartographer::Worker::enforceDeadlines() {
    bool expired = false;
    {
        const std::lock_guard lock(mMutex);
        for (const auto& [id, job] : mJobs) expired = expired || (job.sent && Clock::now() >= job.deadline);
    }
    if (!expired || !mChild) return;
    mKilledForSilence = true;
    mChild->kill();
}

int Cartographer::Worker::timeoutMilliseconds() {
    const std::lock_guard lock(mMutex);
    auto nearest = Clock::time_point::max();
    for (const auto& [id, job] : mJobs) nearest = std::min(nearest, job.sent ? job.deadline : Clock::now());
    if (nearest == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(nearest - Clock::now()).count();
    // After a kill the deadline has passed, and what remains is to hear of the end.
    return static_cast<int>(std::clamp<std::int64_t>(left, mKilledForSilence ? 50 : 0, 60'000));
}

void Cartographer::Worker::listen(int timeout) {
    std::array<pollfd, 4> watched{pollfd{mWake.get(), POLLIN, 0}, pollfd{-1, POLLIN, 0}, pollfd{-1, POLLIN, 0}, pollfd{-1, POLLIN, 0}};
    if (mChild) {
        watched[1].fd = mChild->output();
        watched[2].fd = mChild->errors();
        watched[3].fd = mChild->ended();
    }
    if (::poll(watched.data(), watched.size(), timeout) < 0) return;
    if (watched[0].revents != 0) {
        eventfd_t count = 0;
        ::eventfd_read(mWake.get(), &count);
    }
    if (watched[2].revents != 0) readErrors();
    bool alive = true;
    if (watched[1].revents != 0 || watched[3].revents != 0) alive = readOutput();
    if (mChild && (!alive || watched[3].revents != 0)) childDied();
}

bool Cartographer::Worker::readOutput() {
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t got = ::recv(mChild->output(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got < 0 && errno == EAGAIN;
        mOutput.append(buffer.data(), static_cast<std::size_t>(got));
        std::size_t start = 0;
        for (std::size_t end; (end = mOutput.find('\n', start)) != std::string::npos; start = end + 1) {
            if (auto line = decodeEvent(std::string_view(mOutput).substr(start, end - start))) handle(*line);
        }
        mOutput.erase(0, start);
    }
}

void Cartographer::Worker::readErrors() {
    std::array<char, 4096> buffer;
    for (ssize_t got; (got = ::recv(mChild->errors(), buffer.data(), buffer.size(), MSG_DONTWAIT)) > 0;) {
        mErrors.append(buffer.data(), static_cast<std::size_t>(got));
    }
    if (mErrors.size() > kErrorTail) mErrors.erase(0, mErrors.size() - kErrorTail);
}

void Cartographer::Worker::handle(const EventLine& line) {
    if (line.id < kFirstJob) return handleOwn(line);
    if (const auto* frame = std::get_if<FrameEvent>(&line.event)) return handleFrame(line.id, *frame);
    if (const auto* progress = std::get_if<ProgressEvent>(&line.event)) {
        std::function<void(const ProgressEvent&)> tell;
        {
            const std::lock_guard lock(mMutex);
            const auto job = mJobs.find(line.id);
            if (job == mJobs.end() || job->second.answered) return;
            job->second.deadline = Clock::now() + mOptions.patience;
            tell = job->second.handlers.progress;
        }
        if (tell) tell(*progress);
        return;
    }
    if (const auto* error = std::get_if<Error>(&line.event)) return finish(line.id, tl::unexpected(*error));
    finish(line.id, std::get<Reply>(line.event));
}

void Cartographer::Worker::handleOwn(const EventLine& line) {
    if (const auto* error = std::get_if<Error>(&line.event); error != nullptr && line.id != kControl) failAll(*error);
}

void Cartographer::Worker::handleFrame(std::uint64_t id, const FrameEvent& event) {
    std::function<void(const Frame&)> tell;
    {
        const std::lock_guard lock(mMutex);
        if (const auto job = mJobs.find(id); job != mJobs.end() && !job->second.cancelled) {
            job->second.deadline = Clock::now() + mOptions.patience;
            tell = job->second.handlers.frame;
        }
    }
    Result<Frame> frame = tl::unexpected(Error{});
    if (tell) frame = mFrames->read(event);
    send(kControl, ReleaseRequest{event.slot});
    if (frame) tell(*frame);
    else if (tell) finish(id, tl::unexpected(frame.error()));
}

void Cartographer::Worker::finish(std::uint64_t id, Result<Reply> result) {
    std::optional<Job> job;
    {
        const std::lock_guard lock(mMutex);
        const auto found = mJobs.find(id);
        if (found == mJobs.end()) return;
        job = std::move(found->second);
        mJobs.erase(found);
        // The service works on one request after the other: the next one begins now.
        for (auto& [other, next] : mJobs) {
            if (next.sent && !next.cancelled) next.deadline = Clock::now() + mOptions.patience;
        }
    }
    if (const auto* open = std::get_if<OpenRequest>(&job->request); open != nullptr && result) mOpened = *open;
    if (!job->answered && job->handlers.done) job->handlers.done(std::move(result));
}

void Cartographer::Worker::failAll(const Error& error) {
    std::vector<std::uint64_t> ids;
    {
        const std::lock_guard lock(mMutex);
        for (const auto& [id, job] : mJobs) ids.push_back(id);
    }
    for (const std::uint64_t id : ids) finish(id, tl::unexpected(error));
}

void Cartographer::Worker::childDied() {
    readErrors();
    mChild->kill();  // it may have closed its output without ending
    const std::string ended = mChild->reap();
    mChild.reset();
    mProcessId = -1;
    const bool silent = std::exchange(mKilledForSilence, false);

    std::vector<std::uint64_t> failed;
    std::string during;
    {
        const std::lock_guard lock(mMutex);
        for (auto& [id, job] : mJobs) {
            if (!job.sent) continue;
            removeUnfinished(job.request);
            const bool overdue = silent && Clock::now() >= job.deadline;
            if (job.repeated || job.answered || overdue) {
                failed.push_back(id);
            } else {
                job.sent = false;
                job.repeated = true;
                if (during.empty()) during = nameOf(job.request);
            }
        }
    }
    std::string reason = silent ? "the service gave no sign of life and was stopped" : "the service ended with " + ended;
    if (!mErrors.empty()) reason += "; its last words: " + mErrors;
    for (const std::uint64_t id : failed) finish(id, failure(ErrorCode::CartographerFailed, reason));
    if (!during.empty() && mOptions.onRestart) mOptions.onRestart({ended, during});
}

}  // namespace zonewright::cartographer
