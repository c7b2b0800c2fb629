#include "core/plan/history.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace zonewright::cli {
namespace {

Result<Outcome> showHistory(const Session& session, const std::string& file) {
    const Result<plan::Plan> plan = plan::Plan::open(file, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const auto records = plan::history(*plan);
    if (!records) return tl::unexpected(records.error());
    const auto tags = plan::tags(*plan);
    if (!tags) return tl::unexpected(tags.error());
    Outcome out;
    out.document["changesets"] = nlohmann::ordered_json::array();
    for (const plan::ChangeSetRecord& record : *records) {
        nlohmann::ordered_json row{{"id", record.id}, {"author", record.author}, {"tool", record.tool}, {"time", record.time},
                                   {"title", record.title}, {"layers", record.layers}, {"features", record.features}, {"kind", record.kind}};
        if (record.target != 0) row["target"] = record.target;
        out.text += fmt::format("#{:<5} {}  {:<10} {:<14} {} ({} {}){}\n", record.id, record.time, record.author, record.tool, record.title,
                                record.features, session.text("个要素", "features"),
                                record.target != 0 ? fmt::format(" -> #{}", record.target) : "");
        for (const plan::Tag& tag : *tags) {
            if (tag.changeSet != record.id) continue;
            row["tags"].push_back(tag.name);
            out.text += fmt::format("       {} {}  {}\n", session.text("版本", "tag"), tag.name, tag.code.substr(0, 12));
        }
        out.document["changesets"].push_back(std::move(row));
    }
    if (out.text.empty()) out.text = session.text("还没有改动", "No changes yet");
    return out;
}

}  // namespace

void addHistory(CLI::App& app, Session& session) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = addCommand(app, session, "history", session.text("谁在何时改了什么", "Who changed what, and when"),
                                   [&session, file] { return showHistory(session, *file); });
    command->add_option("PLAN", *file, session.text("规划文件", "Plan file"))->required();
}

}  // namespace zonewright::cli
