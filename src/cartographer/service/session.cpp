#include "cartographer/service/session.h"

#include <chrono>
#include <thread>

#include <QCoreApplication>

#include <fmt/format.h>
#include <qgis.h>

#include <unistd.h>

#include "cartographer/service/legend.h"
#include "cartographer/service/map_render.h"
#include "cartographer/service/qt_text.h"
#include "cartographer/service/report.h"
#include "cartographer/service/sheet.h"
#include "cartographer/service/sheet_export.h"
#include "cartographer/service/store.h"

namespace zonewright::cartographer {
namespace {

constexpr int kMostPixels = 16384;  ///< a side of a frame
constexpr auto kReadPatience = std::chrono::seconds(10);

/// Runs `task` on the thread of the application's event loop.
template <typename Task>
void onMainThread(Task task) {
    QMetaObject::invokeMethod(QCoreApplication::instance(), std::move(task), Qt::QueuedConnection);
}

}  // namespace

void Session::accept(RequestLine line) {
    if (const auto* cancelled = std::get_if<CancelRequest>(&line.request)) return cancel(cancelled->target);
    if (const auto* read = std::get_if<ReleaseRequest>(&line.request)) return mFrames.release(read->slot);
    if (std::holds_alternative<QuitRequest>(line.request)) return inputEnded();
    {
        const std::lock_guard lock(mMutex);
        mJobs.emplace(line.id, Job{std::move(line.request), std::make_shared<QgsFeedback>()});
    }
    onMainThread([this] { work(); });
}

void Session::inputEnded() {
    {
        const std::lock_guard lock(mMutex);
        for (auto& [id, job] : mJobs) job.feedback->cancel();
    }
    onMainThread([] { QCoreApplication::quit(); });
    // A page that is being drawn cannot be interrupted; nobody waits for it any more.
    std::thread([] {
        std::this_thread::sleep_for(std::chrono::seconds(1));
        ::_exit(0);
    }).detach();
}

void Session::cancel(std::uint64_t id) {
    const std::lock_guard lock(mMutex);
    if (const auto job = mJobs.find(id); job != mJobs.end()) job->second.feedback->cancel();
}

void Session::work() {
    if (mWorking) return;  // drawing a map runs the event loop
    mWorking = true;
    for (;;) {
        std::uint64_t id = 0;
        Job job;
        {
            const std::lock_guard lock(mMutex);
            if (mJobs.empty()) break;
            // Ids rise, and what the client asks for itself comes first.
            id = mJobs.begin()->first;
            job = mJobs.begin()->second;
        }
        run(id, job);
        const std::lock_guard lock(mMutex);
        mJobs.erase(id);
    }
    mWorking = false;
}

void Session::run(std::uint64_t id, Job& job) {
    Result<Reply> reply = failure(ErrorCode::Cancelled, {});
    if (!job.feedback->isCanceled()) {
        try {
            reply = std::visit([&](const auto& request) { return answer(id, request, *job.feedback); }, job.request);
        } catch (const std::exception& e) {
            reply = failure(ErrorCode::CartographerFailed, e.what());
        }
    }
    if (job.feedback->isCanceled()) reply = failure(ErrorCode::Cancelled, {});
    if (reply) mChannel.send({id, std::move(*reply)});
    else mChannel.send({id, reply.error()});
}

Result<MapProject*> Session::project() {
    if (!mProject) return failure(ErrorCode::BadArgument, "no plan is open");
    return mProject.get();
}

Result<Reply> Session::answer(std::uint64_t, const HelloRequest& request, QgsFeedback&) {
    if (request.protocol != kProtocolVersion) {
        return failure(ErrorCode::CartographerUnavailable,
                       fmt::format("the service speaks protocol {}, asked for was {}", kProtocolVersion, request.protocol));
    }
    return HelloReply{kProtocolVersion, "zonewright-cartographer", fromQt(Qgis::version()), qVersion()};
}

Result<Reply> Session::answer(std::uint64_t, const OpenRequest& request, QgsFeedback&) {
    mProject.reset();
    auto opened = MapProject::open(request);
    if (!opened) return tl::unexpected(opened.error());
    mProject = std::move(*opened);
    OpenReply reply{fromQt(mProject->crs().authid()), fromQgis(mProject->extent()), {}, {}};
    for (const auto& layer : mProject->catalogue().layers) {
        if (mProject->has(layer.id)) reply.layers.push_back(layer.id);
    }
    return reply;
}

Result<Reply> Session::answer(std::uint64_t, const ThemesRequest&, QgsFeedback&) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    ThemesReply reply;
    for (const auto& theme : (*open)->themes().themes) reply.themes.push_back({theme.id, theme.title, theme.subtitle, theme.layers, theme.legend, theme.needs, theme.halves});
    reply.layouts = layoutsOf(**open);
    return reply;
}

Result<Reply> Session::answer(std::uint64_t id, const RenderRequest& request, QgsFeedback& feedback) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    if (request.width < 1 || request.height < 1 || request.width > kMostPixels || request.height > kMostPixels || !(request.dpi > 0)) {
        return failure(ErrorCode::BadArgument, fmt::format("a frame's sides are 1 to {} pixels, its dpi above 0", kMostPixels));
    }
    auto composition = (*open)->compose(request.view);
    if (!composition) return tl::unexpected(composition.error());
    const QgsMapSettings settings = mapSettings(*composition, request, request.extent.empty() ? (*open)->extent() : toQgis(request.extent));
    std::function<void(const QImage&)> partial;
    if (request.partialFrames) {
        partial = [&](const QImage& image) {
            // A client that is behind gets the next one.
            if (auto frame = mFrames.put(image, std::chrono::milliseconds(0))) mChannel.send({id, *frame});
        };
    }
    auto image = drawMap(settings, partial, feedback);
    if (!image) return tl::unexpected(image.error());
    auto frame = mFrames.put(*image, kReadPatience);
    if (!frame) return tl::unexpected(frame.error());
    frame->whole = true;
    mChannel.send({id, *frame});
    return RenderReply{fromQgis(settings.visibleExtent()), settings.scale(), composition->warnings};
}

Result<Reply> Session::answer(std::uint64_t, const LegendRequest& request, QgsFeedback&) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    auto composition = (*open)->compose(request.view);
    if (!composition) return tl::unexpected(composition.error());
    if (request.extent.empty()) return legendReply(allClasses(composition->legend), request.dpi);
    RenderRequest frame{.view = request.view, .extent = request.extent, .width = 1000, .height = 1000, .dpi = request.dpi};
    return legendReply(usedClasses(composition->legend, mapSettings(*composition, frame, toQgis(request.extent))), request.dpi);
}

Result<Reply> Session::answer(std::uint64_t id, const PrintRequest& request, QgsFeedback& feedback) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    return printSheet(**open, request, [&](double done, const std::string& what) { mChannel.send({id, ProgressEvent{done, what}}); }, feedback);
}

Result<Reply> Session::answer(std::uint64_t id, const AtlasRequest& request, QgsFeedback& feedback) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    return printAtlas(**open, request, [&](double done, const std::string& what) { mChannel.send({id, ProgressEvent{done, what}}); }, feedback);
}

Result<Reply> Session::answer(std::uint64_t id, const ReportRequest& request, QgsFeedback& feedback) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    return printReport(**open, request, [&](double done, const std::string& what) { mChannel.send({id, ProgressEvent{done, what}}); }, feedback);
}

Result<Reply> Session::answer(std::uint64_t, const StoreRequest& request, QgsFeedback&) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    return storeProject(**open, request.language);
}

Result<Reply> Session::answer(std::uint64_t, const RefreshRequest& request, QgsFeedback&) {
    auto open = project();
    if (!open) return tl::unexpected(open.error());
    (*open)->refresh(request.layers);
    return DoneReply{};
}

}  // namespace zonewright::cartographer
