// Population of Porto Alegre within 30 and 60 minutes by bus, train and on foot: expected times of the network against
// a plain search through the timetable, minute by minute.

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "core/network/gtfs.h"
#include "core/network/gtfs_table.h"
#include "core/network/osm.h"
#include "core/network/places.h"
#include "support/network_town.h"

namespace zonewright::network {
namespace {

const std::filesystem::path kShared = ZONEWRIGHT_SHARED_DATA;
constexpr double kWindowStart = 13.5 * 3600;
constexpr double kWindowEnd = 14.5 * 3600;

struct Cell {
    Point place;
    double population = 0;
};

std::vector<std::vector<std::string>> csv(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(in, line);) {
        std::istringstream parts(line);
        rows.emplace_back();
        for (std::string part; std::getline(parts, part, ',');) rows.back().push_back(part);
    }
    rows.erase(rows.begin());
    return rows;
}

struct Connection {
    std::uint32_t trip = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double departure = 0;
    double arrival = 0;
};

/// The timetable taken literally: all hops of all trips of the day, by departure.
struct Timetable {
    std::vector<Point> stops;
    std::vector<Connection> connections;
    std::uint32_t trips = 0;

    void add(const std::filesystem::path& file, const std::string& date, const Transform& toPlane) {
        const gtfs::Feed feed(file);
        std::map<std::string, std::uint32_t> stopIds;
        std::map<std::string, bool> runs;
        std::map<std::string, std::map<double, std::pair<std::string, std::string>>> times;  // trip -> sequence -> time, stop
        const int weekday = gtfs::weekdayOf(gtfs::dayOf(date).value());
        ASSERT_TRUE(feed.read("stops.txt", {{"stop_id", "stop_lat", "stop_lon"}, {}}, [&](const gtfs::Row& r) {
            stopIds[std::string(r[0])] = static_cast<std::uint32_t>(stops.size());
            stops.push_back(toPlane({gtfs::numberOf(r[2]).value(), gtfs::numberOf(r[1]).value()}));
        }));
        ASSERT_TRUE(feed.read("calendar.txt", {{"service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date", "end_date"}, {}},
                              [&](const gtfs::Row& r) { runs[std::string(r[0])] = r[1 + static_cast<std::size_t>(weekday)] == "1" && r[8] <= date && date <= r[9]; }));
        if (feed.has("calendar_dates.txt")) {
            ASSERT_TRUE(feed.read("calendar_dates.txt", {{"service_id", "date", "exception_type"}, {}}, [&](const gtfs::Row& r) {
                if (r[1] == date) runs[std::string(r[0])] = r[2] == "1";
            }));
        }
        std::map<std::string, bool> tripRuns;
        ASSERT_TRUE(feed.read("trips.txt", {{"trip_id", "service_id"}, {}}, [&](const gtfs::Row& r) { tripRuns[std::string(r[0])] = runs[std::string(r[1])]; }));
        ASSERT_TRUE(feed.read("stop_times.txt", {{"trip_id", "stop_sequence", "departure_time", "stop_id"}, {}}, [&](const gtfs::Row& r) {
            if (tripRuns[std::string(r[0])]) times[std::string(r[0])][gtfs::numberOf(r[1]).value()] = {std::string(r[2]), std::string(r[3])};
        }));
        for (const auto& [trip, calls] : times) addTrip(calls, stopIds);
        std::sort(connections.begin(), connections.end(), [](const Connection& a, const Connection& b) { return a.departure < b.departure; });
    }

private:
    /// Times between stated ones by distance, as the reader does.
    void addTrip(const std::map<double, std::pair<std::string, std::string>>& calls, const std::map<std::string, std::uint32_t>& stopIds) {
        std::vector<std::uint32_t> at;
        std::vector<double> when;
        for (const auto& [sequence, call] : calls) {
            at.push_back(stopIds.at(call.second));
            when.push_back(gtfs::timeOf(call.first).value_or(Seconds(-1)).value);
        }
        for (std::size_t a = 0, b = 0; a + 1 < at.size(); a = b) {
            b = a + 1;
            while (when[b] < 0) ++b;
            std::vector<double> gone{0};
            for (std::size_t i = a + 1; i <= b; ++i) gone.push_back(gone.back() + std::hypot(stops[at[i]].x - stops[at[i - 1]].x, stops[at[i]].y - stops[at[i - 1]].y) + 1e-6);
            for (std::size_t i = a + 1; i < b; ++i) when[i] = when[a] + (when[b] - when[a]) * gone[i - a] / gone.back();
        }
        for (std::size_t i = 1; i < at.size(); ++i) connections.push_back({trips, at[i - 1], at[i], when[i - 1], when[i]});
        ++trips;
    }
};

class PortoAlegre : public testing::Test {
protected:
    static constexpr const char* kDate = "20190513";

    void SetUp() override {
        for (const char* file : {"osm/r5r_poa_osm.pbf", "gtfs/r5r_poa_eptc.zip", "gtfs/r5r_poa_trensurb.zip", "gtfs/r5r_poa_hexgrid.csv", "gtfs/r5r_poa_points_of_interest.csv"}) {
            if (!std::filesystem::exists(kShared / file)) GTEST_SKIP() << "no " << (kShared / file).string();
        }
        const Crs plane = Crs::from("EPSG:32722").value();
        toPlane = Transform::between(Crs::from("EPSG:4326").value(), plane).value();
        for (const auto& row : csv(kShared / "gtfs/r5r_poa_hexgrid.csv")) cells.push_back({toPlane({std::stod(row[1]), std::stod(row[2])}), std::stod(row[3])});
        for (const auto& row : csv(kShared / "gtfs/r5r_poa_points_of_interest.csv")) pois.emplace_back(row[0], toPlane({std::stod(row[2]), std::stod(row[1])}));

        OsmOptions onFoot;
        onFoot.profile = Profile::Walk;
        const OsmWays ways = readOsm(kShared / "osm/r5r_poa_osm.pbf", plane, onFoot).value();
        GtfsOptions options;
        options.date = kDate;
        options.windowStart = Seconds(kWindowStart);
        options.windowEnd = Seconds(kWindowEnd);
        for (const char* feed : {"gtfs/r5r_poa_eptc.zip", "gtfs/r5r_poa_trensurb.zip"}) {
            const GtfsLines gtfs = readGtfs(kShared / feed, plane, options).value();
            lines.insert(lines.end(), gtfs.lines.begin(), gtfs.lines.end());
            timetable.add(kShared / feed, kDate, toPlane);
        }
        NetworkBuilder streets;
        addRoads(streets, ways.lines);
        walkOnly = std::move(streets).build().network;
        NetworkBuilder all;
        addRoads(all, ways.lines);
        TransitOptions transit;
        transit.transferFarthest = Metres(0);
        addTransit(all, lines, transit);
        withTransit = std::move(all).build().network;
    }

    /// Minutes from every POI to every cell over a network; infinite beyond.
    [[nodiscard]] std::vector<double> populationWithin(const Network& network, Point poi, const std::vector<double>& limits) const {
        const Scenario scenario = Scenario::all(network);
        const PlaceIndex index(network, scenario);
        const Graph graph(network, scenario);
        ShortestTimes search(graph);
        search.run(originAt(network, index, poi, {}).value().seeds);
        std::vector<double> within(limits.size(), 0);
        for (const Cell& cell : cells) {
            const double minutes = minutesTo(network, index, search, cell.place);
            for (std::size_t i = 0; i < limits.size(); ++i) within[i] += minutes <= limits[i] ? cell.population : 0;
        }
        return within;
    }

    [[nodiscard]] static double minutesTo(const Network& network, const PlaceIndex& index, const ShortestTimes& search, Point place) {
        OriginOptions options;
        options.sense = Sense::To;
        const auto end = originAt(network, index, place, options);
        if (!end) return std::numeric_limits<double>::infinity();
        Milliseconds best = kUnreachable;
        for (const Seed& seed : end->seeds) best = std::min(best, search.timeTo(seed.node) + seed.time);
        return best >= kUnreachable ? std::numeric_limits<double>::infinity() : toMinutes(best);
    }

    Transform toPlane = Transform::between(Crs::from("EPSG:4326").value(), Crs::from("EPSG:32722").value()).value();
    std::vector<Cell> cells;
    std::vector<std::pair<std::string, Point>> pois;
    std::vector<TransitLine> lines;
    Timetable timetable;
    Network walkOnly;
    Network withTransit;
};

TEST_F(PortoAlegre, PopulationWithinReachIsPlausibleAgainstTheTimetable) {
    const Scenario scenario = Scenario::all(walkOnly);
    const PlaceIndex index(walkOnly, scenario);
    const Graph graph(walkOnly, scenario);
    ShortestTimes walk(graph);
    // Stops as places on the street network, and walks of up to 10 minutes between them.
    std::vector<std::vector<Seed>> stopSeeds, stopEnds;
    for (const Point& stop : timetable.stops) {
        OriginOptions options;
        options.farthest = Metres(1000);
        const auto from = originAt(walkOnly, index, stop, options);
        options.sense = Sense::To;
        const auto to = originAt(walkOnly, index, stop, options);
        stopSeeds.push_back(from ? from->seeds : std::vector<Seed>{});
        stopEnds.push_back(to ? to->seeds : std::vector<Seed>{});
    }
    const auto walksToStops = [&](Milliseconds limit) {
        std::vector<std::pair<std::uint32_t, double>> found;
        for (std::uint32_t s = 0; s < stopEnds.size(); ++s) {
            Milliseconds best = kUnreachable;
            for (const Seed& seed : stopEnds[s]) best = std::min(best, walk.timeTo(seed.node) + seed.time);
            if (best <= limit) found.emplace_back(s, toSeconds(best).value);
        }
        return found;
    };
    std::vector<std::vector<std::pair<std::uint32_t, double>>> footpaths(stopSeeds.size());
    for (std::uint32_t s = 0; s < stopSeeds.size(); ++s) {
        walk.run(stopSeeds[s], {600000});
        footpaths[s] = walksToStops({600000});
    }

    const std::vector<double> limits{30, 60};
    std::vector<double> expectedSum(2, 0), plainSum(2, 0), walkSum(2, 0);
    const std::size_t used = std::min<std::size_t>(pois.size(), 10);
    for (std::size_t p = 0; p < used; ++p) {
        const std::vector<double> expected = populationWithin(withTransit, pois[p].second, limits);
        const std::vector<double> onFoot = populationWithin(walkOnly, pois[p].second, limits);
        // Mean over departures every five minutes of the earliest arrival.
        std::vector<double> plain(2, 0);
        std::size_t departures = 0;
        std::vector<double> meanTimes(cells.size(), 0);
        const std::vector<Seed> start = originAt(walkOnly, index, pois[p].second, {}).value().seeds;
        for (double depart = kWindowStart; depart < kWindowEnd; depart += 300, ++departures) {
            constexpr double kNever = std::numeric_limits<double>::infinity();
            std::vector<double> at(timetable.stops.size(), kNever);
            std::vector<std::uint8_t> aboard(timetable.trips, 0);
            walk.run(start, {3600000});
            for (const auto& [stop, seconds] : walksToStops({3600000})) at[stop] = depart + seconds;
            for (const Connection& c : timetable.connections) {
                if (c.departure < depart || c.departure > depart + 3600) continue;
                if (aboard[c.trip] == 0 && at[c.from] > c.departure) continue;
                aboard[c.trip] = 1;
                if (c.arrival >= at[c.to]) continue;
                for (const auto& [stop, seconds] : footpaths[c.to]) at[stop] = std::min(at[stop], c.arrival + seconds);
                at[c.to] = c.arrival;
            }
            std::vector<Seed> seeds = start;
            for (std::size_t s = 0; s < at.size(); ++s) {
                if (at[s] == kNever || at[s] - depart > 3600) continue;
                for (const Seed& seed : stopSeeds[s]) seeds.push_back({seed.node, seed.time + toMilliseconds(Seconds(at[s] - depart))});
            }
            walk.run(seeds, {5400000});
            for (std::size_t c = 0; c < cells.size(); ++c) meanTimes[c] += std::min(minutesTo(walkOnly, index, walk, cells[c].place), 120.0);
        }
        for (std::size_t c = 0; c < cells.size(); ++c) {
            for (std::size_t i = 0; i < 2; ++i) plain[i] += meanTimes[c] / static_cast<double>(departures) <= limits[i] ? cells[c].population : 0;
        }
        std::printf("%-22s within 30 min: %7.0f (timetable %7.0f, on foot %7.0f), within 60 min: %7.0f (timetable %7.0f, on foot %7.0f)\n", pois[p].first.c_str(),
                    expected[0], plain[0], onFoot[0], expected[1], plain[1], onFoot[1]);
        for (std::size_t i = 0; i < 2; ++i) {
            EXPECT_GE(expected[i], onFoot[i]);
            expectedSum[i] += expected[i];
            plainSum[i] += plain[i];
            walkSum[i] += onFoot[i];
        }
    }
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_GT(expectedSum[i], walkSum[i]);
        EXPECT_GT(expectedSum[i], plainSum[i] * 0.6);
        EXPECT_LT(expectedSum[i], plainSum[i] * 1.4);
    }
}

}  // namespace
}  // namespace zonewright::network
