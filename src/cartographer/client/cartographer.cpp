#include "cartographer/client/cartographer.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "cartographer/client/worker.h"
#include "core/base/paths.h"

namespace zonewright::cartographer {
namespace {

ClientOptions completed(ClientOptions options) {
    const Paths paths = productPaths();
    if (options.program.empty()) options.program = paths.cartographer;
    if (options.layers.empty()) options.layers = paths.layers;
    if (options.styles.empty()) options.styles = paths.styles;
    return options;
}

/// What the client's thread leaves for a caller that waits.
struct Mailbox {
    std::mutex mutex;
    std::condition_variable news;
    ProgressEvent progress;
    std::optional<Frame> frame;
    std::optional<Result<Reply>> result;
};

template <typename T>
Result<T> as(Result<Reply> reply) {
    if (!reply) return tl::unexpected(std::move(reply.error()));
    if (auto* value = std::get_if<T>(&*reply)) return std::move(*value);
    return failure(ErrorCode::CartographerFailed, "the service answered another question");
}

/// Begins the job and waits for its end, asking `progress` ten times a second whether to go on.
Result<Reply> await(Cartographer& cartographer, Request request, Progress* progress, Frame* frame = nullptr) {
    const auto box = std::make_shared<Mailbox>();
    Handlers handlers;
    handlers.progress = [box](const ProgressEvent& event) {
        const std::lock_guard lock(box->mutex);
        box->progress = event;
    };
    if (frame != nullptr) {
        handlers.frame = [box](const Frame& drawn) {
            const std::lock_guard lock(box->mutex);
            box->frame = drawn;
        };
    }
    handlers.done = [box](Result<Reply> reply) {
        const std::lock_guard lock(box->mutex);
        box->result = std::move(reply);
        box->news.notify_all();
    };
    const JobId job = cartographer.begin(std::move(request), std::move(handlers));

    std::unique_lock lock(box->mutex);
    while (!box->news.wait_for(lock, std::chrono::milliseconds(100), [&] { return box->result.has_value(); })) {
        if (progress == nullptr) continue;
        const ProgressEvent now = box->progress;
        lock.unlock();
        if (!progress->report(now.done, now.what)) cartographer.cancel(job);
        lock.lock();
    }
    if (frame != nullptr && box->frame) *frame = std::move(*box->frame);
    return std::move(*box->result);
}

}  // namespace

Cartographer::Cartographer(ClientOptions options) : mOptions(completed(std::move(options))) {
    mWorker = std::make_unique<Worker>(mOptions);
}
Cartographer::~Cartographer() = default;
Cartographer::Cartographer(Cartographer&&) noexcept = default;
Cartographer& Cartographer::operator=(Cartographer&&) noexcept = default;

JobId Cartographer::begin(Request request, Handlers handlers) {
    return mWorker->begin(std::move(request), std::move(handlers));
}

void Cartographer::cancel(JobId job) { mWorker->cancel(job); }

int Cartographer::processId() const { return mWorker->processId(); }

Result<OpenReply> Cartographer::open(const std::filesystem::path& plan) {
    std::error_code none;
    const auto absolute = std::filesystem::absolute(plan, none);
    return as<OpenReply>(await(*this, OpenRequest{absolute, mOptions.layers, mOptions.styles}, nullptr));
}

Result<ThemesReply> Cartographer::themes() { return as<ThemesReply>(await(*this, ThemesRequest{}, nullptr)); }

Result<LegendReply> Cartographer::legend(LegendRequest request) {
    return as<LegendReply>(await(*this, std::move(request), nullptr));
}

Result<StoreReply> Cartographer::store(Language language) {
    return as<StoreReply>(await(*this, StoreRequest{language}, nullptr));
}

Result<void> Cartographer::refresh(std::vector<std::string> layers) {
    auto reply = as<DoneReply>(await(*this, RefreshRequest{std::move(layers)}, nullptr));
    if (!reply) return tl::unexpected(std::move(reply.error()));
    return {};
}

Result<Drawing> Cartographer::render(RenderRequest request, Progress* progress) {
    Drawing drawing;
    request.partialFrames = false;
    auto reply = as<RenderReply>(await(*this, std::move(request), progress, &drawing.frame));
    if (!reply) return tl::unexpected(std::move(reply.error()));
    drawing.reply = std::move(*reply);
    return drawing;
}

Result<PrintReply> Cartographer::print(PrintRequest request, Progress* progress) {
    std::error_code none;
    request.file = std::filesystem::absolute(request.file, none);
    return as<PrintReply>(await(*this, std::move(request), progress));
}

Result<PrintReply> Cartographer::atlas(AtlasRequest request, Progress* progress) {
    std::error_code none;
    request.sheet.file = std::filesystem::absolute(request.sheet.file, none);
    return as<PrintReply>(await(*this, std::move(request), progress));
}

Result<PrintReply> Cartographer::report(ReportRequest request, Progress* progress) {
    std::error_code none;
    request.file = std::filesystem::absolute(request.file, none);
    return as<PrintReply>(await(*this, std::move(request), progress));
}

}  // namespace zonewright::cartographer
