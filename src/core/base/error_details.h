#pragma once

#include <string>
#include <string_view>

namespace zonewright {

/// The Chinese wording of an error's detail or place, which core gives in English; parts within it that are worded too
/// are turned as well. What is no wording of this program (a file's name, a library's message) comes back as it is.
[[nodiscard]] std::string inChinese(std::string_view english);

/// Whether a wording, its values written `{}`, has a Chinese one.
[[nodiscard]] bool hasChinese(std::string_view pattern);

}  // namespace zonewright
