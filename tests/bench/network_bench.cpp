// Shortest times, sweeps and isochrones over a random town of 40,000 junctions: network_bench
// "Dijkstra" and "Sweep" answer the same question, as do "SixteenSweeps" and sixteen of them.
#include <map>
#include <memory>

#include <benchmark/benchmark.h>

#include "core/network/live_isochrone.h"
#include "core/network/reach.h"
#include "support/network_town.h"

namespace zonewright::network {
namespace {

constexpr Milliseconds kLimit{30 * 60 * 1000};

/// A town with all that searches in it need, made once a size.
struct Town {
    explicit Town(int side)
        : network(town::networkOf(town::randomRoads(1, side))),
          scenario(Scenario::all(network)),
          graph(network, scenario),
          hierarchy(Hierarchy::of(graph, quiet).value()),
          places(network, scenario),
          middle{50.0 * side, 50.0 * side} {}

    [[nodiscard]] std::vector<Seed> seeds(std::uint32_t number) const {
        return originAt(network, places, {middle.x + 37.0 * number, middle.y - 23.0 * number}, {}).value().seeds;
    }
    [[nodiscard]] std::vector<std::vector<Seed>> sixteen() const {
        std::vector<std::vector<Seed>> all;
        for (std::uint32_t i = 0; i < kLanes; ++i) all.push_back(seeds(i));
        return all;
    }
    [[nodiscard]] Arrivals arrivals(std::size_t origins) const {
        Arrivals found;
        std::vector<Seed> all;
        std::vector<std::uint32_t> originOf;
        for (std::uint32_t o = 0; o < origins; ++o) {
            found.origins.push_back(originAt(network, places, {middle.x + 2500.0 * o, middle.y}, {}).value());
            const std::vector<Seed>& own = found.origins.back().seeds;
            all.insert(all.end(), own.begin(), own.end());
            originOf.insert(originOf.end(), own.size(), o);
        }
        ShortestTimes search(graph);
        search.run(all, kLimit);
        found.times.assign(search.times().begin(), search.times().end());
        if (origins > 1) found.nearest = search.nearestSeeds();
        for (std::uint32_t& nearest : found.nearest) nearest = originOf[nearest];
        return found;
    }

    Progress quiet;
    Network network;
    Scenario scenario;
    Graph graph;
    Hierarchy hierarchy;
    PlaceIndex places;
    Point middle;
};

const Town& townOf(const benchmark::State& state) {
    static std::map<std::int64_t, std::unique_ptr<Town>> towns;
    std::unique_ptr<Town>& town = towns[state.range(0)];
    if (!town) town = std::make_unique<Town>(static_cast<int>(state.range(0)));
    return *town;
}

void MakeHierarchy(benchmark::State& state) {
    const Town& town = townOf(state);
    Progress quiet;
    for (auto _ : state) benchmark::DoNotOptimize(Hierarchy::of(town.graph, quiet));
}

void Dijkstra(benchmark::State& state) {
    const Town& town = townOf(state);
    const std::vector<Seed> seeds = town.seeds(0);
    ShortestTimes search(town.graph);
    for (auto _ : state) search.run(seeds);
}

void DijkstraWithinTheLimit(benchmark::State& state) {
    const Town& town = townOf(state);
    const std::vector<Seed> seeds = town.seeds(0);
    ShortestTimes search(town.graph);
    for (auto _ : state) search.run(seeds, kLimit);
}

void OneSweep(benchmark::State& state) {
    const Town& town = townOf(state);
    const std::vector<Seed> seeds = town.seeds(0);
    Sweep sweep(town.hierarchy);
    for (auto _ : state) sweep.run(seeds);
}

void SixteenSweeps(benchmark::State& state) {
    const Town& town = townOf(state);
    const auto seeds = town.sixteen();
    WideSweep sweep(town.hierarchy);
    for (auto _ : state) sweep.run(seeds);
}

void SixteenCounted(benchmark::State& state) {
    const Town& town = townOf(state);
    WideSweep sweep(town.hierarchy);
    sweep.run(town.sixteen());
    const ReachCounter counter(town.network, town.graph, town.hierarchy);
    for (auto _ : state) benchmark::DoNotOptimize(counter.of(sweep, kLimit));
}

void Cones(benchmark::State& state) {
    const Town& town = townOf(state);
    const Arrivals arrivals = town.arrivals(1);
    for (auto _ : state) benchmark::DoNotOptimize(conesOf(town.network, town.scenario, arrivals, {kWalkingSpeed, kLimit}));
}

/// Arguments: side of the town, tolerance in metres.
void Polygons(benchmark::State& state) {
    const Town& town = townOf(state);
    const WalkOptions walk{kWalkingSpeed, kLimit};
    const Isochrone isochrone(conesOf(town.network, town.scenario, town.arrivals(1), walk), walk);
    for (auto _ : state) benchmark::DoNotOptimize(isochrone.polygons(Metres(static_cast<double>(state.range(1)))));
}

void PolygonsOfFourOrigins(benchmark::State& state) {
    const Town& town = townOf(state);
    const WalkOptions walk{kWalkingSpeed, kLimit};
    const Isochrone isochrone(conesOf(town.network, town.scenario, town.arrivals(4), walk), walk);
    for (auto _ : state) benchmark::DoNotOptimize(isochrone.polygonsByOrigin(Metres(static_cast<double>(state.range(1))), 4));
}

/// One step of an origin that is dragged: search, polygon and people. Arguments as above.
void DragStep(benchmark::State& state) {
    const Town& town = townOf(state);
    std::vector<Crowd> crowds;
    for (int i = 0; i < 10000; ++i) crowds.push_back({{town.middle.x * (i % 100) / 50, town.middle.y * (i / 100) / 50}, 1});
    LiveIsochrone live(Network(town.network), crowds);
    if (!live.open({"P0", "P1", "P2"}, Hierarchy(town.hierarchy))) return state.SkipWithError("not opened");
    LiveOptions options;
    options.tolerance = Metres(static_cast<double>(state.range(1)));
    double moved = 0;
    for (auto _ : state) benchmark::DoNotOptimize(live.at({town.middle.x + (moved += 10), town.middle.y}, options));
}

BENCHMARK(MakeHierarchy)->Arg(200)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(Dijkstra)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(DijkstraWithinTheLimit)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(OneSweep)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(SixteenSweeps)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(SixteenCounted)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(Cones)->Arg(200)->Unit(benchmark::kMillisecond);
BENCHMARK(Polygons)->Args({200, 10})->Args({200, 50})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(PolygonsOfFourOrigins)->Args({200, 10})->Args({200, 50})->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(DragStep)->Args({200, 25})->Args({200, 50})->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace zonewright::network
