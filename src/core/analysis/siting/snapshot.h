#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/inputs.h"
#include "core/analysis/siting/rules.h"
#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/geometry/crs.h"
#include "core/geometry/types.h"

namespace zonewright::analysis::siting {

/// A place to be checked. Its values are aligned with `Snapshot::siteFields`.
struct Site {
    FeatureId id;
    std::string key;  ///< short code of its layer, else the id; unique among the sites
    Localized name;
    std::string kind;  ///< code of project_kind; empty when not known: then every rule applies
    Geometry geometry;
    std::vector<plan::Value> values;
};

/// One feature that speaks against sites. Values are aligned with `ConstraintLayer::fields`.
struct Constraint {
    FeatureId id;
    std::string key;
    Localized name;
    Geometry geometry;
    std::vector<plan::Value> values;
};

struct ConstraintLayer {
    std::string id;
    Localized title;
    Metres accuracy;
    bool schematic = false;  ///< drawn from words: verdicts hold for the drawing, not for the ground
    std::vector<std::string> fields;
    std::vector<bool> present;  ///< aligned with `fields`
    std::vector<Constraint> features;
    std::int64_t rejected = 0;  ///< rows without a readable geometry
};

/// A site that cannot be checked, and why.
struct BadSite {
    std::string key;
    Localized reason;
};

/// All a check needs; afterwards plan and files may change.
struct Snapshot {
    std::optional<Crs> crs;
    Localized siteLayer;
    Metres siteAccuracy;
    bool siteSchematic = false;
    std::vector<std::string> siteFields;
    std::vector<Site> sites;  ///< ordered by key
    std::vector<BadSite> badSites;
    std::map<std::string, ConstraintLayer> layers;
    std::map<std::string, Localized> missing;  ///< layers that cannot be read, with the reason
};

/// Which sites, and where constraint layers come from.
struct SiteSource {
    LayerReference layer{"projects"};
    std::vector<std::string> only;  ///< keys, ids or fids; empty for all
    Geometry drawn;                 ///< instead of a layer; in the plan's CRS
    std::string kind;               ///< of the drawn site, or of sites whose layer has no field `kind`
    std::optional<Metres> accuracy;  ///< instead of the layer's stated one; drawn sites have 0
    std::map<std::string, std::string> replaced;  ///< constraint layer id -> file to use instead
};

/// Reads sites and every layer the rules name. A layer that is missing or cannot be read does not stop it: it is noted
/// in `missing`.
///
/// Errors: those of reading the sites; UnknownFeature for an `only` that is not there; Cancelled.
[[nodiscard]] Result<Snapshot> readSnapshot(Inputs& inputs, const std::vector<Rule>& rules, const SiteSource& source, Progress& progress);

}  // namespace zonewright::analysis::siting
