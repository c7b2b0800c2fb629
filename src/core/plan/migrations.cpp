#include "core/plan/migrations.h"

#include <fmt/format.h>

#include "core/plan/plan.h"
#include "core/plan/schema.h"

namespace zonewright::plan {
namespace {

/// 1 -> 2: history. One journal for all layers; who and when stand once, in the change-set.
Result<void> addHistory(const Database& db) {
    auto done = db.execute(R"sql(
CREATE TABLE zw_changeset(
  id INTEGER PRIMARY KEY AUTOINCREMENT, author TEXT NOT NULL, tool TEXT NOT NULL, time TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT 'edit', target INTEGER REFERENCES zw_changeset(id));
CREATE TABLE zw_journal(
  id INTEGER PRIMARY KEY AUTOINCREMENT, changeset INTEGER NOT NULL REFERENCES zw_changeset(id), layer TEXT NOT NULL,
  fid INTEGER NOT NULL, uuid TEXT, op TEXT NOT NULL CHECK(op IN ('I', 'U', 'D')), geometry_changed INTEGER NOT NULL,
  old_attributes TEXT, old_geometry BLOB, new_attributes TEXT, new_geometry BLOB);
CREATE INDEX zw_journal_changeset ON zw_journal(changeset);
CREATE INDEX zw_journal_feature ON zw_journal(layer, uuid);
CREATE TABLE zw_tag(
  name TEXT PRIMARY KEY, changeset INTEGER NOT NULL, code TEXT NOT NULL, author TEXT NOT NULL, time TEXT NOT NULL);
CREATE TABLE zw_current(one INTEGER PRIMARY KEY CHECK(one = 1), changeset INTEGER, journaling INTEGER NOT NULL);
INSERT INTO zw_current VALUES(1, NULL, 1);
)sql");
    if (!done) return done;
    Result<Statement> layers = db.prepare("SELECT table_name FROM gpkg_contents WHERE table_name NOT LIKE 'zw\\_%' ESCAPE '\\' ORDER BY 1");
    if (!layers) return tl::unexpected(layers.error());
    std::vector<std::string> names;
    while (true) {
        const Result<bool> row = layers->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        names.emplace_back(layers->text(0));
    }
    for (const std::string& name : names) {
        if (done = createJournalTriggers(db, name); !done) return done;
    }
    return {};
}

using Step = Result<void> (*)(const Database&);
constexpr std::array<Step, kSchemaVersion - 1> kSteps{addHistory};

}  // namespace

Result<int> schemaVersionOf(const Database& database) {
    const auto table = database.value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'zw_meta'");
    if (!table) return tl::unexpected(table.error());
    if (!*table) return failure(ErrorCode::NotAPlan, "no zw_meta table");
    const auto version = database.value("SELECT CAST(value AS INTEGER) FROM zw_meta WHERE key = 'schema_version'");
    if (!version) return tl::unexpected(version.error());
    if (!*version) return failure(ErrorCode::NotAPlan, "no schema version");
    const int number = std::atoi((*version)->c_str());
    if (number < 1) return failure(ErrorCode::PlanDamaged, "schema version " + **version);
    return number;
}

Result<void> migrate(const Database& database, int from) {
    Result<Transaction> transaction = Transaction::begin(database);
    if (!transaction) return tl::unexpected(transaction.error());
    for (int version = from; version < kSchemaVersion; ++version) {
        if (auto done = kSteps.at(static_cast<std::size_t>(version - 1))(database); !done) return done;
        if (auto done = database.execute(fmt::format("UPDATE zw_meta SET value = '{}' WHERE key = 'schema_version'", version + 1)); !done) return done;
    }
    return transaction->commit();
}

}  // namespace zonewright::plan
