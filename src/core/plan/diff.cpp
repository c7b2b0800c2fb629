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
    for (const JournalRow& row : *rows) {
        const std::string key = row.id.text.empty() ? std::to_string(static_cast<std::int64_t>(row.fid)) : row.id.text;
        const auto [place, first] = spans.try_emplace({row.layer, key});
        extend(place->second, row, first);
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
