#include "plugins/accessibility/tables.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace zonewright::accessibility {
namespace {

using analysis::Cell;
using analysis::Column;
using analysis::Table;

Column text(std::string id, Localized title) { return {std::move(id), std::move(title), "", 0, {}}; }
Column number(std::string id, Localized title, std::string unit, int decimals) { return {std::move(id), std::move(title), std::move(unit), decimals, {}}; }

Cell cellOf(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

const Localized kYes{"达到", "kept"};
const Localized kNo{"未达到", "not kept"};

Table reachTable(const Findings& findings) {
    Table t{"access_summary",
            {"时限内的范围、路网与人口", "Area, network and people within the cut-offs"},
            {text("origin", {"起点", "Origin"}), number("minutes", {"时限", "Cut-off"}, "min", 0), number("area_km2", {"面积（平面）", "Area (planar)"}, "km2", 2),
             number("network_km", {"路网", "Network"}, "km", 1), number("nodes", {"节点", "Nodes"}, "", 0), number("population", {"人口（人）", "Population (people)"}, "", 0)},
            {},
            {}};
    std::size_t sampled = 0, inside = 0, outside = 0;
    for (const OriginResult& origin : findings.origins) {
        for (const CutoffResult& c : origin.cutoffs) {
            t.rows.push_back({origin.name, c.minutes, c.planarArea.value / 1e6, c.reached.length.value / 1000, static_cast<std::int64_t>(c.nodes), c.people});
        }
        sampled += origin.misclassified.sampled;
        inside += origin.misclassified.wronglyInside;
        outside += origin.misclassified.wronglyOutside;
    }
    t.notes.push_back({"某处在范围内，是指自某个临街路网点 q 有 到达 q 的时间 + 到 q 的直线距离 ÷ 步行速度 ≤ 时限；人口按格网中心计",
                       "A place is within when some point q of a road with frontage has time(q) + distance / walking speed <= cut-off; people are counted by cell centre"});
    if (sampled > 0) {
        t.notes.push_back({fmt::format("随机抽取 {} 点重新计算：误判为内 {} 点，误判为外 {} 点", sampled, inside, outside),
                           fmt::format("{} random places reckoned anew: {} wrongly inside, {} wrongly outside", sampled, inside, outside)});
    }
    return t;
}

std::string pathOf(const std::vector<NamedLeg>& legs, Language language) {
    std::string path;
    for (const NamedLeg& leg : legs) {
        if (leg.minutes < 0.05) continue;
        path += fmt::format("{}{} {:.1f}", path.empty() ? "" : " → ", leg.name.in(language), leg.minutes);
    }
    return path;
}

/// The slowest way or line of a journey, all its parts together.
Localized slowestOf(const std::vector<NamedLeg>& legs) {
    std::map<std::string, std::pair<Localized, double>> byName;
    for (const NamedLeg& leg : legs) {
        auto& [known, minutes] = byName[leg.name.zh];
        known = leg.name;
        minutes += leg.minutes;
    }
    const auto slowest = std::max_element(byName.begin(), byName.end(), [](const auto& a, const auto& b) { return a.second.second < b.second.second; });
    if (slowest == byName.end()) return {};
    const auto& [name, minutes] = slowest->second;
    return {fmt::format("{} {:.1f} 分钟", name.zh, minutes), fmt::format("{} {:.1f} min", name.en, minutes)};
}

Table commitmentsTable(const Sources& sources, const Findings& findings) {
    Table t{"access_commitments",
            {"通达承诺", "Connectivity commitments"},
            {text("code", {"代码", "Code"}), text("title", {"承诺", "Commitment"}), text("destination", {"终点", "Destination"}), number("limit_min", {"时限", "Limit"}, "min", 0),
             number("minutes", {"时间", "Time"}, "min", 1), text("pass", {"结论", "Verdict"}), text("slowest", {"最慢路段", "Slowest leg"}), text("path", {"路径（分钟）", "Path (minutes)"})},
            {},
            {}};
    if (findings.comparison) {
        t.columns.push_back(number("minutes_before", {"现状时间", "Time today"}, "min", 1));
        t.columns.push_back(number("minutes_after", {"建成后时间", "Time with the projects"}, "min", 1));
        t.columns.push_back(text("turns", {"变化", "Change"}));
    }
    for (const CommitmentResult& r : findings.commitments) {
        const double limit = r.commitment->limitMinutes;
        const std::vector<NamedLeg> legs = namedLegs(r.legs, sources);
        std::vector<Cell> row{r.commitment->code, r.commitment->title, r.destinationName, limit, cellOf(r.minutes),
                              CommitmentResult::holds(r.minutes, limit) ? kYes : kNo, slowestOf(legs), Localized{pathOf(legs, Language::Chinese), pathOf(legs, Language::English)}};
        if (findings.comparison) {
            const bool before = CommitmentResult::holds(r.before, limit);
            const bool after = CommitmentResult::holds(r.after, limit);
            row.push_back(cellOf(r.before));
            row.push_back(cellOf(r.after));
            row.push_back(before == after ? Cell() : Cell(after ? Localized{"由未达到变为达到", "now kept"} : Localized{"由达到变为未达到", "no longer kept"}));
        }
        t.rows.push_back(std::move(row));
    }
    t.notes.push_back({"时间为自由行驶时间加候车（发车间隔的一半）、换乘与步行；地点接于最近的道路", "Times are free-flow driving plus waiting (half the headway), transfers and walks; places join the nearest road"});
    return t;
}

Table curveTable(const Curve& curve, bool compared) {
    Table t{"access_curve", {"累计可达人口", "People within reach by time"}, {number("minutes", {"时间", "Time"}, "min", 0)}, {}, {}};
    if (compared) t.columns.push_back(number("population_before", {"建设前人口（人）", "Population before (people)"}, "", 0));
    t.columns.push_back(number("population", compared ? Localized{"建设后人口（人）", "Population after (people)"} : Localized{"人口（人）", "Population (people)"}, "", 0));
    if (compared) t.columns.push_back(number("gained", {"增加（人）", "Gained (people)"}, "", 0));
    for (const CurvePoint& point : curve) {
        std::vector<Cell> row{point.minutes};
        if (compared) row.emplace_back(point.before);
        row.emplace_back(point.after);
        if (compared) row.emplace_back(point.after - point.before);
        t.rows.push_back(std::move(row));
    }
    t.notes.push_back({"格网中心在该时间内的人口，自全部起点中最近者计", "People of cells whose centre lies within the time from the nearest origin"});
    return t;
}

Table projectsTable(const Comparison& c) {
    Table t{"access_projects",
            {"交通项目排序", "Ranking of transport projects"},
            {text("project", {"项目", "Project"}), text("code", {"代码", "Code"}), number("year", {"通车年份", "Opening year"}, "", 0), number("population_gained", {"增加人口（人）", "People gained"}, "", 0),
             number("commitments", {"促成的承诺", "Commitments turned"}, "", 0), text("note", {"说明", "Note"})},
            {},
            {}};
    for (const ProjectGain& g : c.ranking) {
        t.rows.push_back({g.name, g.code, g.year > 0 ? Cell(g.year) : Cell(), g.people, static_cast<std::int64_t>(g.commitments),
                          g.hasWays ? Cell() : Cell(Localized{"路网中没有它的线形，不影响时间", "no way of it in the network, so no effect"})});
    }
    t.rows.push_back({Localized{"全部同时建成", "All together"}, std::string("all"), Cell(), c.peopleAfter - c.peopleBefore, Cell(), Cell()});
    t.notes.push_back({fmt::format("每个项目单独建成与现状相比，{:g} 分钟内增加的人口", c.minutes), fmt::format("People gained within {:g} minutes by each project alone, against today's network", c.minutes)});
    return t;
}

Table comparisonTable(const Sources& sources, const Comparison& c) {
    Table t{"access_before_after",
            {"前后对比", "Before and after"},
            {text("item", {"项目", "Item"}), number("before", {"现状", "Today"}, "", 0), number("after", {"建成后", "With the projects"}, "", 0), number("change", {"变化", "Change"}, "", 0)},
            {},
            {}};
    t.rows.push_back({Localized{fmt::format("{:g} 分钟内人口（人）", c.minutes), fmt::format("People within {:g} minutes", c.minutes)}, c.peopleBefore, c.peopleAfter, c.peopleAfter - c.peopleBefore});
    std::string zh, en;
    for (const std::size_t p : c.placesGained) {
        zh += (zh.empty() ? "" : "、") + sources.places[p].name.zh;
        en += (en.empty() ? "" : ", ") + sources.places[p].name.en;
    }
    t.notes.push_back({"新进入时限的地点：" + (zh.empty() ? "无" : zh), "Places that come within the limit: " + (en.empty() ? "none" : en)});
    return t;
}

Table facilitiesWithinTable(const Sources& sources, const Findings& findings) {
    Table t{"access_facilities_within",
            {"时限内的公共设施（个）", "Facilities within the cut-offs (number)"},
            {text("origin", {"起点", "Origin"}), number("minutes", {"时限", "Cut-off"}, "min", 0)},
            {},
            {}};
    for (const auto& [kind, count] : findings.origins.front().cutoffs.front().facilities) t.columns.push_back(number(kind, sources.kindName(kind), "", 0));
    for (const OriginResult& origin : findings.origins) {
        for (const CutoffResult& c : origin.cutoffs) {
            t.rows.push_back({origin.name, c.minutes});
            for (const auto& [kind, count] : c.facilities) t.rows.back().emplace_back(static_cast<std::int64_t>(count));
        }
    }
    return t;
}

Table facilitiesTable(const Sources& sources, const Findings& findings) {
    Table t{"access_facilities",
            {"公共设施可达性", "Access to facilities"},
            {text("kind", {"类型", "Kind"}), number("facilities", {"数量", "Number"}, "", 0), number("mean_min", {"人均最近时间", "Mean time to the nearest"}, "min", 2)},
            {},
            {}};
    if (findings.facilities.empty()) return t;
    for (const auto& [minutes, people] : findings.facilities.front().within) {
        t.columns.push_back(number(fmt::format("within_{:g}", minutes), {fmt::format("{:g} 分钟内人口（人）", minutes), fmt::format("People within {:g} min", minutes)}, "", 0));
    }
    t.columns.push_back(number("capacity", {"规模", "Capacity"}, "", 0));
    t.columns.push_back(number("used", {"圈内有人的规模", "Capacity in use"}, "", 0));
    t.columns.push_back(number("closing", {"可达性×人口之和", "Sum of access x people"}, "", 0));
    for (const FacilityResult& f : findings.facilities) {
        std::optional<double> mean, used, closing;
        if (f.nearest.mean) mean = zonewright::toMinutes(*f.nearest.mean);
        if (f.catchment) used = f.catchment->supplyUsed, closing = f.closing;
        std::vector<Cell> row{sources.kindName(f.kind), static_cast<std::int64_t>(f.facilities), cellOf(mean)};
        for (const auto& [minutes, people] : f.within) row.emplace_back(people);
        row.emplace_back(f.capacity);
        row.push_back(cellOf(used));
        row.push_back(cellOf(closing));
        t.rows.push_back(std::move(row));
    }
    t.notes.push_back({"供需圈：增强型两步移动搜索法（Luo、Qi 2009）；可达性×人口之和应等于圈内有人的规模", "Catchment: E2SFCA (Luo, Qi 2009); the sum of access x people must equal the capacity in use"});
    return t;
}

Table placeTable(const Sources& sources, const Findings& findings) {
    Table t{"access_times", {"地点间时间", "Times between places"}, {text("origin", {"起点", "Origin"}), text("destination", {"终点", "Destination"}), number("minutes", {"时间", "Time"}, "min", 1)}, {}, {}};
    for (std::size_t i = 0; i < findings.placeTimes.size(); ++i) {
        for (std::size_t j = 0; j < findings.placeTimes[i].size(); ++j) {
            if (i != j) t.rows.push_back({sources.places[i].name, sources.places[j].name, cellOf(findings.placeTimes[i][j])});
        }
    }
    return t;
}

}  // namespace

Curve curveOf(const Sources& sources, const Findings& findings) {
    Curve curve;
    if (sources.cells.empty() || findings.origins.empty()) return curve;
    const double last = findings.origins.front().cutoffs.back().minutes;
    for (int minute = 0; minute <= static_cast<int>(last); ++minute) curve.push_back({static_cast<double>(minute), 0, 0});
    if (curve.back().minutes < last) curve.push_back({last, 0, 0});
    // Each cell counts from the first minute that is not below its time.
    const auto count = [&](network::Milliseconds time, double people, double CurvePoint::* into) {
        const auto first = std::lower_bound(curve.begin(), curve.end(), time, [](const CurvePoint& point, network::Milliseconds t) { return toMilliseconds(point.minutes) < t; });
        if (first != curve.end()) (*first).*into += people;
    };
    for (std::size_t i = 0; i < sources.cells.size(); ++i) {
        network::Milliseconds own = network::kUnreachable;
        for (const OriginResult& origin : findings.origins) own = std::min(own, origin.cellTimes[i]);
        count(findings.comparison ? findings.comparison->cellsAfter[i] : own, sources.cells[i].people, &CurvePoint::after);
        if (findings.comparison) count(findings.comparison->cellsBefore[i], sources.cells[i].people, &CurvePoint::before);
    }
    for (std::size_t k = 1; k < curve.size(); ++k) {
        curve[k].before += curve[k - 1].before;
        curve[k].after += curve[k - 1].after;
    }
    return curve;
}

std::vector<Table> tablesOf(const Sources& sources, const Findings& findings) {
    std::vector<Table> tables{reachTable(findings)};
    if (!findings.commitments.empty()) tables.push_back(commitmentsTable(sources, findings));
    if (findings.comparison) {
        tables.push_back(comparisonTable(sources, *findings.comparison));
        tables.push_back(projectsTable(*findings.comparison));
    }
    if (const Curve curve = curveOf(sources, findings); !curve.empty()) tables.push_back(curveTable(curve, findings.comparison.has_value()));
    if (!sources.facilities.empty()) tables.push_back(facilitiesWithinTable(sources, findings));
    if (!findings.facilities.empty()) tables.push_back(facilitiesTable(sources, findings));
    if (!findings.placeTimes.empty()) tables.push_back(placeTable(sources, findings));
    return tables;
}

}  // namespace zonewright::accessibility
