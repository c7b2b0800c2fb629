#include <gtest/gtest.h>

#include <random>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "plugins/land_use_intensity/counted_once.h"
#include "plugins/land_use_intensity/overlaps.h"
#include "plugins/land_use_intensity/validity.h"

namespace zonewright::intensity {
namespace {

Polygon rectangle(double x0, double y0, double x1, double y1) { return {{{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}}}; }

/// Unit cells with a random diagonal, so that neighbours share edges; then some rectangles thrown over them and some cells
/// twice.
std::vector<MultiPolygon> messyCoverage(std::mt19937& random, int size, int extra) {
    std::vector<MultiPolygon> out;
    for (int x = 0; x < size; ++x) {
        for (int y = 0; y < size; ++y) {
            const Point a{1.0 * x, 1.0 * y}, b{x + 1.0, 1.0 * y}, c{x + 1.0, y + 1.0}, d{1.0 * x, y + 1.0};
            if (random() % 4 == 0) continue;
            const bool rising = random() % 2 == 0;
            out.push_back({{Polygon{{rising ? Ring{a, b, c, a} : Ring{a, b, d, a}}}}});
            out.push_back({{Polygon{{rising ? Ring{a, c, d, a} : Ring{b, c, d, b}}}}});
        }
    }
    for (int i = 0; i < extra; ++i) {
        const double x = static_cast<double>(random() % static_cast<unsigned>(2 * size)) / 2;
        const double y = static_cast<double>(random() % static_cast<unsigned>(2 * size)) / 2;
        if (random() % 3 == 0 && !out.empty()) out.push_back(out[random() % out.size()]);
        else out.push_back({{rectangle(x, y, x + 0.5 + static_cast<double>(random() % 4) / 2, y + 0.5 + static_cast<double>(random() % 3) / 2)}});
    }
    std::shuffle(out.begin(), out.end(), random);
    return out;
}

analysis::PolygonTable tableOf(const std::vector<MultiPolygon>& polygons) {
    analysis::PolygonTable table;
    for (const MultiPolygon& polygon : polygons) {
        table.geometry.add(polygon);
        table.fids.push_back(static_cast<std::int64_t>(table.fids.size()));
    }
    return table;
}

TEST(Overlaps, GroundUnderTwoPolygonsIsAlwaysFound) {
    std::mt19937 random(1);
    Progress progress;
    for (int round = 0; round < 120; ++round) {
        const auto polygons = messyCoverage(random, 5, round % 7);
        const auto found = overlaps(tableOf(polygons).geometry, SquareMetres(1e-9), progress);
        ASSERT_TRUE(found.has_value());
        // Every pair but those with a polygon that equals an earlier one, which is reported with that one alone.
        std::vector<std::pair<std::uint32_t, std::uint32_t>> expected;
        std::vector<bool> twin(polygons.size(), false);
        for (std::uint32_t b = 0; b < polygons.size(); ++b) {
            for (std::uint32_t a = 0; a < b && !twin[b]; ++a) {
                if (!twin[a] && polygons[a] == polygons[b]) {
                    twin[b] = true;
                    expected.emplace_back(a, b);
                }
            }
        }
        for (std::uint32_t a = 0; a < polygons.size(); ++a) {
            for (std::uint32_t b = a + 1; b < polygons.size(); ++b) {
                if (twin[a] || twin[b]) continue;
                if (planarArea(*geos::intersection(polygons[a], polygons[b])).value > 1e-9) expected.emplace_back(a, b);
            }
        }
        std::sort(expected.begin(), expected.end());
        std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const Overlap& overlap : *found) pairs.emplace_back(overlap.first, overlap.second);
        ASSERT_EQ(pairs, expected) << "round " << round;
    }
}

TEST(Overlaps, WholeCoverageLaidOverAnotherIsFound) {
    // Inside, every edge of either coverage cancels; only the rim shows that there are two.
    std::vector<MultiPolygon> polygons;
    for (int x = 0; x < 6; ++x) polygons.push_back({{rectangle(x, 0, x + 1, 6)}});
    for (int y = 0; y < 6; ++y) polygons.push_back({{rectangle(0, y, 6, y + 1)}});
    Progress progress;
    const auto found = overlaps(tableOf(polygons).geometry, SquareMetres(1e-9), progress);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->size(), 36U);
}

TEST(CountedOnce, LandIsTheAreaOfTheUnion) {
    std::mt19937 random(2);
    Progress progress;
    for (int round = 0; round < 60; ++round) {
        const auto polygons = messyCoverage(random, 5, 6);
        auto table = tableOf(polygons);
        ASSERT_TRUE(countOnce(table, "parcels", OverlapRule::Once, progress).has_value());
        double sum = 0;
        for (std::size_t f = 0; f < table.geometry.size(); ++f) sum += areaOf(table.geometry, f).value;
        EXPECT_NEAR(sum, planarArea(*geos::unionOf(polygons)).value, 1e-9 * sum + static_cast<double>(polygons.size()) * kOverlapTolerance.value);
    }
}

TEST(Validity, NoInvalidRingPassesTheQuickTest) {
    std::mt19937 random(9);
    std::uniform_int_distribution<int> at(0, 6);
    int invalidSeen = 0;
    for (int round = 0; round < 3000; ++round) {
        Ring ring;
        for (int i = 0; i < 3 + round % 6; ++i) ring.push_back({1.0 * at(random), 1.0 * at(random)});
        ring.push_back(ring.front());
        const auto table = tableOf({MultiPolygon{{Polygon{{ring}}}}});
        if (table.geometry.pointsOf(0).empty()) continue;
        const auto expected = geos::invalidity(table.geometry.polygons(0));
        ASSERT_TRUE(expected.has_value());
        const bool found = !invalidPolygons(table.geometry).empty();
        ASSERT_EQ(found, expected->has_value()) << "round " << round;
        invalidSeen += found ? 1 : 0;
    }
    EXPECT_GT(invalidSeen, 1000);
}

}  // namespace
}  // namespace zonewright::intensity
