// A site dragged over 200 red lines of 5,000 vertices each (the size of workload W3), asked for overlaps and what lies within
// 500 m at every step: siting_bench. The shift asks for the smallest move that clears it.
#include <random>

#include <benchmark/benchmark.h>

#include "core/analysis/siting/trial.h"
#include "support/stars.h"

namespace zonewright::analysis::siting {
namespace {

constexpr double kSide = 45000;  ///< m, of the district

Rule ruleOf(const char* id, Relation relation) {
    Rule rule;
    rule.id = rule.hash = id;
    rule.layer = "redlines";
    rule.severity = Severity::Prohibited;
    rule.relation = relation;
    if (relation == Relation::Within) {
        rule.distance = Metres(500);
        rule.distanceOnly = true;
    }
    return rule;
}

const Trial& trial() {
    static const Trial made = [] {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> place(0, kSide);
        Snapshot snapshot;
        snapshot.crs = Crs::from("EPSG:4549").value();
        ConstraintLayer redlines;
        redlines.id = "redlines";
        for (int i = 0; i < 200; ++i) {
            const std::string key = std::to_string(i);
            redlines.features.push_back({{key}, key, {key, key}, test::star(random, {place(random), place(random)}, 1500, 5000), {}});
        }
        snapshot.layers.emplace("redlines", std::move(redlines));
        return Trial(std::move(snapshot), {ruleOf("near", Relation::Within), ruleOf("overlap", Relation::Overlaps)}, "2021-06-01");
    }();
    return made;
}

Site siteAt(Point place) {
    std::mt19937 random(5);
    Site site;
    site.key = "site";
    site.geometry = test::star(random, place, 250, 11);
    return site;
}

void DragStep(benchmark::State& state) {
    (void)trial();
    std::size_t hits = 0;
    double step = 0;
    for (auto _ : state) {
        step += 37;
        hits += trial().hits(siteAt({std::fmod(step, kSide), std::fmod(step * 0.37, kSide)}), Severity::Prohibited)->size();
    }
    state.counters["hits a step"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
}
BENCHMARK(DragStep)->Unit(benchmark::kMicrosecond);

void SmallestShift(benchmark::State& state) {
    const auto* first = std::get_if<MultiPolygon>(&trial().snapshot().layers.at("redlines").features.front().geometry);
    const Site site = siteAt(first->polygons.front().rings.front().front());
    for (auto _ : state) benchmark::DoNotOptimize(trial().smallestShift(site, Metres(2000)));
}
BENCHMARK(SmallestShift)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace zonewright::analysis::siting
