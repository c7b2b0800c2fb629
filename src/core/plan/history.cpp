#include "core/plan/history.h"

#include <set>

#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/geometry/wkb.h"
#include "core/plan/change_set.h"
#include "core/plan/journal_rows.h"

namespace zonewright::plan {
namespace {

bool isStepOfUndo(const ChangeSetRecord& record) {
    return record.features > 0 && (record.kind == "edit" || record.kind == "external" || record.kind == "restore");
}

struct Stacks {
    std::vector<ChangeSetRecord> undo;
    std::vector<ChangeSetRecord> redo;
};

/// Replays the list of change-sets: edits push, undo and redo move between the two stacks, a new edit forgets redo.
Result<Stacks> stacks(const Plan& plan) {
    const Result<std::vector<ChangeSetRecord>> all = history(plan);
    if (!all) return tl::unexpected(all.error());
    Stacks out;
    for (const ChangeSetRecord& record : *all) {
        if (isStepOfUndo(record)) {
            out.undo.push_back(record);
            out.redo.clear();
        } else if (record.kind == "undo" && !out.undo.empty()) {
            out.redo.push_back(out.undo.back());
            out.undo.pop_back();
        } else if (record.kind == "redo" && !out.redo.empty()) {
            out.undo.push_back(out.redo.back());
            out.redo.pop_back();
        }
    }
    return out;
}

Result<Reversal> reverse(const Plan& plan, const ChangeSetRecord& target, Direction direction) {
    const bool back = direction == Direction::Backward;
    Result<ChangeSet> change = ChangeSet::begin(plan, {back ? "undo" : "redo", target.title, back ? "undo" : "redo", target.id});
    if (!change) return tl::unexpected(change.error());
    Result<std::vector<JournalRow>> rows = journalRows(plan, {target.id, target.id});
    if (!rows) return tl::unexpected(rows.error());
    if (back) std::reverse(rows->begin(), rows->end());
    RowApplier applier(plan);
    for (const JournalRow& row : *rows) {
        if (auto done = applier.apply(row, direction); !done) return tl::unexpected(done.error());
    }
    const std::int64_t id = change->id();
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    return Reversal{id, target.id, target.title, target.layers};
}

}  // namespace

Result<std::vector<ChangeSetRecord>> history(const Plan& plan) {
    Result<Statement> query = plan.database().prepare(
        "SELECT c.id, c.author, c.tool, c.time, c.title, c.kind, coalesce(c.target, 0), j.layer, count(DISTINCT coalesce(j.uuid, j.fid)) "
        "FROM zw_changeset c LEFT JOIN zw_journal j ON j.changeset = c.id GROUP BY c.id, j.layer ORDER BY c.id, j.layer");
    if (!query) return tl::unexpected(query.error());
    std::vector<ChangeSetRecord> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        if (out.empty() || out.back().id != query->integer(0)) {
            out.push_back({query->integer(0), std::string(query->text(1)), std::string(query->text(2)), std::string(query->text(3)),
                           std::string(query->text(4)), std::string(query->text(5)), query->integer(6), {}, 0});
        }
        if (query->isNull(7)) continue;
        out.back().layers.emplace_back(query->text(7));
        out.back().features += query->integer(8);
    }
}

Result<std::vector<ChangeSetRecord>> historyOf(const Plan& plan, std::string_view layer, const FeatureId& feature) {
    Result<Statement> query = plan.database().prepare(
        "SELECT c.id, c.author, c.tool, c.time, c.title, c.kind, coalesce(c.target, 0) FROM zw_changeset c "
        "WHERE c.id IN (SELECT changeset FROM zw_journal WHERE layer = ?1 AND uuid = ?2) ORDER BY c.id");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, layer);
    query->bind(2, std::string_view(feature.text));
    std::vector<ChangeSetRecord> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        out.push_back({query->integer(0), std::string(query->text(1)), std::string(query->text(2)), std::string(query->text(3)),
                       std::string(query->text(4)), std::string(query->text(5)), query->integer(6), {std::string(layer)}, 1});
    }
}

Result<std::int64_t> newestChangeSet(const Plan& plan) {
    const auto value = plan.database().value("SELECT coalesce(max(id), 0) FROM zw_changeset");
    if (!value) return tl::unexpected(value.error());
    return std::atoll(value->value_or("0").c_str());
}

Result<std::optional<ChangeSetRecord>> nextUndo(const Plan& plan) {
    const Result<Stacks> both = stacks(plan);
    if (!both) return tl::unexpected(both.error());
    if (both->undo.empty()) return std::nullopt;
    return both->undo.back();
}

Result<std::optional<ChangeSetRecord>> nextRedo(const Plan& plan) {
    const Result<Stacks> both = stacks(plan);
    if (!both) return tl::unexpected(both.error());
    if (both->redo.empty()) return std::nullopt;
    return both->redo.back();
}

Result<Reversal> undo(const Plan& plan) {
    const auto target = nextUndo(plan);
    if (!target) return tl::unexpected(target.error());
    if (!*target) return failure(ErrorCode::NothingToUndo, "", plan.file().string());
    return reverse(plan, **target, Direction::Backward);
}

Result<Reversal> redo(const Plan& plan) {
    const auto target = nextRedo(plan);
    if (!target) return tl::unexpected(target.error());
    if (!*target) return failure(ErrorCode::NothingToRedo, "", plan.file().string());
    return reverse(plan, **target, Direction::Forward);
}

Result<Reversal> restore(const Plan& plan, std::int64_t changeSet) {
    const Result<std::int64_t> newest = newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    if (changeSet < 0 || changeSet > *newest) return failure(ErrorCode::BadArgument, fmt::format("no change-set {}", changeSet), plan.file().string());
    Result<ChangeSet> change = ChangeSet::begin(plan, {"restore", fmt::format("#{}", changeSet), "restore", changeSet});
    if (!change) return tl::unexpected(change.error());
    Result<std::vector<JournalRow>> rows = journalRows(plan, {changeSet + 1, *newest});
    if (!rows) return tl::unexpected(rows.error());
    std::reverse(rows->begin(), rows->end());
    RowApplier applier(plan);
    std::set<std::string> layers;
    for (const JournalRow& row : *rows) {
        layers.insert(row.layer);
        if (auto done = applier.apply(row, Direction::Backward); !done) return tl::unexpected(done.error());
    }
    const std::int64_t id = change->id();
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    return Reversal{id, changeSet, fmt::format("#{}", changeSet), {layers.begin(), layers.end()}};
}

Result<std::int64_t> changeSetOf(const Plan& plan, const std::string& tagOrNumber) {
    const Result<std::vector<Tag>> all = tags(plan);
    if (!all) return tl::unexpected(all.error());
    for (const Tag& one : *all) {
        if (one.name == tagOrNumber) return one.changeSet;
    }
    const std::string digits = tagOrNumber.substr(tagOrNumber.substr(0, 1) == "#" ? 1 : 0);
    const Result<std::int64_t> newest = newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    if (!digits.empty() && digits.size() < 18 && digits.find_first_not_of("0123456789") == std::string::npos) {
        const std::int64_t id = std::atoll(digits.c_str());
        if (id <= *newest) return id;
    }
    return failure(ErrorCode::BadArgument, fmt::format("'{}' is neither a tag nor a change-set up to {}", tagOrNumber, *newest), plan.file().string());
}

Result<Tag> tag(const Plan& plan, const std::string& name) {
    const Result<std::vector<Tag>> all = tags(plan);
    if (!all) return tl::unexpected(all.error());
    for (const Tag& one : *all) {
        if (one.name == name) return failure(ErrorCode::FileExists, "tag " + name, plan.file().string());
    }
    const Result<std::int64_t> newest = newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    const Result<std::string> code = versionCode(plan, *newest);
    if (!code) return tl::unexpected(code.error());
    Tag out{name, *newest, *code, author(), timeStamp()};
    Result<Statement> insert = plan.database().prepare("INSERT INTO zw_tag(name, changeset, code, author, time) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(1, std::string_view(out.name));
    insert->bind(2, out.changeSet);
    insert->bind(3, std::string_view(out.code));
    insert->bind(4, std::string_view(out.author));
    insert->bind(5, std::string_view(out.time));
    if (auto done = insert->run(); !done) return tl::unexpected(done.error());
    return out;
}

Result<std::vector<Tag>> tags(const Plan& plan) {
    Result<Statement> query = plan.database().prepare("SELECT name, changeset, code, author, time FROM zw_tag ORDER BY changeset, name");
    if (!query) return tl::unexpected(query.error());
    std::vector<Tag> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        out.push_back({std::string(query->text(0)), query->integer(1), std::string(query->text(2)), std::string(query->text(3)),
                       std::string(query->text(4))});
    }
}

namespace {

/// Runs over the chain of codes; `visit(changeSet, code)` returns false to stop. Each link hashes the one before, the
/// change-set and its rows.
Result<void> forEachCode(const Plan& plan, const std::function<bool(std::int64_t, const std::string&)>& visit) {
    Result<Statement> sets = plan.database().prepare("SELECT id, author, tool, time, title, kind, coalesce(target, 0) FROM zw_changeset ORDER BY id");
    Result<Statement> rows = plan.database().prepare(
        "SELECT layer, fid, coalesce(uuid, ''), op, coalesce(old_attributes, ''), old_geometry, coalesce(new_attributes, ''), new_geometry "
        "FROM zw_journal WHERE changeset = ?1 ORDER BY id");
    if (!sets) return tl::unexpected(sets.error());
    if (!rows) return tl::unexpected(rows.error());
    std::string code = sha256("zonewright journal 1");
    if (!visit(0, code)) return {};
    while (true) {
        const Result<bool> set = sets->step();
        if (!set) return tl::unexpected(set.error());
        if (!*set) return {};
        Sha256 hash;
        hash.addField(code);
        for (int i = 0; i < sets->columns(); ++i) hash.addField(sets->text(i));
        rows->bind(1, sets->integer(0));
        while (true) {
            const Result<bool> row = rows->step();
            if (!row) return tl::unexpected(row.error());
            if (!*row) break;
            for (int i = 0; i < rows->columns(); ++i) hash.addField(rows->blob(i));
        }
        code = hash.hex();
        if (!visit(sets->integer(0), code)) return {};
    }
}

}  // namespace

Result<std::string> versionCode(const Plan& plan, std::int64_t changeSet) {
    std::string found;
    const auto done = forEachCode(plan, [&](std::int64_t id, const std::string& code) {
        if (id <= changeSet) found = code;
        return id < changeSet;
    });
    if (!done) return tl::unexpected(done.error());
    return found;
}

Result<Verification> verify(const Plan& plan, const std::string& code) {
    if (code.size() < 8) return failure(ErrorCode::BadArgument, "a version code has at least 8 characters", code);
    Verification out;
    std::int64_t newest = 0;
    const auto done = forEachCode(plan, [&](std::int64_t id, const std::string& candidate) {
        newest = id;
        if (candidate.compare(0, code.size(), code) == 0) {
            out.found = true;
            out.changeSet = id;
        }
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    out.isCurrent = out.found && out.changeSet == newest;
    const Result<std::vector<Tag>> all = tags(plan);
    if (!all) return tl::unexpected(all.error());
    for (const Tag& one : *all) {
        if (out.found && one.changeSet == out.changeSet) out.tags.push_back(one.name);
    }
    return out;
}

}  // namespace zonewright::plan
