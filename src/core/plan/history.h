#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/plan/features.h"
#include "core/plan/plan.h"

/// History of a plan: what was done, taking it back, comparing, tagging. History only grows: undo writes the inverse
/// rows as a change-set of its own.
namespace zonewright::plan {

struct ChangeSetRecord {
    std::int64_t id = 0;
    std::string author;
    std::string tool;
    std::string time;  ///< UTC, ISO 8601
    std::string title;
    std::string kind;                 ///< edit | import | undo | redo | restore | analysis | external
    std::int64_t target = 0;          ///< the change-set that an undo or redo acts on
    std::vector<std::string> layers;  ///< touched layers, sorted
    std::int64_t features = 0;        ///< touched features
};

/// Oldest first.
[[nodiscard]] Result<std::vector<ChangeSetRecord>> history(const Plan& plan);
/// Those that touched one feature, oldest first; `layers` and `features` count that feature alone.
[[nodiscard]] Result<std::vector<ChangeSetRecord>> historyOf(const Plan& plan, std::string_view layer, const FeatureId& feature);
[[nodiscard]] Result<std::int64_t> newestChangeSet(const Plan& plan);  ///< 0 when there is none

/// What an undo, redo or restore did.
struct Reversal {
    std::int64_t changeSet = 0;  ///< the new change-set
    std::int64_t target = 0;     ///< what it took back or did again
    std::string title;           ///< title of the target
    std::vector<std::string> layers;
};

/// The change-set that undo (redo) would act on now, or nothing; its title is for menus. Analyses are no steps of undo,
/// nor is what came before the change-set in `meta("beginning")`, the state in which a sample is delivered.
/// Cost: independent of the length of the history.
[[nodiscard]] Result<std::optional<ChangeSetRecord>> nextUndo(const Plan& plan);
[[nodiscard]] Result<std::optional<ChangeSetRecord>> nextRedo(const Plan& plan);

/// Takes back the newest edit that is not taken back yet. Rows come back with the same fid, uuid and geometry bytes.
/// Errors: NothingToUndo; UnknownFeature when a row is no longer as that edit left it.
[[nodiscard]] Result<Reversal> undo(const Plan& plan);
[[nodiscard]] Result<Reversal> redo(const Plan& plan);
/// Brings all journaled layers back to the state after change-set `changeSet`, as one new change-set.
[[nodiscard]] Result<Reversal> restore(const Plan& plan, std::int64_t changeSet);

/// A name ("报批稿 v3"), "#12" or "12" as a change-set id. Errors: BadArgument.
[[nodiscard]] Result<std::int64_t> changeSetOf(const Plan& plan, const std::string& tagOrNumber);

struct FieldChange {
    std::string field;
    std::string before;
    std::string after;
};

enum class ChangeKind { Added, Removed, Changed };

struct FeatureChange {
    std::string layer;
    FeatureId id;
    Fid fid{};
    ChangeKind kind = ChangeKind::Changed;
    std::vector<FieldChange> fields;
    bool geometryChanged = false;
    Geometry before;  ///< empty when added, or when the geometry is unchanged
    Geometry after;
};

/// Net changes between the states after two change-sets, ordered by layer and feature. `from` may be later than `to`.
[[nodiscard]] Result<std::vector<FeatureChange>> diff(const Plan& plan, std::int64_t from, std::int64_t to);

struct Tag {
    std::string name;
    std::int64_t changeSet = 0;
    std::string code;
    std::string author;
    std::string time;
};

/// Names the newest state. Its code is a SHA-256 chained over the journal: any later change of an earlier row shows.
/// Errors: FileExists when the name is taken.
[[nodiscard]] Result<Tag> tag(const Plan& plan, const std::string& name);
[[nodiscard]] Result<std::vector<Tag>> tags(const Plan& plan);

/// The code of the state after `changeSet`; sheets carry its first 12 characters.
[[nodiscard]] Result<std::string> versionCode(const Plan& plan, std::int64_t changeSet);

struct Verification {
    bool found = false;          ///< some state of this plan has that code
    std::int64_t changeSet = 0;  ///< the newest such state
    bool isCurrent = false;      ///< and nothing was changed since
    std::vector<std::string> tags;
};

/// Looks for the state whose code begins with `code` (at least 8 characters, as printed on a sheet).
[[nodiscard]] Result<Verification> verify(const Plan& plan, const std::string& code);

}  // namespace zonewright::plan
