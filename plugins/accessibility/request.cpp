#include "plugins/accessibility/request.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace zonewright::accessibility {
namespace {

std::optional<double> numberOf(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

void declareIsochrones(analysis::ParameterSet& p, Request& r) {
    p.add("origins", {"起点图层", "Origins"}, r.origins);
    p.add("origin_codes", {"起点代码", "Codes of origins"}, r.originCodes)
        .help({"空为 origin_kind 的全部地点", "Empty takes all places of origin_kind"});
    p.add("origin_kind", {"起点类型", "Kind of origins"}, r.originKind)
        .help({"图层没有该类型时取全部要素", "All features when the layer has none of it"}).advanced();
    p.add("point", {"起点坐标", "Origin point"}, r.point).help({"代替起点图层", "Instead of the layer"});
    p.add("minutes", {"时限", "Cut-offs"}, r.minutes).unit("min");
    p.add("reverse", {"反向（谁能到达）", "Reverse (who reaches it)"}, r.reverse);
    p.add("shape", {"形状", "Shape"}, r.shape)
        .choices({{"disks", {"各时限以内", "Within each cut-off"}}, {"bands", {"时段之间", "Bands between cut-offs"}}});
    p.add("merge", {"多个起点", "Several origins"}, r.merge)
        .choices({{"separate", {"各自", "Each on its own"}}, {"dissolved", {"合并", "Dissolved"}}, {"nearest", {"按最近起点划分", "Split by nearest"}}});
    p.add("tolerance", {"边界容差", "Tolerance of the boundary"}, r.tolerance)
        .help({"多边形不会超出真实范围这一距离", "The polygon never leaves the true region by more"}).range(0.1, 1000);
    p.add("sample", {"抽样点数", "Sampled places"}, r.sample)
        .help({"重新计算时间以核对多边形的点数", "Places whose time is reckoned anew to check the polygons"}).range(0, 100000).advanced();
}

void declareMeasures(analysis::ParameterSet& p, Request& r) {
    p.add("population", {"人口格网", "Population grid"}, r.population);
    p.add("population_field", {"人口字段", "Population field"}, r.populationField).of("population").advanced();
    p.add("facilities", {"公共设施", "Facilities"}, r.facilities).geometry("point");
    p.add("facility_kind", {"格网成果中的设施类型", "Kind of facility in the cells"}, r.facilityKind);
    p.add("bands", {"供需圈时段与权重", "Bands and weights of the catchment"}, r.bands)
        .help({"分钟:权重；两步移动搜索法（Luo、Qi 2009）", "minutes:weight; two-step floating catchment (Luo, Qi 2009)"}).advanced();
    p.add("places", {"地点", "Places"}, r.places).geometry("point");
    p.add("commitments", {"通达承诺", "Commitments"}, r.commitments).geometry("table");
    p.add("projects", {"开通的项目", "Projects that open"}, r.projects)
        .help({"交通项目代码；all 为全部；空为现状", "Codes of transport projects; all for every one; empty for today's network"});
    p.add("year", {"至年份", "Up to the year"}, r.year)
        .help({"再加上该年以前开通的项目；0 不用", "Adds projects that open up to this year; 0 for none"}).range(0, 2200);
    p.add("compare", {"前后对比", "Before and after"}, r.compare)
        .help({"现状与所选项目（未选时为全部项目）对比，并逐个项目排序",
               "Compares today with the projects chosen (all when none is), and ranks each"});
    p.add("surface", {"时间面（GeoTIFF）", "Time surface (GeoTIFF)"}, r.surface).advanced();
    p.add("surface_cell", {"时间面像元", "Cell of the surface"}, r.surfaceCell).range(1, 5000).advanced();
}

using catalogue::Field;
using catalogue::FieldType;

Field text(std::string name, Localized title) { return {std::move(name), FieldType::Text, std::move(title), false, {}, {}, {}, {}}; }
Field number(std::string name, Localized title, std::string unit) {
    return {std::move(name), FieldType::Real, std::move(title), false, {}, std::move(unit), {}, {}};
}
Field integer(std::string name, Localized title, std::string unit) {
    return {std::move(name), FieldType::Integer, std::move(title), false, {}, std::move(unit), {}, {}};
}
Field count(std::string name, Localized title) { return integer(std::move(name), std::move(title), "人"); }

analysis::OutputDeclaration output(std::string id, Localized title, catalogue::GeometryKind geometry, std::vector<Field> fields) {
    analysis::OutputDeclaration declaration;
    catalogue::Layer& layer = declaration.definition;
    layer.id = std::move(id);
    layer.title = std::move(title);
    layer.group = "analysis";
    layer.geometry = geometry;
    layer.nameField = fields.front().name;
    layer.fields = std::move(fields);
    declaration.style = layer.id;
    return declaration;
}

}  // namespace

void declare(analysis::ParameterSet& parameters, Request& request) {
    declareIsochrones(parameters, request);
    analysis::transport::declareNetwork(parameters, request);
    parameters.add("farthest", {"接入路网的最大距离", "Farthest from a road"}, request.farthest).range(1, 20000).advanced();
    declareMeasures(parameters, request);
}

analysis::Description describe() {
    using catalogue::GeometryKind;
    analysis::Description d;
    d.id = "accessibility";
    d.version = "1";
    d.title = {"30分钟可达性", "30-minute accessibility"};
    d.help = {"等时圈（含离开路网的步行）、时限内人口与设施、通达承诺、交通项目开通前后的变化。",
              "Isochrones with the walk off the network, people and facilities within time limits, connectivity "
              "commitments, and what each transport project changes."};
    d.shortName = "access";
    d.outputs.push_back(output("access_areas", {"可达范围", "Areas within reach"}, GeometryKind::MultiPolygon,
                               {text("origin", {"起点", "Origin"}), text("scenario", {"情景", "Scenario"}),
                                number("from_min", {"起", "From"}, "min"), number("minutes", {"时限", "Cut-off"}, "min"),
                                number("area_m2", {"面积（平面）", "Area (planar)"}, "m2"), count("population", {"人口", "Population"})}));
    d.outputs.push_back(output("access_origins", {"起点", "Origins"}, GeometryKind::Point,
                               {text("name", {"名称", "Name"}), text("name_en", {"英文名称", "English name"}), text("code", {"代码", "Code"})}));
    d.outputs.push_back(output("access_network", {"可达路网", "Network within reach"}, GeometryKind::MultiLineString,
                               {text("origin", {"起点", "Origin"}), text("scenario", {"情景", "Scenario"}),
                                number("minutes", {"时限", "Cut-off"}, "min"), number("length_m", {"长度", "Length"}, "m")}));
    d.outputs.push_back(output("access_cells", {"格网出行时间", "Travel time by cell"}, GeometryKind::MultiPolygon,
                               {text("code", {"代码", "Code"}), count("population", {"人口", "Population"}),
                                number("minutes_before", {"现状时间", "Time today"}, "min"),
                                number("minutes_after", {"建成后时间", "Time with the projects"}, "min"),
                                number("gain_min", {"缩短", "Gain"}, "min"),
                                number("facility_min", {"至最近设施", "To the nearest facility"}, "min"),
                                number("per_1000", {"每千人设施规模", "Capacity per 1000 people"}, "")}));
    d.outputs.push_back(output("access_change", {"可达范围的变化", "Change of the area within reach"}, GeometryKind::MultiPolygon,
                               {text("change", {"变化", "Change"}), number("minutes", {"时限", "Cut-off"}, "min"),
                                number("area_m2", {"面积（平面）", "Area (planar)"}, "m2"), count("population", {"人口", "Population"})}));
    d.outputs.push_back(output("access_openings", {"开通的项目", "Projects that open"}, GeometryKind::MultiLineString,
                               {text("name", {"名称", "Name"}), text("name_en", {"英文名称", "English name"}), text("project", {"项目代码", "Code of the project"}),
                                text("mode", {"方式", "Mode"}), integer("opening_year", {"通车年份", "Opening year"}, ""),
                                count("population_gained", {"增加人口", "People gained"})}));
    d.outputs.push_back(output("access_paths", {"承诺的路径", "Paths of the commitments"}, GeometryKind::MultiLineString,
                               {text("title", {"承诺", "Commitment"}), text("code", {"代码", "Code"}), text("destination", {"终点", "Destination"}),
                                text("state", {"状态", "State"}), number("minutes", {"时间", "Time"}, "min"), number("limit_min", {"时限", "Limit"}, "min"),
                                integer("row", {"表中行号", "Row of the table"}, "")}));
    d.outputs.back().rowsOf = "access_commitments";
    return d;
}

Result<std::vector<double>> minutesOf(const Request& request) {
    std::vector<double> minutes;
    for (const std::string& part : request.minutes) {
        const std::optional<double> value = numberOf(part);
        if (!value || !(*value > 0) || *value > 1440) {
            return failure(ErrorCode::BadArgument, fmt::format("minutes: '{}' is not a time between 0 and 1440 minutes", part));
        }
        minutes.push_back(*value);
    }
    if (minutes.empty()) return failure(ErrorCode::BadArgument, "minutes: no cut-off given");
    std::sort(minutes.begin(), minutes.end());
    minutes.erase(std::unique(minutes.begin(), minutes.end()), minutes.end());
    return minutes;
}

}  // namespace zonewright::accessibility
