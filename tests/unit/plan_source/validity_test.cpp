#include "core/plan/source/validity.h"

#include <random>

#include <cmath>

#include <gtest/gtest.h>

#include "support/small_plan.h"

namespace zonewright::plan::source {
namespace {

std::string kind(const std::string& text) {
    const auto fault = faultOf(test::wkt(text));
    if (!fault) return "error";
    return *fault ? faultKind((*fault)->reason) : "";
}

TEST(Validity, NamesTheFault) {
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))"), "");
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 10 10, 10 0, 0 10, 0 0)))"), "self_intersection");
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 10 0, 10 5, 5 0, 0 10, 0 0)))"), "ring_self_intersection");
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 8 0, 8 8, 4 4, 0 8, 4 4, 0 0)))"), "ring_self_intersection");
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (20 20, 21 20, 21 21, 20 20)))"), "hole_outside_shell");
    EXPECT_EQ(kind("MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((2 2, 4 2, 4 4, 2 4, 2 2)))"), "nested_shells");
    EXPECT_EQ(kind("LINESTRING (1 1, 1 1)"), "too_few_points");
    EXPECT_EQ(kind("LINESTRING (1 1, 2 1)"), "");
    EXPECT_EQ(kind("POINT (1e12 5)"), "out_of_range");
}

TEST(Validity, NotFiniteCoordinatesAreAFault) {
    const auto fault = faultOf(Geometry{Point{std::nan(""), 1}});
    ASSERT_TRUE(fault && *fault);
    EXPECT_EQ(faultKind((*fault)->reason), "not_finite");
}

TEST(Validity, TheFastCheckNeverPassesWhatGeosRefuses) {
    std::mt19937 random(20'241'124);
    int passed = 0;
    int refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        // Few grid positions, so that touching, folding back and collinear runs are common.
        const int n = 3 + static_cast<int>(random() % 9);
        Ring ring;
        for (int i = 0; i < n; ++i) {
            const double turn = 6.283185307179586 * i / n;
            const bool round6 = random() % 3 != 0;
            const Point p{500'000 + 6 * std::cos(turn) + static_cast<double>(random() % 9), 3'500'000 + 6 * std::sin(turn) + static_cast<double>(random() % 9)};
            ring.push_back(round6 ? Point{std::round(p.x), std::round(p.y)} : p);
        }
        ring.push_back(ring.front());
        const Geometry polygon{MultiPolygon{{Polygon{{ring}}}}};
        const auto slow = geos::invalidity(polygon);
        ASSERT_TRUE(slow);
        const bool valid = !slow->has_value();
        if (isCertainlySimple(ring)) {
            EXPECT_TRUE(valid);
            ++passed;
        }
        if (!valid) ++refused;
        EXPECT_EQ(!faultOf(polygon)->has_value(), valid);
    }
    EXPECT_GT(passed, 2'000);
    EXPECT_GT(refused, 2'000);
}

TEST(Validity, TheFastCheckSettlesOrdinaryParcels) {
    EXPECT_TRUE(isCertainlySimple({{500'000, 3'500'000}, {500'050.123, 3'500'001.5}, {500'049, 3'500'040}, {499'998, 3'500'038}, {500'000, 3'500'000}}));
    EXPECT_TRUE(isCertainlySimple({{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}}));  // a vertex on a straight edge
    EXPECT_FALSE(isCertainlySimple({{0, 0}, {10, 0}, {5, 0}, {10, 10}, {0, 0}}));          // folds back
}

}  // namespace
}  // namespace zonewright::plan::source
