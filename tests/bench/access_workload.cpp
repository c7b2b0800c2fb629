// One process from roads to answers, printed as JSON: access_workload DIR [fgb|gpkg] [OUT.csv] [ORIGINS]
// DIR holds roads.EXT (from_node, to_node, oneway, length_m, time_ms) and origins_100.csv (origin id, node).
#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/network/builder.h"
#include "core/network/live_isochrone.h"
#include "core/network/reach.h"

namespace {

using namespace zonewright;
using namespace zonewright::network;

constexpr Milliseconds kLimit{1'800'000};

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

struct Roads {
    std::vector<EdgeDraft> edges;  ///< ends numbered as in the file
    std::vector<Point> places;     ///< of nodes
};

Roads readRoads(const std::string& file) {
    GDALAllRegister();
    const std::unique_ptr<GDALDataset> data(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY));
    if (!data) throw std::runtime_error("cannot read " + file);
    OGRLayer* layer = data->GetLayer(0);
    OGRFeatureDefn* fields = layer->GetLayerDefn();
    const auto at = [&](const char* name) { return fields->GetFieldIndex(name); };
    const int from = at("from_node"), to = at("to_node"), oneway = at("oneway"), length = at("length_m"), time = at("time_ms");
    Roads roads;
    for (const auto& feature : layer) {
        EdgeDraft edge;
        const auto a = static_cast<std::uint32_t>(feature->GetFieldAsInteger(from) - 1);
        const auto b = static_cast<std::uint32_t>(feature->GetFieldAsInteger(to) - 1);
        edge.from = NodeId{a};
        edge.to = NodeId{b};
        edge.forward = {static_cast<std::uint32_t>(feature->GetFieldAsInteger(time))};
        if (feature->GetFieldAsInteger(oneway) == 0) edge.backward = edge.forward;
        edge.length = Metres(feature->GetFieldAsDouble(length));
        edge.source = static_cast<std::uint32_t>(roads.edges.size());
        const OGRGeometry* geometry = feature->GetGeometryRef();
        if (wkbFlatten(geometry->getGeometryType()) == wkbMultiLineString) geometry = geometry->toMultiLineString()->getGeometryRef(0);
        for (const OGRPoint& p : *geometry->toLineString()) edge.line.push_back({p.getX(), p.getY()});
        roads.places.resize(std::max<std::size_t>(roads.places.size(), std::max(a, b) + 1));
        roads.places[a] = edge.line.front();
        roads.places[b] = edge.line.back();
        roads.edges.push_back(std::move(edge));
    }
    return roads;
}

struct Origin {
    int id = 0;
    std::uint32_t node = 0;
};

std::vector<Origin> readOrigins(const std::string& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    std::vector<std::string> names;
    for (std::stringstream s(line); std::getline(s, line, ',');) names.push_back(line);
    const auto column = [&](const std::string& name) { return std::find(names.begin(), names.end(), name) - names.begin(); };
    const auto id = column("origin_id"), node = column("node_id");
    std::vector<Origin> origins;
    while (std::getline(in, line)) {
        std::vector<std::string> cells;
        for (std::stringstream s(line); std::getline(s, line, ',');) cells.push_back(line);
        origins.push_back({std::stoi(cells.at(static_cast<std::size_t>(id))), static_cast<std::uint32_t>(std::stoul(cells.at(static_cast<std::size_t>(node)))) - 1});
    }
    return origins;
}

class Clock {
public:
    void lap(const char* name) {
        const double t = now();
        mText += fmt::format("{}\"{}\":{:.5f}", mText.empty() ? "" : ",", name, t - mLast);
        mLast = now();
    }
    [[nodiscard]] const std::string& text() const { return mText; }

private:
    std::string mText;
    double mLast = now();
};

int run(const std::string& dir, const std::string& ext, const std::string& out, std::uint32_t manyOrigins) {
    Clock clock;
    Roads roads = readRoads(dir + "/roads." + ext);
    const std::vector<Origin> origins = readOrigins(dir + "/origins_100.csv");
    clock.lap("read");
    NetworkBuilder builder;
    for (const Point& p : roads.places) builder.addNode(p);
    for (EdgeDraft& edge : roads.edges) builder.addEdge(std::move(edge));
    NetworkBuilder::Built built = std::move(builder).build();
    const Network& network = built.network;
    const Scenario scenario = Scenario::all(network);
    const Graph graph(network, scenario);
    clock.lap("build");
    Progress quiet;
    const Hierarchy made = Hierarchy::of(graph, quiet).value();
    clock.lap("hierarchy");
    const std::string bytes = made.toBytes();
    clock.lap("store");
    Hierarchy hierarchy = Hierarchy::fromBytes(bytes).value();
    clock.lap("load");
    const ReachCounter counter(network, graph, hierarchy);
    clock.lap("counter");

    const auto seedOf = [&](std::uint32_t node) { return std::vector<Seed>{{built.nodeOf[node], {0}}}; };
    Sweep single(hierarchy);
    single.run(seedOf(origins[0].node));
    clock.lap("first_sweep");
    single.run(seedOf(origins[0].node));
    clock.lap("one_to_all");
    single.run(seedOf(origins[0].node));
    const Reach one = counter.of(single, kLimit);
    clock.lap("one");

    std::vector<std::vector<Seed>> seeds;
    for (const Origin& origin : origins) seeds.push_back(seedOf(origin.node));
    std::vector<Reach> reaches(seeds.size());
    const auto hundred = [&] {
        return sweepAll(hierarchy, Sense::From, seeds,
                        [&](std::size_t first, const WideSweep& sweep) {
                            const auto lanes = counter.of(sweep, kLimit);
                            for (std::size_t l = 0; l < kLanes && first + l < reaches.size(); ++l) reaches[first + l] = lanes[l];
                        },
                        quiet)
            .has_value();
    };
    if (!hundred()) return 1;
    clock.lap("hundred");
    if (!hundred()) return 1;
    clock.lap("hundred_again");

    std::uint64_t most = 0, sum = 0;
    for (const std::uint32_t t : single.timesBySlot()) {
        most = std::max<std::uint64_t>(most, t);
        sum += t;
    }

    std::vector<std::vector<Seed>> many;
    for (std::uint32_t i = 0; i < manyOrigins; ++i) many.push_back({{NodeId{static_cast<std::uint32_t>(std::uint64_t{i} * network.nodeCount() / manyOrigins)}, {0}}});
    std::atomic<std::uint64_t> manyNodes{0};
    clock.lap("-");
    const auto swept = sweepAll(hierarchy, Sense::From, many,
                                [&](std::size_t, const WideSweep& sweep) {
                                    std::uint64_t nodes = 0;
                                    for (const Reach& r : counter.of(sweep, kLimit)) nodes += r.nodes;
                                    manyNodes += nodes;
                                },
                                quiet);
    if (!swept) return 1;
    clock.lap("many");

    LiveIsochrone live(Network(network), {});
    if (!live.open({}, std::move(hierarchy))) return 1;
    const Point start = network.at(built.nodeOf[origins[0].node]);
    clock.lap("live_open");
    LiveOptions options;
    options.farthest = Metres(5000);
    options.tolerance = Metres(10);
    const auto exact = live.at(start, options);
    clock.lap("isochrone_10m");
    options.tolerance = Metres(50);
    double area = 0;
    for (int i = 0; i < 5; ++i) {
        const auto answer = live.at({start.x + 10.0 * i, start.y}, options);
        if (!answer) return 1;
        area += static_cast<double>(answer->area.polygons.size());
    }
    clock.lap("five_drag_steps_50m");

    std::uint64_t n100 = 0;
    double full100 = 0;
    if (!out.empty()) {
        std::ofstream csv(out);
        csv << "origin_id,n_reached,len_full_m,len_partial_m,sum_ms\n";
        for (std::size_t i = 0; i < reaches.size(); ++i) csv << fmt::format("{},{},{:.3f},{:.3f},{}\n", origins[i].id, reaches[i].nodes, reaches[i].whole.value, reaches[i].length.value, reaches[i].sumOfTimes);
    }
    for (const Reach& r : reaches) {
        n100 += r.nodes;
        full100 += r.whole.value;
    }
    fmt::print("{{\"t\":{{{}}},\"agg\":{{\"nodes\":{},\"arcs\":{},\"links\":{},\"n1\":{},\"full1\":{:.3f},\"part1\":{:.3f},\"sum1\":{},\"n100\":{},\"full100\":{:.3f},\"all_max_ms\":{},\"all_sum_ms\":{},\"many_nodes\":{},\"parts\":{}}}}}\n",
               clock.text(), network.nodeCount(), network.arcs().size(), made.linkCount(), one.nodes, one.whole.value, one.length.value, one.sumOfTimes, n100, full100, most, sum, manyNodes.load(),
               exact ? exact->area.polygons.size() : 0);
    return area > 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string dir = count > 1 ? arguments[1] : "/tmp/benchdata";
    try {
        return run(dir, count > 2 ? arguments[2] : "fgb", count > 3 ? arguments[3] : "", count > 4 ? static_cast<std::uint32_t>(std::stoul(arguments[4])) : 10'000);
    } catch (const std::exception& fault) {
        fmt::print(stderr, "access_workload: {}\n", fault.what());
        return 1;
    }
}
