#include "core/analysis/transport/request.h"

#include <charconv>

#include <fmt/format.h>

namespace zonewright::analysis::transport {

void declareNetwork(ParameterSet& p, NetworkRequest& r) {
    p.add("roads", {"道路", "Roads"}, r.roads).geometry("line").help({"路网图层；给出 osm 时不用", "Road layer; not used when osm is given"});
    p.add("lines", {"轨道与铁路线", "Rail and metro lines"}, r.lines).geometry("line");
    p.add("stations", {"车站", "Stations"}, r.stations).geometry("point");
    p.add("turn_bans", {"禁止转向表", "Table of turn bans"}, r.turnBans)
        .geometry("table")
        .help({"列 from_road、to_road 为道路代码，x、y 为转向处；没有该表时不用",
               "Columns from_road and to_road hold codes of roads, x and y the place; not used when there is none"})
        .advanced();
    p.add("osm", {"OpenStreetMap 文件", "OpenStreetMap file"}, r.osm).help({".osm.pbf", ".osm.pbf"});
    p.add("gtfs", {"GTFS 时刻表", "GTFS feed"}, r.gtfs).help({"文件夹或 zip", "Folder or zip file"});
    p.add("gtfs_date", {"时刻表日期", "Day of the timetable"}, r.gtfsDate)
        .help({"YYYYMMDD；空为班次最多的一天", "YYYYMMDD; empty takes the day with most trips"}).advanced();
    p.add("window_start", {"出发时段始", "Departures from"}, r.windowStart).unit("h").range(0, 47).advanced();
    p.add("window_end", {"出发时段止", "Departures until"}, r.windowEnd).unit("h").range(0, 48).advanced();
    p.add("mode", {"出行方式", "Mode"}, r.mode)
        .choices({{"combined", {"驾车与轨道交通", "Car and public transport"}},
                  {"drive", {"驾车", "Car"}},
                  {"transit", {"步行与公共交通", "Walking and public transport"}},
                  {"cycle", {"骑行", "Cycling"}},
                  {"walk", {"步行", "Walking"}}});
    p.add("speed_field", {"速度字段", "Speed field"}, r.speedField).of("roads").advanced();
    p.add("oneway_field", {"单行字段", "One-way field"}, r.onewayField).of("roads").advanced();
    p.add("class_field", {"等级字段", "Class field"}, r.classField).of("roads").advanced();
    p.add("class_speeds", {"各等级速度", "Speeds by class"}, r.classSpeeds)
        .help({"道路没有速度时所用，等级:km/h", "Used for roads without a speed, class:km/h"}).advanced();
    p.add("closed_classes", {"不临街的等级", "Classes without frontage"}, r.closedClasses)
        .help({"只能在节点处离开的道路", "Roads that are left at junctions only"}).advanced();
    p.add("outside_classes", {"外部连接的等级", "Classes of links outside"}, r.outsideClasses)
        .help({"代表未绘道路的连接线，地点可接于其上", "Links that stand for roads not drawn; places are joined to them"}).advanced();
    p.add("walking_speed", {"步行速度", "Walking speed"}, r.walkingSpeed).range(1, 10);
    p.add("cycling_speed", {"骑行速度", "Cycling speed"}, r.cyclingSpeed).range(3, 40).advanced();
}

Result<std::vector<std::pair<std::string, double>>> pairsOf(const std::vector<std::string>& parts) {
    std::vector<std::pair<std::string, double>> pairs;
    for (const std::string& part : parts) {
        const std::size_t colon = part.rfind(':');
        double value = 0;
        const char* end = part.data() + part.size();
        const bool read = colon != std::string::npos && [&] {
            const auto [stopped, error] = std::from_chars(part.data() + colon + 1, end, value);
            return error == std::errc() && stopped == end;
        }();
        if (!read) return failure(ErrorCode::BadArgument, fmt::format("'{}' is not of the form key:number", part));
        pairs.emplace_back(part.substr(0, colon), value);
    }
    return pairs;
}

}  // namespace zonewright::analysis::transport
