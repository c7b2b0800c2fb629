#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/source/placement.h"

namespace zonewright::plan::source {

/// The layer of a plan, open for writing, that rows go into.
struct ImportTarget {
    Plan& plan;
    const catalogue::Catalogue& catalogue;
    std::string layer;
};

struct ImportOptions {
    std::string sourceCrs;  ///< a CRS, GCJ-02 or BD-09; empty takes what the source tells
    std::vector<std::pair<std::string, std::string>> map;  ///< field, column
    std::vector<ControlPoint> controlPoints;
    bool replace = false;  ///< removes what the layer held before
    bool trusted = false;  ///< sources of a recipe: `sourceCrs` is what they are in, and nobody needs to guess
};

struct Reject {
    std::int64_t row = 0;  ///< from 1, in the order of the source
    Localized reason;
};

struct ImportResult {
    std::int64_t read = 0;
    std::int64_t taken = 0;
    std::int64_t rejected = 0;
    std::int64_t removed = 0;  ///< rows that `replace` took away
    std::vector<Reject> rejects;
    std::string rejectsLayer;  ///< empty when nothing was rejected
    std::string encoding;
    std::string crs;  ///< what the source's coordinates were taken for
    std::vector<std::pair<std::string, std::string>> mapping;  ///< field, column
    std::vector<std::string> unusedColumns;
    std::optional<ControlFit> fit;
    std::vector<Localized> warnings;
    std::int64_t changeSet = 0;
};

/// Brings one layer of a source into a plan, as one change-set.
///
/// Errors: UnknownLayer, UnknownField, those of `decidePlacement`, SourceUnreadable when the source breaks off, Cancelled.
/// On error the plan is unchanged.
/// Guarantees: read = taken + rejected; every rejected row is in the rejects layer with its reason; feature ids depend
/// on layer, row number and content alone, so that the same import gives the same ids; rows keep the source's order.
[[nodiscard]] Result<ImportResult> importLayer(const ImportTarget& target, Source& source, const ImportOptions& options, Progress& progress);

/// The layer's description: from the catalogue, or made from its columns when the catalogue does not know it.
[[nodiscard]] Result<catalogue::Layer> describeLayer(const Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer);

}  // namespace zonewright::plan::source
