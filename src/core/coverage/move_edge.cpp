#include "core/coverage/move_session.h"
#include "core/coverage/operations.h"

namespace zonewright::coverage {

Outcome<Applied> tryOut(const Coverage& coverage, const MoveEdge& edit) {
    return MoveSession::ofEdge(coverage, edit.a, edit.b).and_then([&](MoveSession&& session) {
        return session.result(edit.aTo);
    });
}

}  // namespace zonewright::coverage
