#include "core/plan/journal_rows.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace zonewright::plan {
namespace {

void bindJson(Statement& statement, int index, const nlohmann::json& value) {
    if (value.is_number_integer()) statement.bind(index, value.get<std::int64_t>());
    else if (value.is_number()) statement.bind(index, value.get<double>());
    else if (value.is_string()) statement.bind(index, std::string_view(value.get_ref<const std::string&>()));
    else statement.bindNull(index);
}

/// Binds the attributes from `index` on, in the table's order; returns the next free index. A column that the row does
/// not know (added later) gets NULL.
int bindAttributes(Statement& statement, int index, const Table& table, const nlohmann::json& attributes) {
    for (const Table::Column& column : table.fields) {
        const auto found = attributes.find(column.name);
        if (found == attributes.end()) statement.bindNull(index);
        else bindJson(statement, index, *found);
        ++index;
    }
    return index;
}

void bindGeometry(Statement& statement, int index, const std::string& blob) {
    if (blob.empty()) statement.bindNull(index);
    else statement.bindBlob(index, blob);
}

tl::unexpected<Error> changedMeanwhile(const JournalRow& row) {
    return failure(ErrorCode::UnknownFeature, "the row is not as that change left it",
                   fmt::format("{} fid {}", row.layer, static_cast<std::int64_t>(row.fid)));
}

}  // namespace

ChangeSetRecord recordAt(const Statement& row) {
    return {row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
            std::string(row.text(4)), std::string(row.text(5)), row.integer(6), {}, 0};
}

namespace {

constexpr const char* kLastFid = "zw_last_fid";

std::optional<Fid> lastFidOf(const JournalRow& row) {
    if (row.operation != 'I' || !row.id.text.empty() || row.newAttributes.find(kLastFid) == std::string::npos) return std::nullopt;
    const auto json = nlohmann::json::parse(row.newAttributes, nullptr, false);
    const auto last = json.find(kLastFid);
    if (!json.is_object() || last == json.end() || !last->is_number_integer()) return std::nullopt;
    return Fid{last->get<std::int64_t>()};
}

}  // namespace

Result<void> recordBulk(const Plan& plan, std::string_view layer, std::pair<Fid, Fid> firstLast) {
    Result<Statement> insert = plan.database().prepare(
        "INSERT INTO zw_journal(changeset, layer, fid, op, geometry_changed, new_attributes) SELECT changeset, ?1, ?2, 'I', 1, ?3 FROM zw_current");
    if (!insert) return tl::unexpected(insert.error());
    const std::string attributes = nlohmann::json{{kLastFid, static_cast<std::int64_t>(firstLast.second)}}.dump();
    insert->bind(1, layer);
    insert->bind(2, static_cast<std::int64_t>(firstLast.first));
    insert->bind(3, std::string_view(attributes));
    return insert->run();
}

Result<std::vector<JournalRow>> journalRows(const Plan& plan, std::pair<std::int64_t, std::int64_t> changeSets) {
    Result<Statement> query = plan.database().prepare(
        "SELECT changeset, layer, fid, uuid, op, geometry_changed, old_attributes, old_geometry, new_attributes, new_geometry "
        "FROM zw_journal WHERE changeset BETWEEN ?1 AND ?2 ORDER BY id");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, changeSets.first);
    query->bind(2, changeSets.second);
    std::vector<JournalRow> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        out.push_back({query->integer(0), std::string(query->text(1)), Fid{query->integer(2)}, {std::string(query->text(3))},
                       query->text(4).empty() ? '?' : query->text(4).front(), query->integer(5) != 0, std::string(query->text(6)),
                       std::string(query->blob(7)), std::string(query->text(8)), std::string(query->blob(9)), {}});
        out.back().lastFid = lastFidOf(out.back());
    }
}

Result<RowApplier::Prepared*> RowApplier::prepared(const std::string& layer) {
    if (const auto found = mPrepared.find(layer); found != mPrepared.end()) return &found->second;
    const Result<Table> table = tableOf(*mPlan, layer);
    if (!table) return tl::unexpected(table.error());
    const bool spatial = !table->geometryColumn.empty();
    std::string columns;
    std::string marks;
    std::string assignments;
    int next = 1;
    for (const Table::Column& column : table->fields) {
        columns += sqlName(column.name) + ", ";
        marks += fmt::format("?{}, ", next);
        assignments += fmt::format("{}{} = ?{}", assignments.empty() ? "" : ", ", sqlName(column.name), next);
        ++next;
    }
    const std::string name = sqlName(layer);
    const std::string geometry = spatial ? sqlName(table->geometryColumn) : "";
    const Database& db = mPlan->database();
    Result<Statement> insert = db.prepare(fmt::format("INSERT INTO {} ({}fid, uuid{}) VALUES ({}?{}, ?{}{})", name, columns,
                                                      spatial ? ", " + geometry : "", marks, next, next + 1,
                                                      spatial ? fmt::format(", ?{}", next + 2) : ""));
    Result<Statement> update = db.prepare(fmt::format("UPDATE {} SET {} WHERE fid = ?{}", name, assignments, next));
    Result<Statement> both = db.prepare(fmt::format("UPDATE {} SET {}{} WHERE fid = ?{}", name, assignments,
                                                    spatial ? fmt::format(", {} = ?{}", geometry, next + 1) : "", next));
    Result<Statement> remove = db.prepare(fmt::format("DELETE FROM {} WHERE fid = ?1", name));
    for (const Result<Statement>* one : {&insert, &update, &both, &remove}) {
        if (!*one) return tl::unexpected(one->error());
    }
    return &mPrepared.emplace(layer, Prepared{*table, std::move(*insert), std::move(*update), std::move(*both), std::move(*remove)}).first->second;
}

Result<void> RowApplier::apply(const JournalRow& row, Direction direction) {
    const Result<Prepared*> found = prepared(row.layer);
    if (!found) return tl::unexpected(found.error());
    Prepared& p = **found;
    const bool back = direction == Direction::Backward;
    const std::string& attributes = back ? row.oldAttributes : row.newAttributes;
    const std::string& geometry = back ? row.oldGeometry : row.newGeometry;
    const auto fid = static_cast<std::int64_t>(row.fid);
    if (row.lastFid) {
        if (!back) return changedMeanwhile(row);  // done again from the rows that took it out
        Result<Statement> removeAll = mPlan->database().prepare(fmt::format("DELETE FROM {} WHERE fid BETWEEN ?1 AND ?2", sqlName(row.layer)));
        if (!removeAll) return tl::unexpected(removeAll.error());
        removeAll->bind(1, fid);
        removeAll->bind(2, static_cast<std::int64_t>(*row.lastFid));
        return removeAll->run();
    }
    if (row.operation != 'U' && (row.operation == 'I') == back) {
        p.remove.bind(1, fid);
        if (auto done = p.remove.run(); !done) return done;
        return mPlan->database().changes() == 1 ? Result<void>{} : changedMeanwhile(row);
    }
    const auto json = nlohmann::json::parse(attributes, nullptr, false);
    if (!json.is_object()) return failure(ErrorCode::PlanDamaged, "journal attributes", fmt::format("{} fid {}", row.layer, fid));
    if (row.operation == 'U') {
        Statement& update = row.geometryChanged ? p.updateWithGeometry : p.update;
        const int next = bindAttributes(update, 1, p.table, json);
        update.bind(next, fid);
        if (row.geometryChanged) bindGeometry(update, next + 1, geometry);
        if (auto done = update.run(); !done) return done;
        return mPlan->database().changes() == 1 ? Result<void>{} : changedMeanwhile(row);
    }
    const int next = bindAttributes(p.insert, 1, p.table, json);
    p.insert.bind(next, fid);
    if (row.id.text.empty()) p.insert.bindNull(next + 1);
    else p.insert.bind(next + 1, std::string_view(row.id.text));
    if (!p.table.geometryColumn.empty()) bindGeometry(p.insert, next + 2, geometry);
    if (auto done = p.insert.run(); !done) return changedMeanwhile(row);
    return {};
}

}  // namespace zonewright::plan
