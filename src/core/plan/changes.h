#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/plan/history.h"

/// Noticing what others write into an open plan: QGIS, ogr2ogr, a second Zonewright.
namespace zonewright::plan {

/// How far somebody has followed the history of a plan. Journal rows count apart from change-sets, because edits from
/// outside that follow one another within two seconds share a change-set, which so goes on growing.
struct Position {
    std::int64_t changeSet = 0;
    std::int64_t row = 0;
    bool operator==(const Position&) const = default;
};

[[nodiscard]] Result<Position> position(const Plan& plan);

struct Changes {
    Position now;                            ///< ask from here next time
    std::vector<std::string> layers;         ///< whose rows changed, sorted
    std::vector<ChangeSetRecord> changeSets;  ///< with the layers and features that changed since; oldest first
    bool unlisted = false;  ///< an import or an analysis is among them: it may have replaced any layer, or added one
    bool replaced = false;  ///< another file has taken the plan's name: open it again
};

/// What the journal says was changed after `since`; costs as much as there are newer rows.
[[nodiscard]] Result<Changes> changesSince(const Plan& plan, Position since);

/// Follows a plan through its connection: ask it a few times a second.
///
/// Guarantees: while nobody wrote, a poll reads one number of the file's header (`PRAGMA data_version`) and no row. What
/// was written through the same connection is no news, but for the first edit after opening, with which the file changes
/// its journal mode; what another connection wrote is, of this process too.
class ChangeWatch {
public:
    /// Starts at the plan's present state. Requires: `plan` outlives the watch.
    [[nodiscard]] static Result<ChangeWatch> begin(const Plan& plan);

    /// What others did since the last poll, or nothing. `layers` is empty when they wrote no row of a layer (styles, the
    /// QGIS project, waivers). A file busy at this moment is reported by the next poll.
    [[nodiscard]] Result<std::optional<Changes>> poll();

private:
    explicit ChangeWatch(const Plan& plan) : mPlan(&plan) {}
    const Plan* mPlan;
    Statement mVersion;
    std::int64_t mSeen = 0;
    Position mPosition;
    std::pair<std::uint64_t, std::uint64_t> mFile;  ///< device and inode
};

}  // namespace zonewright::plan
