#include <fmt/format.h>

#include <random>

#include <gtest/gtest.h>

#include "core/geometry/crs.h"
#include "core/geometry/geos.h"
#include "core/geometry/grid.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkb.h"
#include "core/geometry/wkt.h"

namespace zonewright {
namespace {

Geometry wkt(const std::string& text) {
    auto g = fromWkt(text);
    EXPECT_TRUE(g.has_value()) << text;
    return g.value_or(Geometry{});
}

TEST(Wkb, EveryGeometryComesBackAsItWas) {
    for (const char* text : {"POINT (1 2)", "MULTIPOINT ((1 2), (3 4))", "LINESTRING (0 0, 1 1.5, 2 0)",
                             "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3, 4 2))",
                             "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
                             "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"}) {
        const Geometry g = wkt(text);
        EXPECT_EQ(fromWkb(toWkb(g)).value(), g) << text;
        EXPECT_EQ(fromGeoPackage(toGeoPackage(g, 4549)).value(), g) << text;
        EXPECT_EQ(toWkt(g), text);
    }
}

TEST(Wkb, ATruncatedBlobIsRefusedAtEveryLength) {
    const std::string blob = toGeoPackage(wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"), 4549);
    for (std::size_t size = 1; size < blob.size(); ++size) {
        EXPECT_FALSE(fromGeoPackage(std::string_view(blob).substr(0, size)).has_value()) << size;
    }
}

TEST(Wkb, NanIsRefused) {
    std::string blob = toWkb(wkt("LINESTRING (0 0, 1 1)"));
    const double nan = std::nan("");
    blob.replace(9, sizeof nan, reinterpret_cast<const char*>(&nan), sizeof nan);
    EXPECT_FALSE(fromWkb(blob).has_value());
}

TEST(Wkb, EnvelopeOfABlobIsItsBox) {
    const Geometry g = wkt("LINESTRING (3 -1, 1 9)");
    EXPECT_EQ(boxOfGeoPackage(toGeoPackage(g, 4549)).value(), (Box{1, -1, 3, 9}));
}

TEST(Grid, APointOnTheGridStaysThere) {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> any(-4'000'000'000, 4'000'000'000);
    for (int i = 0; i < 10000; ++i) {
        const GridPoint g{any(random), any(random)};
        EXPECT_EQ(toGrid(toPoint(g)), g);
        EXPECT_TRUE(isOnGrid(toPoint(g)));
    }
}

TEST(Grid, RingsThatFallToALineVanish) {
    EXPECT_EQ(toWkt(snapped(wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 5.0001 5, 5 5.0001, 5 5)))"))),
              "POLYGON ((0 0, 1 0, 1 1, 0 0))");
}

TEST(Measure, PlanarAreaTakesHolesAway) {
    const auto g = std::get<MultiPolygon>(wkt("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))"));
    EXPECT_DOUBLE_EQ(planarArea(g).value, 15);
}

TEST(Measure, EllipsoidalAreaFollowsTheScaleOfGaussKruger) {
    // 1 km2 on the central meridian 120 E, where Gauss-Kruger's scale is 1, and 1 km2 60 km east of it, where the plane
    // is larger than the ellipsoid by (1 + x^2 / 2R^2)^2.
    const auto crs = Crs::from("EPSG:4549").value();
    const auto ellipsoid = Ellipsoid::of(crs).value();
    const auto square = [](double x) {
        return std::get<MultiPolygon>(wkt(fmt::format("POLYGON (({0} 3500000, {1} 3500000, {1} 3501000, {0} 3501000, {0} 3500000))", x, x + 1000)));
    };
    EXPECT_NEAR(ellipsoid.area(square(499500)).value, 1e6, 1);
    const double scale = 1 + std::pow(60000.0 / 6371000.0, 2) / 2;
    EXPECT_NEAR(ellipsoid.area(square(559500)).value, 1e6 / (scale * scale), 2);
}

TEST(Measure, SmallPolygonsByTheArealScaleAgreeWithGeodesics) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> east(350000, 650000), north(2500000, 5000000), angle(0, 2 * M_PI), radius(0.5, 499);
    for (const char* code : {"EPSG:4549", "EPSG:32650"}) {
        const auto ellipsoid = Ellipsoid::of(Crs::from(code).value()).value();
        LocalAreas areas(ellipsoid);
        for (int i = 0; i < 2000; ++i) {
            const Point middle{east(random), north(random)};
            const double turn = angle(random), a = radius(random), b = radius(random);
            Ring ring;
            for (const double t : {0.0, 2.0, 4.0, 0.0}) ring.push_back({middle.x + a * std::cos(turn + t), middle.y + b * std::sin(turn + t)});
            const Ring hole{middle, {middle.x + 0.1, middle.y}, {middle.x, middle.y + 0.1}, middle};
            const MultiPolygon triangle{{Polygon{{ring, hole}}}};
            const double longest = 2 * std::max(a, b);
            const double bend = std::pow(longest, 3) * std::abs(middle.x - 500000) / (12 * std::pow(6371000, 2));  // under one edge
            const double exact = ellipsoid.area(triangle).value;
            EXPECT_NEAR(areas.area(triangle).value, exact, 2e-8 * exact + 3 * bend + 5e-5) << middle.x << " " << middle.y;
        }
    }
}

TEST(Measure, WidePolygonsAreMeasuredByGeodesics) {
    const auto ellipsoid = Ellipsoid::of(Crs::from("EPSG:4549").value()).value();
    const MultiPolygon wide = polygonOf(Box{500000, 3500000, 501001, 3500100});
    EXPECT_EQ(LocalAreas(ellipsoid).area(wide).value, ellipsoid.area(wide).value);
}

TEST(Crs, EastingComesFirstWhateverTheAuthoritySays) {
    const auto lonLat = Crs::from("EPSG:4490").value();
    const auto plan = Crs::from("EPSG:4549").value();
    EXPECT_TRUE(plan.isProjectedInMetres());
    const Point p = Transform::between(lonLat, plan).value()({120, 31.7});
    EXPECT_NEAR(p.x, 500000, 1e-6);
    EXPECT_NEAR(p.y, 3508600, 1000);
}

TEST(Geos, TouchingIsNotOverlapping) {
    const Geometry a = wkt("POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))");
    const Geometry b = wkt("POLYGON ((1 0, 2 0, 2 1, 1 1, 1 0))");
    EXPECT_TRUE(geos::intersects(a, b).value());
    EXPECT_FALSE(geos::interiorsMeet(a, b).value());
}

TEST(Geos, InvalidityNamesThePlace) {
    const auto bow = geos::invalidity(wkt("POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))")).value();
    ASSERT_TRUE(bow.has_value());
    EXPECT_EQ(bow->place, (Point{1, 1}));
    EXPECT_FALSE(geos::invalidity(wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))")).value().has_value());
}

}  // namespace
}  // namespace zonewright
