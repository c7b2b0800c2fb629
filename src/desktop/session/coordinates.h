#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/geometry/crs.h"

namespace zonewright::desktop {

enum class CoordinateStyle {
    Projected,       ///< easting, northing in metres
    Degrees,         ///< longitude, latitude in decimal degrees
    DegreesMinutes,  ///< longitude, latitude in degrees, minutes, seconds
};

/// Writes and reads places of a plan: metres of its CRS, or longitude and latitude on the CRS's own datum (CGCS2000).
class Coordinates {
public:
    /// Errors: SourceCrs.
    [[nodiscard]] static Result<Coordinates> of(const Crs& plan);

    [[nodiscard]] std::string write(Point place, CoordinateStyle style) const;
    /// "492345.2, 3512345.6", "119.95 31.7", "119°57'12"E 31°42'30"N", with comma, blank, full-width marks or N/E/度分秒;
    /// northing before easting and latitude before longitude are recognised where letters or sizes say so. A zone-prefixed
    /// easting (40492345) is taken without its prefix. Nothing when it is no place.
    [[nodiscard]] std::optional<Point> read(std::string_view text) const;

private:
    explicit Coordinates(Transform toDegrees) : mToDegrees(std::move(toDegrees)) {}
    Transform mToDegrees;
};

}  // namespace zonewright::desktop
