#pragma once

#include <string>

#include "core/catalogue/catalogue.h"
#include "core/plan/sqlite.h"

namespace zonewright::plan {

/// Makes the GeoPackage through GDAL with one table a layer, without anything that is Zonewright's own.
[[nodiscard]] Result<void> createGeoPackage(const std::filesystem::path& file, const catalogue::Catalogue& catalogue,
                                            const std::string& crs);

/// Adds one catalogue layer to an existing GeoPackage through GDAL. The file must not be open for writing elsewhere.
[[nodiscard]] Result<void> createTable(const std::filesystem::path& file, const catalogue::Layer& layer,
                                       const std::string& crs);

/// (Re)creates the triggers that write every row change of a layer to the journal and give rows their UUID.
[[nodiscard]] Result<void> createJournalTriggers(const Database& database, const std::string& layer);

}  // namespace zonewright::plan
