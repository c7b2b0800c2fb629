#include "desktop/session/workspace.h"

#include "desktop/session/language.h"

namespace zonewright::desktop {

void Workspace::say(const Error& error) {
    if (error.code == ErrorCode::Cancelled) return;
    say(Message{Severity::Failure, text(error)});
}

}  // namespace zonewright::desktop
