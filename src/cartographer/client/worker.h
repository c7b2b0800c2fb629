#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "cartographer/client/cartographer.h"

namespace zonewright::cartographer {

/// The client's thread: owns the child, sends jobs to it in order and hands out what it says.
class Cartographer::Worker {
public:
    explicit Worker(ClientOptions options);
    ~Worker();

    JobId begin(Request request, Handlers handlers);
    void cancel(JobId job);
    [[nodiscard]] int processId() const { return mProcessId; }

private:
    using Clock = std::chrono::steady_clock;

    struct Job {
        Request request;
        Handlers handlers;
        bool sent = false;
        bool repeated = false;   ///< a second death fails it
        bool cancelled = false;  ///< its caller has been answered, or is about to be
        bool answered = false;
        Clock::time_point deadline = Clock::time_point::max();
    };

    void run();
    void wake() const;
    void stopChild();

    void answerCancelled();
    void sendWaiting();
    [[nodiscard]] Result<void> startChild();
    void enforceDeadlines();
    [[nodiscard]] int timeoutMilliseconds();
    void listen(int timeoutMilliseconds);

    /// Everything there is to read; false at the end of the stream.
    [[nodiscard]] bool readOutput();
    void readErrors();
    void handle(const EventLine& line);
    void handleOwn(const EventLine& line);
    void handleFrame(std::uint64_t id, const FrameEvent& event);
    void childDied();
    void finish(std::uint64_t id, Result<Reply> result);
    void failAll(const Error& error);
    void send(std::uint64_t id, Request request);

    ClientOptions mOptions;
    Descriptor mWake;
    std::atomic<bool> mStop = false;
    std::atomic<int> mProcessId = -1;

    std::mutex mMutex;  ///< guards mJobs and mNext; the rest belongs to the thread
    std::map<std::uint64_t, Job> mJobs;
    std::uint64_t mNext;

    std::optional<ChildProcess> mChild;
    std::optional<FrameMemory> mFrames;
    std::optional<OpenRequest> mOpened;  ///< what a new child opens first
    std::string mOutput;
    std::string mErrors;  ///< the last that the child wrote to its standard error
    bool mKilledForSilence = false;
    std::thread mThread;
};

}  // namespace zonewright::cartographer
