#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/siting/box_index.h"
#include "core/analysis/siting/measures.h"
#include "core/analysis/siting/snapshot.h"

/// What is made of rules and constraints once, before sites are looked at.
namespace zonewright::analysis::siting::detail {

/// A constraint's linework and the SHA-256 of its geometry.
struct Readied {
    Linework lines;
    std::string hash;
};
/// Aligned with the features of each layer.
using ReadiedLayers = std::map<const ConstraintLayer*, std::vector<Readied>>;
[[nodiscard]] ReadiedLayers readied(const Snapshot& snapshot);
[[nodiscard]] std::string hashOf(const Geometry& geometry);

/// A rule with the constraint features it looks at, ready for many sites. Keeps views of snapshot, rules and readied.
struct Prepared {
    std::size_t rule = 0;
    const Rule* definition = nullptr;
    const ConstraintLayer* layer = nullptr;
    std::vector<const Constraint*> features;
    std::vector<const Readied*> readied;  ///< aligned with `features`
    std::vector<Metres> halfWidths;       ///< aligned with `features`
    Metres reach;                         ///< boxes farther away than this cannot be hit
    BoxIndex index{{}};
    Metres accuracy;
};

/// The reason why a rule cannot be checked at all, or nothing.
[[nodiscard]] std::optional<Localized> obstacle(const Snapshot& snapshot, const Rule& rule);
/// Requires: no obstacle.
[[nodiscard]] Prepared prepare(const Snapshot& snapshot, const ReadiedLayers& readied, const std::vector<Rule>& rules, std::size_t number);

/// Of NotCovered: the constraints that can cover a site in the box.
[[nodiscard]] std::vector<const Geometry*> coversNear(const Prepared& prepared, const Box& site);

/// What a rule weighs for a site, or nothing when it does not apply.
struct Weight {
    Severity severity;
    Localized note;
};
[[nodiscard]] std::optional<Weight> weightFor(const Snapshot& snapshot, const Rule& rule, const Site& site);
/// Of Mismatch: the constraint allows the site's attribute.
[[nodiscard]] bool isAllowed(const Rule& rule, const Snapshot& snapshot, const Site& site, const Prepared& prepared, const Constraint& constraint);

/// A site with what is made of it once, for all rules; the hash is that of its geometry.
struct Subject {
    const Site& site;
    Linework lines;
    std::string hash;
};
[[nodiscard]] Pair pairOf(const Prepared& prepared, const Subject& subject, std::size_t feature);
/// What the rule's relation says of a pair that lies so.
[[nodiscard]] Result<Measure> measure(const Prepared& prepared, const Pair& pair, std::size_t feature, const Position& position);

}  // namespace zonewright::analysis::siting::detail
