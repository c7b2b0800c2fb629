#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/editing/exchange.h"
#include "core/plan/history.h"

namespace zonewright::cli {
namespace {

struct DiffOptions {
    std::string file;
    std::string from = "0";
    std::string to;
};

const char* wordOf(plan::ChangeKind kind) {
    switch (kind) {
        case plan::ChangeKind::Added: return "added";
        case plan::ChangeKind::Removed: return "removed";
        case plan::ChangeKind::Changed: return "changed";
    }
    return "";
}

nlohmann::ordered_json fieldsOf(const plan::FeatureChange& change) {
    nlohmann::ordered_json fields = nlohmann::ordered_json::array();
    for (const plan::FieldChange& field : change.fields) fields.push_back({{"field", field.field}, {"before", field.before}, {"after", field.after}});
    return fields;
}

Result<Outcome> showDiff(const Session& session, const DiffOptions& options) {
    const Result<plan::Plan> plan = plan::Plan::open(options.file, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const Result<std::int64_t> from = plan::changeSetOf(*plan, options.from);
    const Result<std::int64_t> to = options.to.empty() ? plan::newestChangeSet(*plan) : plan::changeSetOf(*plan, options.to);
    if (!from) return tl::unexpected(from.error());
    if (!to) return tl::unexpected(to.error());
    const Result<std::vector<plan::FeatureChange>> changes = plan::diff(*plan, *from, *to);
    if (!changes) return tl::unexpected(changes.error());
    const Result<std::vector<editing::Exchange>> exchanges = editing::exchanges(*changes);
    if (!exchanges) return tl::unexpected(exchanges.error());
    Outcome out;
    out.document = {{"from", *from}, {"to", *to}, {"area_method", "planar"}, {"changes", nlohmann::ordered_json::array()}};
    for (std::size_t i = 0; i < changes->size(); ++i) {
        const plan::FeatureChange& change = (*changes)[i];
        const editing::Exchange& exchange = (*exchanges)[i];
        nlohmann::ordered_json row{{"layer", change.layer}, {"feature", change.id.text}, {"kind", wordOf(change.kind)}, {"fields", fieldsOf(change)},
                                   {"gained_m2", exchange.gained.value}, {"lost_m2", exchange.lost.value}, {"from_feature", nullptr},
                                   {"from", nlohmann::ordered_json::array()}};
        out.text += fmt::format("{} {} {}  +{:.3f} m² -{:.3f} m² ({})\n", change.layer, change.id.text, wordOf(change.kind), exchange.gained.value,
                                exchange.lost.value, session.text("平面面积", "planar"));
        for (const plan::FieldChange& field : change.fields) out.text += fmt::format("    {}: {} -> {}\n", field.field, field.before, field.after);
        for (const auto& [id, area] : exchange.from) {
            if (row["from_feature"].is_null()) row["from_feature"] = id.text;
            row["from"].push_back({{"feature", id.text}, {"area_m2", area.value}});
            out.text += fmt::format("    {} {}: {:.3f} m²\n", session.text("来自", "from"), id.text, area.value);
        }
        out.document["changes"].push_back(std::move(row));
    }
    if (changes->empty()) out.text = session.text("没有差别", "No differences");
    return out;
}

}  // namespace

void addDiff(CLI::App& app, Session& session) {
    auto options = std::make_shared<DiffOptions>();
    CLI::App* command = addCommand(app, session, "diff", session.text("比较两个版本：谁从谁得到多少平方米", "Compare two states: who got how many m2 from whom"),
                                   [&session, options] { return showDiff(session, *options); });
    command->add_option("PLAN", options->file, session.text("规划文件", "Plan file"))->required();
    command->add_option("--from", options->from, session.text("版本名或改动号", "Tag or change-set"))->capture_default_str();
    command->add_option("--to", options->to, session.text("版本名或改动号（默认当前）", "Tag or change-set (default: now)"));
}

}  // namespace zonewright::cli
