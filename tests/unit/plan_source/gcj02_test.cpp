#include "core/plan/source/gcj02.h"

#include <cmath>

#include <gtest/gtest.h>

namespace zonewright::plan::source {
namespace {

/// Metres between two positions a few hundred metres apart.
double metres(Point a, Point b) {
    return std::hypot((a.x - b.x) * std::cos(a.y * 0.017453292519943295), a.y - b.y) * 111'320;
}

TEST(Gcj02, AgreesWithThePublishedPairs) {
    struct Pair {
        Point wgs84;
        Point gcj02;
    };
    for (const Pair& pair : {Pair{{121.5272106, 31.1774276}, {121.531541859215, 31.17530398364597}},
                             Pair{{113.912316, 22.543847}, {113.9171764808363, 22.540796131694766}},
                             Pair{{116.377817, 39.911954}, {116.38404722455657, 39.91334545536069}}}) {
        EXPECT_LT(metres(gcj02FromWgs84(pair.wgs84), pair.gcj02), 0.001);
        EXPECT_LT(metres(wgs84FromGcj02(pair.gcj02), pair.wgs84), 0.001);
    }
}

TEST(Gcj02, InverseReturnsWithinAMillimetreAllOverChina) {
    for (double lon = 74; lon < 135; lon += 1.37) {
        for (double lat = 4; lat < 53; lat += 1.13) {
            const Point p{lon, lat};
            EXPECT_LT(metres(wgs84FromGcj02(gcj02FromWgs84(p)), p), 0.001) << lon << ' ' << lat;
            EXPECT_LT(metres(gcj02FromBd09(bd09FromGcj02(p)), p), 0.001) << lon << ' ' << lat;
        }
    }
}

TEST(Gcj02, LeavesTheRestOfTheWorldAlone) {
    EXPECT_EQ(gcj02FromWgs84({-71.1, 42.37}), (Point{-71.1, 42.37}));
    EXPECT_EQ(wgs84FromGcj02({2.35, 48.85}), (Point{2.35, 48.85}));
}

TEST(Gcj02, NearWujinTheShiftIsAboutHalfAKilometre) {
    const Point here{119.94, 31.70};
    const Point there = gcj02FromWgs84(here);
    EXPECT_NEAR(there.x - here.x, 0.0047, 0.0003);
    EXPECT_NEAR(there.y - here.y, -0.0021, 0.0002);
}

}  // namespace
}  // namespace zonewright::plan::source
