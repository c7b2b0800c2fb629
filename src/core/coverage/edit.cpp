#include "core/coverage/edit.h"

#include "core/coverage/operations.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const Edit& edit) {
    return std::visit([&](const auto& operation) { return tryOut(coverage, operation); }, edit);
}

Outcome<Applied> apply(Coverage& coverage, const Edit& edit) {
    Outcome<Applied> applied = tryOut(coverage, edit);
    if (!applied) return applied;
    if (const Outcome<void> done = coverage.commit(applied->changes); !done)
        return tl::unexpected(done.error());
    return applied;
}

}  // namespace zonewright::coverage
