#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace zonewright {

/// A number with its unit in the type; units of different kinds never mix.
template <typename Unit>
struct Quantity {
    double value = 0;

    constexpr Quantity() = default;
    constexpr explicit Quantity(double v) : value(v) {}

    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity& operator+=(Quantity o) { value += o.value; return *this; }
    constexpr Quantity& operator-=(Quantity o) { value -= o.value; return *this; }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value + b.value); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value - b.value); }
    friend constexpr Quantity operator-(Quantity a) { return Quantity(-a.value); }
    friend constexpr Quantity operator*(Quantity a, double k) { return Quantity(a.value * k); }
    friend constexpr Quantity operator/(Quantity a, double k) { return Quantity(a.value / k); }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};

using Metres = Quantity<struct MetreUnit>;
using SquareMetres = Quantity<struct SquareMetreUnit>;
using Seconds = Quantity<struct SecondUnit>;
using KilometresPerHour = Quantity<struct KilometrePerHourUnit>;

/// 1 亩 = 10000/15 m2.
[[nodiscard]] constexpr double toMu(SquareMetres area) { return area.value * 15.0 / 10000.0; }
[[nodiscard]] constexpr double toHectares(SquareMetres area) { return area.value / 10000.0; }
[[nodiscard]] constexpr double toMinutes(Seconds time) { return time.value / 60.0; }

/// Row number of a feature within its layer (GeoPackage fid).
enum class Fid : std::int64_t {};

/// Stable identity of a feature: UUID text, kept over edits, exports and undo.
struct FeatureId {
    std::string text;
    auto operator<=>(const FeatureId&) const = default;
};

}  // namespace zonewright

template <>
struct std::hash<zonewright::FeatureId> {
    std::size_t operator()(const zonewright::FeatureId& id) const noexcept { return std::hash<std::string>{}(id.text); }
};
