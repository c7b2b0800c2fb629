#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/chart.h"

/// What charts of all kinds are written with; lengths are pixels.
namespace zonewright::analysis::svg {

inline constexpr double kMargin = 20;
inline constexpr double kTop = 86;  ///< of what is drawn, below title and keys
inline constexpr double kFont = 13;
inline constexpr double kNoteLine = 16;

[[nodiscard]] std::string escaped(const std::string& text);
/// Width in pixels, taken for drawn: an ideograph is as wide as it is high, a letter about 0.58 of that.
[[nodiscard]] double widthOf(std::string_view text);
/// A number as an axis says it: without needless digits.
[[nodiscard]] std::string tickText(double value);

/// The head with white ground and title.
[[nodiscard]] std::string begin(const std::string& title, double width, double height);
/// Room below what is drawn for these notes, its axis included.
[[nodiscard]] double footHeight(const std::vector<std::string>& notes);
/// The notes, the first line below `y`, and the end of the picture.
[[nodiscard]] std::string end(const std::vector<std::string>& notes, double y);
/// Notes as lines that fit the width.
[[nodiscard]] std::vector<std::string> linesOf(const std::vector<Localized>& notes, Language language, double width);

}  // namespace zonewright::analysis::svg
