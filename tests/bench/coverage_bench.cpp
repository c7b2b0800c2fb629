#include <benchmark/benchmark.h>

#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/coverage/move_session.h"
#include "core/coverage/validate.h"
#include "support/lattice_coverage.h"

namespace zonewright::coverage {
namespace {

using maps::LatticeCoverage;

/// Nine zones of 2,000 vertices.
const LatticeCoverage kLargeZones({3, 500, 5000});

Coverage coverageOf(const LatticeCoverage& lattice) { return Coverage::of(lattice.zones()).value(); }

Point beside(Point p, std::int64_t step) {
    return {p.x + static_cast<double>(step % 97) * 0.01, p.y + static_cast<double>(step % 89) * 0.01};
}

void dragVertex(benchmark::State& state) {
    const Coverage coverage = coverageOf(kLargeZones);
    const Point vertex = kLargeZones.middleVertex(250);
    auto session = MoveSession::ofVertex(coverage, vertex).value();
    std::int64_t step = 0;
    for (auto _ : state) benchmark::DoNotOptimize(session.preview(beside(vertex, ++step)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(dragVertex)->Name("drag a vertex, zones of 2,000 vertices: one preview");

void dragEdge(benchmark::State& state) {
    const Coverage coverage = coverageOf(kLargeZones);
    const Point vertex = kLargeZones.middleVertex(250);
    auto session = MoveSession::ofEdge(coverage, vertex, kLargeZones.middleVertex(251)).value();
    std::int64_t step = 0;
    for (auto _ : state) benchmark::DoNotOptimize(session.preview(beside(vertex, ++step)));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(dragEdge)->Name("drag an edge, zones of 2,000 vertices: one preview");

void beginDrag(benchmark::State& state) {
    const Coverage coverage = coverageOf(kLargeZones);
    const Point vertex = kLargeZones.middleVertex(250);
    for (auto _ : state) benchmark::DoNotOptimize(MoveSession::ofVertex(coverage, vertex));
}
BENCHMARK(beginDrag)->Name("begin a drag, zones of 2,000 vertices")->Unit(benchmark::kMicrosecond);

void buildAroundEdit(benchmark::State& state) {
    const std::vector<Zone> zones = kLargeZones.zones();
    for (auto _ : state) benchmark::DoNotOptimize(Coverage::of(zones));
}
BENCHMARK(buildAroundEdit)->Name("build around an edit, nine zones of 2,000 vertices")->Unit(benchmark::kMicrosecond);

void moveOnLargeZones(benchmark::State& state) {
    Coverage coverage = coverageOf(kLargeZones);
    const Point vertex = kLargeZones.middleVertex(250);
    for (auto _ : state) {
        const auto done = coverage::apply(coverage, MoveVertex{vertex, beside(vertex, 7)});
        benchmark::DoNotOptimize(coverage::apply(coverage, done->inverse()));
    }
}
BENCHMARK(moveOnLargeZones)->Name("move a vertex and undo it, zones of 2,000 vertices")->Unit(benchmark::kMicrosecond);

void moveInManyZones(benchmark::State& state) {
    const LatticeCoverage lattice({static_cast<int>(state.range(0)), 4, 100});
    Coverage coverage = coverageOf(lattice);
    const Point vertex = lattice.middleVertex(2);
    for (auto _ : state) {
        const auto done = coverage::apply(coverage, MoveVertex{vertex, beside(vertex, 7)});
        benchmark::DoNotOptimize(coverage::apply(coverage, done->inverse()));
    }
    state.counters["zones"] = static_cast<double>(state.range(0) * state.range(0));
}
BENCHMARK(moveInManyZones)
    ->Name("move a vertex and undo it, many zones loaded (side)")
    ->Arg(32)
    ->Arg(316)
    ->Arg(707)
    ->Unit(benchmark::kMicrosecond);

void reshape(benchmark::State& state) {
    const Coverage coverage = coverageOf(kLargeZones);
    const Point a = kLargeZones.middleVertex(100);
    const Point b = kLargeZones.middleVertex(400);
    const Reshape edit{{a, {a.x, a.y + 900}, {b.x, b.y + 900}, b}, std::nullopt};
    for (auto _ : state) {
        const auto done = tryOut(coverage, edit);
        if (!done) state.SkipWithError(done.error().detail.c_str());
    }
}
BENCHMARK(reshape)->Name("reshape by a line, zones of 2,000 vertices")->Unit(benchmark::kMillisecond);

void buildMany(benchmark::State& state) {
    const std::vector<Zone> zones = LatticeCoverage({707, 4, 100}).zones();
    for (auto _ : state) benchmark::DoNotOptimize(Coverage::of(zones));
}
BENCHMARK(buildMany)->Name("build from 500,000 zones")->Unit(benchmark::kMillisecond)->Iterations(1);

void validateMany(benchmark::State& state) {
    const std::vector<Zone> zones = LatticeCoverage({static_cast<int>(state.range(0)), 4, 100}).zones();
    std::size_t faults = 0;
    for (auto _ : state) faults = validate(zones).size();
    state.counters["faults"] = static_cast<double>(faults);
}
BENCHMARK(validateMany)
    ->Name("validate (side)")
    ->Arg(100)
    ->Arg(316)
    ->Arg(707)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace
}  // namespace zonewright::coverage
