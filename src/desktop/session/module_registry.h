#pragma once

#include <functional>
#include <memory>

#include "core/analysis/registry.h"

class QObject;

namespace zonewright::desktop {

/// Looks for the modules beside the work: libraries of others are tried in a process of their own first, which takes its
/// time. `then` is called on the UI thread, and not at all when `owner` has gone.
void loadRegistry(QObject* owner, std::function<void(std::shared_ptr<const analysis::Registry>)> then);

}  // namespace zonewright::desktop
