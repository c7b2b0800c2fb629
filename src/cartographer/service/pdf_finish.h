#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace zonewright::cartographer {

/// What a PDF says about itself.
struct PdfInfo {
    std::string title;
    std::string author;
    std::string date;  ///< any text; its first year, month and day count, 2000-01-01 where there is none
};

/// Puts the finishing touches to a PDF that Qt wrote, in place: its information; the sheet's date instead of the time
/// of writing and an id made of the content, so that the same sheet is the same file; and text that can be searched:
/// where a typeface draws a radical (U+2F8B) and a character (U+8863) with one glyph, Qt writes down the radical.
/// Errors: CartographerFailed, FileUnwritable.
[[nodiscard]] Result<void> finishPdf(const std::filesystem::path& pdf, const PdfInfo& info);

/// The CMap with radicals replaced by the characters that look the same.
[[nodiscard]] std::string withoutRadicals(const std::string& toUnicodeMap);

}  // namespace zonewright::cartographer
