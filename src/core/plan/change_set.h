#pragma once

#include <cstdint>
#include <string>

#include "core/plan/plan.h"

namespace zonewright::plan {

/// What a person did once: one transaction whose row changes the file's triggers write to the journal.
struct ChangeSetInfo {
    std::string tool;   ///< "move-vertex", "import", "external" ...
    std::string title;  ///< for people: "moved the boundary between 湖塘镇 and 牛塘镇"
    std::string kind = "edit";  ///< edit | import | undo | redo | restore | analysis | external
    std::int64_t target = 0;    ///< for undo/redo: the change-set it acts on; else 0
};

/// Rolls back unless committed; after commit everything is on disk (synchronous=FULL).
class ChangeSet {
public:
    /// The author is the user's name, or ZONEWRIGHT_AUTHOR. Errors: PlanReadOnly when the plan is open for reading.
    [[nodiscard]] static Result<ChangeSet> begin(const Plan& plan, const ChangeSetInfo& info);
    /// One that may come to nothing: rolled back, it leaves every byte of the file as it was. Slower for readers and
    /// to commit than `begin`.
    [[nodiscard]] static Result<ChangeSet> beginTrial(const Plan& plan, const ChangeSetInfo& info);
    ChangeSet(ChangeSet&&) noexcept = default;

    [[nodiscard]] std::int64_t id() const { return mId; }
    /// Stops row-by-row history until commit; for bulk import.
    [[nodiscard]] Result<void> withoutJournal();
    [[nodiscard]] Result<void> commit();

private:
    static Result<ChangeSet> started(const Plan& plan, const ChangeSetInfo& info);
    ChangeSet(const Plan& plan, Transaction transaction, std::int64_t id)
        : mPlan(&plan), mTransaction(std::move(transaction)), mId(id) {}
    const Plan* mPlan;
    Transaction mTransaction;
    std::int64_t mId;
};

/// UTC time as the journal writes it: 2026-11-24T03:15:40.123Z. `SOURCE_DATE_EPOCH` fixes it for reproducible files.
[[nodiscard]] std::string timeStamp();
[[nodiscard]] std::string author();

}  // namespace zonewright::plan
