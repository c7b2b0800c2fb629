#include "core/plan/source/foreign_layer.h"

#include "core/plan/source/row_maker.h"

namespace zonewright::plan::source {
namespace {

Table tableOfSource(const SourceLayer& layer) {
    Table table;
    table.layer = layer.name;
    for (const Column& column : layer.columns) {
        constexpr std::array kTypes{"TEXT", "INTEGER", "REAL"};
        table.fields.push_back({column.name, kTypes[static_cast<std::size_t>(column.type)]});
    }
    return table;
}

void noteType(const Geometry& geometry, Table& table) {
    constexpr std::array<std::string_view, std::variant_size_v<Geometry>> kTypes{"", "POINT", "POINT", "MULTILINESTRING", "MULTILINESTRING", "MULTIPOLYGON"};
    const std::string_view type = kTypes[geometry.index()];
    if (type.empty()) return;
    table.geometryColumn = "geom";
    table.geometryType = table.geometryType.empty() || table.geometryType == type ? type : "GEOMETRY";
}

}  // namespace

bool namesFile(const Plan& plan, const std::string& parameter) {
    const Result<bool> known = plan.hasLayer(parameter);
    return !(known && *known);
}

Result<ForeignLayer> readForeignLayer(const Plan& plan, const std::string& text, Progress& progress) {
    const Result<Spec> spec = parseSpec(text);
    if (!spec) return tl::unexpected(spec.error());
    Result<Source> source = Source::open(*spec);
    if (!source) return tl::unexpected(source.error());
    const Result<std::size_t> index = source->onlyLayer();
    if (!index) return tl::unexpected(index.error());
    const SourceLayer& shape = source->layers()[*index];
    ForeignLayer out;
    out.table = tableOfSource(shape);
    Placement placement;
    if (shape.geometryType != "None" || shape.coordinates.any()) {
        const Result<std::optional<Reference>> reference = referenceOf(plan);
        if (!reference) return tl::unexpected(reference.error());
        const Result<Survey> where = survey(*source, *index, *reference);
        if (!where) return tl::unexpected(where.error());
        Result<Placement> decided = decidePlacement(*where, {spec->crs, {}}, plan.crs());
        if (!decided) return failure(decided.error().code, decided.error().detail, text);
        placement = std::move(*decided);
    }
    const Result<Placer> placer = Placer::from(placement, plan.crs());
    if (!placer) return tl::unexpected(placer.error());
    out.crs = placement.name;
    out.warnings = placement.notes;
    const bool spatial = shape.geometryType != "None" || shape.coordinates.any();
    bool cancelled = false;
    const auto read = source->forEachRow(*index, [&](Row&& row) {
        const FeatureId id = contentId(shape.name, row);
        if (!row.fault.empty()) {
            out.rejects.push_back({row.number, {row.fault, row.fault}});
            return true;
        }
        auto made = GeometryMaker(*placer, spatial ? kindOf(row.geometry) : catalogue::GeometryKind::None).made(row.geometry);
        if (!made || (spatial && std::holds_alternative<std::monostate>(made->geometry))) {
            out.rejects.push_back({row.number, made ? Localized{"没有几何", "no geometry"} : std::move(made.error())});
            return true;
        }
        noteType(made->geometry, out.table);
        out.features.push_back({Fid{row.number}, id, std::move(made->geometry), std::move(row.values)});
        cancelled = row.number % 1024 == 0 && !progress.report(0, shape.name);
        return !cancelled;
    });
    if (!read) return tl::unexpected(read.error());
    if (cancelled) return failure(ErrorCode::Cancelled, "");
    if (out.features.empty()) {
        return failure(ErrorCode::SourceEmpty, out.rejects.empty() ? "no rows" : "no usable row; the first: " + out.rejects.front().reason.en, text);
    }
    return out;
}

}  // namespace zonewright::plan::source
