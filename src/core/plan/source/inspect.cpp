#include "core/plan/source/inspect.h"

#include <cmath>
#include <map>

#include "core/plan/source/validity.h"

namespace zonewright::plan::source {
namespace {

std::string_view typeNameOf(const Geometry& geometry) {
    constexpr std::array<std::string_view, std::variant_size_v<Geometry>> kNames{"", "Point", "MultiPoint", "LineString", "MultiLineString", "MultiPolygon"};
    return kNames[geometry.index()];
}

using Faults = std::map<std::string, FaultCount>;

void count(Faults& faults, const std::string& kind, FaultCount first) {
    FaultCount& slot = faults[kind];
    if (slot.count == 0) {
        slot = std::move(first);
        slot.kind = kind;
    }
    ++slot.count;
}

void judge(const Row& row, bool spatial, Faults& faults) {
    if (!row.fault.empty()) {
        count(faults, faultKind(row.fault), {"", 0, row.number, {faultInChinese(row.fault), row.fault}, std::nullopt});
        return;
    }
    if (std::holds_alternative<std::monostate>(row.geometry)) {
        if (spatial) count(faults, "no_geometry", {"", 0, row.number, {"没有几何", "No geometry"}, std::nullopt});
        return;
    }
    const auto fault = faultOf(row.geometry);
    if (!fault) {
        count(faults, "unreadable", {"", 0, row.number, {fault.error().detail, fault.error().detail}, std::nullopt});
    } else if (*fault) {
        count(faults, faultKind((*fault)->reason), {"", 0, row.number, {faultInChinese((*fault)->reason), (*fault)->reason}, (*fault)->place});
    }
}

Result<LayerReport> inspectLayer(Source& source, std::size_t index, const std::optional<Reference>& reference, Progress& progress) {
    LayerReport report;
    report.layer = source.layers()[index];
    const bool spatial = report.layer.geometryType != "None" || report.layer.coordinates.any();
    Result<Survey> where = survey(source, index, reference);
    if (!where) return tl::unexpected(where.error());
    report.where = std::move(*where);
    Faults faults;
    std::map<std::string, std::int64_t> types;
    bool cancelled = false;
    const auto read = source.forEachRow(index, [&](Row&& row) {
        ++report.features;
        report.withZ += row.hasZ ? 1 : 0;
        report.withCurves += row.hasCurves ? 1 : 0;
        judge(row, spatial, faults);
        forEachPoint(row.geometry, [&](const Point& p) {
            if (std::isfinite(p.x) && std::isfinite(p.y)) report.extent.add(p);
        });
        if (const std::string_view type = typeNameOf(row.geometry); !type.empty()) ++types[std::string(type)];
        if (report.features % 1024 == 0) {
            const double total = static_cast<double>(std::max<std::int64_t>(report.layer.announced, report.features));
            cancelled = !progress.report(static_cast<double>(report.features) / total, report.layer.name);
        }
        return !cancelled;
    });
    if (cancelled) return failure(ErrorCode::Cancelled, "");
    if (!read) return tl::unexpected(read.error());
    report.geometryType = report.layer.geometryType;
    if (report.geometryType == "Unknown" || report.geometryType == "None") {
        std::string found;
        for (const auto& [type, n] : types) found += (found.empty() ? "" : "+") + type;
        if (!found.empty()) report.geometryType = found;
    }
    for (auto& [kind, fault] : faults) report.faults.push_back(std::move(fault));
    return report;
}

}  // namespace

Result<Inspection> inspect(Source& source, const std::optional<Reference>& reference, Progress& progress) {
    Inspection inspection;
    inspection.format = source.format();
    inspection.encoding = source.encoding();
    for (std::size_t i = 0; i < source.layers().size(); ++i) {
        Result<LayerReport> report = inspectLayer(source, i, reference, progress);
        if (!report) return tl::unexpected(report.error());
        inspection.layers.push_back(std::move(*report));
    }
    return inspection;
}

}  // namespace zonewright::plan::source
