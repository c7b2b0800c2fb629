#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plan/source/control_points.h"
#include "core/plan/source/survey.h"

namespace zonewright::plan::source {

/// How a source's coordinates become the plan's.
struct Placement {
    bool exchange = false;  ///< x and y first change places
    std::string crs;        ///< the source's CRS; empty for local coordinates that control points place
    Datum datum = Datum::Wgs84;  ///< GCJ-02 and BD-09 are taken back to WGS 84
    std::optional<ControlFit> fit;
    std::string name;  ///< for reports: "EPSG:4549", "GCJ-02", "control points"
    std::vector<Localized> notes;
};

/// Decides the placement from what the user states and what the survey found.
///
/// `stated` is a CRS, GCJ-02, BD-09 or empty; `controlPoints` may be empty; `target` is the plan's CRS.
/// Errors: SourceShifted when the data look shifted and nothing is stated; SourceCrs when the CRS cannot be told, is
/// unknown, or is contradicted by the numbers; BadArgument for unusable control points.
struct PlacementWishes {
    std::string stated;
    std::vector<ControlPoint> controlPoints;
};
[[nodiscard]] Result<Placement> decidePlacement(const Survey& survey, const PlacementWishes& wishes, const Crs& target);

/// Carries a placement out; one instance a thread.
class Placer {
public:
    [[nodiscard]] static Result<Placer> from(const Placement& placement, const Crs& target);

    /// Coordinates that cannot be transformed come back infinite.
    void apply(Geometry& geometry) const;
    [[nodiscard]] Point operator()(Point p) const;
    /// True when coordinates stay as they are.
    [[nodiscard]] bool isIdentity() const { return mIdentity; }

private:
    Placer() = default;
    bool mIdentity = false;
    bool mExchange = false;
    Datum mDatum = Datum::Wgs84;
    std::optional<Transform> mFirst;   ///< to the target, or to WGS 84 when a datum is to be taken back
    std::optional<Transform> mSecond;  ///< from WGS 84 to the target
    std::optional<Similarity> mFit;
};

}  // namespace zonewright::plan::source
