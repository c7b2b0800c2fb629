#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cartographer/client/frame.h"
#include "cartographer/protocol/messages.h"
#include "core/base/progress.h"

namespace zonewright::cartographer {

/// The service died while it had work and was started again.
struct Restart {
    std::string ended;   ///< "signal 9 (Killed)", "exit status 1"
    std::string during;  ///< "render", "print" ...
};

struct ClientOptions {
    std::filesystem::path program;  ///< `productPaths().cartographer` when empty
    std::filesystem::path layers;   ///< `productPaths().layers` when empty
    std::filesystem::path styles;   ///< `productPaths().styles` when empty
    /// A request that says nothing for so long has failed, and the service is started anew.
    std::chrono::milliseconds patience = std::chrono::minutes(10);
    std::function<void(const Restart&)> onRestart;  ///< called on the client's thread
};

enum class JobId : std::uint64_t {};

/// What a caller wants to hear of a job. Called on the client's thread, one at a time, `done` last and exactly once.
struct Handlers {
    std::function<void(const ProgressEvent&)> progress;
    std::function<void(const Frame&)> frame;  ///< partial frames and the whole one
    std::function<void(Result<Reply>)> done;
};

struct Drawing {
    Frame frame;
    RenderReply reply;
};

/// Draws maps in a process of its own. Starts it when it is first needed; when it dies, starts it again, opens the
/// same plan and repeats the request once, saying so through `onRestart`.
///
/// Errors of every request: CartographerUnavailable when the program cannot be started; CartographerFailed when it
/// failed twice, was silent too long, or could not draw; Cancelled; and those of the service: NotAPlan, UnknownTheme,
/// UnknownLayer, FileUnwritable, BadArgument.
class Cartographer {
public:
    explicit Cartographer(ClientOptions options = {});
    ~Cartographer();
    Cartographer(Cartographer&&) noexcept;
    Cartographer& operator=(Cartographer&&) noexcept;

    [[nodiscard]] Result<OpenReply> open(const std::filesystem::path& plan);
    [[nodiscard]] Result<ThemesReply> themes();
    [[nodiscard]] Result<LegendReply> legend(LegendRequest request);
    [[nodiscard]] Result<StoreReply> store(Language language);
    [[nodiscard]] Result<void> refresh(std::vector<std::string> layers = {});

    /// These wait; `progress` is asked on the caller's thread and may stop the work.
    [[nodiscard]] Result<Drawing> render(RenderRequest request, Progress* progress = nullptr);
    [[nodiscard]] Result<PrintReply> print(PrintRequest request, Progress* progress = nullptr);
    [[nodiscard]] Result<PrintReply> atlas(AtlasRequest request, Progress* progress = nullptr);
    [[nodiscard]] Result<PrintReply> report(ReportRequest request, Progress* progress = nullptr);

    /// Begins a job and returns at once; for callers with an event loop.
    JobId begin(Request request, Handlers handlers);
    /// The job's `done` is called with Cancelled within 100 ms, whatever the service is doing. No effect when it is done.
    void cancel(JobId job);

    /// Process id of the running service, or -1.
    [[nodiscard]] int processId() const;

private:
    class Worker;
    std::unique_ptr<Worker> mWorker;
    ClientOptions mOptions;
};

}  // namespace zonewright::cartographer
