#include "core/plan/source/gcj02.h"

#include <cmath>
#include <numbers>

namespace zonewright::plan::source {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kSemiMajor = 6378245.0;
constexpr double kEccentricitySquared = 0.00669342162296594323;

bool isShifted(Point p) { return p.x >= 72.004 && p.x <= 137.8347 && p.y >= 0.8293 && p.y <= 55.8271; }

double northing(double x, double y) {
    double d = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * std::sqrt(std::abs(x));
    d += (20.0 * std::sin(6.0 * x * kPi) + 20.0 * std::sin(2.0 * x * kPi)) * 2.0 / 3.0;
    d += (20.0 * std::sin(y * kPi) + 40.0 * std::sin(y / 3.0 * kPi)) * 2.0 / 3.0;
    d += (160.0 * std::sin(y / 12.0 * kPi) + 320.0 * std::sin(y * kPi / 30.0)) * 2.0 / 3.0;
    return d;
}

double easting(double x, double y) {
    double d = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x));
    d += (20.0 * std::sin(6.0 * x * kPi) + 20.0 * std::sin(2.0 * x * kPi)) * 2.0 / 3.0;
    d += (20.0 * std::sin(x * kPi) + 40.0 * std::sin(x / 3.0 * kPi)) * 2.0 / 3.0;
    d += (150.0 * std::sin(x / 12.0 * kPi) + 300.0 * std::sin(x / 30.0 * kPi)) * 2.0 / 3.0;
    return d;
}

/// Solves forward(p) = target, for a forward map that is the identity plus a small, slowly changing shift.
template <typename Forward>
Point inverted(Point target, Forward forward) {
    Point p = target;
    for (int i = 0; i < 30; ++i) {
        const Point image = forward(p);
        const Point miss{target.x - image.x, target.y - image.y};
        p.x += miss.x;
        p.y += miss.y;
        if (std::abs(miss.x) < 1e-11 && std::abs(miss.y) < 1e-11) break;
    }
    return p;
}

}  // namespace

Point gcj02FromWgs84(Point p) {
    if (!isShifted(p)) return p;
    const double latitude = p.y / 180.0 * kPi;
    const double sine = std::sin(latitude);
    const double w = 1.0 - kEccentricitySquared * sine * sine;
    const double meridian = kSemiMajor * (1.0 - kEccentricitySquared) / (w * std::sqrt(w));
    const double parallel = kSemiMajor / std::sqrt(w) * std::cos(latitude);
    return {p.x + easting(p.x - 105.0, p.y - 35.0) / parallel * 180.0 / kPi,
            p.y + northing(p.x - 105.0, p.y - 35.0) / meridian * 180.0 / kPi};
}

Point wgs84FromGcj02(Point p) { return isShifted(p) ? inverted(p, gcj02FromWgs84) : p; }

Point bd09FromGcj02(Point p) {
    constexpr double kTurn = kPi * 3000.0 / 180.0;
    const double z = std::hypot(p.x, p.y) + 0.00002 * std::sin(p.y * kTurn);
    const double theta = std::atan2(p.y, p.x) + 0.000003 * std::cos(p.x * kTurn);
    return {z * std::cos(theta) + 0.0065, z * std::sin(theta) + 0.006};
}

Point gcj02FromBd09(Point p) { return inverted(p, bd09FromGcj02); }

}  // namespace zonewright::plan::source
