#include "core/geometry/crs.h"
#include "core/plan/source/inspect.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace zonewright::cli {
namespace {

namespace source = plan::source;
using nlohmann::ordered_json;

struct InspectOptions {
    std::string source;
    std::string plan;
};

ordered_json boxAsJson(const Box& box) {
    if (box.empty()) return nullptr;
    return {box.minX, box.minY, box.maxX, box.maxY};
}

ordered_json crsAsJson(const source::Survey& where, Language language) {
    ordered_json crs{{"value", where.crs.value.empty() ? ordered_json(nullptr) : ordered_json(where.crs.value)},
                     {"evidence", where.crs.evidence.in(language)},
                     {"declared", where.crs.declared},
                     {"latitude_first", where.crs.latitudeFirst},
                     {"candidates", where.crs.candidates}};
    crs["gcj02"] = {{"likely", where.shift.likely},
                    {"confidence", where.shift.confidence},
                    {"shift_m", where.shift.shift.value},
                    {"system", source::nameOf(where.shift.datum)},
                    {"evidence", where.shift.evidence.in(language)}};
    return crs;
}

ordered_json faultAsJson(const source::FaultCount& fault, Language language) {
    ordered_json first{{"row", fault.firstRow}, {"reason", fault.firstReason.in(language)}};
    if (fault.firstPlace) first["at"] = {fault.firstPlace->x, fault.firstPlace->y};
    return {{"kind", fault.kind}, {"count", fault.count}, {"first", std::move(first)}};
}

ordered_json layerAsJson(const source::LayerReport& layer, Language language) {
    ordered_json out{{"name", layer.layer.name},
                     {"features", layer.features},
                     {"geometry_type", layer.geometryType},
                     {"extent", boxAsJson(layer.extent)},
                     {"with_z", layer.withZ},
                     {"with_curves", layer.withCurves}};
    out["columns"] = ordered_json::array();
    for (const source::Column& column : layer.layer.columns) {
        constexpr std::array kTypes{"text", "integer", "real"};
        out["columns"].push_back({{"name", column.name}, {"type", kTypes[static_cast<std::size_t>(column.type)]}});
    }
    out["crs"] = crsAsJson(layer.where, language);
    out["faults"] = ordered_json::array();
    for (const source::FaultCount& fault : layer.faults) out["faults"].push_back(faultAsJson(fault, language));
    return out;
}

/// Faults of all layers together, by kind; `first` is the first layer's.
ordered_json allFaults(const source::Inspection& inspection, Language language) {
    std::map<std::string, source::FaultCount> all;
    for (const source::LayerReport& layer : inspection.layers) {
        for (const source::FaultCount& fault : layer.faults) {
            const auto [slot, isNew] = all.try_emplace(fault.kind, fault);
            if (!isNew) slot->second.count += fault.count;
        }
    }
    ordered_json out = ordered_json::array();
    for (const auto& [kind, fault] : all) out.push_back(faultAsJson(fault, language));
    return out;
}

std::string layerAsText(const Session& session, const source::LayerReport& layer) {
    std::string text = fmt::format("{} {}: {} {}, {}\n", session.text("图层", "Layer"), layer.layer.name, layer.features,
                                   session.text("个要素", "features"), layer.geometryType);
    if (!layer.extent.empty()) {
        text += fmt::format("  {}: x {:.6f} .. {:.6f}, y {:.6f} .. {:.6f}\n", session.text("范围", "Extent"), layer.extent.minX, layer.extent.maxX,
                            layer.extent.minY, layer.extent.maxY);
    }
    std::string columns;
    for (const source::Column& column : layer.layer.columns) columns += (columns.empty() ? "" : ", ") + column.name;
    text += fmt::format("  {}: {}\n", session.text("列", "Columns"), columns);
    text += fmt::format("  {}: {}  ({})\n", session.text("坐标系", "CRS"), crsTitle(layer.where.crs.value),
                        layer.where.crs.evidence.in(session.language));
    const source::ShiftGuess& shift = layer.where.shift;
    text += fmt::format("  GCJ-02/BD-09: {}, {} {:.0f} %, {} {:.0f} m  ({})\n",
                        shift.likely ? session.text("疑似加偏", "likely shifted") : session.text("未见加偏", "no sign of a shift"),
                        session.text("把握", "confidence"), shift.confidence * 100, session.text("偏移量", "shift"), shift.shift.value,
                        shift.evidence.in(session.language));
    for (const source::FaultCount& fault : layer.faults) {
        text += fmt::format("  {} {}: {}", session.text("错误", "Fault"), fault.kind, fault.count);
        text += fmt::format("  ({} {}: {}", session.text("首例第", "first in row"), fault.firstRow, fault.firstReason.in(session.language));
        if (fault.firstPlace) text += fmt::format(" @ {:.6f}, {:.6f}", fault.firstPlace->x, fault.firstPlace->y);
        text += ")\n";
    }
    return text;
}

Result<Outcome> inspect(const Session& session, const InspectOptions& options) {
    std::optional<source::Reference> reference;
    if (!options.plan.empty()) {
        const Result<plan::Plan> plan = plan::Plan::open(options.plan, plan::OpenMode::Read);
        if (!plan) return tl::unexpected(plan.error());
        Result<std::optional<source::Reference>> found = source::referenceOf(*plan);
        if (!found) return tl::unexpected(found.error());
        reference = std::move(*found);
    }
    const Result<source::Spec> spec = source::parseSpec(options.source);
    if (!spec) return tl::unexpected(spec.error());
    Result<source::Source> opened = source::Source::open(*spec);
    if (!opened) return tl::unexpected(opened.error());
    const auto progress = session.progress();
    const Result<source::Inspection> inspection = source::inspect(*opened, reference, *progress);
    if (!inspection) return tl::unexpected(inspection.error());

    Outcome out;
    out.document = {{"source", options.source}, {"format", inspection->format}, {"layers", ordered_json::array()}};
    out.text = fmt::format("{}  ({})\n{}: {}  ({})\n", options.source, inspection->format, session.text("编码", "Encoding"),
                           inspection->encoding.value, inspection->encoding.evidence.in(session.language));
    for (const source::LayerReport& layer : inspection->layers) {
        out.document["layers"].push_back(layerAsJson(layer, session.language));
        out.text += layerAsText(session, layer);
    }
    out.document["encoding"] = {{"value", inspection->encoding.value}, {"evidence", inspection->encoding.evidence.in(session.language)}};
    out.document["crs"] = crsAsJson(inspection->layers.front().where, session.language);
    out.document["faults"] = allFaults(*inspection, session.language);
    return out;
}

}  // namespace

void addInspect(CLI::App& app, Session& session) {
    auto options = std::make_shared<InspectOptions>();
    CLI::App* command = addCommand(app, session, "inspect", session.text("查看外来数据：编码、坐标系、加偏、几何错误", "Look at foreign data: encoding, CRS, shift, geometry faults"),
                                   [&session, options] { return inspect(session, *options); });
    command->add_option("SOURCE", options->source, session.text("文件，或 文件|layername=图层", "FILE or FILE|layername=LAYER"))->required();
    command->add_option("--plan", options->plan, session.text("与此规划的行政区边界对比", "Compare with this plan's district boundary"));
}

}  // namespace zonewright::cli
