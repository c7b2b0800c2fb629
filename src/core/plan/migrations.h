#pragma once

#include <filesystem>

#include "core/plan/sqlite.h"

namespace zonewright::plan {

/// Errors: NotAPlan when the file has no schema version.
[[nodiscard]] Result<int> schemaVersionOf(const Database& database);

/// Brings an older schema to `kSchemaVersion`, one version a step, all steps in one transaction.
[[nodiscard]] Result<void> migrate(const Database& database, int from);

}  // namespace zonewright::plan
