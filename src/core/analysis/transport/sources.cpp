#include "core/analysis/transport/sources.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/analysis/row_view.h"
#include "core/base/hash.h"
#include "core/network/gtfs.h"
#include "core/network/osm.h"

namespace zonewright::analysis::transport {
namespace {

using plan::Feature;

/// A folder's or a file's bytes.
Result<std::string> hashOf(const std::filesystem::path& path) {
    std::error_code none;
    if (!std::filesystem::is_directory(path, none)) return sha256OfFile(path);
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(path, none)) {
        if (entry.is_regular_file(none)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    Sha256 all;
    for (const std::filesystem::path& file : files) {
        const Result<std::string> hash = sha256OfFile(file);
        if (!hash) return hash;
        all.addField(file.filename().string());
        all.addField(*hash);
    }
    return all.hex();
}

/// Adds a warning for every cause for which rows of a snapshot could not be read.
void warnOfRejected(const LayerSnapshot& snapshot, std::vector<Notice>& notices) {
    struct Cause {
        Localized reason;
        std::size_t count = 0;
        std::int64_t first = 0;
    };
    std::map<std::string, Cause> causes;
    for (const RejectedRow& row : snapshot.rejected) {
        Cause& cause = causes.try_emplace(row.reason.zh, Cause{row.reason, 0, row.fid}).first->second;
        ++cause.count;
    }
    for (const auto& [key, cause] : causes) {
        notices.push_back({Notice::Weight::Warning,
                           {fmt::format("{}：{} 行未采用，首个为第 {} 行：{}", snapshot.name, cause.count, cause.first, cause.reason.zh),
                            fmt::format("{}: {} rows left out, the first is row {}: {}", snapshot.name, cause.count, cause.first, cause.reason.en)}});
    }
}

class Reader {
public:
    Reader(const NetworkRequest& request, Inputs& inputs, Progress& progress) : mRequest(request), mInputs(inputs), mProgress(progress) {}

    Result<NetworkSources> run() {
        const std::size_t firstRecord = mInputs.records().size();
        for (const auto step : {&Reader::readWays, &Reader::readLines, &Reader::hashFiles}) {
            if (Result<void> done = (this->*step)(); !done) return tl::unexpected(done.error());
        }
        NetworkRequest stated = mRequest;
        stated.osm.clear();  // their bytes count, not where they lie
        stated.gtfs.clear();
        ParameterSet parameters;
        declareNetwork(parameters, stated);
        mHash.addField(parameters.values().dump());
        if (const std::optional<Crs> crs = mInputs.crs()) mHash.addField(crs->definition());
        for (std::size_t i = firstRecord; i < mInputs.records().size(); ++i) {
            const InputRecord& record = mInputs.records()[i];
            mHash.addField(record.parameter);
            for (const std::string& field : record.fields) mHash.addField(field);
            mHash.addField(record.sha256);
        }
        mSources.inputHash = mHash.hex();
        return std::move(mSources);
    }

private:
    Result<std::optional<LayerSnapshot>> read(const WantedLayer& wanted) { return readLayer(wanted, mInputs, mSources.notices, mProgress); }

    void warn(Localized text) { mSources.notices.push_back({Notice::Weight::Warning, std::move(text)}); }

    [[nodiscard]] static bool isOneOf(const std::vector<std::string>& classes, const std::string& name) {
        return std::find(classes.begin(), classes.end(), name) != classes.end();
    }

    /// A row that stands open belongs to no project; one to come belongs to the project it names, or is one itself.
    std::string projectOf(const RowView& row) {
        const std::string state = row.text("state");
        std::string project = row.text("project");
        if (project.empty() && !state.empty() && state != "open") project = row.code();
        if (project.empty()) return project;
        Project& known = mSources.projects[project];
        if (known.name.zh.empty() || row.code() == project) known.name = row.name();
        known.year = std::max(known.year, static_cast<std::int64_t>(row.number("opening_year").value_or(0)));
        return project;
    }

    Result<void> readWays() {
        if (!mRequest.osm.empty()) return readOsmWays();
        const std::vector<std::string> fields{"code", "name", "name_en", mRequest.classField.text, mRequest.speedField.text, mRequest.onewayField.text,
                                              "level", "state", "opening_year", "project", "time_min"};
        const auto snapshot = read({"roads", mRequest.roads, fields, true});
        if (!snapshot) return tl::unexpected(snapshot.error());
        const auto speeds = pairsOf(mRequest.classSpeeds);
        if (!speeds) return tl::unexpected(speeds.error());
        if (!*snapshot) return failure(ErrorCode::NoNetwork, "no road layer");
        mSources.roads.reserve((*snapshot)->features.size());
        std::map<std::string, std::vector<std::size_t>> rowsOf;  // code of a road -> its lines
        const bool wantsCodes = mRequest.byCar() && !mRequest.turnBans.empty() && mInputs.has(mRequest.turnBans).value_or(false);
        for (const Feature& feature : (*snapshot)->features) {
            const RowView row(**snapshot, feature);
            const std::size_t before = mSources.roads.size();
            addRoad(row, feature, *speeds);
            for (std::size_t i = before; wantsCodes && i < mSources.roads.size(); ++i) rowsOf[row.code()].push_back(i);
        }
        if (mSources.roads.empty()) return failure(ErrorCode::NoNetwork, "the road layer holds no line", mRequest.roads.text);
        return wantsCodes ? readTurnBans(rowsOf) : Result<void>();
    }

    void addRoad(const RowView& row, const Feature& feature, const std::vector<std::pair<std::string, double>>& classSpeeds) {
        const std::string roadClass = row.text(mRequest.classField.text);
        network::RoadLine road;
        road.frontage = !isOneOf(mRequest.closedClasses, roadClass);
        road.joinable = isOneOf(mRequest.outsideClasses, roadClass);
        if (!mRequest.byCar() && !road.frontage && !road.joinable) return;  // nobody walks along it
        if (mRequest.byCar()) {
            road.speed = KilometresPerHour(row.number(mRequest.speedField.text).value_or(0));
            const auto usual = std::find_if(classSpeeds.begin(), classSpeeds.end(), [&](const auto& c) { return c.first == roadClass; });
            if (!(road.speed > KilometresPerHour(0)) && usual != classSpeeds.end()) road.speed = KilometresPerHour(usual->second);
            const double oneway = row.number(mRequest.onewayField.text).value_or(0);
            road.direction = oneway > 0 ? network::Direction::AlongLine : oneway < 0 ? network::Direction::AgainstLine : network::Direction::Both;
        } else {
            road.speed = mRequest.mode == "cycle" ? mRequest.cyclingSpeed : mRequest.walkingSpeed;
            road.mode = mRequest.mode == "cycle" ? network::Mode::Cycle : network::Mode::Walk;
        }
        if (const auto minutes = row.number("time_min"); minutes && *minutes > 0) road.time = Seconds(*minutes * 60);
        road.level = static_cast<int>(row.number("level").value_or(0));
        road.project = projectOf(row);
        for (LineString& line : linesOf(feature.geometry)) {
            road.line = std::move(line);
            mSources.roads.push_back(road);
            mSources.roadNames.push_back(row.name());
        }
    }

    /// The row's own point, which is in the CRS of the run wherever it came from, or else its columns x and y.
    static std::optional<Point> placeOf(const RowView& row, const Feature& feature) {
        if (const std::optional<Point> point = pointOf(feature.geometry)) return point;
        const auto x = row.number("x");
        const auto y = row.number("y");
        return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
    }

    Result<void> readTurnBans(const std::map<std::string, std::vector<std::size_t>>& rowsOf) {
        const auto table = read({"turn_bans", mRequest.turnBans, {"from_road", "to_road", "x", "y"}, false});
        if (!table) return tl::unexpected(table.error());
        if (!*table) return {};
        std::size_t unknown = 0;
        for (const Feature& feature : (*table)->features) {
            const RowView row(**table, feature);
            const auto from = rowsOf.find(row.text("from_road"));
            const auto to = rowsOf.find(row.text("to_road"));
            const std::optional<Point> via = placeOf(row, feature);
            if (from == rowsOf.end() || to == rowsOf.end() || !via) {
                ++unknown;
                continue;
            }
            for (const std::size_t a : from->second) {
                for (const std::size_t b : to->second) mSources.bans.push_back({a, b, *via});
            }
        }
        if (unknown > 0) {
            warn({fmt::format("{} 条禁止转向未采用：没有所指道路或位置", unknown), fmt::format("turn bans left out, for lack of the roads or the place they name: {}", unknown)});
        }
        return {};
    }

    Result<void> readOsmWays() {
        network::OsmOptions options;
        options.walkingSpeed = mRequest.walkingSpeed;
        options.cyclingSpeed = mRequest.cyclingSpeed;
        options.profile = mRequest.mode == "cycle" ? network::Profile::Cycle : mRequest.byCar() ? network::Profile::Car : network::Profile::Walk;
        const std::optional<Crs> crs = mInputs.crs();
        if (!crs) return failure(ErrorCode::SourceCrs, "give the CRS to work in");
        Result<network::OsmWays> ways = network::readOsm(mRequest.osm, *crs, options);
        if (!ways) return tl::unexpected(ways.error());
        mSources.roads = std::move(ways->lines);
        mSources.bans = std::move(ways->bans);
        for (const std::int64_t id : ways->wayIds) mSources.roadNames.push_back({"way " + std::to_string(id), "way " + std::to_string(id)});
        mSources.notices.push_back(
            {Notice::Weight::Information,
             {fmt::format("OpenStreetMap：读入 {} 条道路，{} 条不供该方式使用，{} 条缺节点；转向限制 {} 条，{} 条未采用", ways->highwaysRead, ways->highwaysClosed,
                          ways->highwaysCut, ways->restrictionsRead, ways->restrictionsUnused),
              fmt::format("OpenStreetMap: {} highways read, {} not for this mode, {} lacking nodes; {} turn restrictions, {} not used", ways->highwaysRead,
                          ways->highwaysClosed, ways->highwaysCut, ways->restrictionsRead, ways->restrictionsUnused)}});
        return {};
    }

    using StopsByLine = std::map<std::string, std::vector<std::pair<double, network::TransitStop>>>;

    Result<void> readLines() {
        const std::vector<std::string> lineFields{"code", "name", "name_en", "mode", "state", "opening_year", "speed_kmh", "headway_min", "project"};
        const std::vector<std::string> stationFields{"code", "name", "name_en", "line", "seq", "state", "dwell_s", "interchange"};
        const auto lines = read({"lines", mRequest.lines, lineFields, false});
        if (!lines) return tl::unexpected(lines.error());
        const auto stations = read({"stations", mRequest.stations, stationFields, false});
        if (!stations) return tl::unexpected(stations.error());
        StopsByLine stopsOf;
        if (*stations && mRequest.byTransit()) collectStops(**stations, stopsOf);
        if (*lines) {
            for (const Feature& feature : (*lines)->features) addLine(RowView(**lines, feature), feature, stopsOf);
        }
        for (const auto& [line, stops] : stopsOf) {
            for (const auto& [order, stop] : stops) mSources.strandedStations.push_back(stop.code);
        }
        return mRequest.gtfs.empty() || !mRequest.byTransit() ? Result<void>() : readFeed();
    }

    static void collectStops(const LayerSnapshot& stations, StopsByLine& stopsOf) {
        for (const Feature& feature : stations.features) {
            const RowView row(stations, feature);
            const std::optional<Point> place = pointOf(feature.geometry);
            if (!place) continue;
            network::TransitStop stop{*place, row.code(), row.text("interchange"), Seconds(row.number("dwell_s").value_or(30))};
            stopsOf[row.text("line")].emplace_back(row.number("seq").value_or(0), std::move(stop));
        }
    }

    /// Takes the line's stops out of `stopsOf`; what is left at the end has no line.
    void addLine(const RowView& row, const Feature& feature, StopsByLine& stopsOf) {
        const std::string mode = row.text("mode");
        const std::string project = projectOf(row);  // of road projects too: their lines carry the names
        if (!mRequest.byTransit()) return;
        if (mode != "rail" && mode != "metro" && mode != "bus") return;
        network::TransitLine line;
        line.code = row.code();
        line.mode = mode == "rail" ? network::Mode::Rail : mode == "bus" ? network::Mode::Bus : network::Mode::Metro;
        line.speed = KilometresPerHour(row.number("speed_kmh").value_or(0));
        line.headway = Seconds(row.number("headway_min").value_or(0) * 60);
        line.project = project;
        line.track.lines = linesOf(feature.geometry);
        if (const auto stops = stopsOf.find(line.code); stops != stopsOf.end()) {
            std::stable_sort(stops->second.begin(), stops->second.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
            for (auto& [order, stop] : stops->second) line.stops.push_back(std::move(stop));
            stopsOf.erase(stops);
        }
        mSources.lines.push_back(std::move(line));
        mSources.lineNames.push_back(row.name());
    }

    Result<void> readFeed() {
        const std::optional<Crs> crs = mInputs.crs();
        if (!crs) return failure(ErrorCode::SourceCrs, "give the CRS to work in");
        network::GtfsOptions options;
        options.date = mRequest.gtfsDate;
        options.windowStart = Seconds(mRequest.windowStart * 3600);
        options.windowEnd = Seconds(mRequest.windowEnd * 3600);
        Result<network::GtfsLines> feed = network::readGtfs(mRequest.gtfs, *crs, options);
        if (!feed) return tl::unexpected(feed.error());
        for (network::TransitLine& line : feed->lines) {
            mSources.lineNames.push_back({line.code, line.code});
            mSources.lines.push_back(std::move(line));
        }
        mSources.notices.push_back({Notice::Weight::Information,
                                    {fmt::format("GTFS {}：读入 {} 个班次，{} 个采用，{} 个不在当日，{} 个不在时段，{} 个有误", feed->date, feed->tripsRead, feed->tripsTaken,
                                                 feed->tripsOtherDay, feed->tripsOutsideWindow, feed->rejected.size()),
                                     fmt::format("GTFS {}: {} trips read, {} taken, {} of other days, {} outside the window, {} faulty", feed->date, feed->tripsRead,
                                                 feed->tripsTaken, feed->tripsOtherDay, feed->tripsOutsideWindow, feed->rejected.size())}});
        for (std::size_t i = 0; i < std::min<std::size_t>(feed->rejected.size(), 5); ++i) warn(feed->rejected[i].reason);
        return {};
    }

    Result<void> hashFiles() {
        for (const std::filesystem::path& path : {mRequest.osm, mRequest.gtfs}) {
            const Result<std::string> hash = path.empty() ? Result<std::string>(std::string()) : hashOf(path);
            if (!hash) return tl::unexpected(hash.error());
            mHash.addField(*hash);
        }
        return {};
    }

    const NetworkRequest& mRequest;
    Inputs& mInputs;
    Progress& mProgress;
    NetworkSources mSources;
    Sha256 mHash;
};

}  // namespace

Result<NetworkSources> readNetwork(const NetworkRequest& request, Inputs& inputs, Progress& progress) { return Reader(request, inputs, progress).run(); }

Result<std::optional<LayerSnapshot>> readLayer(const WantedLayer& wanted, Inputs& inputs, std::vector<Notice>& notices, Progress& progress) {
    if (wanted.layer.empty()) return std::nullopt;
    const Result<bool> there = inputs.has(wanted.layer);
    if (!there) return tl::unexpected(there.error());
    if (!*there && !wanted.needed) return std::nullopt;
    Result<LayerSnapshot> snapshot = inputs.read({wanted.parameter, wanted.layer, {}, wanted.fields, {}}, progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    warnOfRejected(*snapshot, notices);
    return std::optional(std::move(*snapshot));
}

}  // namespace zonewright::analysis::transport
