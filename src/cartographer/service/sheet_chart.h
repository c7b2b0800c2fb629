#pragma once

#include <string>

class QgsPrintLayout;

namespace zonewright::cartographer {

/// Puts a chart into the column of the legend, at its lower end, or at the right of it where the room lies along the sheet.
/// Call before tables and legend look for their room. Returns false when it has no room there at a size that can be read.
[[nodiscard]] bool addChart(QgsPrintLayout& layout, const std::string& svg);

}  // namespace zonewright::cartographer
