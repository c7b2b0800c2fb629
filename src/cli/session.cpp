#include "cli/session.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace zonewright::cli {
namespace {

class TerminalProgress : public Progress {
public:
    ~TerminalProgress() override {
        if (mDrawn) fmt::print(stderr, "\r\033[K");
    }
    bool report(double done, std::string_view what) override {
        const int percent = static_cast<int>(done * 100);
        if (percent != mPercent || what != mWhat) {
            mPercent = percent;
            mWhat = what;
            mDrawn = true;
            fmt::print(stderr, "\r\033[K{:3}% {}", percent, what);
            std::fflush(stderr);
        }
        return true;
    }

private:
    int mPercent = -1;
    std::string mWhat;
    bool mDrawn = false;
};

}  // namespace

std::unique_ptr<Progress> Session::progress() const {
    if (quiet || json || isatty(STDERR_FILENO) == 0) return std::make_unique<Progress>();
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
