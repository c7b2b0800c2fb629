#include <gtest/gtest.h>

#include <map>
#include <random>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"
#include "plugins/land_use_intensity/apportion.h"

namespace zonewright::intensity {
namespace {

analysis::PolygonSet setOf(const std::vector<MultiPolygon>& polygons) {
    analysis::PolygonSet set;
    for (const MultiPolygon& polygon : polygons) set.add(polygon);
    return set;
}

/// The plain reference: GEOS's overlay of every pair.
std::map<std::pair<std::uint32_t, std::uint32_t>, double> byOverlay(const std::vector<MultiPolygon>& parcels,
                                                                    const std::vector<MultiPolygon>& zones) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> out;
    for (std::uint32_t p = 0; p < parcels.size(); ++p) {
        for (std::uint32_t z = 0; z < zones.size(); ++z) {
            const auto common = geos::intersection(parcels[p], zones[z]);
            if (!common) throw std::runtime_error(common.error().detail);
            if (const double area = planarArea(*common).value; area > 1e-6) out[{p, z}] = area;
        }
    }
    return out;
}

void expectSameShares(const std::vector<MultiPolygon>& parcels, const std::vector<MultiPolygon>& zones,
                      double tolerance) {
    Progress progress;
    const auto fast = apportion(setOf(parcels), setOf(zones), progress);
    ASSERT_TRUE(fast.has_value());
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> shares;
    for (const Share& share : fast->shares) shares[{share.parcel, share.zone}] = share.area;
    const auto reference = byOverlay(parcels, zones);
    for (const auto& [pair, area] : reference) {
        const auto found = shares.find(pair);
        const double mine = found == shares.end() ? 0 : found->second;
        ASSERT_NEAR(mine, area, tolerance * std::max(1.0, area)) << toWkt(parcels[pair.first]) << "\n"
                                                                 << toWkt(zones[pair.second]);
    }
    for (const auto& [pair, area] : shares) {
        if (reference.contains(pair)) continue;
        ASSERT_LT(area, 2e-6) << toWkt(parcels[pair.first]) << "\n" << toWkt(zones[pair.second]);
    }
}

/// Areas of a lattice of `size` x `size` unit squares, coloured at random: neighbours share vertices and
/// edges, parts touch at corners, holes appear. `cell` is a square's side in metres, `shift` moves the whole.
std::vector<MultiPolygon> randomPatches(std::mt19937& random, int size, int colours, Point cellAndShift) {
    std::map<int, std::vector<MultiPolygon>> squares;
    for (int x = 0; x < size; ++x) {
        for (int y = 0; y < size; ++y) {
            const double c = cellAndShift.x;
            const double x0 = x * c + cellAndShift.y;
            const double y0 = y * c + cellAndShift.y;
            const Ring ring{{x0, y0}, {x0 + c, y0}, {x0 + c, y0 + c}, {x0, y0 + c}, {x0, y0}};
            squares[static_cast<int>(random() % static_cast<unsigned>(colours))].push_back(
                {{Polygon{{ring}}}});
        }
    }
    std::vector<MultiPolygon> out;
    for (const auto& [colour, parts] : squares) out.push_back(*geos::unionOf(parts));
    return out;
}

/// Star-shaped polygons with vertices on a small lattice: many coincident vertices, collinear and touching
/// edges.
std::vector<MultiPolygon> randomStars(std::mt19937& random, int count, int lattice) {
    std::vector<MultiPolygon> out;
    std::uniform_int_distribution<int> at(0, lattice);
    while (static_cast<int>(out.size()) < count) {
        const double cx = at(random) + 0.37;
        const double cy = at(random) + 0.41;
        std::map<double, Point> byAngle;
        for (int i = 0; i < 9; ++i) {
            const Point p{static_cast<double>(at(random)), static_cast<double>(at(random))};
            byAngle[std::atan2(p.y - cy, p.x - cx)] = p;
        }
        Ring ring;
        for (const auto& [angle, p] : byAngle) ring.push_back(p);
        ring.push_back(ring.front());
        const MultiPolygon polygon{{Polygon{{ring}}}};
        const auto invalid = geos::invalidity(polygon);
        if (ring.size() > 3 && invalid && !*invalid && planarArea(polygon).value > 0) out.push_back(polygon);
    }
    return out;
}

TEST(Apportioning, EqualsOverlayWhenEverythingLiesOnOneLattice) {
    std::mt19937 random(20240612);
    for (int round = 0; round < 60; ++round) {
        expectSameShares(randomPatches(random, 7, 5, {1, 0}), randomPatches(random, 7, 3, {1, 0}), 1e-12);
    }
}

TEST(Apportioning, EqualsOverlayOnShiftedLattices) {
    std::mt19937 random(7);
    for (int round = 0; round < 40; ++round) {
        expectSameShares(randomPatches(random, 6, 6, {0.7, 0.1}), randomPatches(random, 3, 3, {1.5, 0}),
                         1e-9);
    }
}

TEST(Apportioning, EqualsOverlayOnOverlappingZones) {
    std::mt19937 random(11);
    for (int round = 0; round < 150; ++round)
        expectSameShares(randomStars(random, 12, 8), randomStars(random, 6, 8), 1e-9);
}

TEST(Apportioning, SharesOfACoverageAddUpToTheParcel) {
    std::mt19937 random(5);
    for (int round = 0; round < 40; ++round) {
        const auto zones = randomPatches(random, 8, 4, {1, 0});
        const auto parcels = randomStars(random, 30, 8);
        Progress progress;
        const auto result = apportion(setOf(parcels), setOf(zones), progress);
        ASSERT_TRUE(result.has_value());
        EXPECT_FALSE(result->zonesOverlap);
        std::vector<double> given(parcels.size(), 0);
        for (const Share& share : result->shares) given[share.parcel] += share.area;
        for (std::size_t p = 0; p < parcels.size(); ++p) EXPECT_NEAR(given[p], result->parcelArea[p], 1e-9);
    }
}

TEST(Apportioning, LargeParcelsAreCutTheSameWay) {
    // Enough edges on both sides that the cutter sorts them into bins.
    std::mt19937 random(3);
    const auto wave = [&](double y0, int steps) {
        Ring ring;
        std::uniform_real_distribution<double> noise(-0.4, 0.4);
        for (int i = 0; i <= steps; ++i) ring.push_back({i * 100.0 / steps, y0 + noise(random)});
        ring.push_back({100, y0 + 30});
        ring.push_back({0, y0 + 30});
        ring.push_back(ring.front());
        return MultiPolygon{{Polygon{{ring}}}};
    };
    for (int round = 0; round < 5; ++round) {
        expectSameShares({wave(0, 900), wave(5, 700)}, {wave(0.1, 800), wave(29.9, 500)}, 1e-9);
    }
}

}  // namespace
}  // namespace zonewright::intensity
