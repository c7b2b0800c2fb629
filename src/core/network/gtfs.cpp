#include "core/network/gtfs.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "core/network/gtfs_table.h"

namespace zonewright::network {
namespace {

using gtfs::Columns;
using gtfs::Feed;
using gtfs::Row;

struct Call {
    std::uint32_t trip = 0;
    double sequence = 0;
    std::uint32_t stop = 0;
    double arrival = -1;    ///< seconds since midnight; below 0: not stated
    double departure = -1;
};

struct Trip {
    std::string id;
    std::string route;
    std::string direction;
    std::uint32_t service = 0;
};

struct Repeat {
    double start = 0;
    double end = 0;
    double headway = 0;
};

struct Stop {
    std::string id;
    Point place;
};

/// The feed's tables with ids turned into positions.
struct Tables {
    std::vector<Stop> stops;
    std::vector<Trip> trips;
    std::vector<Call> calls;                              ///< by trip, then sequence
    std::vector<Localized> tripFaults;                     ///< by trip, found while reading; empty: none
    std::map<std::uint32_t, std::vector<Repeat>> repeats;  ///< trip -> frequencies.txt
    std::vector<std::set<int>> serviceDays;
    std::map<std::string, Mode> routeModes;
};

Mode modeOf(std::string_view routeType) {
    const int type = static_cast<int>(gtfs::numberOf(routeType).value_or(3));
    if (type == 1 || (type >= 400 && type < 500)) return Mode::Metro;
    if (type == 2 || (type >= 100 && type < 200)) return Mode::Rail;
    return Mode::Bus;
}

/// Ids to positions in order of appearance.
class Ids {
public:
    std::uint32_t add(std::string_view id) { return mPositions.try_emplace(std::string(id), static_cast<std::uint32_t>(mPositions.size())).first->second; }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const {
        const auto it = mPositions.find(std::string(id));
        if (it == mPositions.end()) return std::nullopt;
        return it->second;
    }
    [[nodiscard]] std::size_t size() const { return mPositions.size(); }

private:
    std::unordered_map<std::string, std::uint32_t> mPositions;
};

Result<void> readCalendar(const Feed& feed, Ids& services, Tables& tables) {
    const auto daysOf = [&](std::string_view service) -> std::set<int>& {
        const std::uint32_t s = services.add(service);
        if (tables.serviceDays.size() <= s) tables.serviceDays.resize(s + 1);
        return tables.serviceDays[s];
    };
    if (feed.has("calendar.txt")) {
        const Columns columns{{"service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date", "end_date"}, {}};
        Result<void> read = feed.read("calendar.txt", columns, [&](const Row& row) {
            const auto first = gtfs::dayOf(row[8]);
            const auto last = gtfs::dayOf(row[9]);
            std::set<int>& days = daysOf(row[0]);
            if (!first || !last || *last - *first > 3660) return;
            for (int day = *first; day <= *last; ++day) {
                if (row[1 + static_cast<std::size_t>(gtfs::weekdayOf(day))] == "1") days.insert(day);
            }
        });
        if (!read) return read;
    }
    if (feed.has("calendar_dates.txt")) {
        return feed.read("calendar_dates.txt", {{"service_id", "date", "exception_type"}, {}}, [&](const Row& row) {
            const auto day = gtfs::dayOf(row[1]);
            if (!day) return;
            if (row[2] == "1") daysOf(row[0]).insert(*day);
            if (row[2] == "2") daysOf(row[0]).erase(*day);
        });
    }
    if (!feed.has("calendar.txt")) return failure(ErrorCode::SourceUnreadable, "neither calendar.txt nor calendar_dates.txt");
    return {};
}

Result<Tables> readTables(const Feed& feed, const Transform& toPlane) {
    Tables tables;
    Ids stopIds, tripIds, services;
    Result<void> read = feed.read("stops.txt", {{"stop_id", "stop_lat", "stop_lon"}, {}}, [&](const Row& row) {
        const auto lat = gtfs::numberOf(row[1]);
        const auto lon = gtfs::numberOf(row[2]);
        if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) return;
        if (stopIds.add(row[0]) == tables.stops.size()) tables.stops.push_back({std::string(row[0]), toPlane({*lon, *lat})});
    });
    if (read) read = feed.read("routes.txt", {{"route_id", "route_type"}, {}}, [&](const Row& row) { tables.routeModes[std::string(row[0])] = modeOf(row[1]); });
    if (read) read = readCalendar(feed, services, tables);
    if (read) {
        read = feed.read("trips.txt", {{"route_id", "service_id", "trip_id"}, {"direction_id"}}, [&](const Row& row) {
            const bool isNew = tripIds.add(row[2]) == tables.trips.size();
            if (isNew) tables.trips.push_back({std::string(row[2]), std::string(row[0]), std::string(row[3]), services.add(row[1])});
        });
    }
    if (!read) return tl::unexpected(read.error());
    tables.serviceDays.resize(services.size());
    tables.tripFaults.resize(tables.trips.size());
    read = feed.read("stop_times.txt", {{"trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"}, {}}, [&](const Row& row) {
        const auto trip = tripIds.find(row[0]);
        if (!trip) return;
        const auto stop = stopIds.find(row[3]);
        const auto sequence = gtfs::numberOf(row[4]);
        if (!stop) tables.tripFaults[*trip] = {"没有车站 " + std::string(row[3]), "unknown stop " + std::string(row[3])};
        else if (!sequence) tables.tripFaults[*trip] = {"stop_sequence 不是数字", "stop_sequence is no number"};
        else tables.calls.push_back({*trip, *sequence, *stop, gtfs::timeOf(row[1]).value_or(Seconds(-1)).value, gtfs::timeOf(row[2]).value_or(Seconds(-1)).value});
    });
    if (read && feed.has("frequencies.txt")) {
        read = feed.read("frequencies.txt", {{"trip_id", "start_time", "end_time", "headway_secs"}, {}}, [&](const Row& row) {
            const auto trip = tripIds.find(row[0]);
            const auto start = gtfs::timeOf(row[1]);
            const auto end = gtfs::timeOf(row[2]);
            const auto headway = gtfs::numberOf(row[3]);
            if (!trip) return;
            if (!start || !end || !headway || !(*headway >= 1) || *end <= *start) tables.tripFaults[*trip] = {"发车间隔有误", "faulty frequency"};
            else tables.repeats[*trip].push_back({start->value, end->value, *headway});
        });
    }
    if (!read) return tl::unexpected(read.error());
    std::sort(tables.calls.begin(), tables.calls.end(), [](const Call& a, const Call& b) { return std::tie(a.trip, a.sequence) < std::tie(b.trip, b.sequence); });
    return tables;
}

/// Fills in times that are not stated and checks them; returns what is wrong with the trip, or nothing.
Localized completed(std::span<Call> calls, const std::vector<Stop>& stops) {
    if (calls.size() < 2) return {"车站少于两个", "fewer than two stops"};
    for (Call& call : calls) {
        if (call.arrival < 0) call.arrival = call.departure;
        if (call.departure < 0) call.departure = call.arrival;
    }
    if (calls.front().departure < 0 || calls.back().arrival < 0) return {"首末站没有时间", "no time at the first or last stop"};
    for (std::size_t known = 0; known + 1 < calls.size();) {
        std::size_t next = known + 1;
        while (calls[next].arrival < 0) ++next;
        const auto step = [&](std::size_t i) {
            const Point a = stops[calls[i - 1].stop].place;
            const Point b = stops[calls[i].stop].place;
            return std::hypot(a.x - b.x, a.y - b.y) + 1e-6;
        };
        double whole = 0;
        for (std::size_t i = known + 1; i <= next; ++i) whole += step(i);
        double gone = 0;
        for (std::size_t i = known + 1; i < next; ++i) {
            gone += step(i);
            calls[i].arrival = calls[i].departure = calls[known].departure + (calls[next].arrival - calls[known].departure) * gone / whole;
        }
        known = next;
    }
    for (std::size_t i = 0; i < calls.size(); ++i) {
        if (calls[i].departure < calls[i].arrival || (i > 0 && calls[i].arrival < calls[i - 1].departure)) return {"时间倒退，在车站 " + stops[calls[i].stop].id, "times go backwards at stop " + stops[calls[i].stop].id};
    }
    return {};
}

/// Runs of trips over one sequence of stops.
struct Pattern {
    std::vector<double> departures;  ///< from the first stop
    std::vector<double> runs;        ///< sums over the trips
    std::vector<double> dwells;
    std::size_t trips = 0;
};

/// Route, direction and stops make a pattern; a map, so that lines come in a set order.
using PatternKey = std::tuple<std::string, std::string, std::vector<std::uint32_t>>;

/// The wait to expect on coming at any moment of the window, if it went round.
Seconds expectedWait(std::vector<double> departures, double window) {
    std::sort(departures.begin(), departures.end());
    double squares = 0;
    for (std::size_t i = 0; i < departures.size(); ++i) {
        const double gap = i + 1 < departures.size() ? departures[i + 1] - departures[i] : departures.front() + window - departures.back();
        squares += gap * gap;
    }
    return Seconds(squares / (2 * window));
}

int busiestDay(const Tables& tables) {
    std::vector<std::size_t> tripsOf(tables.serviceDays.size(), 0);
    for (const Trip& trip : tables.trips) ++tripsOf[trip.service];
    std::map<int, std::size_t> tripsOn;
    for (std::size_t s = 0; s < tripsOf.size(); ++s) {
        for (const int day : tables.serviceDays[s]) tripsOn[day] += tripsOf[s];
    }
    int best = 0;
    std::size_t most = 0;
    for (const auto& [day, trips] : tripsOn) {
        if (trips > most) std::tie(best, most) = std::pair(day, trips);
    }
    return best;
}

/// The starts of a trip: its own, or those its frequencies give.
std::vector<double> startsOf(std::span<const Call> calls, const std::vector<Repeat>* repeats) {
    if (repeats == nullptr) return {calls.front().departure};
    std::vector<double> starts;
    for (const Repeat& repeat : *repeats) {
        for (double start = repeat.start; start < repeat.end; start += repeat.headway) starts.push_back(start);
    }
    return starts;
}

std::string clockOf(double seconds) { return fmt::format("{}:{:02}", static_cast<int>(seconds) / 3600, static_cast<int>(seconds) / 60 % 60); }

/// Why nothing runs in the window, and what to ask for instead. `middles`: of the day's runs, seconds.
std::string noRun(const std::string& date, const GtfsOptions& options, std::vector<double> middles) {
    if (middles.empty()) return fmt::format("no trip runs on {}; give another gtfs_date", date);
    std::sort(middles.begin(), middles.end());
    // The whole hours, as long as the window asked for, that most runs lie in.
    const double hours = std::max(1.0, std::ceil((options.windowEnd - options.windowStart).value / 3600));
    double best = 0;
    std::ptrdiff_t most = -1;
    for (double hour = std::floor(middles.front() / 3600); hour * 3600 <= middles.back(); ++hour) {
        const auto from = std::lower_bound(middles.begin(), middles.end(), hour * 3600);
        const auto until = std::lower_bound(middles.begin(), middles.end(), (hour + hours) * 3600);
        if (until - from > most) std::tie(best, most) = std::pair(hour, until - from);
    }
    return fmt::format("no trip runs from {} to {} on {}; its {} runs lie between {} and {}; give window_start={:g} window_end={:g}, where most are", clockOf(options.windowStart.value),
                       clockOf(options.windowEnd.value), date, middles.size(), clockOf(middles.front()), clockOf(middles.back()), best, best + hours);
}

void addTrip(std::span<const Call> calls, const Trip& trip, const std::vector<double>& starts, std::map<PatternKey, Pattern>& patterns) {
    std::vector<std::uint32_t> stops;
    for (const Call& call : calls) stops.push_back(call.stop);
    Pattern& pattern = patterns[PatternKey(trip.route, trip.direction, std::move(stops))];
    pattern.runs.resize(calls.size() - 1, 0);
    pattern.dwells.resize(calls.size(), 0);
    pattern.departures.insert(pattern.departures.end(), starts.begin(), starts.end());
    const auto weight = static_cast<double>(starts.size());
    for (std::size_t i = 0; i < calls.size(); ++i) {
        pattern.dwells[i] += weight * (calls[i].departure - calls[i].arrival);
        if (i > 0) pattern.runs[i - 1] += weight * (calls[i].arrival - calls[i - 1].departure);
    }
    pattern.trips += starts.size();
}

TransitLine lineOf(const PatternKey& key, const Pattern& pattern, const Tables& tables, double window) {
    TransitLine line;
    line.code = std::get<0>(key);
    const auto mode = tables.routeModes.find(line.code);
    line.mode = mode == tables.routeModes.end() ? Mode::Bus : mode->second;
    line.headway = expectedWait(pattern.departures, window) * 2;
    line.bothWays = false;
    const std::vector<std::uint32_t>& stops = std::get<2>(key);
    const auto trips = static_cast<double>(pattern.trips);
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const Stop& stop = tables.stops[stops[i]];
        line.stops.push_back({stop.place, stop.id, {}, Seconds(pattern.dwells[i] / trips)});
        if (i > 0) line.runTimes.emplace_back(pattern.runs[i - 1] / trips);
    }
    return line;
}

}  // namespace

Result<GtfsLines> readGtfs(const std::filesystem::path& path, const Crs& crs, const GtfsOptions& options) {
    if (!std::filesystem::exists(path)) return failure(ErrorCode::FileNotFound, "no such feed", path.string());
    if (!(options.windowEnd > options.windowStart)) return failure(ErrorCode::BadArgument, "the departure window ends before it starts");
    if (!options.date.empty() && !gtfs::dayOf(options.date)) return failure(ErrorCode::BadArgument, "not a date (YYYYMMDD): " + options.date);
    const Result<Crs> lonLat = Crs::from("EPSG:4326");
    if (!lonLat) return tl::unexpected(lonLat.error());
    const Result<Transform> toPlane = Transform::between(*lonLat, crs);
    if (!toPlane) return tl::unexpected(toPlane.error());
    Result<Tables> tables = readTables(Feed(path), *toPlane);
    if (!tables) {
        if (tables.error().where.empty()) tables.error().where = path.string();
        return tl::unexpected(tables.error());
    }

    GtfsLines result;
    const int day = options.date.empty() ? busiestDay(*tables) : *gtfs::dayOf(options.date);
    result.date = gtfs::textOf(day);
    result.stopsRead = tables->stops.size();
    result.tripsRead = tables->trips.size();
    std::map<PatternKey, Pattern> patterns;
    std::vector<double> middles;  // of the day's runs
    auto first = tables->calls.begin();
    for (std::uint32_t t = 0; t < tables->trips.size(); ++t) {
        const auto end = std::find_if(first, tables->calls.end(), [&](const Call& c) { return c.trip != t; });
        const std::span<Call> calls(first, end);
        first = end;
        const Trip& trip = tables->trips[t];
        Localized fault = tables->tripFaults[t];
        if (fault.zh.empty()) fault = completed(calls, tables->stops);
        if (!fault.zh.empty()) {
            result.rejected.push_back({t, {fmt::format("班次 {}：{}", trip.id, fault.zh), fmt::format("trip {}: {}", trip.id, fault.en)}});
            continue;
        }
        if (tables->serviceDays[trip.service].count(day) == 0) {
            ++result.tripsOtherDay;
            continue;
        }
        const auto repeats = tables->repeats.find(t);
        std::vector<double> starts = startsOf(calls, repeats == tables->repeats.end() ? nullptr : &repeats->second);
        const double half = (calls.back().arrival - calls.front().departure) / 2;
        for (const double start : starts) middles.push_back(start + half);
        std::erase_if(starts, [&](double start) { return start + half < options.windowStart.value || start + half >= options.windowEnd.value; });
        if (starts.empty()) {
            ++result.tripsOutsideWindow;
            continue;
        }
        ++result.tripsTaken;
        addTrip(calls, trip, starts, patterns);
    }
    const double window = (options.windowEnd - options.windowStart).value;
    for (const auto& [key, pattern] : patterns) result.lines.push_back(lineOf(key, pattern, *tables, window));
    if (result.lines.empty()) return failure(ErrorCode::SourceEmpty, noRun(result.date, options, std::move(middles)), path.string());
    return result;
}

}  // namespace zonewright::network
