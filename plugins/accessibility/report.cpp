#include "plugins/accessibility/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/analysis/chart.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "plugins/accessibility/tables.h"

namespace zonewright::accessibility {
namespace {

using analysis::LayerResult;
using Json = nlohmann::ordered_json;

Json orNull(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::optional<double> minutesOf(network::Milliseconds time) {
    if (time >= network::kUnreachable) return std::nullopt;
    return network::toMinutes(time);
}

plan::Value valueOf(const std::optional<double>& number) { return number ? plan::Value(*number) : plan::Value(); }

double share(const Findings& findings) {
    network::Misclassification all;
    for (const OriginResult& origin : findings.origins) {
        all.sampled += origin.misclassified.sampled;
        all.wronglyInside += origin.misclassified.wronglyInside;
        all.wronglyOutside += origin.misclassified.wronglyOutside;
    }
    return all.share();
}

Json originsJson(const Findings& findings) {
    Json origins = Json::array();
    for (const OriginResult& origin : findings.origins) {
        Json cutoffs = Json::array();
        for (const CutoffResult& c : origin.cutoffs) {
            Json facilities = Json::object();
            for (const auto& [kind, count] : c.facilities) facilities[kind] = count;
            cutoffs.push_back({{"minutes", c.minutes},
                               {"nodes", c.nodes},
                               {"network_m", c.reached.length.value},
                               {"network_directed_m", c.directedLength.value},
                               {"area_m2", c.planarArea.value},
                               {"area_method", "planar"},
                               {"population", c.people},
                               {"facilities", facilities}});
        }
        origins.push_back({{"origin", origin.code},
                           {"name", {{"zh", origin.name.zh}, {"en", origin.name.en}}},
                           {"cutoffs", cutoffs},
                           {"misclassified",
                            {{"sampled", origin.misclassified.sampled},
                             {"wrongly_inside", origin.misclassified.wronglyInside},
                             {"wrongly_outside", origin.misclassified.wronglyOutside}}}});
    }
    return origins;
}

Json commitmentsJson(const Sources& sources, const Findings& findings) {
    Json rows = Json::array();
    for (const CommitmentResult& r : findings.commitments) {
        Json row = {{"code", r.commitment->code},
                    {"origin", r.commitment->origin},
                    {"destination", r.destination},
                    {"limit_min", r.commitment->limitMinutes},
                    {"minutes", orNull(r.minutes)},
                    {"pass", CommitmentResult::holds(r.minutes, r.commitment->limitMinutes)}};
        if (findings.comparison) {
            row["minutes_before"] = orNull(r.before);
            row["minutes_after"] = orNull(r.after);
        }
        Json legs = Json::array();
        for (const NamedLeg& leg : namedLegs(r.legs, sources)) legs.push_back({{"zh", leg.name.zh}, {"en", leg.name.en}, {"minutes", leg.minutes}, {"length_m", leg.length.value}});
        row["path"] = legs;
        rows.push_back(std::move(row));
    }
    return rows;
}

Json comparisonJson(const Sources& sources, const Findings& findings) {
    const Comparison& c = *findings.comparison;
    Json places = Json::array();
    for (const std::size_t p : c.placesGained) places.push_back(sources.places[p].code);
    Json turned = Json::array();
    for (const CommitmentResult& r : findings.commitments) {
        const double limit = r.commitment->limitMinutes;
        if (!CommitmentResult::holds(r.before, limit) && CommitmentResult::holds(r.after, limit)) turned.push_back(r.commitment->code);
    }
    Json ranking = Json::array();
    for (const ProjectGain& g : c.ranking) {
        ranking.push_back({{"project", g.code}, {"name", {{"zh", g.name.zh}, {"en", g.name.en}}}, {"population_gained", g.people}, {"commitments_turned", g.commitments}, {"in_network", g.hasWays}});
    }
    return {{"minutes", c.minutes},
            {"projects", c.projects},
            {"population_before", c.peopleBefore},
            {"population_after", c.peopleAfter},
            {"population_gained", c.peopleAfter - c.peopleBefore},
            {"area_gained_m2", planarArea(c.gained).value},
            {"area_lost_m2", planarArea(c.lost).value},
            {"places_gained", places},
            {"commitments_turned", turned},
            {"ranking", ranking}};
}

Json document(const Sources& sources, const World& world, const Findings& findings) {
    Json doc;
    doc["scenario"] = findings.scenario;
    doc["origins"] = originsJson(findings);
    doc["misclassified_share"] = share(findings);
    doc["commitments"] = commitmentsJson(sources, findings);
    doc["before_after"] = findings.comparison ? comparisonJson(sources, findings) : Json(nullptr);
    Json facilities = Json::array();
    for (const FacilityResult& f : findings.facilities) {
        Json within = Json::array();
        for (const auto& [minutes, people] : f.within) within.push_back({{"minutes", minutes}, {"population", people}});
        Json row = {{"kind", f.kind}, {"facilities", f.facilities}, {"capacity", f.capacity},
                    {"mean_nearest_min", f.nearest.mean ? Json(zonewright::toMinutes(*f.nearest.mean)) : Json(nullptr)}, {"population_unreached", f.nearest.left}, {"within", within}};
        if (f.catchment) row["catchment"] = {{"supply_used", f.catchment->supplyUsed}, {"supply_unused", f.catchment->supplyUnused}, {"access_times_population", f.closing}};
        facilities.push_back(std::move(row));
    }
    doc["facilities"] = std::move(facilities);
    Json curve = Json::array();
    for (const CurvePoint& point : curveOf(sources, findings)) {
        Json row = {{"minutes", point.minutes}, {"population", point.after}};
        if (findings.comparison) row["population_before"] = point.before;
        curve.push_back(std::move(row));
    }
    doc["curve"] = std::move(curve);
    doc["network"] = {{"nodes", world.report.nodes}, {"arcs", world.report.arcs}, {"components", world.report.components}, {"dead_ends", world.report.deadEnds.size()},
                      {"length_m", world.report.length.value}, {"stations", world.transit.stops}, {"stranded_stations", world.transit.strandedStops}};
    return doc;
}

/// What all origins reach within each cut-off but the last.
Result<std::vector<MultiPolygon>> reachedByAll(const Findings& findings) {
    std::vector<MultiPolygon> reached;
    for (std::size_t k = 0; k + 1 < findings.origins.front().cutoffs.size(); ++k) {
        std::vector<MultiPolygon> parts;
        for (const OriginResult& origin : findings.origins) parts.push_back(origin.cutoffs[k].area);
        Result<MultiPolygon> all = geos::unionOf(parts);
        if (!all) return tl::unexpected(all.error());
        reached.push_back(std::move(*all));
    }
    return reached;
}

/// Disks, or what each cut-off adds to the one before.
Result<LayerResult> areasLayer(const Findings& findings, const Request& request) {
    LayerResult layer{"access_areas", {}};
    const bool areBands = request.shape == "bands";
    // Where origins share the region a band begins where any of them reached before, so that bands do not overlap.
    std::vector<MultiPolygon> before;
    if (areBands && request.merge == "nearest") {
        Result<std::vector<MultiPolygon>> reached = reachedByAll(findings);
        if (!reached) return tl::unexpected(reached.error());
        before = std::move(*reached);
    }
    for (const OriginResult& origin : findings.origins) {
        const CutoffResult* inner = nullptr;
        std::vector<plan::Feature> own;
        for (const CutoffResult& c : origin.cutoffs) {
            const bool isBand = areBands && inner != nullptr;
            MultiPolygon shape = c.area;
            if (isBand) {
                Result<MultiPolygon> band = geos::difference(c.area, before.empty() ? inner->area : before[static_cast<std::size_t>(inner - origin.cutoffs.data())]);
                if (!band) return tl::unexpected(band.error());
                shape = std::move(*band);
            }
            const double area = planarArea(shape).value;
            const double people = c.people - (isBand ? inner->people : 0);
            const double from = isBand ? inner->minutes : 0;
            inner = &c;
            if (shape.polygons.empty()) continue;
            own.push_back({{}, {}, std::move(shape), {origin.code, findings.scenario, from, c.minutes, area, static_cast<std::int64_t>(std::llround(people))}});
        }
        // Largest first, so that smaller areas are drawn over larger ones.
        layer.features.insert(layer.features.end(), std::make_move_iterator(own.rbegin()), std::make_move_iterator(own.rend()));
    }
    return layer;
}

LayerResult networkLayer(const Findings& findings) {
    LayerResult layer{"access_network", {}};
    for (const OriginResult& origin : findings.origins) {
        for (auto c = origin.cutoffs.rbegin(); c != origin.cutoffs.rend(); ++c) {
            if (c->reached.lines.lines.empty()) continue;
            layer.features.push_back({{}, {}, c->reached.lines, {origin.code, findings.scenario, c->minutes, c->reached.length.value}});
        }
    }
    return layer;
}

LayerResult cellsLayer(const Sources& sources, const Findings& findings, const Request& request) {
    LayerResult layer{"access_cells", {}};
    const auto facility = std::find_if(findings.facilities.begin(), findings.facilities.end(), [&](const FacilityResult& f) { return f.kind == request.facilityKind; });
    for (std::size_t i = 0; i < sources.cells.size(); ++i) {
        const Cell& cell = sources.cells[i];
        network::Milliseconds own = network::kUnreachable;
        for (const OriginResult& origin : findings.origins) own = std::min(own, origin.cellTimes[i]);
        const auto before = minutesOf(findings.comparison ? findings.comparison->cellsBefore[i] : own);
        const auto after = minutesOf(findings.comparison ? findings.comparison->cellsAfter[i] : own);
        std::optional<double> toFacility, per1000;
        if (facility != findings.facilities.end()) {
            toFacility = minutesOf(facility->cellTimes[i]);
            if (facility->catchment) per1000 = facility->catchment->access[i] * 1000;
        }
        const std::optional<double> gain = before && after ? std::optional(*before - *after) : std::nullopt;
        layer.features.push_back({{}, {}, cell.shape, {cell.code, static_cast<std::int64_t>(std::llround(cell.people)), valueOf(before), valueOf(after), valueOf(gain), valueOf(toFacility), valueOf(per1000)}});
    }
    return layer;
}

LayerResult changeLayer(const Comparison& c) {
    LayerResult layer{"access_change", {}};
    const auto add = [&](const MultiPolygon& shape, const char* change, double people) {
        if (shape.polygons.empty()) return;
        layer.features.push_back({{}, {}, shape, {std::string(change), c.minutes, planarArea(shape).value, static_cast<std::int64_t>(std::llround(people))}});
    };
    add(c.gained, "gained", c.peopleAfter - c.peopleBefore);
    add(c.lost, "lost", 0);
    return layer;
}

LayerResult originsLayer(const Sources& sources) {
    LayerResult layer{"access_origins", {}};
    for (const Place& origin : sources.origins) layer.features.push_back({{}, {}, origin.point, {origin.name.zh, origin.name.en, origin.code}});
    return layer;
}

/// The ways and lines of the projects that are compared, one feature a project and mode.
LayerResult openingsLayer(const Sources& sources, const Comparison& c) {
    std::map<std::pair<std::string, std::string>, MultiLineString> drawn;  // project, mode
    for (const network::RoadLine& road : sources.roads) {
        if (!road.project.empty() && !road.joinable) drawn[{road.project, "road"}].lines.push_back(road.line);
    }
    for (const network::TransitLine& line : sources.lines) {
        if (line.project.empty()) continue;
        MultiLineString& into = drawn[{line.project, line.mode == network::Mode::Metro ? "metro" : line.mode == network::Mode::Bus ? "bus" : "rail"}];
        into.lines.insert(into.lines.end(), line.track.lines.begin(), line.track.lines.end());
    }
    LayerResult layer{"access_openings", {}};
    for (const ProjectGain& gain : c.ranking) {
        for (const auto& [key, lines] : drawn) {
            if (key.first != gain.code || lines.lines.empty()) continue;
            layer.features.push_back({{}, {}, lines, {gain.name.zh, gain.name.en, gain.code, key.second, gain.year > 0 ? plan::Value(gain.year) : plan::Value(),
                                                      static_cast<std::int64_t>(std::llround(gain.people))}});
        }
    }
    return layer;
}

/// One feature a row of the table of commitments and state of the network.
LayerResult pathsLayer(const Findings& findings) {
    LayerResult layer{"access_paths", {}};
    for (std::size_t row = 0; row < findings.commitments.size(); ++row) {
        const CommitmentResult& r = findings.commitments[row];
        const auto add = [&](const char* state, const LineString& way, const std::optional<double>& minutes) {
            if (way.empty() || !minutes) return;
            layer.features.push_back({{}, {}, MultiLineString{{way}}, {r.commitment->title.zh, r.commitment->code, r.destinationName.zh, std::string(state), *minutes, r.commitment->limitMinutes, static_cast<std::int64_t>(row)}});
        };
        if (findings.comparison) {
            add("before", r.wayBefore, r.before);
            add("after", r.wayAfter, r.after);
        } else {
            add("run", r.way, r.minutes);
        }
    }
    return layer;
}

/// People against minutes, before and after.
analysis::Chart curveChart(const Curve& curve, const std::optional<Comparison>& comparison) {
    analysis::LineChart chart;
    chart.title = {"累计可达人口", "People within reach by time"};
    chart.x = {{"时间", "Time"}, {"分钟", "min"}, 0};
    chart.y = {{"人口", "Population"}, {"人", "people"}, 0};
    const auto add = [&](Localized label, const char* colour, bool dashed, double CurvePoint::* people) {
        analysis::Line line{std::move(label), colour, dashed, {}};
        for (const CurvePoint& point : curve) line.points.emplace_back(point.minutes, point.*people);
        chart.lines.push_back(std::move(line));
    };
    if (comparison) {
        add({"建设前（现状）", "Before (today)"}, "#888888", true, &CurvePoint::before);
        add({"建设后", "After"}, "#4477aa", false, &CurvePoint::after);
        chart.mark = comparison->minutes;
    } else {
        add({"本次情景", "This run"}, "#4477aa", false, &CurvePoint::after);
    }
    chart.notes.push_back({"格网中心在该时间内的人口，自全部起点中最近者计", "People of cells whose centre lies within the time from the nearest origin"});
    return {"access_curve", std::move(chart)};
}

analysis::Chart rankingChart(const Comparison& c) {
    analysis::BarChart chart;
    chart.title = {fmt::format("各项目单独建成：{:g} 分钟内增加的人口", c.minutes), fmt::format("Each project alone: people gained within {:g} minutes", c.minutes)};
    chart.unit = {"人", "people"};
    chart.decimals = 0;
    for (const ProjectGain& g : c.ranking) chart.bars.push_back({g.name, g.people});
    chart.notes.push_back({"格网中心在时限内的人口，自全部起点中最近者计", "People of cells whose centre lies within the limit of the nearest origin"});
    return {"access_projects", std::move(chart)};
}

Localized sentence(const Findings& findings) {
    const CutoffResult& last = findings.origins.front().cutoffs.back();
    const auto passed = std::count_if(findings.commitments.begin(), findings.commitments.end(), [](const CommitmentResult& r) { return CommitmentResult::holds(r.minutes, r.commitment->limitMinutes); });
    Localized text{fmt::format("{}：{:g} 分钟内 {:.1f} km²（平面）、{:.0f} 人", findings.origins.front().name.zh, last.minutes, last.planarArea.value / 1e6, last.people),
                   fmt::format("{}: {:.1f} km2 (planar) and {:.0f} people within {:g} minutes", findings.origins.front().name.en, last.planarArea.value / 1e6, last.people, last.minutes)};
    if (!findings.commitments.empty()) {
        text.zh += fmt::format("；{} 项承诺中 {} 项达到", findings.commitments.size(), passed);
        text.en += fmt::format("; {} of {} commitments kept", passed, findings.commitments.size());
    }
    if (findings.comparison) {
        const Comparison& c = *findings.comparison;
        text.zh += fmt::format("；{} 个项目建成后 {:g} 分钟内增加 {:.0f} 人", c.projects.size(), c.minutes, c.peopleAfter - c.peopleBefore);
        text.en += fmt::format("; {} projects add {:.0f} people within {:g} minutes", c.projects.size(), c.peopleAfter - c.peopleBefore, c.minutes);
    }
    return text;
}

}  // namespace

Result<analysis::Outcome> report(const Sources& sources, const World& world, const Findings& findings, const Request& request) {
    analysis::Outcome out;
    out.document = document(sources, world, findings);
    out.finding = sentence(findings);
    out.tables = tablesOf(sources, findings);
    Result<LayerResult> areas = areasLayer(findings, request);
    if (!areas) return tl::unexpected(areas.error());
    out.layers.push_back(std::move(*areas));
    out.layers.push_back(originsLayer(sources));
    out.layers.push_back(networkLayer(findings));
    if (!sources.cells.empty()) out.layers.push_back(cellsLayer(sources, findings, request));
    if (findings.comparison) {
        out.layers.push_back(changeLayer(*findings.comparison));
        out.layers.push_back(openingsLayer(sources, *findings.comparison));
        out.charts.push_back(rankingChart(*findings.comparison));
    }
    if (const Curve curve = curveOf(sources, findings); !curve.empty()) out.charts.insert(out.charts.begin(), curveChart(curve, findings.comparison));
    if (!findings.commitments.empty()) out.layers.push_back(pathsLayer(findings));
    out.notices = analysis::transport::noticesOf(sources, world);
    return out;
}

}  // namespace zonewright::accessibility
