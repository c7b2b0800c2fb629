#pragma once

#include <functional>
#include <string>

#include <qgsfeedback.h>

#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// Writes a report as an A4 PDF: vector maps, fonts embedded, text that can be searched. The same request gives the
/// same bytes.
/// Errors: FileUnwritable; those of composing the maps; Cancelled between pages.
[[nodiscard]] Result<PrintReply> printReport(MapProject& project, const ReportRequest& request,
                                             const std::function<void(double, const std::string&)>& tell, QgsFeedback& feedback);

}  // namespace zonewright::cartographer
