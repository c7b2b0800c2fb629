#pragma once

#include <functional>

#include <qgsfeedback.h>

#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// Told how far a print is, 0 to 1.
using Tell = std::function<void(double, const std::string&)>;

/// Errors: those of makeSheet and MapProject::compose; FileUnwritable; BadArgument for a suffix that is no format of
/// ours; Cancelled.
[[nodiscard]] Result<PrintReply> printSheet(MapProject& project, const PrintRequest& request, const Tell& tell, QgsFeedback& feedback);

/// Errors: as printSheet; UnknownLayer for `over`; BadArgument for a filter that is no expression;
/// SourceEmpty when it leaves no feature.
[[nodiscard]] Result<PrintReply> printAtlas(MapProject& project, const AtlasRequest& request, const Tell& tell, QgsFeedback& feedback);

}  // namespace zonewright::cartographer
