#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/siting/filter.h"
#include "core/base/localized.h"
#include "core/base/units.h"
#include "core/catalogue/catalogue.h"

/// Where a project may be sited: rules with their law, sites, constraint layers -> findings.
namespace zonewright::analysis::siting {

enum class Relation {
    Overlaps,    ///< the interiors of site and constraint meet
    Within,      ///< the site comes nearer than a distance
    NotCovered,  ///< a part of the site lies in no constraint feature
    Crosses,     ///< a line runs through the site
    Mismatch,    ///< they overlap, and the site's attribute is not among those the constraint allows
};

/// Ordered: what weighs more is greater.
enum class Severity { Advice, Restricted, Prohibited };

enum class Confidence {
    Stated,      ///< number and article were read in an official text
    SecondHand,  ///< taken from elsewhere; `confidenceNote` says from where
};

[[nodiscard]] std::string_view nameOf(Relation relation);  ///< as in rule files: "overlaps" ...
[[nodiscard]] std::string_view nameOf(Severity severity);  ///< "prohibited", "restricted", "advice"
[[nodiscard]] Localized titleOf(Severity severity);
/// Errors: BadArgument naming the words there are.
[[nodiscard]] Result<Severity> severityOf(std::string_view name);

/// Sites for which a rule weighs less, or nothing.
struct Exception {
    Filter when;                       ///< on the site's fields
    std::optional<Severity> severity;  ///< what is left of the rule; nothing: it does not apply
    Localized note;                    ///< why, and under which condition
};

struct Rule {
    std::string id;
    Localized subject;  ///< of its file
    Localized title;
    std::string layer;  ///< of the constraint
    Filter filter;      ///< on the constraint's fields
    Relation relation = Relation::Overlaps;
    Metres distance;         ///< of Within: from the edge of what the law measures from
    Metres halfWidth;        ///< of Within: from the drawn centre line to that edge
    std::string widthField;  ///< of Within: field with the whole width, instead of `halfWidth`
    bool distanceOnly = false;  ///< of Within: the distance alone is measured, not the part of the site inside the zone
    std::string siteField;     ///< of Mismatch: the site's attribute
    std::string allowedField;  ///< of Mismatch: field of the constraint with a comma-separated list
    std::vector<std::string> appliesTo;  ///< kinds of project; empty for all
    Filter siteFilter;
    std::vector<Exception> exceptions;
    Severity severity = Severity::Restricted;
    Localized law;      ///< title and number of the law or plan
    Localized article;  ///< article or clause
    Localized measuredFrom;  ///< what the law measures the distance from, and what stands for it here; may be empty
    Confidence confidence = Confidence::Stated;
    Localized confidenceNote;
    Localized remedy;
    std::string from;  ///< first day in force, ISO 8601; empty: always
    std::string to;    ///< last day in force; empty: until further notice
    std::string hash;  ///< SHA-256 of all that decides a finding; a waiver holds for this text of the rule only

    [[nodiscard]] bool isInForce(std::string_view day) const { return (from.empty() || from <= day) && (to.empty() || day <= to); }
};

/// Reads every `*.toml` of a folder, or one file. Ordered by id.
///
/// Errors: BadRule naming file, line and key; for an expression also its column; FileNotFound; two rules of one id.
[[nodiscard]] Result<std::vector<Rule>> loadRules(const std::filesystem::path& folderOrFile);

}  // namespace zonewright::analysis::siting
