#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/plan/history.h"

namespace zonewright::cli {
namespace {

using Step = Result<plan::Reversal> (*)(const plan::Plan&);

struct Options {
    std::string file;
    int steps = 1;
};

/// Takes up to `steps` steps; stops without an error when at least one was taken and there are no more.
Result<Outcome> run(const Options& options, Step step, const std::string& word) {
    Result<plan::Plan> plan = plan::Plan::open(options.file, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    Outcome out;
    out.document["changesets"] = nlohmann::ordered_json::array();
    for (int i = 0; i < options.steps; ++i) {
        const Result<plan::Reversal> done = step(*plan);
        if (!done && i > 0 && (done.error().code == ErrorCode::NothingToUndo || done.error().code == ErrorCode::NothingToRedo)) break;
        if (!done) return tl::unexpected(done.error());
        out.document["changesets"].push_back(
            {{"id", done->changeSet}, {"target", done->target}, {"title", done->title}, {"layers", done->layers}});
        out.text += fmt::format("{} #{} {}\n", word, done->target, done->title);
    }
    return out;
}

void add(CLI::App& app, Session& session, std::pair<std::string, std::string> nameHelp, std::pair<Step, std::string> what) {
    auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(app, session, nameHelp.first, nameHelp.second,
                                   [options, what] { return run(*options, what.first, what.second); });
    command->add_option("PLAN", options->file, session.text("规划文件", "Plan file"))->required();
    command->add_option("N", options->steps, session.text("步数", "Number of steps"))->check(CLI::PositiveNumber)->capture_default_str();
}

}  // namespace

void addUndo(CLI::App& app, Session& session) {
    add(app, session, {"undo", session.text("撤销最近的改动（可跨会话）", "Take back the latest edits, of any day")},
        {&plan::undo, session.text("已撤销", "Undone")});
    add(app, session, {"redo", session.text("重做撤销的改动", "Do again what was undone")}, {&plan::redo, session.text("已重做", "Redone")});
}

}  // namespace zonewright::cli
