#pragma once

#include <filesystem>

#include "cartographer/protocol/messages.h"
#include "core/analysis/siting/findings.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/plan.h"

namespace zonewright::cartographer {

struct SitingReportInput {
    const plan::Plan& plan;
    const catalogue::Catalogue& catalogue;
    const analysis::siting::Report& report;  ///< with waivers applied
    std::filesystem::path styles;            ///< folder of the product's styles
    Language language = Language::Chinese;
};

/// The siting report as a document to be drawn: a summary, a page a site with map, findings and all rules checked, and the
/// rules with their law. `file` is left to who asks. The same input gives the same request.
[[nodiscard]] Result<ReportRequest> sitingReport(const SitingReportInput& input);

}  // namespace zonewright::cartographer
