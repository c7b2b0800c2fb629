#include "desktop/session/coordinates.h"

#include <cmath>
#include <regex>
#include <vector>

#include <fmt/format.h>

namespace zonewright::desktop {
namespace {

constexpr double kZonePrefix = 1e6;  ///< a zone number stands above the six digits of an easting with false easting 500 km

std::string degreesMinutes(double value, const char* letters) {
    const char letter = value < 0 ? letters[1] : letters[0];
    auto tenths = std::llround(std::abs(value) * 36000 * 10);  // hundredths of a second
    const auto degrees = tenths / 360000;
    tenths %= 360000;
    return fmt::format("{}°{:02}′{:05.2f}″{}", degrees, tenths / 6000, static_cast<double>(tenths % 6000) / 100, letter);
}

std::string withPlainMarks(std::string_view text) {
    std::string out(text);
    static const std::vector<std::pair<std::string, std::string>> kMarks{
        {"，", ","}, {"、", ","}, {"；", ","}, {";", ","}, {"　", " "}, {"°", "d"}, {"º", "d"}, {"度", "d"}, {"′", "m"}, {"’", "m"}, {"'", "m"}, {"分", "m"},
        {"″", "s"}, {"”", "s"}, {"\"", "s"}, {"秒", "s"}, {"东经", "E"}, {"北纬", "N"}, {"东", "E"}, {"北", "N"}, {"X", " "}, {"Y", " "}, {"=", " "}, {"：", " "}, {":", " "}, {"−", "-"}};
    for (const auto& [from, to] : kMarks) {
        for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; at += to.size()) out.replace(at, from.size(), to);
    }
    return out;
}

struct Number {
    double value = 0;
    char letter = 0;  ///< N, E, S, W or none
};

/// The two numbers of a place, each a decimal or degrees with minutes and seconds, with at most one letter before or after.
std::optional<std::pair<Number, Number>> twoNumbers(const std::string& text) {
    static const std::regex kNumber(R"(([NESWnesw])?\s*(-?\d+(?:\.\d+)?)(?:\s*d\s*(?:(\d+(?:\.\d+)?)\s*m\s*)?(?:(\d+(?:\.\d+)?)\s*s\s*)?)?\s*([NESWnesw])?)");
    std::vector<Number> numbers;
    std::size_t covered = 0;
    for (std::sregex_iterator it(text.begin(), text.end(), kNumber), end; it != end; ++it) {
        const std::smatch& m = *it;
        for (std::size_t i = covered; i < static_cast<std::size_t>(m.position()); ++i) {
            if (text[i] != ' ' && text[i] != ',' && text[i] != '\t') return std::nullopt;
        }
        covered = static_cast<std::size_t>(m.position() + m.length());
        Number n{std::stod(m[2]), 0};
        const double sign = n.value < 0 || m[2].str().front() == '-' ? -1 : 1;
        if (m[3].matched) n.value += sign * std::stod(m[3]) / 60;
        if (m[4].matched) n.value += sign * std::stod(m[4]) / 3600;
        if (m[1].matched) n.letter = static_cast<char>(std::toupper(m[1].str()[0]));
        if (m[5].matched) n.letter = static_cast<char>(std::toupper(m[5].str()[0]));
        numbers.push_back(n);
    }
    for (std::size_t i = covered; i < text.size(); ++i) {
        if (text[i] != ' ' && text[i] != ',' && text[i] != '\t') return std::nullopt;
    }
    if (numbers.size() != 2) return std::nullopt;
    return std::pair(numbers[0], numbers[1]);
}

}  // namespace

Result<Coordinates> Coordinates::of(const Crs& plan) {
    // The geographic CRS of the plan's own datum; no datum shift comes in between.
    const auto geographic = Crs::from("EPSG:4490");
    if (!geographic) return tl::unexpected(geographic.error());
    auto transform = Transform::between(plan, *geographic);
    if (!transform) return tl::unexpected(transform.error());
    return Coordinates(std::move(*transform));
}

std::string Coordinates::write(Point place, CoordinateStyle style) const {
    if (style == CoordinateStyle::Projected) return fmt::format("{:.2f}, {:.2f}", place.x, place.y);
    const Point degrees = mToDegrees(place);
    if (!std::isfinite(degrees.x) || !std::isfinite(degrees.y)) return {};
    if (style == CoordinateStyle::Degrees) return fmt::format("{:.6f}, {:.6f}", degrees.x, degrees.y);
    return degreesMinutes(degrees.x, "EW") + ", " + degreesMinutes(degrees.y, "NS");
}

std::optional<Point> Coordinates::read(std::string_view text) const {
    auto numbers = twoNumbers(withPlainMarks(text));
    if (!numbers) return std::nullopt;
    auto& [first, second] = *numbers;
    for (Number* n : {&first, &second}) {
        if (n->letter == 'S' || n->letter == 'W') n->value = -n->value;
    }
    const auto isNorth = [](const Number& n) { return n.letter == 'N' || n.letter == 'S'; };
    const auto isEast = [](const Number& n) { return n.letter == 'E' || n.letter == 'W'; };
    if (isNorth(first) || isEast(second)) std::swap(first, second);
    const bool degrees = std::abs(first.value) <= 180 && std::abs(second.value) <= 180;
    if (degrees) {
        // In China latitudes stay below 54, longitudes above 73: the order shows itself.
        if (first.letter == 0 && second.letter == 0 && std::abs(first.value) <= 60 && std::abs(second.value) > 60) std::swap(first, second);
        if (std::abs(second.value) > 90) return std::nullopt;
        const Point place = mToDegrees.inverse({first.value, second.value});
        if (!std::isfinite(place.x) || !std::isfinite(place.y)) return std::nullopt;
        return place;
    }
    if (first.value > kZonePrefix && second.value < kZonePrefix) std::swap(first, second);
    if (first.value > 10 * kZonePrefix) first.value = std::fmod(first.value, kZonePrefix);
    if (second.value > 10 * kZonePrefix) second.value = std::fmod(second.value, kZonePrefix);
    if (first.value > kZonePrefix && second.value < kZonePrefix) std::swap(first, second);
    return Point{first.value, second.value};
}

}  // namespace zonewright::desktop
