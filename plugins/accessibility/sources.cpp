#include "plugins/accessibility/sources.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/geometry/geos.h"
#include "core/network/gtfs.h"
#include "core/network/osm.h"

namespace zonewright::accessibility {
namespace {

using analysis::LayerSnapshot;
using analysis::Notice;
using plan::Feature;

/// One row of a snapshot by column name.
class Row {
public:
    Row(const LayerSnapshot& snapshot, const Feature& feature) : mSnapshot(&snapshot), mFeature(&feature) {}

    [[nodiscard]] std::string text(std::string_view field) const {
        const plan::Value* value = find(field);
        return value == nullptr ? std::string() : plan::asText(*value);
    }
    [[nodiscard]] std::optional<double> number(std::string_view field) const {
        const plan::Value* value = find(field);
        return value == nullptr ? std::nullopt : plan::asNumber(*value);
    }
    [[nodiscard]] std::string code() const {
        std::string code = text("code");
        return code.empty() ? std::to_string(static_cast<std::int64_t>(mFeature->fid)) : code;
    }
    [[nodiscard]] Localized name() const {
        std::string zh = text("name");
        std::string en = text("name_en");
        if (zh.empty()) zh = code();
        return {zh, en.empty() ? zh : en};
    }

private:
    [[nodiscard]] const plan::Value* find(std::string_view field) const {
        for (std::size_t i = 0; i < mSnapshot->fields.size(); ++i) {
            if (mSnapshot->fields[i] == field && mSnapshot->present[i]) return &mFeature->values[i];
        }
        return nullptr;
    }

    const LayerSnapshot* mSnapshot;
    const Feature* mFeature;
};

std::vector<LineString> linesOf(const Geometry& geometry) {
    if (const auto* line = std::get_if<LineString>(&geometry)) return {*line};
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) return lines->lines;
    return {};
}

std::optional<Point> pointOf(const Geometry& geometry) {
    if (const auto* p = std::get_if<Point>(&geometry)) return *p;
    const Result<Point> inside = geos::pointInside(geometry);
    if (!inside) return std::nullopt;
    return *inside;
}

class Reader {
public:
    Reader(const Request& request, analysis::Inputs& inputs, Progress& progress) : mRequest(request), mInputs(inputs), mProgress(progress) {}

    Result<Sources> run() {
        for (const auto step : {&Reader::readWays, &Reader::readLines, &Reader::readPlaces, &Reader::readOrigins, &Reader::readCells,
                                &Reader::readFacilities, &Reader::readCommitments}) {
            if (Result<void> done = (this->*step)(); !done) return tl::unexpected(done.error());
        }
        return std::move(mSources);
    }

private:
    struct Wanted {
        std::string parameter;
        LayerReference layer;
        std::vector<std::string> fields;
        bool needed = false;
    };

    /// Nothing when a layer that is not needed is not there. Rows that cannot be read are told of.
    Result<std::optional<LayerSnapshot>> read(const Wanted& wanted) {
        if (wanted.layer.empty()) return std::nullopt;
        const Result<bool> there = mInputs.has(wanted.layer);
        if (!there) return tl::unexpected(there.error());
        if (!*there && !wanted.needed) return std::nullopt;
        Result<LayerSnapshot> snapshot = mInputs.read({wanted.parameter, wanted.layer, {}, wanted.fields, {}}, mProgress);
        if (!snapshot) return tl::unexpected(snapshot.error());
        for (const analysis::RejectedRow& row : snapshot->rejected) {
            warn({fmt::format("{} 第 {} 行未采用：{}", snapshot->name, row.fid, row.reason.zh), fmt::format("{} row {} left out: {}", snapshot->name, row.fid, row.reason.en)});
        }
        return std::optional(std::move(*snapshot));
    }

    void warn(Localized text) { mSources.notices.push_back({Notice::Weight::Warning, std::move(text)}); }

    [[nodiscard]] bool isOneOf(const std::vector<std::string>& classes, const std::string& name) const {
        return std::find(classes.begin(), classes.end(), name) != classes.end();
    }

    /// A row that stands open belongs to no project; one to come belongs to the project it names, or is one itself.
    std::string projectOf(const Row& row) {
        const std::string state = row.text("state");
        std::string project = row.text("project");
        if (project.empty() && !state.empty() && state != "open") project = row.code();
        if (project.empty()) return project;
        Project& known = mSources.projects[project];
        if (known.name.zh.empty()) known.name = row.name();
        known.year = std::max(known.year, static_cast<std::int64_t>(row.number("opening_year").value_or(0)));
        return project;
    }

    Result<void> readWays() {
        if (!mRequest.osm.empty()) return readOsmWays();
        const std::vector<std::string> fields{"code", "name", "name_en", mRequest.classField.text, mRequest.speedField.text, mRequest.onewayField.text,
                                              "level", "state", "opening_year", "project", "time_min"};
        auto snapshot = read({"roads", mRequest.roads, fields, true});
        if (!snapshot) return tl::unexpected(snapshot.error());
        const auto speeds = pairsOf(mRequest.classSpeeds);
        if (!speeds) return tl::unexpected(speeds.error());
        if (!*snapshot) return failure(ErrorCode::NoNetwork, "no road layer");
        for (const Feature& feature : (*snapshot)->features) addRoad(Row(**snapshot, feature), feature, *speeds);
        if (mSources.roads.empty()) return failure(ErrorCode::NoNetwork, "the road layer holds no line", mRequest.roads.text);
        return {};
    }

    void addRoad(const Row& row, const Feature& feature, const std::vector<std::pair<std::string, double>>& classSpeeds) {
        const std::string roadClass = row.text(mRequest.classField.text);
        network::RoadLine road;
        road.frontage = !isOneOf(mRequest.closedClasses, roadClass);
        road.joinable = isOneOf(mRequest.outsideClasses, roadClass);
        const bool byCar = mRequest.mode == "drive" || mRequest.mode == "combined";
        if (!byCar && !road.frontage && !road.joinable) return;  // nobody walks along it
        if (byCar) {
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
            mSources.roadNames.push_back(row.text("name"));
        }
    }

    Result<void> readOsmWays() {
        network::OsmOptions options;
        options.walkingSpeed = mRequest.walkingSpeed;
        options.cyclingSpeed = mRequest.cyclingSpeed;
        options.profile = mRequest.mode == "cycle"                                  ? network::Profile::Cycle
                          : mRequest.mode == "walk" || mRequest.mode == "transit" ? network::Profile::Walk
                                                                                      : network::Profile::Car;
        const std::optional<Crs> crs = mInputs.crs();
        if (!crs) return failure(ErrorCode::SourceCrs, "give the CRS to work in");
        Result<network::OsmWays> ways = network::readOsm(mRequest.osm, *crs, options);
        if (!ways) return tl::unexpected(ways.error());
        mSources.roads = std::move(ways->lines);
        mSources.bans = std::move(ways->bans);
        for (const std::int64_t id : ways->wayIds) mSources.roadNames.push_back("way " + std::to_string(id));
        mSources.notices.push_back({Notice::Weight::Information,
                                    {fmt::format("OpenStreetMap：读入 {} 条道路，{} 条不供该方式使用，{} 条缺节点", ways->highwaysRead, ways->highwaysClosed, ways->highwaysCut),
                                     fmt::format("OpenStreetMap: {} highways read, {} not for this mode, {} lacking nodes", ways->highwaysRead, ways->highwaysClosed, ways->highwaysCut)}});
        return {};
    }

    Result<void> readLines() {
        if (mRequest.mode != "combined" && mRequest.mode != "transit") return {};
        const std::vector<std::string> lineFields{"code", "name", "name_en", "mode", "state", "opening_year", "speed_kmh", "headway_min", "project"};
        const std::vector<std::string> stationFields{"code", "name", "name_en", "line", "seq", "state", "dwell_s", "interchange"};
        auto lines = read({"lines", mRequest.lines, lineFields, false});
        if (!lines) return tl::unexpected(lines.error());
        auto stations = read({"stations", mRequest.stations, stationFields, false});
        if (!stations) return tl::unexpected(stations.error());
        std::map<std::string, std::vector<std::pair<double, network::TransitStop>>> stopsOf;
        if (*stations) collectStops(**stations, stopsOf);
        if (*lines) {
            for (const Feature& feature : (*lines)->features) addLine(Row(**lines, feature), feature, stopsOf);
        }
        for (const auto& [line, stops] : stopsOf) {
            for (const auto& [order, stop] : stops) mSources.strandedStations.push_back(stop.code);
        }
        return mRequest.gtfs.empty() ? Result<void>() : readFeed();
    }

    static void collectStops(const LayerSnapshot& stations, std::map<std::string, std::vector<std::pair<double, network::TransitStop>>>& stopsOf) {
        for (const Feature& feature : stations.features) {
            const Row row(stations, feature);
            const std::optional<Point> place = pointOf(feature.geometry);
            if (!place) continue;
            network::TransitStop stop{*place, row.code(), row.text("interchange"), Seconds(row.number("dwell_s").value_or(30))};
            stopsOf[row.text("line")].emplace_back(row.number("seq").value_or(0), std::move(stop));
        }
    }

    /// Takes the line's stops out of `stopsOf`; what is left at the end has no line.
    void addLine(const Row& row, const Feature& feature, std::map<std::string, std::vector<std::pair<double, network::TransitStop>>>& stopsOf) {
        const std::string mode = row.text("mode");
        const std::string project = projectOf(row);
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
                                    {fmt::format("GTFS {}：{} 个班次采用，{} 个不在当日，{} 个不在时段，{} 个有误", feed->date, feed->tripsTaken, feed->tripsOtherDay, feed->tripsOutsideWindow, feed->rejected.size()),
                                     fmt::format("GTFS {}: {} trips taken, {} of other days, {} outside the window, {} faulty", feed->date, feed->tripsTaken, feed->tripsOtherDay, feed->tripsOutsideWindow, feed->rejected.size())}});
        for (std::size_t i = 0; i < std::min<std::size_t>(feed->rejected.size(), 5); ++i) warn({feed->rejected[i].reason, feed->rejected[i].reason});
        return {};
    }

    Result<std::vector<Place>> readPoints(const Wanted& wanted) {
        std::vector<Place> places;
        auto snapshot = read(wanted);
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return places;
        for (const Feature& feature : (*snapshot)->features) {
            const Row row(**snapshot, feature);
            const std::optional<Point> point = pointOf(feature.geometry);
            if (!point) continue;
            const double amount = row.number("capacity").value_or(row.number("population").value_or(0));
            places.push_back({row.code(), row.name(), row.text("kind"), *point, amount});
        }
        return places;
    }

    Result<void> readPlaces() {
        Result<std::vector<Place>> places = readPoints({"places", mRequest.places, {"code", "name", "name_en", "kind", "population"}, false});
        if (!places) return tl::unexpected(places.error());
        mSources.places = std::move(*places);
        return {};
    }

    Result<void> readOrigins() {
        if (mRequest.point) {
            mSources.origins = {{"point", {fmt::format("{:.0f}, {:.0f}", mRequest.point->x, mRequest.point->y), fmt::format("{:.0f}, {:.0f}", mRequest.point->x, mRequest.point->y)}, "", *mRequest.point, 0}};
            return {};
        }
        std::vector<Place> all = mSources.places;
        if (mRequest.origins != mRequest.places) {
            Result<std::vector<Place>> read = readPoints({"origins", mRequest.origins, {"code", "name", "name_en", "kind"}, true});
            if (!read) return tl::unexpected(read.error());
            all = std::move(*read);
        }
        for (const std::string& code : mRequest.originCodes) {
            const auto it = std::find_if(all.begin(), all.end(), [&](const Place& p) { return p.code == code; });
            if (it == all.end()) return failure(ErrorCode::UnknownFeature, "no origin of code " + code, mRequest.origins.text);
            mSources.origins.push_back(*it);
        }
        if (mRequest.originCodes.empty()) {
            std::copy_if(all.begin(), all.end(), std::back_inserter(mSources.origins), [&](const Place& p) { return p.kind == mRequest.originKind; });
            if (mSources.origins.empty()) mSources.origins = std::move(all);
        }
        if (mSources.origins.empty()) return failure(ErrorCode::SourceEmpty, "no origin: give point=x,y or a layer", mRequest.origins.text);
        return {};
    }

    Result<void> readCells() {
        auto snapshot = read({"population", mRequest.population, {"code", mRequest.populationField.text}, false});
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return {};
        for (Feature& feature : (*snapshot)->features) {
            const Row row(**snapshot, feature);
            Cell cell;
            cell.code = row.code();
            cell.people = std::max(0.0, row.number(mRequest.populationField.text).value_or(0));
            const Box box = boxOf(feature.geometry);
            if (box.empty()) continue;
            cell.centre = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
            if (auto* shape = std::get_if<MultiPolygon>(&feature.geometry)) cell.shape = std::move(*shape);
            mSources.cells.push_back(std::move(cell));
        }
        return {};
    }

    Result<void> readFacilities() {
        Result<std::vector<Place>> places = readPoints({"facilities", mRequest.facilities, {"code", "name", "name_en", "kind", "capacity"}, false});
        if (!places) return tl::unexpected(places.error());
        mSources.facilities = std::move(*places);
        return {};
    }

    Result<void> readCommitments() {
        auto snapshot = read({"commitments", mRequest.commitments, {"code", "title", "title_en", "origin", "destination", "limit_min", "clause"}, false});
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return {};
        for (const Feature& feature : (*snapshot)->features) {
            const Row row(**snapshot, feature);
            const std::string en = row.text("title_en");
            mSources.commitments.push_back({row.code(), {row.text("title"), en.empty() ? row.text("title") : en}, row.text("origin"), row.text("destination"),
                                            row.number("limit_min").value_or(0), row.text("clause")});
        }
        return {};
    }

    const Request& mRequest;
    analysis::Inputs& mInputs;
    Progress& mProgress;
    Sources mSources;
};

}  // namespace

Result<Sources> readSources(const Request& request, analysis::Inputs& inputs, Progress& progress) { return Reader(request, inputs, progress).run(); }

}  // namespace zonewright::accessibility
