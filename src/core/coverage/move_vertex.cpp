#include "core/coverage/move_session.h"
#include "core/coverage/operations.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const MoveVertex& edit) {
    return MoveSession::ofVertex(coverage, edit.from).and_then([&](MoveSession&& session) {
        return session.result(edit.to);
    });
}

}  // namespace zonewright::coverage
