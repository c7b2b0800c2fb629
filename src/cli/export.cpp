#include "core/plan/source/export.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace zonewright::cli {
namespace {

namespace source = plan::source;
using nlohmann::ordered_json;

struct ExportArguments {
    std::string plan;
    source::ExportOptions options;
};

Result<Outcome> exportOne(const Session& session, const ExportArguments& arguments) {
    const Result<plan::Plan> plan = plan::Plan::open(arguments.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const auto progress = session.progress();
    const Result<source::ExportResult> result = source::exportLayer(*plan, arguments.options, *progress);
    if (!result) return tl::unexpected(result.error());
    Outcome out;
    const std::string file = arguments.options.file.string();
    out.document = {{"plan", arguments.plan}, {"layer", arguments.options.layer}, {"file", file},          {"format", result->format},
                    {"crs", result->crs},     {"features", result->features},     {"warnings", ordered_json::array()}};
    out.text = fmt::format("{} → {}: {} {} ({}, {})\n", arguments.options.layer, file, result->features, session.text("个要素", "features"),
                           result->format, result->crs);
    for (const Localized& warning : result->warnings) {
        out.document["warnings"].push_back(warning.in(session.language));
        out.text += fmt::format("  {}: {}\n", session.text("注意", "Note"), warning.in(session.language));
    }
    return out;
}

}  // namespace

void addExport(CLI::App& app, Session& session) {
    auto a = std::make_shared<ExportArguments>();
    CLI::App* command = addCommand(app, session, "export", session.text("把一个图层写成文件", "Write a layer into a file"),
                                   [&session, a] { return exportOne(session, *a); });
    command->add_option("PLAN", a->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("LAYER", a->options.layer, session.text("图层代号", "Layer id"))->required();
    command->add_option("DEST", a->options.file,
                        session.text("目标文件：.gpkg .geojson .fgb .shp .kml .dxf .csv .xlsx", "File: .gpkg .geojson .fgb .shp .kml .dxf .csv .xlsx"))
        ->required();
    command->add_option("--crs", a->options.crs, session.text("目标坐标系；缺省为规划坐标系，GeoJSON 与 KML 缺省为 WGS 84", "CRS of the file; else the plan's, for GeoJSON and KML WGS 84"));
    command->add_flag("--overwrite", a->options.overwrite, session.text("覆盖已有文件", "Replace an existing file"));
}

}  // namespace zonewright::cli
