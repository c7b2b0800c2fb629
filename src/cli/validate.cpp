#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/editing/validation.h"
#include "core/geometry/geos.h"
#include "core/geometry/wkt.h"

namespace zonewright::cli {
namespace {

using nlohmann::ordered_json;

struct Options {
    std::string plan;
    std::string layer;
    double maxGap = 0.1;
    bool dryRun = false;
};

std::string wordOf(const Session& session, coverage::FaultKind kind) {
    switch (kind) {
        case coverage::FaultKind::InvalidRing: return session.text("环无效", "invalid ring");
        case coverage::FaultKind::Gap: return session.text("缝隙", "gap");
        case coverage::FaultKind::Overlap: return session.text("重叠", "overlap");
        case coverage::FaultKind::Sliver: return session.text("狭长碎面", "sliver");
        case coverage::FaultKind::DuplicateVertex: return session.text("重复顶点", "duplicate vertex");
        case coverage::FaultKind::OutsideParent: return session.text("超出上级范围", "outside its parent");
    }
    return {};
}

ordered_json asJson(const editing::LayerFault& fault) {
    ordered_json features = ordered_json::array();
    for (const FeatureId& id : fault.features) features.push_back(id.text);
    return {{"kind", coverage::nameOf(fault.fault.kind)}, {"layer", fault.layer},     {"features", features},
            {"area_m2", fault.fault.area.value},          {"wkt", toWkt(fault.fault.geometry)}, {"key", fault.fault.key},
            {"reason", fault.fault.reason}};
}

std::string asText(const Session& session, const editing::LayerFault& fault) {
    std::string features;
    for (const FeatureId& id : fault.features) features += (features.empty() ? "" : ", ") + id.text;
    const Box box = boxOf(fault.fault.geometry);
    return fmt::format("  {} {} {:.3f} m² ({}) @ {:.3f} {:.3f}  {} {}\n", fault.layer, wordOf(session, fault.fault.kind), fault.fault.area.value,
                       session.text("平面", "planar"), (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2, features, fault.fault.reason);
}

Result<Outcome> validate(const Session& session, const Options& options) {
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const Result<plan::Plan> plan = plan::Plan::open(options.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    std::vector<std::string> layers{options.layer};
    if (options.layer.empty()) {
        layers.clear();
        const auto all = plan->layers();
        if (!all) return tl::unexpected(all.error());
        for (const plan::LayerInfo& layer : *all) layers.push_back(layer.id);
    }
    const auto progress = session.progress();
    Outcome out;
    out.document = {{"faults", ordered_json::array()}, {"count", 0}, {"checked", 0}};
    std::int64_t checked = 0;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        progress->report(static_cast<double>(i) / static_cast<double>(layers.size()), layers[i]);
        const Result<editing::LayerValidation> found = editing::validateLayer(*plan, *catalogue, layers[i]);
        if (!found) return tl::unexpected(found.error());
        checked += found->checked;
        for (const editing::LayerFault& fault : found->faults) {
            out.document["faults"].push_back(asJson(fault));
            out.text += asText(session, fault);
        }
    }
    const std::size_t count = out.document["faults"].size();
    out.document["count"] = count;
    out.document["checked"] = checked;
    out.text = fmt::format("{}: {}; {}: {}\n", session.text("已检查面要素", "Polygon features checked"), checked, session.text("问题", "faults"), count) + out.text;
    return out;
}

Result<Outcome> repair(const Session& session, const Options& options) {
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const Result<plan::Plan> plan = plan::Plan::open(options.plan, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const Result<editing::RepairReport> report = editing::repairLayer(*plan, *catalogue, options.layer, {Metres(options.maxGap), options.dryRun});
    if (!report) return tl::unexpected(report.error());
    Outcome out;
    out.document = {{"changeset", report->changeSet}, {"changed", report->changed}, {"repaired", ordered_json::array()}, {"left", ordered_json::array()}};
    out.text = fmt::format("{}: {}; {}: {}; {}: {}\n", session.text("已修复", "Repaired"), report->repaired.size(),
                           session.text("改动要素", "features changed"), report->changed, session.text("未修复", "left"), report->left.size());
    for (const editing::LayerFault& fault : report->repaired) out.document["repaired"].push_back(asJson(fault));
    for (const editing::RepairReport::Left& left : report->left) {
        ordered_json row = asJson(left.fault);
        row["reason"] = left.reason;
        out.document["left"].push_back(std::move(row));
        out.text += asText(session, left.fault) + "    " + left.reason + "\n";
    }
    return out;
}

}  // namespace

void addValidate(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* check = addCommand(app, session, "validate", session.text("检查几何与拓扑（缝隙、重叠、超界等）", "Check geometry and topology: gaps, overlaps, ..."),
                                 [&session, options] { return validate(session, *options); });
    check->add_option("PLAN", options->plan, session.text("规划文件", "Plan file"))->required();
    check->add_option("LAYER", options->layer, session.text("图层（默认全部）", "Layer (default: all)"));
    CLI::App* mend = addCommand(app, session, "repair", session.text("修复只有一种正确修法的问题", "Repair what has one right answer"),
                                [&session, options] { return repair(session, *options); });
    mend->add_option("PLAN", options->plan, session.text("规划文件", "Plan file"))->required();
    mend->add_option("LAYER", options->layer, session.text("图层", "Layer"))->required();
    mend->add_option("--max-gap", options->maxGap, session.text("最大缝隙宽度（米）", "Widest gap to close, m"))->check(CLI::Range(0.0, 1000.0))->capture_default_str();
    mend->add_flag("--dry-run", options->dryRun, session.text("只报告，不改动", "Report only"));
}

}  // namespace zonewright::cli
