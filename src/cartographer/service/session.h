#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>

#include <qgsfeedback.h>

#include "cartographer/service/channel.h"
#include "cartographer/service/frame_slots.h"
#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// Answers requests, one after the other in the order they came; cancel and release at once.
class Session {
public:
    explicit Session(Channel& channel) : mChannel(channel) {}

    /// Called on the reading thread.
    void accept(RequestLine line);
    /// The input has ended: stop what is running and leave.
    void inputEnded();

private:
    /// A request that waits or runs; cancelled from the reading thread.
    struct Job {
        Request request;
        std::shared_ptr<QgsFeedback> feedback;
    };

    void enqueue(RequestLine line);
    void work();
    void cancel(std::uint64_t id);
    void run(std::uint64_t id, Job& job);

    Result<Reply> answer(std::uint64_t id, const HelloRequest& request, QgsFeedback&);
    Result<Reply> answer(std::uint64_t id, const OpenRequest& request, QgsFeedback&);
    Result<Reply> answer(std::uint64_t id, const ThemesRequest& request, QgsFeedback&);
    Result<Reply> answer(std::uint64_t id, const RenderRequest& request, QgsFeedback& feedback);
    Result<Reply> answer(std::uint64_t id, const LegendRequest& request, QgsFeedback&);
    Result<Reply> answer(std::uint64_t id, const PrintRequest& request, QgsFeedback& feedback);
    Result<Reply> answer(std::uint64_t id, const AtlasRequest& request, QgsFeedback& feedback);
    Result<Reply> answer(std::uint64_t id, const ReportRequest& request, QgsFeedback& feedback);
    Result<Reply> answer(std::uint64_t id, const StoreRequest& request, QgsFeedback&);
    Result<Reply> answer(std::uint64_t id, const RefreshRequest& request, QgsFeedback&);
    template <typename Other>
    Result<Reply> answer(std::uint64_t, const Other&, QgsFeedback&) {
        return DoneReply{};
    }

    [[nodiscard]] Result<MapProject*> project();

    Channel& mChannel;
    FrameSlots mFrames;
    std::unique_ptr<MapProject> mProject;
    bool mWorking = false;

    std::mutex mMutex;  ///< guards mJobs
    std::map<std::uint64_t, Job> mJobs;
};

}  // namespace zonewright::cartographer
