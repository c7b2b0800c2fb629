#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/plan/features.h"
#include "core/plan/history.h"

namespace zonewright::plan {

/// The columns of `zw_changeset c` that `recordAt` reads.
inline constexpr std::string_view kRecordColumns = "c.id, c.author, c.tool, c.time, c.title, c.kind, coalesce(c.target, 0)";
/// The record of a row whose first columns are those; layers and features are left to the caller.
[[nodiscard]] ChangeSetRecord recordAt(const Statement& row);

/// One row of the journal as it is stored.
struct JournalRow {
    std::int64_t changeSet = 0;
    std::string layer;
    Fid fid{};
    FeatureId id;
    char operation = 'U';  ///< I, U or D
    bool geometryChanged = false;
    std::string oldAttributes;  ///< JSON object, empty for none
    std::string oldGeometry;    ///< GeoPackage bytes
    std::string newAttributes;
    std::string newGeometry;
    /// An import stands as one row, from `fid` to here: rows that came in bulk are in the layer, or in the row that took
    /// them out again, and need no copy in the journal.
    std::optional<Fid> lastFid;
};

/// Writes the one row of an import into the open change-set, so that it can be taken back.
[[nodiscard]] Result<void> recordBulk(const Plan& plan, std::string_view layer, std::pair<Fid, Fid> firstLast);

/// The rows of change-sets first..last (both included), oldest first.
[[nodiscard]] Result<std::vector<JournalRow>> journalRows(const Plan& plan, std::pair<std::int64_t, std::int64_t> changeSets);

enum class Direction { Forward, Backward };

/// Does journal rows again, or takes them back, within the caller's open change-set.
class RowApplier {
public:
    explicit RowApplier(const Plan& plan) : mPlan(&plan) {}

    /// Errors: UnknownFeature when the row is not there (or is there already), UnknownLayer.
    [[nodiscard]] Result<void> apply(const JournalRow& row, Direction direction);

private:
    struct Prepared {
        Table table;
        Statement insert;
        Statement update;
        Statement updateWithGeometry;
        Statement remove;
    };
    Result<Prepared*> prepared(const std::string& layer);

    const Plan* mPlan;
    std::map<std::string, Prepared> mPrepared;
};

}  // namespace zonewright::plan
