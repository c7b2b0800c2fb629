#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/geometry/types.h"

namespace zonewright::plan::source {

/// The same place in the source's coordinates and in the plan's.
struct ControlPoint {
    std::string name;
    Point source;
    Point target;
};

/// Reads a CSV or XLSX table with the columns source_x, source_y, target_x, target_y and, if there is one, name.
/// Errors: those of `Source::open`; UnknownField naming a missing column; BadArgument with the row of a bad number.
[[nodiscard]] Result<std::vector<ControlPoint>> readControlPoints(const std::filesystem::path& file);

/// A similarity of the plane: turn, scale and shift. x' = a x - b y + shift.x, y' = b x + a y + shift.y, about `centre`.
struct Similarity {
    double a = 1;
    double b = 0;
    Point centre;  ///< subtracted first, so that large coordinates keep their digits
    Point shift;

    [[nodiscard]] Point operator()(Point p) const {
        const double x = p.x - centre.x;
        const double y = p.y - centre.y;
        return {a * x - b * y + shift.x, b * x + a * y + shift.y};
    }
};

struct Residual {
    std::string name;
    Metres east;   ///< fitted minus given
    Metres north;
    Metres length;
};

struct ControlFit {
    Similarity transform;
    double scale = 1;
    double rotationDegrees = 0;  ///< counter-clockwise
    std::vector<Residual> residuals;  ///< aligned with the points
    Metres rms;  ///< square root of the mean squared residual length; 0 with two points, which fit exactly
};

/// The four-parameter (2-D Helmert) transformation by least squares. Source and target in metres.
/// Errors: BadArgument with fewer than two points or when all source points coincide.
/// Source: e.g. Ghilani, Adjustment Computations, 18.2.
[[nodiscard]] Result<ControlFit> fitControlPoints(const std::vector<ControlPoint>& points);

}  // namespace zonewright::plan::source
