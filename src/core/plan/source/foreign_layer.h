#pragma once

#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/plan/features.h"
#include "core/plan/source/import.h"

namespace zonewright::plan::source {

/// A file read as if it were a layer of the plan: placed in the plan's CRS, on the 1 mm grid, columns as they are.
struct ForeignLayer {
    Table table;                    ///< `layer` is the source's name of it; fields are all its columns
    std::vector<Feature> features;  ///< fid is the row number; ids as an import would give them
    std::vector<Reject> rejects;    ///< rows left out, with the reason
    std::string crs;
    std::vector<Localized> warnings;
};

/// Reads `FILE` or `FILE|layername=L` (see `parseSpec`) for an analysis, without import. Multi parts are kept; lines come
/// as MultiLineString, several points in one feature are refused.
///
/// Errors: those of `Source::open` and `decidePlacement`, so that shifted data are refused here as in an import unless
/// the spec states `|crs=GCJ-02`.
[[nodiscard]] Result<ForeignLayer> readForeignLayer(const Plan& plan, const std::string& spec, Progress& progress);

/// True when a layer parameter names a file and not a layer of the plan.
[[nodiscard]] bool namesFile(const Plan& plan, const std::string& parameter);

}  // namespace zonewright::plan::source
