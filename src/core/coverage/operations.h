#pragma once

#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/coverage/outcome.h"

/// What each kind of edit would do; one file an operation. `tryOut(coverage, Edit)` of edit.h chooses among
/// them.
namespace zonewright::coverage {

[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const MoveVertex& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const MoveEdge& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const InsertVertex& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const DeleteVertex& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const Reshape& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const SplitByLine& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const SplitByAreas& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const Merge& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const Transfer& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const TransferPart& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const NewZone& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const FillGap& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const RemoveZone& edit);
[[nodiscard]] Outcome<Applied> tryOut(const Coverage& coverage, const Replace& edit);

}  // namespace zonewright::coverage
