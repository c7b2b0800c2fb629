#include "core/plan/source/import.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace zonewright::cli {
namespace {

namespace source = plan::source;
using nlohmann::ordered_json;

struct ImportArguments {
    std::string plan;
    std::string layer;
    source::Spec spec;
    std::string source;
    std::vector<std::string> map;
    std::string controlPoints;
    bool replace = false;
};

constexpr std::size_t kShownRejects = 20;

Result<source::ImportOptions> optionsOf(const ImportArguments& arguments) {
    source::ImportOptions options;
    options.sourceCrs = arguments.spec.crs;
    options.replace = arguments.replace;
    for (const std::string& pair : arguments.map) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) return failure(ErrorCode::BadArgument, "--map wants FIELD=COLUMN", pair);
        options.map.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    if (!arguments.controlPoints.empty()) {
        Result<std::vector<source::ControlPoint>> points = source::readControlPoints(arguments.controlPoints);
        if (!points) return tl::unexpected(points.error());
        options.controlPoints = std::move(*points);
    }
    return options;
}

ordered_json fitAsJson(const source::ControlFit& fit) {
    ordered_json out{{"scale", fit.scale}, {"rotation_deg", fit.rotationDegrees}, {"rms_m", fit.rms.value}, {"residuals", ordered_json::array()}};
    for (const source::Residual& r : fit.residuals) {
        out["residuals"].push_back({{"name", r.name}, {"east_m", r.east.value}, {"north_m", r.north.value}, {"length_m", r.length.value}});
    }
    return out;
}

ordered_json asJson(const Session& session, const source::ImportResult& result) {
    ordered_json out{{"read", result.read},         {"taken", result.taken}, {"rejected", result.rejected},
                     {"removed", result.removed},   {"rejects", ordered_json::array()},
                     {"rejects_layer", result.rejectsLayer.empty() ? ordered_json(nullptr) : ordered_json(result.rejectsLayer)},
                     {"encoding", result.encoding}, {"crs", result.crs},     {"changeset", result.changeSet}};
    for (const source::Reject& reject : result.rejects) {
        out["rejects"].push_back({{"row", reject.row}, {"reason", reject.reason.in(session.language)}});
    }
    out["mapping"] = ordered_json::object();
    for (const auto& [field, column] : result.mapping) out["mapping"][field] = column;
    out["unused_columns"] = result.unusedColumns;
    out["control_points"] = result.fit ? fitAsJson(*result.fit) : ordered_json(nullptr);
    out["warnings"] = ordered_json::array();
    for (const Localized& warning : result.warnings) out["warnings"].push_back(warning.in(session.language));
    return out;
}

std::string fitAsText(const Session& session, const source::ControlFit& fit) {
    std::string text = fmt::format("{}: {} {:.8f}, {} {:.6f}°, {} {:.3f} m\n", session.text("四参数拟合", "Four-parameter fit"),
                                   session.text("比例", "scale"), fit.scale, session.text("旋转", "rotation"), fit.rotationDegrees,
                                   session.text("残差均方根", "RMS of the residuals"), fit.rms.value);
    for (const source::Residual& r : fit.residuals) {
        text += fmt::format("  {:<12} {} {:+.3f} m, {} {:+.3f} m, {} {:.3f} m\n", r.name, session.text("东", "east"), r.east.value,
                            session.text("北", "north"), r.north.value, session.text("长", "length"), r.length.value);
    }
    return text;
}

std::string asText(const Session& session, const ImportArguments& arguments, const source::ImportResult& result) {
    std::string text = fmt::format("{} → {}: {} {} = {} {} + {} {}\n", arguments.source, arguments.layer, session.text("读入", "read"), result.read,
                                   session.text("导入", "taken"), result.taken, session.text("拒收", "rejected"), result.rejected);
    if (result.removed > 0) text += fmt::format("  {}: {}\n", session.text("已移除原有要素", "Removed before"), result.removed);
    text += fmt::format("  {}: {}  {}: {}\n", session.text("编码", "Encoding"), result.encoding, session.text("坐标系", "CRS"),
                        result.crs.empty() ? "-" : result.crs);
    std::string pairs;
    for (const auto& [field, column] : result.mapping) pairs += (pairs.empty() ? "" : ", ") + field + "=" + column;
    text += fmt::format("  {}: {}\n", session.text("字段对应", "Mapping"), pairs);
    if (!result.unusedColumns.empty()) {
        text += fmt::format("  {}: {}\n", session.text("未用的列", "Unused columns"), fmt::join(result.unusedColumns, ", "));
    }
    for (const Localized& warning : result.warnings) text += fmt::format("  {}: {}\n", session.text("注意", "Note"), warning.in(session.language));
    if (result.fit) text += fitAsText(session, *result.fit);
    for (std::size_t i = 0; i < std::min(kShownRejects, result.rejects.size()); ++i) {
        text += fmt::format("  {} {}: {}\n", session.text("拒收 第", "Rejected row"), result.rejects[i].row, result.rejects[i].reason.in(session.language));
    }
    if (result.rejects.size() > kShownRejects) text += fmt::format("  ... {}\n", result.rejects.size() - kShownRejects);
    if (!result.rejectsLayer.empty()) {
        text += fmt::format("  {}: {}\n", session.text("拒收的要素及原因在图层", "Rejected rows and reasons are in the layer"), result.rejectsLayer);
    }
    return text;
}

Result<Outcome> import(const Session& session, const ImportArguments& arguments) {
    Result<source::ImportOptions> options = optionsOf(arguments);
    if (!options) return tl::unexpected(options.error());
    Result<source::Spec> spec = source::parseSpec(arguments.source);
    if (!spec) return tl::unexpected(spec.error());
    if (!arguments.spec.layer.empty()) spec->layer = arguments.spec.layer;
    if (!arguments.spec.encoding.empty()) spec->encoding = arguments.spec.encoding;
    if (options->sourceCrs.empty()) options->sourceCrs = spec->crs;
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    Result<source::Source> opened = source::Source::open(*spec);
    if (!opened) return tl::unexpected(opened.error());
    Result<plan::Plan> plan = plan::Plan::open(arguments.plan, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const auto progress = session.progress();
    const Result<source::ImportResult> result = source::importLayer({*plan, *catalogue, arguments.layer}, *opened, *options, *progress);
    if (!result) return tl::unexpected(result.error());
    Outcome out;
    out.document = asJson(session, *result);
    out.text = asText(session, arguments, *result);
    return out;
}

}  // namespace

void addImport(CLI::App& app, Session& session) {
    auto a = std::make_shared<ImportArguments>();
    CLI::App* command = addCommand(app, session, "import", session.text("把外来数据导入规划的一个图层", "Bring foreign data into a layer of a plan"),
                                   [&session, a] { return import(session, *a); });
    command->add_option("PLAN", a->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("LAYER", a->layer, session.text("图层代号", "Layer id"))->required();
    command->add_option("SOURCE", a->source, session.text("文件，或 文件|layername=图层", "FILE or FILE|layername=LAYER"))->required();
    command->add_option("--source-layer", a->spec.layer, session.text("源图层名", "Layer of the source"));
    command->add_option("--source-crs", a->spec.crs,
                        session.text("源坐标系：EPSG 代码、GCJ-02 或 BD-09", "The source's CRS: an EPSG code, GCJ-02 or BD-09"));
    command->add_option("--encoding", a->spec.encoding, session.text("源文字编码，如 GBK", "The source's text encoding, e.g. GBK"));
    command->add_option("--map", a->map, session.text("字段对应 FIELD=COLUMN，可重复", "FIELD=COLUMN, repeatable"))->take_all();
    command->add_option("--control-points", a->controlPoints,
                        session.text("控制点 CSV：name,source_x,source_y,target_x,target_y", "CSV of control points: name,source_x,source_y,target_x,target_y"));
    command->add_flag("--replace", a->replace, session.text("先清空该图层", "Empty the layer first"));
}

}  // namespace zonewright::cli
