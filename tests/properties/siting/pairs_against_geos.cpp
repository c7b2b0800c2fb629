#include <cmath>
#include <map>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/analysis/siting/check.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "support/small_plan.h"

namespace zonewright::analysis::siting {
namespace {

using test::must;

/// A star round a centre: simple, often concave; with a hole when its edge stays farther out than 40 m.
Polygon star(std::mt19937& random, Point centre, int corners) {
    std::uniform_real_distribution<double> radius(50, 250);
    const auto ring = [&](double fixed) {
        Ring out;
        for (int i = 0; i < corners; ++i) {
            const double r = fixed > 0 ? fixed : radius(random), t = 2 * M_PI * i / corners;
            out.push_back({centre.x + r * std::cos(t), centre.y + r * std::sin(t)});
        }
        out.push_back(out.front());
        return out;
    };
    Polygon polygon{{ring(0)}};
    if (corners > 8 && corners % 2 == 0) polygon.rings.push_back(ring(30));
    return polygon;
}

/// One or two parts, far enough apart not to meet.
Geometry shape(std::mt19937& random, int corners) {
    std::uniform_real_distribution<double> place(0, 3000);
    const Point centre{500000 + place(random), 3500000 + place(random)};
    MultiPolygon out{{star(random, centre, corners)}};
    if (random() % 3 == 0) out.polygons.push_back(star(random, {centre.x + 600, centre.y}, corners));
    return out;
}

Snapshot randomSnapshot(std::mt19937& random) {
    Snapshot snapshot;
    snapshot.crs = must(Crs::from("EPSG:4549"));
    for (int i = 0; i < 60; ++i) {
        const std::string key = fmt::format("s{:03}", i);
        snapshot.sites.push_back({{key}, key, {key, key}, "", shape(random, 4 + i % 9), {}});
    }
    ConstraintLayer layer;
    layer.id = "zones";
    for (int i = 0; i < 20; ++i) {
        const std::string key = fmt::format("c{:03}", i);
        layer.features.push_back({{key}, key, {key, key}, shape(random, 8 + 7 * i), {}});
    }
    snapshot.layers.emplace("zones", std::move(layer));
    return snapshot;
}

Rule ruleOf(Relation relation, double distance) {
    Rule rule;
    rule.id = nameOf(relation);
    rule.layer = "zones";
    rule.relation = relation;
    rule.distance = Metres(distance);
    rule.hash = rule.id;
    return rule;
}

using Pairs = std::map<std::pair<std::string, std::string>, Finding>;

Pairs pairsOf(const Report& report, Relation relation) {
    Pairs out;
    for (const Finding& f : report.findings) {
        if (report.rules[f.rule].relation == relation) out.emplace(std::pair(report.sites[f.site].key, f.feature), f);
    }
    return out;
}

// Overlap within 1e-6 of the area, distance within 1 mm, no pair missed and none too many.
TEST(SitingPairs, AreThoseOfGeosPairByPair) {
    std::mt19937 random(20240612);
    const Snapshot snapshot = randomSnapshot(random);
    Progress silent;
    const std::vector<Rule> rules{ruleOf(Relation::Overlaps, 0), ruleOf(Relation::Within, 150)};
    const Report report = must(check(snapshot, rules, {.day = "2024-06-01", .nearest = Metres(0)}, silent));
    Pairs over = pairsOf(report, Relation::Overlaps), near = pairsOf(report, Relation::Within);
    std::size_t overlapping = 0;
    for (const Site& site : snapshot.sites) {
        for (const Constraint& constraint : snapshot.layers.at("zones").features) {
            const std::pair pair(site.key, constraint.key);
            const double distance = must(geos::distance(site.geometry, constraint.geometry)).value;
            EXPECT_EQ(near.contains(pair), distance < 150) << site.key << " " << constraint.key;
            if (near.contains(pair)) {
                EXPECT_NEAR(near.at(pair).distance.value, distance, 1e-3) << site.key << " " << constraint.key;
            }
            const double area =
                planarArea(must(geos::intersection(std::get<MultiPolygon>(site.geometry), std::get<MultiPolygon>(constraint.geometry)))).value;
            EXPECT_EQ(over.contains(pair), area > 0) << site.key << " " << constraint.key << " " << area;
            if (over.contains(pair)) {
                EXPECT_NEAR(over.at(pair).overlap.value, area, 1e-6 * area) << site.key << " " << constraint.key;
            }
            overlapping += area > 0;
        }
    }
    EXPECT_EQ(over.size(), overlapping);
    EXPECT_GT(overlapping, 20U);
    EXPECT_GT(near.size(), overlapping);
}

}  // namespace
}  // namespace zonewright::analysis::siting
