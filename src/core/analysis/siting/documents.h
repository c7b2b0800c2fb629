#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/siting/findings.h"
#include "core/analysis/tables.h"

/// A report as JSON, tables and text; the same report gives the same bytes.
namespace zonewright::analysis::siting {

/// {run, day, sites, rules_checked, findings, not_checked, cleared, rules, site_list, remarks}: areas in m2, lengths
/// in m, geometry as WKT in the plan's CRS.
[[nodiscard]] nlohmann::ordered_json toJson(const Report& report, const std::string& run);

/// One row a finding. Views the report.
[[nodiscard]] LongTable findingsTable(const Report& report);
/// One row a site and rule: every verdict, the clear ones too; then what was not checked and why (without a rule: by none
/// of them, without a site: for all). Views the report.
[[nodiscard]] LongTable checkedTable(const Report& report);
/// One row a rule: law, article, confidence, remedy.
[[nodiscard]] Table rulesTable(const Report& report);

/// Counts and findings for a terminal.
[[nodiscard]] std::string toText(const Report& report, Language language);

/// What a finding measured, with units: "12 345.6 m2 (planar), 18.52 亩, 4.1 % of the site".
[[nodiscard]] std::string measuresText(const Report& report, const Finding& finding, Language language);
/// "1 234.5" with thin groups; for people only.
[[nodiscard]] std::string numberText(double value, int decimals);

/// The identity of a run: SHA-256 over rules, findings and sites; the first 12 characters.
[[nodiscard]] std::string runId(const Report& report);

/// Conflicts and undecidable findings of at least this severity that no waiver covers.
[[nodiscard]] std::size_t countOpen(const Report& report, Severity atLeast);

}  // namespace zonewright::analysis::siting
