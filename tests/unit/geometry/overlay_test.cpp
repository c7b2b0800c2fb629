#include <random>

#include <gtest/gtest.h>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/geometry/overlay.h"
#include "core/geometry/wkt.h"
#include "support/small_plan.h"
#include "support/stars.h"

namespace zonewright {
namespace {

using test::must;
using test::star;

MultiPolygon area(const std::string& text) { return std::get<MultiPolygon>(must(fromWkt(text))); }
bool isValid(const MultiPolygon& polygons) { return !must(geos::invalidity(polygons)); }

double sizeOf(const MultiPolygon& polygons) { return planarArea(polygons).value; }

void expectIs(const std::string& a, const std::string& b, const std::string& common) {
    const auto found = crossingIntersection(area(a), area(b));
    ASSERT_TRUE(found) << a << " " << b;
    const MultiPolygon wanted = area(common);
    EXPECT_DOUBLE_EQ(sizeOf(*found), sizeOf(wanted)) << toWkt(*found);
    EXPECT_DOUBLE_EQ(sizeOf(must(geos::difference(*found, wanted))), 0) << toWkt(*found);
    EXPECT_EQ(found->polygons.size(), wanted.polygons.size()) << toWkt(*found);
}

TEST(CrossingIntersection, BarsThatCrossHaveASquareInCommon) {
    expectIs("POLYGON ((0 1, 3 1, 3 2, 0 2, 0 1))", "POLYGON ((1 0, 1 3, 2 3, 2 0, 1 0))", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))");
}

TEST(CrossingIntersection, WhatLiesInsideIsTakenWhole) {
    expectIs("POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))", "POLYGON ((0 0, 3 0, 3 3, 0 3, 0 0))", "POLYGON ((1 1, 2 1, 2 2, 1 2, 1 1))");
}

TEST(CrossingIntersection, AHoleStaysOutWhetherCrossedOrNot) {
    const char* const ring = "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (3 3, 6 3, 6 6, 3 6, 3 3))";
    expectIs(ring, "POLYGON ((1 1, 8 1, 8 8, 1 8, 1 1))", "POLYGON ((1 1, 8 1, 8 8, 1 8, 1 1), (3 3, 6 3, 6 6, 3 6, 3 3))");
    expectIs(ring, "POLYGON ((1 4, 8 4, 8 5, 1 5, 1 4))", "MULTIPOLYGON (((1 4, 3 4, 3 5, 1 5, 1 4)), ((6 4, 8 4, 8 5, 6 5, 6 4)))");
    const auto nothing = crossingIntersection(area(ring), area("POLYGON ((4 4, 5 4, 5 5, 4 5, 4 4))"));
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->polygons.empty()) << "it lies in the hole";
}

TEST(CrossingIntersection, ApartIsEmpty) {
    const auto nothing = crossingIntersection(area("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"), area("POLYGON ((2 0, 3 0, 3 1, 2 1, 2 0))"));
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->polygons.empty());
}

TEST(CrossingIntersection, SharedEdgesAndVerticesOnEdgesAreLeftToTheGeneralCase) {
    const MultiPolygon square = area("POLYGON ((0 0, 2 0, 2 2, 0 2, 0 0))");
    EXPECT_FALSE(crossingIntersection(square, square));
    EXPECT_FALSE(crossingIntersection(square, area("POLYGON ((2 0, 4 0, 4 2, 2 2, 2 0))"))) << "they share an edge";
    EXPECT_FALSE(crossingIntersection(square, area("POLYGON ((1 1, 3 1, 3 2.0000001, 2 2.0000001, 1 1))"))) << "a corner comes within a micrometre";
    EXPECT_FALSE(crossingIntersection(square, area("POLYGON ((1 1, 2 0.5, 3 1, 2 1.5, 1 1))"))) << "corners on an edge";
}

TEST(CrossingIntersection, RandomStarsAgreeWithGeos) {
    std::mt19937 random(11);
    std::uniform_real_distribution<double> offset(-150, 150), size(10, 120);
    int answered = 0, overlapping = 0;
    for (int i = 0; i < 3000; ++i) {
        MultiPolygon a = star(random, {500000 + offset(random), 3500000 + offset(random)}, size(random), 3 + i % 31);
        MultiPolygon b = star(random, {500000, 3500000}, size(random), 3 + i % 50);
        if (i % 3 == 0) b.polygons.push_back(star(random, {500400, 3500000}, 100, 20).polygons.front());
        if (i % 4 == 0) a.polygons.push_back(star(random, {500350, 3500050}, 100, 9).polygons.front());
        if (i % 5 == 0) std::reverse(a.polygons.front().rings.front().begin(), a.polygons.front().rings.front().end());
        if (!isValid(a) || !isValid(b)) continue;
        const auto found = crossingIntersection(a, b);
        if (!found) continue;
        ++answered;
        const MultiPolygon wanted = must(geos::intersection(a, b));
        overlapping += wanted.polygons.empty() ? 0 : 1;
        EXPECT_TRUE(isValid(*found)) << i << toWkt(a) << toWkt(b);
        EXPECT_NEAR(sizeOf(*found), sizeOf(wanted), 1e-6) << i;
        EXPECT_EQ(found->polygons.size(), wanted.polygons.size()) << i;
        EXPECT_NEAR(sizeOf(must(geos::difference(*found, wanted))), 0, 1e-6) << i;
    }
    EXPECT_GT(answered, 2900);
    EXPECT_GT(overlapping, 1000);
}

}  // namespace
}  // namespace zonewright
