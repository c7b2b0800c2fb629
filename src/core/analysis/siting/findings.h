#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/analysis/siting/rules.h"
#include "core/base/localized.h"
#include "core/base/units.h"
#include "core/geometry/types.h"

namespace zonewright::analysis::siting {

/// What the geometry says. With e = the root of the sum of squares of the stated accuracies of both layers:
/// a conflict stays one however either boundary is moved by up to e, because some point of the conflict lies deeper
/// than e inside the constraint (or its control zone), or deeper than e inside the site; undecidable is a conflict
/// in the drawing no point of which lies so deep.
enum class Verdict { Clear, Undecidable, Conflict };

[[nodiscard]] std::string_view nameOf(Verdict verdict);  ///< "clear", "undecidable", "conflict"
[[nodiscard]] Localized titleOf(Verdict verdict);

/// Who accepted a finding, and why.
struct Waiver {
    std::string key;
    std::string by;
    std::string reason;
    std::string document;
    std::string until;  ///< last day it holds; empty: without end
    std::string fingerprint;  ///< of the finding it was given for
    std::string time;
};

/// One site against one constraint feature under one rule.
struct Finding {
    std::size_t site = 0;  ///< index into Report::sites
    std::size_t rule = 0;  ///< index into Report::rules
    std::string feature;   ///< key of the constraint; empty for "not covered"
    FeatureId featureId;
    Localized featureName;
    Severity severity = Severity::Advice;  ///< after exceptions
    Localized exceptionNote;               ///< why it is not the rule's own; may be empty
    Verdict verdict = Verdict::Clear;
    /// Site and constraint; for "within" the part of the site inside the control zone; for "not covered" the part
    /// outside. 0 for lines and points.
    SquareMetres overlap;
    SquareMetres overlapEllipsoidal;  ///< on the ellipsoid of the plan's CRS
    Metres overlapLength;             ///< of the line inside, where either is a line
    double share = 0;                 ///< of the site's area (of its length for lines; 1 for points)
    Metres distance;                  ///< between site and constraint, from what the law measures from; planar
    Geometry geometry;                ///< the conflict itself
    std::string key;                  ///< acceptance key: SHA-256 of rule id, site id and constraint id
    std::string fingerprint;          ///< SHA-256 of rule text and both geometries; a waiver holds while it is the same
    std::optional<Waiver> waiver;     ///< the one that holds
    std::string lapsed;               ///< "expired" or "changed" when there is a waiver that no longer holds
};

/// A rule that found nothing against a site.
struct Cleared {
    std::size_t site = 0;
    std::size_t rule = 0;
    std::optional<Metres> nearest;  ///< to the nearest constraint, when one is nearer than CheckOptions::nearest
};

struct NotChecked {
    std::string rule;  ///< empty: all rules
    std::string site;  ///< empty: all sites
    Localized reason;
};

/// What is said of a site in a report.
struct SiteFacts {
    FeatureId id;
    std::string key;
    Localized name;
    std::string kind;
    Geometry geometry;
    SquareMetres area;
    SquareMetres areaEllipsoidal;
    Metres length;  ///< of line sites
};

/// Findings ordered by site, then rule id, then constraint key.
struct Report {
    std::string day;  ///< for which the rules were in force
    std::vector<SiteFacts> sites;
    std::vector<Rule> rules;          ///< in force on that day
    std::vector<bool> checked;        ///< aligned with `rules`
    std::vector<Finding> findings;
    std::vector<Cleared> cleared;
    std::vector<NotChecked> notChecked;
    std::vector<Localized> remarks;   ///< schematic layers and the like
};

}  // namespace zonewright::analysis::siting
