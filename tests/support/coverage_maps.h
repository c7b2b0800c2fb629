#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkb.h"
#include "core/geometry/wkt.h"

namespace zonewright::coverage::maps {

inline MultiPolygon polygons(const std::string& wkt) {
    const auto geometry = fromWkt(wkt);
    EXPECT_TRUE(geometry.has_value()) << wkt;
    return std::get<MultiPolygon>(geometry.value());
}

inline LineString line(const std::string& wkt) {
    return std::get<LineString>(fromWkt(wkt).value());
}

/// Zones numbered 1, 2, ... as listed.
inline Coverage coverageOf(const std::vector<std::string>& wkts, Options options = {}) {
    std::vector<Zone> zones;
    for (std::size_t i = 0; i < wkts.size(); ++i)
        zones.push_back({Fid{static_cast<std::int64_t>(i) + 1}, polygons(wkts[i])});
    auto coverage = Coverage::of(std::move(zones), options);
    EXPECT_TRUE(coverage.has_value());
    return std::move(*coverage);
}

inline std::string wktOf(const Coverage& coverage, int zone) {
    const MultiPolygon* geometry = coverage.find(Fid{zone});
    return geometry == nullptr ? "none" : toWkt(*geometry);
}

/// The bytes of every zone, by number.
inline std::string bytesOf(const Coverage& coverage) {
    std::string out;
    for (const Fid fid : coverage.fids()) {
        out += std::to_string(static_cast<std::int64_t>(fid));
        out += toWkb(*coverage.find(fid));
    }
    return out;
}

/// Applies the edit and checks that its inverse restores the identical bytes and the inverse of that the
/// edited ones.
inline Applied applied(Coverage& coverage, const Edit& edit) {
    const std::string before = bytesOf(coverage);
    const auto done = coverage::apply(coverage, edit);
    if (!done) {
        ADD_FAILURE() << done.error().detail << " at " << done.error().where;
        return {};
    }
    const std::string after = bytesOf(coverage);
    const auto undone = coverage::apply(coverage, done->inverse());
    EXPECT_TRUE(undone.has_value());
    EXPECT_EQ(bytesOf(coverage), before);
    EXPECT_TRUE(coverage::apply(coverage, undone->inverse()).has_value());
    EXPECT_EQ(bytesOf(coverage), after);
    return *done;
}

/// Expects the edit to be refused and the coverage to stay as it is.
inline Refusal refused(Coverage& coverage, const Edit& edit) {
    const std::string before = bytesOf(coverage);
    const auto done = coverage::apply(coverage, edit);
    EXPECT_EQ(bytesOf(coverage), before);
    if (done) {
        ADD_FAILURE() << "was not refused";
        return {};
    }
    return done.error();
}

/// Valid zones that do not overlap, by GEOS: the slow plain reference. Returns the area of their union in m2.
inline double expectSound(const Coverage& coverage) {
    std::vector<MultiPolygon> zones;
    double sum = 0;
    for (const Fid fid : coverage.fids()) {
        const MultiPolygon& zone = *coverage.find(fid);
        const auto fault = geos::invalidity(zone);
        EXPECT_TRUE(fault.has_value() && !fault->has_value())
            << static_cast<std::int64_t>(fid) << ' ' << toWkt(zone);
        zones.push_back(zone);
        sum += planarArea(zone).value;
    }
    const double together = planarArea(geos::unionOf(zones).value()).value;
    EXPECT_NEAR(sum, together, 1e-6 * (1 + sum * 1e-6));
    return together;
}

inline double areaOfZone(const Coverage& coverage, int zone) {
    return planarArea(*coverage.find(Fid{zone})).value;
}

}  // namespace zonewright::coverage::maps
