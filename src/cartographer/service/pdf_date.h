#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace zonewright::cartographer {

/// Puts the sheet's date in place of the time of writing, so that the same sheet is the same file.
/// `date` is any text; its first year, month and day count, missing ones as 2000-01-01.
/// Errors: FileUnwritable.
[[nodiscard]] Result<void> fixPdfDate(const std::filesystem::path& pdf, const std::string& date);

}  // namespace zonewright::cartographer
