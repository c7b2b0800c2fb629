#include <random>

#include <gtest/gtest.h>

#include "core/geometry/geos.h"
#include "core/geometry/linework.h"
#include "core/geometry/measure.h"
#include "support/small_plan.h"
#include "support/stars.h"

namespace zonewright {
namespace {

using test::must;
using test::star;

Geometry wkt(const std::string& text) { return must(geos::readWkt(text)); }

TEST(Linework, DistancesEqualGeosOnRandomStars) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> place(0, 1000);
    for (int i = 0; i < 2000; ++i) {
        const Geometry a = star(random, {place(random), place(random)}, 120, 5 + i % 60);
        const Geometry b = star(random, {place(random), place(random)}, 60, 3 + i % 9);
        const Linework own(a), other(b);
        const auto near = own.nearest(other, Metres(300));
        const bool within = own.surrounds(other.representatives().front()) || other.surrounds(own.representatives().front());
        if (must(geos::intersects(a, b))) {
            EXPECT_TRUE(within || (near && near->distance.value < 1e-9)) << i;
            continue;
        }
        const double exact = must(geos::distance(a, b)).value;
        ASSERT_EQ(near.has_value(), exact <= 300) << i;
        if (!near) continue;
        EXPECT_NEAR(near->distance.value, exact, 1e-9);
        EXPECT_NEAR(std::hypot(near->own.x - near->other.x, near->own.y - near->other.y), exact, 1e-9);
        EXPECT_FALSE(within);
    }
}

TEST(Linework, SurroundsWhatIsInsideAndNotInAHole) {
    const Linework lines(wkt("MULTIPOLYGON (((0 0, 100 0, 100 100, 0 100, 0 0), (40 40, 40 60, 60 60, 60 40, 40 40)), ((200 0, 300 0, 300 100, 200 0)))"));
    EXPECT_TRUE(lines.surrounds({10, 10}));
    EXPECT_FALSE(lines.surrounds({50, 50}));
    EXPECT_FALSE(lines.surrounds({150, 50}));
    EXPECT_TRUE(lines.surrounds({290, 50}));
    EXPECT_FALSE(Linework(wkt("LINESTRING (0 0, 100 0, 100 100)")).surrounds({90, 10}));
}

TEST(Linework, AWindowHoldsWhatAnIntersectionWithItHolds) {
    std::mt19937 random(2);
    std::uniform_real_distribution<double> place(0, 300);
    int crossed = 0;
    for (int i = 0; i < 3000; ++i) {
        const MultiPolygon shape = star(random, {150, 150}, 140, 6 + i % 120);
        const double x = place(random), y = place(random);
        const Box window{x, y, x + 5 + place(random) / 2, y + 5 + place(random) / 2};
        const MultiPolygon frame = polygonOf(window);
        const auto part = Linework(shape).within(window);
        ASSERT_TRUE(part.has_value());
        const MultiPolygon exact = must(geos::intersection(shape, frame));
        ASSERT_NEAR(planarArea(*part).value, planarArea(exact).value, 1e-7) << i;
        ASSERT_FALSE(must(geos::invalidity(*part)).has_value()) << i;
        crossed += exact.polygons.empty() ? 0 : 1;
    }
    EXPECT_GT(crossed, 1500);
}

TEST(Linework, AVertexOnTheWindowsEdgeIsLeftToOthers) {
    const Linework lines(wkt("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))"));
    EXPECT_FALSE(lines.within({-5, 0, 5, 5}).has_value());
    EXPECT_TRUE(lines.within({-5, -5, 5, 5}).has_value());
}

}  // namespace
}  // namespace zonewright
