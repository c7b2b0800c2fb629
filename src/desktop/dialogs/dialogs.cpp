#include "desktop/dialogs/dialogs.h"

namespace zonewright::desktop {

void addDialogs(Workspace&) {}

}  // namespace zonewright::desktop
