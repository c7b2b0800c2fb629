#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/plan/history.h"

namespace zonewright::cli {
namespace {

struct Arguments {
    std::string file;
    std::string word;
};

Result<Outcome> makeTag(const Session& session, const Arguments& arguments) {
    Result<plan::Plan> plan = plan::Plan::open(arguments.file, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const Result<plan::Tag> tag = plan::tag(*plan, arguments.word);
    if (!tag) return tl::unexpected(tag.error());
    Outcome out;
    out.document = {{"name", tag->name}, {"changeset", tag->changeSet}, {"code", tag->code}};
    out.text = fmt::format("{} {}: #{}  {}", session.text("版本", "Tag"), tag->name, tag->changeSet, tag->code);
    return out;
}

Result<Outcome> verifyCode(const Session& session, const Arguments& arguments) {
    const Result<plan::Plan> plan = plan::Plan::open(arguments.file, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const Result<plan::Verification> found = plan::verify(*plan, arguments.word);
    if (!found) return tl::unexpected(found.error());
    Outcome out;
    out.document = {{"found", found->found}, {"changeset", found->changeSet}, {"current", found->isCurrent}, {"tags", found->tags}};
    if (!found->found) {
        return failure(ErrorCode::BadArgument, session.text("此规划从未有过该版本码的状态", "this plan never had a state with that code"), arguments.word);
    }
    out.text = fmt::format("{} #{}{}{}", session.text("版本码属于改动", "The code is that of change-set"), found->changeSet,
                           found->tags.empty() ? "" : " (" + found->tags.front() + ")",
                           found->isCurrent ? session.text("，此后没有改动", ", nothing was changed since")
                                            : session.text("，此后又有改动", ", there were changes since"));
    return out;
}

Result<Outcome> restoreTo(const Session& session, const Arguments& arguments) {
    Result<plan::Plan> plan = plan::Plan::open(arguments.file, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const Result<std::int64_t> target = plan::changeSetOf(*plan, arguments.word);
    if (!target) return tl::unexpected(target.error());
    const Result<plan::Reversal> done = plan::restore(*plan, *target);
    if (!done) return tl::unexpected(done.error());
    Outcome out;
    out.document = {{"changeset", done->changeSet}, {"restored", *target}, {"layers", done->layers}};
    out.text = fmt::format("{} #{}（#{}）", session.text("已恢复到", "Restored to"), *target, done->changeSet);
    return out;
}

}  // namespace

void addTag(CLI::App& app, Session& session) {
    const auto add = [&](const char* name, const std::string& help, const char* word, Result<Outcome> (*run)(const Session&, const Arguments&)) {
        auto arguments = std::make_shared<Arguments>();
        CLI::App* command = addCommand(app, session, name, help, [&session, arguments, run] { return run(session, *arguments); });
        command->add_option("PLAN", arguments->file, session.text("规划文件", "Plan file"))->required();
        command->add_option(word, arguments->word)->required();
        return command;
    };
    add("tag", session.text("给当前状态命名，得到版本码", "Name the current state and get its version code"), "NAME", &makeTag);
    add("verify", session.text("核对图纸上的版本码", "Check a sheet's version code against the plan"), "CODE", &verifyCode);
    add("restore", session.text("恢复到某个版本或改动之后（--to）", "Bring back the state of a tag or change-set (--to)"), "--to", &restoreTo);
}

}  // namespace zonewright::cli
