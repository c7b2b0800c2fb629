#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/plan/plan.h"

namespace zonewright::cli {
namespace {

Result<Outcome> info(const Session& session, const std::string& file) {
    const Result<plan::Plan> plan = plan::Plan::open(file, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const Result<std::vector<plan::LayerInfo>> layers = plan->layers();
    if (!layers) return tl::unexpected(layers.error());
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    Outcome out;
    const std::string title = plan->meta(session.language == Language::Chinese ? "title_zh" : "title_en");
    out.document = {{"plan", file}, {"title", title}, {"crs", plan->crs().code()}, {"crs_name", plan->crs().name()},
                    {"schema_version", plan->schemaVersion()}, {"layers", nlohmann::ordered_json::array()}};
    out.text = fmt::format("{}  {}\n{}: {} ({})\n{}: {}\n", file, title, session.text("坐标系", "CRS"), plan->crs().code(), plan->crs().name(),
                           session.text("结构版本", "Schema version"), plan->schemaVersion());
    for (const plan::LayerInfo& layer : *layers) {
        const catalogue::Layer* known = catalogue->find(layer.id);
        const std::string& layerTitle = known != nullptr ? known->title.in(session.language) : layer.title;
        out.document["layers"].push_back(
            {{"id", layer.id}, {"title", layerTitle}, {"geometry", layer.geometryType}, {"features", layer.features}});
        out.text += fmt::format("  {:<22}{:>8}  {:<16} {}\n", layer.id, layer.features, layer.geometryType.empty() ? "-" : layer.geometryType, layerTitle);
    }
    return out;
}

}  // namespace

void addInfo(CLI::App& app, Session& session) {
    auto file = std::make_shared<std::string>();
    CLI::App* command = addCommand(app, session, "info", session.text("列出规划文件的图层和坐标系", "List a plan's layers and CRS"),
                                   [&session, file] { return info(session, *file); });
    command->add_option("PLAN", *file, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
}

}  // namespace zonewright::cli
