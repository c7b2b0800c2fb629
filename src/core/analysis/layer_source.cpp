#include "core/analysis/layer_source.h"

#include <fstream>

#include <fmt/format.h>
#include <sqlite3.h>

namespace zonewright::analysis {
namespace {

using plan::Database;
using plan::Statement;

bool isGeoPackage(const std::filesystem::path& file) {
    if (file.extension() != ".gpkg" && file.extension() != ".GPKG") return false;
    std::array<char, 16> head{};
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), head.size());
    return in && std::string_view(head.data(), 15) == "SQLite format 3";
}

plan::Value valueAt(const Statement& row, int column) {
    switch (row.type(column)) {
        case SQLITE_INTEGER:
            return row.integer(column);
        case SQLITE_FLOAT:
            return row.real(column);
        case SQLITE_NULL:
            return std::monostate{};
        default:
            return std::string(row.text(column));
    }
}

std::string quotedText(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c;
        if (c == '\'') out += c;
    }
    return out + "'";
}

Result<std::vector<std::string>> firstColumn(const Database& db, const std::string& sql) {
    Result<Statement> rows = db.prepare(sql);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<std::string> out;
    while (true) {
        const Result<bool> row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        out.emplace_back(rows->text(0));
    }
}

/// The CRS a GeoPackage states for a layer; nothing when it says "undefined" (srs_id 0 or -1) or names none
/// PROJ knows.
Result<std::optional<Crs>> crsOf(const Database& db, const std::string& table) {
    Result<Statement> query = db.prepare(
        "SELECT s.srs_id, s.organization, s.organization_coordsys_id, s.definition FROM "
        "gpkg_geometry_columns g "
        "JOIN gpkg_spatial_ref_sys s USING(srs_id) WHERE g.table_name = ?1");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, std::string_view(table));
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || query->integer(0) <= 0) return std::nullopt;
    const std::string definition(query->text(3));
    if (Result<Crs> crs = Crs::from(fmt::format("{}:{}", query->text(1), query->integer(2))); crs)
        return std::optional(*crs);
    if (Result<Crs> crs = Crs::from(definition); crs) return std::optional(*crs);
    return std::nullopt;
}

tl::unexpected<Error> noCrs(const std::string& layer) {
    return failure(ErrorCode::SourceCrs, "the file does not say its CRS; state it as FILE|crs=EPSG:...",
                   layer);
}

std::string joined(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Result<LayerSource> LayerSource::open(const plan::Plan* plan, const LayerReference& layer) {
    if (plan != nullptr && layer.text.find('|') == std::string::npos) {
        const Result<bool> known = plan->hasLayer(layer.text);
        if (!known) return tl::unexpected(known.error());
        if (*known) return openDatabase(plan->database(), plan->file(), layer.text);
    }
    const Result<plan::source::Spec> spec = plan::source::parseSpec(layer.text);
    if (!spec) return tl::unexpected(spec.error());
    std::error_code none;
    if (!std::filesystem::exists(spec->file, none)) {
        const bool looksLikeFile = layer.text.find_first_of("./\\|") != std::string::npos;
        if (looksLikeFile) return failure(ErrorCode::FileNotFound, "", spec->file.string());
        return failure(ErrorCode::UnknownLayer, layer.text,
                       plan != nullptr ? plan->file().string() : std::string());
    }
    if (!isGeoPackage(spec->file) || !spec->crs.empty()) return openForeign(*spec);
    const Result<Database> db = Database::open(spec->file, Database::Access::Read);
    if (!db) return tl::unexpected(db.error());
    Result<LayerSource> source = openDatabase(*db, spec->file, spec->layer);
    if (!source && source.error().code == ErrorCode::SourceUnreadable)
        return openForeign(*spec);  // views and the like
    return source;
}

Result<LayerSource> LayerSource::openDatabase(const Database& db, const std::filesystem::path& file,
                                              const std::string& layer) {
    LayerSource out;
    out.mDatabaseFile = file;
    out.mTable = layer;
    const auto tables = firstColumn(
        db, "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') ORDER BY 1");
    if (!tables) return tl::unexpected(tables.error());
    if (layer.empty()) {
        const auto spatial =
            firstColumn(db, "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' ORDER BY 1");
        if (!spatial) return tl::unexpected(spatial.error());
        if (spatial->size() != 1) {
            return failure(ErrorCode::UnknownLayer,
                           fmt::format("name one as FILE|layername=L; there are: {}", joined(*spatial)),
                           file.string());
        }
        out.mTable = spatial->front();
    } else if (std::find(tables->begin(), tables->end(), layer) == tables->end()) {
        return failure(ErrorCode::UnknownLayer, fmt::format("{} (there are: {})", layer, joined(*tables)),
                       file.string());
    }
    out.mName = out.mTable;
    const auto isTable =
        db.value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = " + quotedText(out.mTable));
    if (!isTable) return tl::unexpected(isTable.error());
    if (!*isTable) return failure(ErrorCode::SourceUnreadable, "not a table", file.string());
    const auto geometry = db.value("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = " +
                                   quotedText(out.mTable));
    if (!geometry) return tl::unexpected(geometry.error());
    out.mGeometryColumn = geometry->value_or("");
    const auto columns = firstColumn(
        db, fmt::format("SELECT name FROM pragma_table_info({}) ORDER BY cid", quotedText(out.mTable)));
    if (!columns) return tl::unexpected(columns.error());
    for (const std::string& column : *columns) {
        if (column == "uuid") out.mHasUuid = true;
        if (column != out.mGeometryColumn) out.mColumns.push_back(column);
    }
    if (out.mGeometryColumn.empty()) return out;
    const Result<std::optional<Crs>> crs = crsOf(db, out.mTable);
    if (!crs) return tl::unexpected(crs.error());
    if (!*crs) return noCrs(out.mTable);
    out.mCrs = *crs;
    return out;
}

Result<LayerSource> LayerSource::openForeign(const plan::source::Spec& spec) {
    Result<plan::source::Source> source = plan::source::Source::open(spec);
    if (!source) return tl::unexpected(source.error());
    LayerSource out;
    const Result<std::size_t> only = source->onlyLayer();
    if (!only) return tl::unexpected(only.error());
    const plan::source::SourceLayer& layer = source->layers()[*only];
    out.mForeignLayer = *only;
    out.mName = layer.name;
    for (const auto& column : layer.columns) out.mColumns.push_back(column.name);
    std::string crs = spec.crs.empty() ? layer.declaredCrs : spec.crs;
    if (crs == "GCJ-02" || crs == "BD-09") {
        out.mShift = crs;
        crs = "EPSG:4326";
    }
    if (!crs.empty()) {
        const Result<Crs> known = Crs::from(crs);
        if (!known) return tl::unexpected(known.error());
        out.mCrs = *known;
    } else if (layer.geometryType != "None" || layer.coordinates.any()) {
        return noCrs(spec.file.string());
    }
    out.mForeign = std::make_shared<plan::source::Source>(std::move(*source));
    return out;
}

Result<Database> LayerSource::connect() const {
    return Database::open(mDatabaseFile, Database::Access::Read);
}

Result<std::vector<std::int64_t>> LayerSource::blocks() const {
    const Result<Database> db = connect();
    if (!db) return tl::unexpected(db.error());
    Result<Statement> next =
        db->prepare(fmt::format("SELECT min(rowid) FROM {} WHERE rowid >= ?1", plan::sqlName(mTable)));
    if (!next) return tl::unexpected(next.error());
    std::vector<std::int64_t> out;
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    while (true) {
        next->bind(1, from);
        const Result<bool> row = next->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row || next->isNull(0)) return out;
        const std::int64_t fid = next->integer(0);
        next->reset();
        const std::int64_t block = fid - ((fid % kBlockFids) + kBlockFids) % kBlockFids;
        out.push_back(block);
        if (block > std::numeric_limits<std::int64_t>::max() - kBlockFids) return out;
        from = block + kBlockFids;
    }
}

Result<void> LayerSource::readBlock(const Database& db, std::int64_t block,
                                    const std::vector<std::string>& fields, const RowVisitor& visit) const {
    std::string sql = "SELECT rowid, " + std::string(mHasUuid ? "uuid" : "NULL");
    sql += ", " + (mGeometryColumn.empty() ? "NULL" : plan::sqlName(mGeometryColumn));
    for (const std::string& field : fields) sql += ", " + plan::sqlName(field);
    sql += fmt::format(" FROM {} WHERE rowid >= {} AND rowid <= {} ORDER BY rowid", plan::sqlName(mTable),
                       block, block + (kBlockFids - 1));
    Result<Statement> rows = db.prepare(sql);
    if (!rows) return tl::unexpected(rows.error());
    while (true) {
        const Result<bool> row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        SourceRow out;
        out.fid = rows->integer(0);
        out.uuid = rows->text(1);
        out.blob = rows->blob(2);
        out.values.reserve(fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i)
            out.values.push_back(valueAt(*rows, static_cast<int>(i) + 3));
        if (auto done = visit(std::move(out)); !done) return done;
    }
}

Result<void> LayerSource::readAll(const std::vector<std::string>& fields, const RowVisitor& visit) {
    std::vector<std::size_t> positions;
    for (const std::string& field : fields) {
        positions.push_back(
            static_cast<std::size_t>(std::find(mColumns.begin(), mColumns.end(), field) - mColumns.begin()));
    }
    Result<void> outcome;
    const auto done = mForeign->forEachRow(mForeignLayer, [&](plan::source::Row&& row) {
        SourceRow out;
        out.fid = row.number;
        out.geometry = std::move(row.geometry);
        out.fault = std::move(row.fault);
        for (const std::size_t position : positions) out.values.push_back(std::move(row.values[position]));
        outcome = visit(std::move(out));
        return outcome.has_value();
    });
    if (!outcome) return outcome;
    return done;
}

}  // namespace zonewright::analysis
