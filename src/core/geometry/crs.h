#pragma once

#include <memory>
#include <string>

#include "core/base/error.h"
#include "core/geometry/types.h"

namespace zonewright {

/// A coordinate reference system by authority code or WKT. Coordinates always run x = easting/longitude,
/// y = northing/latitude, whatever axis order the authority states.
class Crs {
public:
    /// `definition`: "EPSG:4549", WKT or PROJ text. Errors: SourceCrs when PROJ does not know it.
    [[nodiscard]] static Result<Crs> from(const std::string& definition);

    [[nodiscard]] const std::string& definition() const { return mDefinition; }
    /// "EPSG:4549" when known by authority, else empty.
    [[nodiscard]] const std::string& code() const { return mCode; }
    /// "CGCS2000 / 3-degree Gauss-Kruger CM 120E"; the PROJ text of its parameters when it came without a name.
    [[nodiscard]] const std::string& name() const { return mName; }
    /// The code, else the name.
    [[nodiscard]] const std::string& title() const { return mCode.empty() ? mName : mCode; }
    [[nodiscard]] bool isProjectedInMetres() const { return mProjectedMetres; }
    [[nodiscard]] bool isGeographic() const { return mGeographic; }

private:
    std::string mDefinition;
    std::string mCode;
    std::string mName;
    bool mProjectedMetres = false;
    bool mGeographic = false;
};

/// What to call a definition: its code, else its name or parameters; "?" when there is none.
[[nodiscard]] std::string crsTitle(const std::string& definition);

/// A prepared transformation between two CRSs; one instance a thread.
class Transform {
public:
    [[nodiscard]] static Result<Transform> between(const Crs& from, const Crs& to);

    /// Points PROJ cannot transform come back as infinite coordinates.
    [[nodiscard]] Point operator()(Point p) const;
    [[nodiscard]] Point inverse(Point p) const;
    void apply(Geometry& geometry) const;

    struct State;

private:
    std::shared_ptr<State> mState;
};

}  // namespace zonewright
