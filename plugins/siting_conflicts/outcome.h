#pragma once

#include "core/analysis/module.h"
#include "core/analysis/siting/findings.h"

namespace zonewright::plugins::siting_conflicts {

/// The layer of conflicts this module writes: one feature a finding.
[[nodiscard]] analysis::OutputDeclaration findingsLayer();

/// A report as every module gives its results: document, tables, layer, notices.
[[nodiscard]] analysis::Outcome outcomeOf(const analysis::siting::Report& report);

}  // namespace zonewright::plugins::siting_conflicts
