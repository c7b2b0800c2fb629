#include "core/coverage/balance.h"
#include "core/coverage/operations.h"

namespace zonewright::coverage {

/// `Coverage::commit` compares with `before`; here only a dry run is told early.
Outcome<Applied> tryOut(const Coverage& coverage, const Replace& edit) {
    for (const ZoneChange& change : edit.zones) {
        const MultiPolygon* held = coverage.find(change.zone);
        const bool asBefore = change.before ? held != nullptr && *held == *change.before : held == nullptr;
        if (!asBefore)
            return refusal(ErrorCode::BadArgument, "a zone is not as it was when the edit was made", Point{});
    }
    return balanced(edit.zones);
}

}  // namespace zonewright::coverage
