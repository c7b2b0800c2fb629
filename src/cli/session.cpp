#include "cli/session.h"

#include <array>
#include <atomic>
#include <csignal>

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonewright::cli {
namespace {

std::atomic<bool> cancelWanted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

/// The first signal asks the task to stop; the handler is then gone, so that a second one ends the program.
class CancelSignals {
public:
    CancelSignals() {
        struct sigaction action {};
        action.sa_handler = [](int) { cancelWanted = true; };
        action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
        for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &mBefore[i]);
    }
    ~CancelSignals() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &mBefore[i], nullptr);
    }
    CancelSignals(const CancelSignals&) = delete;
    CancelSignals& operator=(const CancelSignals&) = delete;

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM};
    std::array<struct sigaction, kSignals.size()> mBefore{};
};

/// Stops when a signal asked for it; shows nothing.
class SilentProgress : public Progress {
public:
    bool report(double done, std::string_view what) override {
        const int percent = static_cast<int>(done * 100);
        if (percent != mPercent || what != mWhat) {
            mPercent = percent;
            mWhat = what;
            show(percent, mWhat);
        }
        return !cancelWanted;
    }

private:
    virtual void show([[maybe_unused]] int percent, [[maybe_unused]] const std::string& what) {}

    CancelSignals mSignals;
    int mPercent = -1;
    std::string mWhat;
};

class TerminalProgress final : public SilentProgress {
public:
    ~TerminalProgress() override {
        if (mDrawn) fmt::print(stderr, "\r\033[K");
    }

private:
    void show(int percent, const std::string& what) override {
        mDrawn = true;
        fmt::print(stderr, "\r\033[K{:3}% {}", percent, what);
        std::fflush(stderr);
    }

    bool mDrawn = false;
};

class ProgressLines final : public SilentProgress {
    void show(int percent, const std::string& what) override {
        const nlohmann::ordered_json line{{"done", percent / 100.0}, {"what", what}};
        fmt::print(stderr, "{}\n", line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
        std::fflush(stderr);
    }
};

}  // namespace

std::unique_ptr<Progress> Session::progress() const {
    if (progressLines) return std::make_unique<ProgressLines>();
    if (quiet || json || isatty(STDERR_FILENO) == 0) return std::make_unique<SilentProgress>();
    return std::make_unique<TerminalProgress>();
}

CLI::App* addCommand(CLI::App& app, Session& session, const std::string& name, const std::string& help,
                     std::function<Result<Outcome>()> run) {
    CLI::App* command = app.add_subcommand(name, help);
    command->callback([&session, run = std::move(run)] {
        if (!session.run) session.run = run;
    });
    return command;
}

}  // namespace zonewright::cli
