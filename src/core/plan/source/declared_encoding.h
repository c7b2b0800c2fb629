#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/plan/source/encoding.h"

namespace zonewright::plan::source {

/// What the file, its side files and its format say about the encoding of its text, the best statement first. Read from
/// the bytes themselves: .cpg and the language driver id of a .dbf, $ACADVER and $DWGCODEPAGE of a DXF, the charset
/// line of MapInfo files, the byte order mark of a text file.
///
/// `format` is GDAL's short driver name.
[[nodiscard]] std::vector<DeclaredEncoding> declaredEncodings(const std::filesystem::path& file, const std::string& format);

/// True when GDAL itself turns this file's text into UTF-8 while reading (MapInfo files with a charset line).
[[nodiscard]] bool isRecodedOnReading(const std::filesystem::path& file, const std::string& format);

}  // namespace zonewright::plan::source
