#include "core/plan/history.h"

#include <limits>
#include <set>

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/base/hash.h"
#include "core/geometry/wkb.h"
#include "core/plan/change_set.h"
#include "core/plan/journal_rows.h"

namespace zonewright::plan {
namespace {

/// What a step of undo is, as SQL: something that a person did and that changed rows. `zw_meta.beginning` is the state a
/// plan was delivered in, which undo does not go behind.
constexpr std::string_view kStep =
    "(kind IN ('edit', 'external', 'restore', 'import') AND EXISTS(SELECT 1 FROM zw_journal j WHERE j.changeset = c.id))";

struct Mark {
    std::int64_t id = 0;  ///< 0: none
    std::string kind;
    std::int64_t target = 0;
};

/// The newest step, undo or redo up to `id`.
Result<Mark> markUpTo(const Plan& plan, std::int64_t id) {
    Result<Statement> query = plan.database().prepare(fmt::format(
        "SELECT id, kind, coalesce(target, 0) FROM zw_changeset c WHERE id <= ?1 AND (kind IN ('undo', 'redo') OR {}) "
        "AND id > coalesce((SELECT CAST(value AS INTEGER) FROM zw_meta WHERE key = 'beginning'), 0) ORDER BY id DESC LIMIT 1", kStep));
    if (!query) return tl::unexpected(query.error());
    query->bind(1, id);
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return Mark{};
    return Mark{query->integer(0), std::string(query->text(1)), query->integer(2)};
}

/// The undo that took `target` back, the last one before change-set `before`.
Result<std::int64_t> undoOf(const Plan& plan, std::int64_t target, std::int64_t before) {
    Result<Statement> query = plan.database().prepare("SELECT id FROM zw_changeset WHERE id < ?2 AND kind = 'undo' AND target = ?1 ORDER BY id DESC LIMIT 1");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, target);
    query->bind(2, before);
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? query->integer(0) : 0;
}

/// The step that undo would take back in the state after change-set `id`; 0 for none. After an undo that is what lay
/// under its target, hence what was newest before the target was made.
Result<std::int64_t> undoTarget(const Plan& plan, std::int64_t id) {
    while (true) {
        const Result<Mark> mark = markUpTo(plan, id);
        if (!mark) return tl::unexpected(mark.error());
        if (mark->id == 0) return 0;
        if (mark->kind == "redo") return mark->target;
        if (mark->kind != "undo") return mark->id;
        id = mark->target - 1;
    }
}

/// The step that redo would do again; a new step forgets all that could be.
Result<std::int64_t> redoTarget(const Plan& plan, std::int64_t id) {
    while (true) {
        const Result<Mark> mark = markUpTo(plan, id);
        if (!mark) return tl::unexpected(mark.error());
        if (mark->kind == "undo") return mark->target;
        if (mark->kind != "redo") return 0;
        Result<std::int64_t> undone = undoOf(plan, mark->target, mark->id);
        if (!undone) return undone;
        id = *undone - 1;
    }
}

/// The rows whose taking back (or doing again) reverses `target`.
Result<std::vector<JournalRow>> rowsToReverse(const Plan& plan, std::int64_t target, Direction direction) {
    Result<std::vector<JournalRow>> rows = journalRows(plan, {target, target});
    if (!rows || direction == Direction::Backward) return rows;
    const bool isBulk = std::any_of(rows->begin(), rows->end(), [](const JournalRow& row) { return row.lastFid.has_value(); });
    if (!isBulk) return rows;
    const Result<std::int64_t> undone = undoOf(plan, target, std::numeric_limits<std::int64_t>::max());
    if (!undone) return tl::unexpected(undone.error());
    return journalRows(plan, {*undone, *undone});
}

Result<Reversal> reverse(const Plan& plan, const ChangeSetRecord& target, Direction direction) {
    const bool back = direction == Direction::Backward;
    Result<ChangeSet> change = ChangeSet::begin(plan, {back ? "undo" : "redo", target.title, back ? "undo" : "redo", target.id});
    if (!change) return tl::unexpected(change.error());
    Result<std::vector<JournalRow>> rows = rowsToReverse(plan, target.id, direction);
    if (!rows) return tl::unexpected(rows.error());
    // An import is done again by taking its undo back.
    const bool backward = back || (!rows->empty() && rows->front().changeSet != target.id);
    if (backward) std::reverse(rows->begin(), rows->end());
    RowApplier applier(plan);
    for (const JournalRow& row : *rows) {
        if (auto done = applier.apply(row, backward ? Direction::Backward : Direction::Forward); !done) return tl::unexpected(done.error());
    }
    const std::int64_t id = change->id();
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    return Reversal{id, target.id, target.title, target.layers};
}

/// Records of all change-sets, or of one. An import counts the features it brought.
Result<std::vector<ChangeSetRecord>> records(const Plan& plan, std::optional<std::int64_t> id) {
    Result<Statement> query = plan.database().prepare(fmt::format(
        "SELECT {}, j.layer, count(DISTINCT coalesce(j.uuid, j.fid)), "
        "sum(CASE WHEN j.op = 'I' AND j.uuid IS NULL THEN coalesce(json_extract(j.new_attributes, '$.zw_last_fid') - j.fid, 0) ELSE 0 END) "
        "FROM zw_changeset c LEFT JOIN zw_journal j ON j.changeset = c.id {} GROUP BY c.id, j.layer ORDER BY c.id, j.layer",
        kRecordColumns, id ? "WHERE c.id = ?1" : ""));
    if (!query) return tl::unexpected(query.error());
    if (id) query->bind(1, *id);
    std::vector<ChangeSetRecord> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        if (out.empty() || out.back().id != query->integer(0)) {
            out.push_back(recordAt(*query));
        }
        if (query->isNull(7)) continue;
        out.back().layers.emplace_back(query->text(7));
        out.back().features += query->integer(8) + query->integer(9);
    }
    for (ChangeSetRecord& record : out) {  // edits of other programs come without a title: say where they were
        if (record.kind == "external" && record.title.empty()) record.title = fmt::format("{}", fmt::join(record.layers, ", "));
    }
    return out;
}

Result<std::optional<ChangeSetRecord>> recordOf(const Plan& plan, const Result<std::int64_t>& id) {
    if (!id) return tl::unexpected(id.error());
    if (*id == 0) return std::nullopt;
    Result<std::vector<ChangeSetRecord>> found = records(plan, *id);
    if (!found) return tl::unexpected(found.error());
    if (found->empty()) return failure(ErrorCode::PlanDamaged, fmt::format("no change-set {}", *id), plan.file().string());
    return std::move(found->front());
}

}  // namespace

Result<std::vector<ChangeSetRecord>> history(const Plan& plan) { return records(plan, std::nullopt); }

Result<std::vector<ChangeSetRecord>> historyOf(const Plan& plan, std::string_view layer, const FeatureId& feature) {
    Result<Statement> query = plan.database().prepare(fmt::format(
        "SELECT {} FROM zw_changeset c WHERE c.id IN (SELECT changeset FROM zw_journal WHERE layer = ?1 AND uuid = ?2) ORDER BY c.id", kRecordColumns));
    if (!query) return tl::unexpected(query.error());
    query->bind(1, layer);
    query->bind(2, std::string_view(feature.text));
    std::vector<ChangeSetRecord> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        out.push_back(recordAt(*query));
        out.back().layers.emplace_back(layer);
        out.back().features = 1;
    }
}

Result<std::int64_t> newestChangeSet(const Plan& plan) {
    const auto value = plan.database().value("SELECT coalesce(max(id), 0) FROM zw_changeset");
    if (!value) return tl::unexpected(value.error());
    return std::atoll(value->value_or("0").c_str());
}

Result<std::optional<ChangeSetRecord>> nextUndo(const Plan& plan) {
    return recordOf(plan, undoTarget(plan, std::numeric_limits<std::int64_t>::max()));
}

Result<std::optional<ChangeSetRecord>> nextRedo(const Plan& plan) {
    return recordOf(plan, redoTarget(plan, std::numeric_limits<std::int64_t>::max()));
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

namespace {

/// The earlier change-set whose state a change-set brought back, when it is a restore. What came between need not be taken
/// back again; taking it back each time would double the journal with every restore.
Result<std::optional<std::int64_t>> restoredTo(const Plan& plan, std::int64_t changeSet) {
    Result<Statement> query = plan.database().prepare("SELECT target FROM zw_changeset WHERE id = ?1 AND kind = 'restore' AND target IS NOT NULL");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, changeSet);
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? std::optional(query->integer(0)) : std::nullopt;
}

}  // namespace

Result<Reversal> restore(const Plan& plan, std::int64_t changeSet) {
    const Result<std::int64_t> newest = newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    if (changeSet < 0 || changeSet > *newest) return failure(ErrorCode::BadArgument, fmt::format("no change-set {}", changeSet), plan.file().string());
    Result<ChangeSet> change = ChangeSet::begin(plan, {"restore", fmt::format("#{}", changeSet), "restore", changeSet});
    if (!change) return tl::unexpected(change.error());
    RowApplier applier(plan);
    std::set<std::string> layers;
    for (std::int64_t at = *newest; at > changeSet;) {
        const Result<std::optional<std::int64_t>> sameAs = restoredTo(plan, at);
        if (!sameAs) return tl::unexpected(sameAs.error());
        if (*sameAs && **sameAs >= changeSet) {
            at = **sameAs;
            continue;
        }
        Result<std::vector<JournalRow>> rows = journalRows(plan, {at, at});
        if (!rows) return tl::unexpected(rows.error());
        std::reverse(rows->begin(), rows->end());
        for (const JournalRow& row : *rows) {
            layers.insert(row.layer);
            if (auto done = applier.apply(row, Direction::Backward); !done) return tl::unexpected(done.error());
        }
        --at;
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
