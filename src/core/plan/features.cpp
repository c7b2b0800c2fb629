#include "core/plan/features.h"

#include <charconv>

#include <fmt/format.h>
#include <sqlite3.h>

#include "core/geometry/wkb.h"
#include "core/plan/schema.h"

namespace zonewright::plan {
namespace {

Value valueAt(const Statement& row, int column) {
    switch (row.type(column)) {
        case SQLITE_INTEGER: return row.integer(column);
        case SQLITE_FLOAT: return row.real(column);
        case SQLITE_NULL: return std::monostate{};
        default: return std::string(row.text(column));
    }
}

void bindValue(Statement& statement, int index, const Value& value) {
    if (const auto* i = std::get_if<std::int64_t>(&value)) statement.bind(index, *i);
    else if (const auto* d = std::get_if<double>(&value)) statement.bind(index, *d);
    else if (const auto* s = std::get_if<std::string>(&value)) statement.bind(index, std::string_view(*s));
    else statement.bindNull(index);
}

std::string selectOf(const Table& table, const Query& query) {
    std::string sql = "SELECT t.fid, t.uuid, ";
    sql += !table.geometryColumn.empty() && query.geometry ? "t." + sqlName(table.geometryColumn) : "NULL";
    if (query.fields.empty()) {
        for (const Table::Column& column : table.fields) sql += ", t." + sqlName(column.name);
    } else {
        for (const std::string& field : query.fields) sql += ", t." + sqlName(field);
    }
    sql += " FROM " + sqlName(table.layer) + " t";
    std::string where;
    if (query.box && !table.geometryColumn.empty()) {
        where = fmt::format(" WHERE t.fid IN (SELECT id FROM {} WHERE maxx >= ?1 AND minx <= ?3 AND maxy >= ?2 AND miny <= ?4)",
                            sqlName("rtree_" + table.layer + "_" + table.geometryColumn));
    }
    if (query.fid) where += (where.empty() ? " WHERE " : " AND ") + std::string("t.fid = ?5");
    if (query.id) where += (where.empty() ? " WHERE " : " AND ") + std::string("t.uuid = ?6");
    return sql + where + " ORDER BY t.fid";
}

std::string insertSql(const Table& table) {
    std::string columns = "uuid";
    std::string marks = "?1";
    int next = 2;
    if (!table.geometryColumn.empty()) {
        columns += ", " + sqlName(table.geometryColumn);
        marks += fmt::format(", ?{}", next++);
    }
    for (const Table::Column& column : table.fields) {
        columns += ", " + sqlName(column.name);
        marks += fmt::format(", ?{}", next++);
    }
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", sqlName(table.layer), columns, marks);
}

void bindRow(Statement& insert, const Table& table, const FeatureId& id, std::string_view blob, const std::vector<Value>& values) {
    insert.bind(1, std::string_view(id.text));
    int next = 2;
    if (!table.geometryColumn.empty()) {
        if (blob.empty()) insert.bindNull(next++);
        else insert.bindBlob(next++, blob);
    }
    for (std::size_t i = 0; i < table.fields.size(); ++i) bindValue(insert, next++, i < values.size() ? values[i] : Value{});
}

/// gpkg_contents keeps the extent that readers zoom to.
Result<void> refreshExtent(const Plan& plan, const Table& table) {
    if (table.geometryColumn.empty()) return {};
    return plan.database().execute(fmt::format(
        "UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = (SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {}) "
        "WHERE table_name = '{}'",
        sqlName("rtree_" + table.layer + "_" + table.geometryColumn), table.layer));
}

}  // namespace

std::string asText(const Value& value) {
    if (const auto* i = std::get_if<std::int64_t>(&value)) return std::to_string(*i);
    if (const auto* d = std::get_if<double>(&value)) return fmt::format("{}", *d);
    if (const auto* s = std::get_if<std::string>(&value)) return *s;
    return {};
}

std::optional<double> asNumber(const Value& value) {
    if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
    if (const auto* d = std::get_if<double>(&value)) return *d;
    if (const auto* s = std::get_if<std::string>(&value)) {
        double number = 0;
        const auto [end, error] = std::from_chars(s->data(), s->data() + s->size(), number);
        if (error == std::errc{} && end == s->data() + s->size()) return number;
    }
    return std::nullopt;
}

std::optional<std::size_t> Table::indexOf(std::string_view field) const {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].name == field) return i;
    }
    return std::nullopt;
}

Result<Table> tableOf(const Plan& plan, std::string_view layer) {
    const Result<bool> known = plan.hasLayer(layer);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return failure(ErrorCode::UnknownLayer, std::string(layer), plan.file().string());
    Table table;
    table.layer = layer;
    Result<Statement> geometry = plan.database().prepare("SELECT column_name, geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?1");
    if (!geometry) return tl::unexpected(geometry.error());
    geometry->bind(1, layer);
    const Result<bool> spatial = geometry->step();
    if (!spatial) return tl::unexpected(spatial.error());
    if (*spatial) {
        table.geometryColumn = geometry->text(0);
        table.geometryType = geometry->text(1);
    }
    Result<Statement> info = plan.database().prepare("SELECT name, type FROM pragma_table_info(?1) ORDER BY cid");
    if (!info) return tl::unexpected(info.error());
    info->bind(1, layer);
    while (true) {
        const Result<bool> row = info->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return table;
        const std::string name(info->text(0));
        if (name == "fid" || name == "uuid" || name == table.geometryColumn) continue;
        table.fields.push_back({name, std::string(info->text(1))});
    }
}

Result<void> forEachFeature(const Plan& plan, const Table& table, const Query& query, const std::function<bool(Feature&&)>& visit) {
    for (const std::string& field : query.fields) {
        if (!table.indexOf(field)) return failure(ErrorCode::UnknownField, field, table.layer);
    }
    Result<Statement> rows = plan.database().prepare(selectOf(table, query));
    if (!rows) return tl::unexpected(rows.error());
    if (query.box) {
        rows->bind(1, query.box->minX);
        rows->bind(2, query.box->minY);
        rows->bind(3, query.box->maxX);
        rows->bind(4, query.box->maxY);
    }
    if (query.fid) rows->bind(5, static_cast<std::int64_t>(*query.fid));
    if (query.id) rows->bind(6, std::string_view(query.id->text));
    const int columns = rows->columns();
    while (true) {
        const Result<bool> row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        Feature feature;
        feature.fid = Fid{rows->integer(0)};
        feature.id.text = rows->text(1);
        Result<Geometry> geometry = fromGeoPackage(rows->blob(2));
        if (!geometry) return failure(ErrorCode::BadGeometry, geometry.error().detail, fmt::format("{} fid {}", table.layer, rows->integer(0)));
        feature.geometry = std::move(*geometry);
        feature.values.reserve(static_cast<std::size_t>(columns - 3));
        for (int i = 3; i < columns; ++i) feature.values.push_back(valueAt(*rows, i));
        if (!visit(std::move(feature))) return {};
    }
}

Result<std::vector<Feature>> readFeatures(const Plan& plan, std::string_view layer, const Query& query) {
    const Result<Table> table = tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    std::vector<Feature> out;
    const auto done = forEachFeature(plan, *table, query, [&](Feature&& feature) {
        out.push_back(std::move(feature));
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return out;
}

Result<Feature> findFeature(const Plan& plan, std::string_view layer, const std::string& reference) {
    Query query;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(reference.data(), reference.data() + reference.size(), number);
    if (error == std::errc{} && end == reference.data() + reference.size()) query.fid = Fid{number};
    else query.id = FeatureId{reference};
    Result<std::vector<Feature>> found = readFeatures(plan, layer, query);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return failure(ErrorCode::UnknownFeature, reference, std::string(layer));
    return std::move(found->front());
}

Result<Fid> insertFeature(const Plan& plan, const Table& table, const Feature& feature) {
    Result<Statement> insert = plan.database().prepare(insertSql(table));
    if (!insert) return tl::unexpected(insert.error());
    bindRow(*insert, table, feature.id, toGeoPackage(feature.geometry, plan.srsId()), feature.values);
    if (auto done = insert->run(); !done) return tl::unexpected(done.error());
    return Fid{plan.database().lastRowId()};
}

Result<void> updateGeometry(const Plan& plan, const Table& table, Fid fid, const Geometry& geometry) {
    Result<Statement> update = plan.database().prepare(
        fmt::format("UPDATE {} SET {} = ?1 WHERE fid = ?2", sqlName(table.layer), sqlName(table.geometryColumn)));
    if (!update) return tl::unexpected(update.error());
    update->bindBlob(1, toGeoPackage(geometry, plan.srsId()));
    update->bind(2, static_cast<std::int64_t>(fid));
    return update->run();
}

Result<void> updateValue(const Plan& plan, const Table& table, Fid fid, std::pair<std::string, Value> fieldValue) {
    if (!table.indexOf(fieldValue.first)) return failure(ErrorCode::UnknownField, fieldValue.first, table.layer);
    Result<Statement> update = plan.database().prepare(
        fmt::format("UPDATE {} SET {} = ?1 WHERE fid = ?2", sqlName(table.layer), sqlName(fieldValue.first)));
    if (!update) return tl::unexpected(update.error());
    bindValue(*update, 1, fieldValue.second);
    update->bind(2, static_cast<std::int64_t>(fid));
    return update->run();
}

Result<void> removeFeature(const Plan& plan, const Table& table, Fid fid) {
    Result<Statement> remove = plan.database().prepare(fmt::format("DELETE FROM {} WHERE fid = ?1", sqlName(table.layer)));
    if (!remove) return tl::unexpected(remove.error());
    remove->bind(1, static_cast<std::int64_t>(fid));
    return remove->run();
}

struct BulkInsert::State {
    const Plan* plan = nullptr;
    Table table;
    Statement insert;
    std::vector<std::pair<std::string, std::string>> triggers;  ///< name, SQL: set aside while rows come in
};

BulkInsert::BulkInsert(std::unique_ptr<State> state) : mState(std::move(state)) {}
BulkInsert::BulkInsert(BulkInsert&&) noexcept = default;
BulkInsert::~BulkInsert() = default;

Result<BulkInsert> BulkInsert::into(const Plan& plan, const Table& table) {
    auto state = std::make_unique<State>();
    state->plan = &plan;
    state->table = table;
    const Database& db = plan.database();
    Result<Statement> list = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 ORDER BY name");
    if (!list) return tl::unexpected(list.error());
    list->bind(1, std::string_view(table.layer));
    while (true) {
        const Result<bool> row = list->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        state->triggers.emplace_back(list->text(0), list->text(1));
    }
    for (const auto& [name, sql] : state->triggers) {
        if (auto done = db.execute("DROP TRIGGER " + sqlName(name)); !done) return tl::unexpected(done.error());
    }
    Result<Statement> insert = db.prepare(insertSql(table));
    if (!insert) return tl::unexpected(insert.error());
    state->insert = std::move(*insert);
    return BulkInsert(std::move(state));
}

Result<Fid> BulkInsert::add(const FeatureId& id, const Geometry& geometry, const std::vector<Value>& values) {
    State& s = *mState;
    bindRow(s.insert, s.table, id, s.table.geometryColumn.empty() ? std::string() : toGeoPackage(geometry, s.plan->srsId()), values);
    if (auto done = s.insert.run(); !done) return tl::unexpected(done.error());
    return Fid{s.plan->database().lastRowId()};
}

Result<void> BulkInsert::finish() {
    State& s = *mState;
    const Database& db = s.plan->database();
    if (!s.table.geometryColumn.empty()) {
        const std::string index = sqlName("rtree_" + s.table.layer + "_" + s.table.geometryColumn);
        const std::string g = sqlName(s.table.geometryColumn);
        auto filled = db.execute(fmt::format(
            "DELETE FROM {0}; INSERT INTO {0} SELECT fid, ST_MinX({1}), ST_MaxX({1}), ST_MinY({1}), ST_MaxY({1}) FROM {2} "
            "WHERE {1} NOTNULL AND NOT ST_IsEmpty({1})",
            index, g, sqlName(s.table.layer)));
        if (!filled) return filled;
    }
    for (const auto& [name, sql] : s.triggers) {
        if (auto done = db.execute(sql); !done) return done;
    }
    if (auto done = db.execute(fmt::format("UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM {}) WHERE table_name = '{}'",
                                           sqlName(s.table.layer), s.table.layer));
        !done) {
        return done;
    }
    return refreshExtent(*s.plan, s.table);
}

Result<void> addLayer(Plan& plan, const catalogue::Layer& layer) {
    const Result<bool> known = plan.hasLayer(layer.id);
    if (!known) return tl::unexpected(known.error());
    if (*known) return failure(ErrorCode::FileExists, layer.id, plan.file().string());
    const std::string crs = plan.crs().code().empty() ? plan.crs().definition() : plan.crs().code();
    if (auto done = createTable(plan.file(), layer, crs); !done) return done;
    return createJournalTriggers(plan.database(), layer.id);
}

Result<void> dropLayer(Plan& plan, std::string_view layer) {
    const Result<Table> table = tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    const Database& db = plan.database();
    const std::string name(layer);
    std::string sql;
    if (!table->geometryColumn.empty()) sql += fmt::format("DROP TABLE IF EXISTS {};", sqlName("rtree_" + name + "_" + table->geometryColumn));
    sql += fmt::format("DROP TABLE {};", sqlName(name));
    for (const char* listing : {"gpkg_extensions", "gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_data_columns", "gpkg_contents"}) {
        const auto there = db.value(fmt::format("SELECT 1 FROM sqlite_schema WHERE name = '{}'", listing));
        if (!there) return tl::unexpected(there.error());
        if (*there) sql += fmt::format("DELETE FROM {} WHERE table_name = '{}';", listing, name);
    }
    return db.execute(sql);
}

}  // namespace zonewright::plan
