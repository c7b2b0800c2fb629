#include "core/plan/schema.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

namespace zonewright::plan {
namespace {

struct CloseDataset {
    void operator()(GDALDataset* dataset) const { GDALClose(GDALDataset::ToHandle(dataset)); }
};
using Dataset = std::unique_ptr<GDALDataset, CloseDataset>;

tl::unexpected<Error> gdalFailure(const std::filesystem::path& file) {
    return failure(ErrorCode::FileUnwritable, CPLGetLastErrorMsg(), file.string());
}

OGRwkbGeometryType wkbTypeOf(catalogue::GeometryKind kind) {
    switch (kind) {
        case catalogue::GeometryKind::None: return wkbNone;
        case catalogue::GeometryKind::Point: return wkbPoint;
        case catalogue::GeometryKind::LineString: return wkbLineString;
        case catalogue::GeometryKind::MultiLineString: return wkbMultiLineString;
        case catalogue::GeometryKind::MultiPolygon: return wkbMultiPolygon;
    }
    return wkbUnknown;
}

std::unique_ptr<OGRFieldDefn> fieldOf(const catalogue::Field& field) {
    auto definition = std::make_unique<OGRFieldDefn>(field.name.c_str(), OFTString);
    OGRFieldDefn& out = *definition;
    switch (field.type) {
        case catalogue::FieldType::Text: break;
        case catalogue::FieldType::Integer: out.SetType(OFTInteger64); break;
        case catalogue::FieldType::Real: out.SetType(OFTReal); break;
        case catalogue::FieldType::Boolean:
            out.SetType(OFTInteger);
            out.SetSubType(OFSTBoolean);
            break;
        case catalogue::FieldType::Date: out.SetType(OFTDate); break;
    }
    out.SetAlternativeName(field.title.zh.c_str());
    if (!field.domain.empty()) out.SetDomainName(field.domain);
    return definition;
}

/// Coded domains stand in the file, so that QGIS shows lists of values in its forms.
bool addDomain(GDALDataset& dataset, const catalogue::Domain& domain) {
    std::vector<OGRCodedValue> values;
    for (const catalogue::DomainValue& value : domain.values) {
        values.push_back({CPLStrdup(value.code.c_str()), CPLStrdup(value.title.zh.c_str())});
    }
    std::string reason;
    return dataset.AddFieldDomain(
        std::make_unique<OGRCodedFieldDomain>(domain.id, domain.title.zh, OFTString, OFSTNone, std::move(values)), reason);
}

bool addTable(GDALDataset& dataset, const catalogue::Layer& layer, OGRSpatialReference& srs) {
    const bool spatial = layer.geometry != catalogue::GeometryKind::None;
    CPLStringList options;
    options.SetNameValue("FID", "fid");
    options.SetNameValue("GEOMETRY_NAME", "geom");
    options.SetNameValue("SPATIAL_INDEX", spatial ? "YES" : "NO");
    options.SetNameValue("IDENTIFIER", layer.title.zh.c_str());
    const std::string note = layer.provenance.clause.empty() ? layer.title.en : layer.provenance.clause;
    options.SetNameValue("DESCRIPTION", (note + (layer.provenance.schematic ? " (示意 schematic)" : "")).c_str());
    OGRLayer* table = dataset.CreateLayer(layer.id.c_str(), spatial ? &srs : nullptr, wkbTypeOf(layer.geometry), options.List());
    if (table == nullptr) return false;
    OGRFieldDefn uuid("uuid", OFTString);
    uuid.SetUnique(TRUE);
    if (table->CreateField(&uuid) != OGRERR_NONE) return false;
    for (const catalogue::Field& field : layer.fields) {
        if (table->CreateField(fieldOf(field).get()) != OGRERR_NONE) return false;
    }
    if (table->SyncToDisk() != OGRERR_NONE) return false;
    if (layer.keyField.empty()) return true;
    // Edits look for a free key; without the index each look would read the whole layer.
    const std::string index = fmt::format("CREATE INDEX {} ON {}({})", sqlName("zw_key_" + layer.id), sqlName(layer.id), sqlName(layer.keyField));
    if (OGRLayer* none = dataset.ExecuteSQL(index.c_str(), nullptr, nullptr)) dataset.ReleaseResultSet(none);
    return true;
}

Result<std::unique_ptr<OGRSpatialReference, void (*)(OGRSpatialReference*)>> spatialReference(const std::string& crs) {
    std::unique_ptr<OGRSpatialReference, void (*)(OGRSpatialReference*)> srs(new OGRSpatialReference,
                                                                              [](OGRSpatialReference* s) { s->Release(); });
    if (srs->SetFromUserInput(crs.c_str()) != OGRERR_NONE) return failure(ErrorCode::SourceCrs, crs);
    srs->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    return srs;
}

/// A fixed clock makes files reproducible: GDAL writes the time into gpkg_contents.
class Clock {
public:
    Clock() {
        const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
        if (epoch == nullptr || *epoch == '\0') return;
        const std::time_t seconds = std::strtoll(epoch, nullptr, 10);
        std::array<char, 32> text{};
        std::tm utc{};
        gmtime_r(&seconds, &utc);
        std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S.000Z", &utc);
        CPLSetConfigOption("OGR_CURRENT_DATE", text.data());
    }
    ~Clock() { CPLSetConfigOption("OGR_CURRENT_DATE", nullptr); }
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
};

GDALDriver* geoPackageDriver() {
    GDALAllRegister();
    return GetGDALDriverManager()->GetDriverByName("GPKG");
}

}  // namespace

Result<void> createGeoPackage(const std::filesystem::path& file, const catalogue::Catalogue& catalogue, const std::string& crs) {
    const Clock clock;
    CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    GDALDriver* driver = geoPackageDriver();
    if (driver == nullptr) return failure(ErrorCode::Internal, "GDAL lacks the GPKG driver");
    auto srs = spatialReference(crs);
    if (!srs) return tl::unexpected(srs.error());
    CPLStringList options;
    options.SetNameValue("VERSION", "1.3");
    const Dataset dataset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, options.List()));
    if (!dataset) return gdalFailure(file);
    for (const catalogue::Domain& domain : catalogue.domains) {
        if (!addDomain(*dataset, domain)) return gdalFailure(file);
    }
    for (const catalogue::Layer& layer : catalogue.layers) {
        if (!addTable(*dataset, layer, **srs)) return gdalFailure(file);
    }
    dataset->FlushCache(false);
    return {};
}

Result<void> createTable(const std::filesystem::path& file, const catalogue::Layer& layer, const std::string& crs) {
    const Clock clock;
    CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    (void)geoPackageDriver();
    auto srs = spatialReference(crs);
    if (!srs) return tl::unexpected(srs.error());
    const std::array<const char*, 2> drivers{"GPKG", nullptr};
    const Dataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, drivers.data()));
    if (!dataset || !addTable(*dataset, layer, **srs)) return gdalFailure(file);
    return {};
}

namespace {

/// What the journal's triggers need to know of a table.
struct Columns {
    std::vector<std::string> attributes;  ///< without fid, geometry and uuid
    std::string geometry;                 ///< empty for an attribute table
    bool uuid = false;
};

Result<Columns> columnsOf(const Database& database, const std::string& layer) {
    Columns columns;
    Result<Statement> geometry = database.prepare("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1");
    if (!geometry) return tl::unexpected(geometry.error());
    geometry->bind(1, std::string_view(layer));
    const Result<bool> spatial = geometry->step();
    if (!spatial) return tl::unexpected(spatial.error());
    if (*spatial) columns.geometry = geometry->text(0);
    Result<Statement> info = database.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid");
    if (!info) return tl::unexpected(info.error());
    info->bind(1, std::string_view(layer));
    while (true) {
        const Result<bool> row = info->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return columns;
        const std::string name(info->text(0));
        if (name == "uuid") columns.uuid = true;
        else if (name != "fid" && name != columns.geometry) columns.attributes.push_back(name);
    }
}

/// The row's attributes as one JSON object. Real numbers are written so that they read back to the same bits; SQLite's
/// own JSON keeps 15 digits.
std::string attributesAsJson(const std::string& row, const Columns& columns) {
    std::string json;
    for (const std::string& name : columns.attributes) {
        const std::string value = row + "." + sqlName(name);
        json += fmt::format(
            "{0}{1}, CASE typeof({2}) WHEN 'real' THEN CASE WHEN CAST(printf('%!.15g', {2}) AS REAL) = {2} OR abs({2}) > 1e308 "
            "THEN {2} ELSE json(printf('%!.20e', {2})) END WHEN 'blob' THEN hex({2}) ELSE {2} END",
            json.empty() ? "" : ", ", sqlText(name), value);
    }
    return "json_object(" + json + ")";
}

/// An edit from outside opens a change-set of its own; edits that follow within two seconds share it.
constexpr std::string_view kOpenExternal = R"sql(
  INSERT INTO zw_changeset(author, tool, time, title, kind)
    SELECT 'external', 'external', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '', 'external'
    WHERE (SELECT changeset FROM zw_current) IS NULL AND NOT EXISTS(
      SELECT 1 FROM zw_changeset WHERE id = (SELECT max(id) FROM zw_changeset) AND kind = 'external'
        AND julianday('now') - julianday(time) < 2.0 / 86400);)sql";

constexpr std::string_view kWriteRow = R"sql(
  INSERT INTO zw_journal(changeset, layer, fid, uuid, op, geometry_changed, old_attributes, old_geometry, new_attributes, new_geometry)
    SELECT coalesce((SELECT changeset FROM zw_current), (SELECT max(id) FROM zw_changeset)), )sql";

std::string giveUuid(const std::string& table) {
    return fmt::format(R"sql(
  UPDATE {} SET uuid = (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-a' || substr(h, 18, 3) || '-' || substr(h, 21, 12)
    FROM (SELECT lower(hex(randomblob(16))) AS h)) WHERE fid = NEW.fid AND uuid IS NULL;)sql",
                       table);
}

/// GDAL's triggers for a changed fid watch every column, so that a program without ST_IsEmpty (the sqlite3 shell, say)
/// could not change an attribute. Here those that need it watch the fid only; what `update3` does bears the name it has in
/// GeoPackage 1.4, since GDAL would widen it again, and `update3` itself, which a GeoPackage has to have, needs no function.
std::string narrowIndexTriggers(const std::string& layer, const std::string& geometryColumn) {
    const std::string index = "rtree_" + layer + "_" + geometryColumn;
    return fmt::format(R"sql(
DROP TRIGGER IF EXISTS {3}; DROP TRIGGER IF EXISTS {4}; DROP TRIGGER IF EXISTS {5};
CREATE TRIGGER {3} AFTER UPDATE ON {0} WHEN OLD.fid != NEW.fid BEGIN
  DELETE FROM {2} WHERE id = OLD.fid;
END;
CREATE TRIGGER {5} AFTER UPDATE OF fid ON {0} WHEN OLD.fid != NEW.fid AND (NEW.{1} NOTNULL AND NOT ST_IsEmpty(NEW.{1})) BEGIN
  DELETE FROM {2} WHERE id = OLD.fid;
  INSERT OR REPLACE INTO {2} VALUES (NEW.fid, ST_MinX(NEW.{1}), ST_MaxX(NEW.{1}), ST_MinY(NEW.{1}), ST_MaxY(NEW.{1}));
END;
CREATE TRIGGER {4} AFTER UPDATE OF fid ON {0} WHEN OLD.fid != NEW.fid AND (NEW.{1} ISNULL OR ST_IsEmpty(NEW.{1})) BEGIN
  DELETE FROM {2} WHERE id IN (OLD.fid, NEW.fid);
END;
)sql",
                       sqlName(layer), sqlName(geometryColumn), sqlName(index), sqlName(index + "_update3"), sqlName(index + "_update4"),
                       sqlName(index + "_update5"));
}

}  // namespace

Result<void> createJournalTriggers(const Database& database, const std::string& layer) {
    const Result<Columns> columns = columnsOf(database, layer);
    if (!columns) return tl::unexpected(columns.error());
    const std::string table = sqlName(layer);
    const std::string name = sqlText(layer);
    const std::string oldJson = attributesAsJson("OLD", *columns);
    const std::string newJson = attributesAsJson("NEW", *columns);
    const std::string geometry = columns->geometry.empty() ? "NULL" : sqlName(columns->geometry);
    const std::string oldGeometry = columns->geometry.empty() ? "NULL" : "OLD." + geometry;
    const std::string newGeometry = columns->geometry.empty() ? "NULL" : "NEW." + geometry;
    const std::string oldUuid = columns->uuid ? "OLD.uuid" : "NULL";
    const std::string newUuid = columns->uuid ? fmt::format("(SELECT uuid FROM {} WHERE fid = NEW.fid)", table) : "NULL";
    // The uuid is not watched: giving a new row its uuid is not an edit.
    std::string watched = columns->geometry.empty() ? "" : geometry;
    for (const std::string& attribute : columns->attributes) watched += (watched.empty() ? "" : ", ") + sqlName(attribute);

    const auto trigger = [&](std::string_view suffix, const std::string& event, const std::string& row) {
        const std::string triggerName = sqlName(fmt::format("zw_journal_{}_{}", suffix, layer));
        return fmt::format("DROP TRIGGER IF EXISTS {0};\nCREATE TRIGGER {0} AFTER {1} ON {2} WHEN (SELECT journaling FROM zw_current) = 1 BEGIN{3}{4}\nEND;\n",
                           triggerName, event, table, kOpenExternal, row);
    };
    std::string sql;
    sql += trigger("insert", "INSERT",
                   fmt::format("{}{}{}, NEW.fid, {}, 'I', 1, NULL, NULL, {}, {};", columns->uuid ? giveUuid(table) : "", kWriteRow, name,
                               newUuid, newJson, newGeometry));
    sql += trigger("update", "UPDATE OF " + watched,
                   fmt::format("{0}{1}, NEW.fid, {2}, 'U', {3} IS NOT {4}, {5}, CASE WHEN {3} IS NOT {4} THEN {3} END, {6}, "
                               "CASE WHEN {3} IS NOT {4} THEN {4} END;",
                               kWriteRow, name, oldUuid, oldGeometry, newGeometry, oldJson, newJson));
    sql += trigger("delete", "DELETE",
                   fmt::format("{}{}, OLD.fid, {}, 'D', 1, {}, {}, NULL, NULL;", kWriteRow, name, oldUuid, oldJson, oldGeometry));
    if (!columns->geometry.empty()) {
        const auto indexed = database.value("SELECT 1 FROM sqlite_schema WHERE name = " + sqlText("rtree_" + layer + "_" + columns->geometry));
        if (!indexed) return tl::unexpected(indexed.error());
        if (*indexed) sql += narrowIndexTriggers(layer, columns->geometry);
    }
    return database.execute(sql);
}

}  // namespace zonewright::plan
