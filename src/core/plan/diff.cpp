#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/geometry/wkb.h"
#include "core/plan/history.h"
#include "core/plan/journal_rows.h"

namespace zonewright::plan {
namespace {

/// First and last state of one feature within a span of the journal.
struct Span {
    Fid fid{};
    bool existedBefore = false;
    bool existsAfter = false;
    std::string oldAttributes;
    std::string newAttributes;
    std::optional<std::string> oldGeometry;  ///< nothing while no row changed it
    std::optional<std::string> newGeometry;
};

std::string jsonText(const nlohmann::json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<FieldChange> fieldChanges(const std::string& before, const std::string& after) {
    const auto old = nlohmann::json::parse(before, nullptr, false);
    const auto fresh = nlohmann::json::parse(after, nullptr, false);
    std::vector<FieldChange> out;
    if (!old.is_object() || !fresh.is_object()) return out;
    for (const auto& [key, value] : fresh.items()) {
        const auto was = old.find(key);
        if (was == old.end() || *was != value) out.push_back({key, was == old.end() ? "" : jsonText(*was), jsonText(value)});
    }
    return out;
}

/// The features that an import brought, as they are now.
Result<void> addImported(const Plan& plan, const JournalRow& row, std::map<std::pair<std::string, std::string>, Span>& spans) {
    const Result<bool> there = plan.hasLayer(row.layer);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return {};
    const Result<Table> table = tableOf(plan, row.layer);
    if (!table) return tl::unexpected(table.error());
    const std::string geometry = table->geometryColumn.empty() ? "NULL" : sqlName(table->geometryColumn);
    Result<Statement> rows = plan.database().prepare(
        fmt::format("SELECT fid, coalesce(uuid, fid), {} FROM {} WHERE fid BETWEEN ?1 AND ?2", geometry, sqlName(row.layer)));
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, static_cast<std::int64_t>(row.fid));
    rows->bind(2, static_cast<std::int64_t>(*row.lastFid));
    while (true) {
        const Result<bool> next = rows->step();
        if (!next) return tl::unexpected(next.error());
        if (!*next) return {};
        const auto [place, first] = spans.try_emplace({row.layer, std::string(rows->text(1))});
        Span& span = place->second;
        span.existedBefore = false;
        if (!first) continue;
        span.fid = Fid{rows->integer(0)};
        span.existsAfter = true;
        span.newGeometry = std::string(rows->blob(2));
    }
}

std::string keyOf(const JournalRow& row) { return row.id.text.empty() ? std::to_string(static_cast<std::int64_t>(row.fid)) : row.id.text; }

/// Features of imports within the span that were changed after it, as they were at its end.
void rewind(std::map<std::pair<std::string, std::string>, Span>& spans, const std::vector<JournalRow>& later,
            const std::vector<JournalRow>& imports) {
    const auto isImported = [&](const JournalRow& row) {
        return std::any_of(imports.begin(), imports.end(), [&](const JournalRow& i) { return i.layer == row.layer && i.fid <= row.fid && row.fid <= *i.lastFid; });
    };
    for (auto row = later.rbegin(); row != later.rend(); ++row) {
        if (row->lastFid || !isImported(*row)) continue;
        Span& span = spans[{row->layer, keyOf(*row)}];
        span.fid = row->fid;
        span.existedBefore = false;
        span.existsAfter = row->operation != 'I';
        if (row->geometryChanged) span.newGeometry = row->oldGeometry;
    }
}

void extend(Span& span, const JournalRow& row, bool first) {
    if (first) {
        span.existedBefore = row.operation != 'I';
        span.oldAttributes = row.oldAttributes;
    }
    span.fid = row.fid;
    span.existsAfter = row.operation != 'D';
    span.newAttributes = row.newAttributes;
    if (row.geometryChanged) {
        if (!span.oldGeometry) span.oldGeometry = row.oldGeometry;
        span.newGeometry = row.newGeometry;
    }
}

Result<Geometry> decoded(const std::optional<std::string>& blob) { return blob ? fromGeoPackage(*blob) : Geometry{}; }

}  // namespace

Result<std::vector<FeatureChange>> diff(const Plan& plan, std::int64_t from, std::int64_t to) {
    const bool backward = from > to;
    const auto [low, high] = std::minmax(from, to);
    const Result<std::vector<JournalRow>> rows = journalRows(plan, {low + 1, high});
    if (!rows) return tl::unexpected(rows.error());
    std::map<std::pair<std::string, std::string>, Span> spans;
    std::vector<JournalRow> imports;
    for (const JournalRow& row : *rows) {
        if (row.lastFid) {
            imports.push_back(row);
            continue;
        }
        const auto [place, first] = spans.try_emplace({row.layer, keyOf(row)});
        extend(place->second, row, first);
    }
    if (!imports.empty()) {
        std::map<std::pair<std::string, std::string>, Span> brought;
        for (const JournalRow& row : imports) {
            if (auto done = addImported(plan, row, brought); !done) return tl::unexpected(done.error());
        }
        const Result<std::vector<JournalRow>> later = journalRows(plan, {high + 1, std::numeric_limits<std::int64_t>::max()});
        if (!later) return tl::unexpected(later.error());
        rewind(brought, *later, imports);
        for (const JournalRow& row : *rows) {  // what later edits of the same span took out again
            if (row.lastFid || row.operation != 'D') continue;
            const bool imported = std::any_of(imports.begin(), imports.end(), [&](const JournalRow& i) {
                return i.layer == row.layer && i.changeSet < row.changeSet && i.fid <= row.fid && row.fid <= *i.lastFid;
            });
            if (imported && !brought.contains({row.layer, keyOf(row)})) spans.at({row.layer, keyOf(row)}).existedBefore = false;
        }
        for (auto& [key, span] : brought) spans[key] = std::move(span);
    }
    std::vector<FeatureChange> out;
    for (auto& [key, span] : spans) {
        if (backward) {
            std::swap(span.existedBefore, span.existsAfter);
            std::swap(span.oldAttributes, span.newAttributes);
            std::swap(span.oldGeometry, span.newGeometry);
        }
        if (!span.existedBefore && !span.existsAfter) continue;
        FeatureChange change{key.first, {key.second}, span.fid, ChangeKind::Changed, {}, span.oldGeometry != span.newGeometry, {}, {}};
        if (!span.existedBefore) change.kind = ChangeKind::Added;
        else if (!span.existsAfter) change.kind = ChangeKind::Removed;
        else change.fields = fieldChanges(span.oldAttributes, span.newAttributes);
        if (change.kind == ChangeKind::Changed && change.fields.empty() && !change.geometryChanged) continue;
        if (change.geometryChanged) {
            Result<Geometry> before = decoded(span.existedBefore ? span.oldGeometry : std::nullopt);
            Result<Geometry> after = decoded(span.existsAfter ? span.newGeometry : std::nullopt);
            if (!before) return tl::unexpected(before.error());
            if (!after) return tl::unexpected(after.error());
            change.before = std::move(*before);
            change.after = std::move(*after);
        }
        out.push_back(std::move(change));
    }
    return out;
}

}  // namespace zonewright::plan
