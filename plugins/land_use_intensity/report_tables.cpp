#include <cmath>
#include <map>

#include <fmt/format.h>

#include "measures.h"
#include "report.h"

namespace zonewright::intensity::detail {
namespace {

using analysis::Cell;
using analysis::Column;
using analysis::Table;

Cell number(double value) {
    return std::isfinite(value) ? Cell(value) : Cell();
}

const Localized kSum{"合计", "Total"};

Column zoneColumn() {
    return {.id = "zone", .title = {"分区", "Zone"}, .unit = "", .decimals = 0, .formula = {}};
}
Column nameColumn() {
    return {.id = "name", .title = {"名称", "Name"}, .unit = "", .decimals = 0, .formula = {}};
}
Column hectareColumn(const std::string& id, const Localized& title) {
    return {.id = id, .title = title, .unit = "ha", .decimals = 2, .formula = {}};
}

Table overview(const Study& study) {
    Table t{"intensity",
            {"土地开发强度", "Land-use intensity"},
            {zoneColumn(), nameColumn(), hectareColumn("total_ha", {"总面积", "Area"}),
             hectareColumn("construction_ha", {"建设用地", "Construction land"})},
            {},
            {}};
    for (const Measure& m : measures()) t.columns.push_back({m.id, m.title, m.unit, m.decimals, m.formula});
    t.columns.push_back({"mix",
                         {"用地混合度", "Land-use mix"},
                         "",
                         3,
                         {"一级类建设用地面积比例的香农熵 ÷ ln(类数)",
                          "Shannon entropy of first-level construction classes / ln(classes)"}});
    t.columns.push_back(hectareColumn("uncovered_ha", {"无图斑覆盖", "Not covered by parcels"}));
    t.columns.push_back({"parcels", {"图斑数", "Parcels"}, "", 0, {}});
    t.columns.push_back({"parcels_cut", {"跨界图斑数", "Parcels cut"}, "", 0, {}});
    const auto row = [&](const Cell& code, const Cell& name, std::pair<const Sums&, const Ratios&> of) {
        const auto& [s, r] = of;
        std::vector<Cell> cells{code, name, number(s.total / 10000), number(s.construction.value() / 10000)};
        for (const Measure& m : measures()) cells.push_back(number(m.shown(r)));
        cells.push_back(number(r.mix));
        cells.push_back(number(s.uncovered() / 10000));
        cells.emplace_back(s.parcels);
        cells.emplace_back(s.parcelsCut);
        t.rows.push_back(std::move(cells));
    };
    for (std::size_t z = 0; z < study.zones.size(); ++z) {
        row(study.zones.codes[z], study.zones.names[z], {study.sums.zones[z], study.ratios[z]});
    }
    row(kSum, Cell(), {study.sums.all, study.all});
    t.notes.push_back(areaMethod(study));
    t.notes.push_back({fmt::format("合计与分区之和的舍入残差 {:.6f} m2；分区外图斑 {:.2f} ha",
                                   study.sums.residual, study.sums.outside / 10000),
                       fmt::format("rounding residual {:.6f} m2; parcels outside the zones {:.2f} ha",
                                   study.sums.residual, study.sums.outside / 10000)});
    t.notes.push_back({fmt::format("图斑 {} 个 = 计入 {} + 未计入 {}", study.parcels.read,
                                   study.parcels.read - study.parcels.rejected, study.parcels.rejected),
                       fmt::format("{} parcels = {} counted + {} left out", study.parcels.read,
                                   study.parcels.read - study.parcels.rejected, study.parcels.rejected)});
    return t;
}

Table measureTable(const Study& study, const Measure& m) {
    Table t{m.id,
            m.title,
            {zoneColumn(),
             nameColumn(),
             {m.id + "_numerator", m.numeratorTitle, m.numeratorUnit, 4, {}},
             {m.id + "_denominator", m.denominatorTitle, m.denominatorUnit, 4, {}},
             {m.id, m.title, m.unit, m.decimals, m.formula}},
            {},
            {}};
    const auto row = [&](const Cell& code, const Cell& name, std::pair<const Sums&, const Ratios&> of) {
        t.rows.push_back({code, name, number(m.numerator(of.first)), number(m.denominator(of.first)),
                          number(m.shown(of.second))});
    };
    for (std::size_t z = 0; z < study.zones.size(); ++z) {
        row(study.zones.codes[z], study.zones.names[z], {study.sums.zones[z], study.ratios[z]});
    }
    row(kSum, Cell(), {study.sums.all, study.all});
    t.notes.push_back(areaMethod(study));
    t.sheetOnly = true;
    return t;
}

/// Zones down, classes across.
Table classTable(const Study& study, int digits) {
    const std::vector<ClassArea> classes = classAreas(study.parcels, study.sums.all, digits);
    Table t{digits == 2 ? "classes_1" : "classes_2",
            digits == 2 ? Localized{"一级类面积", "First-level classes"}
                        : Localized{"二级类面积", "Second-level classes"},
            {zoneColumn(), nameColumn()},
            {},
            {areaMethod(study)}};
    for (const ClassArea& c : classes)
        t.columns.push_back(hectareColumn("c" + c.code, study.landUse.titleOf(c.code)));
    t.columns.push_back(hectareColumn("uncovered", {"无图斑覆盖", "Not covered by parcels"}));
    t.columns.push_back(hectareColumn("total", {"总面积", "Area"}));
    const auto row = [&](const Cell& code, const Cell& name, const Sums& s) {
        std::map<std::string, double> areas;
        for (const ClassArea& c : classAreas(study.parcels, s, digits)) areas[c.code] = c.area;
        std::vector<Cell> cells{code, name};
        for (const ClassArea& c : classes) cells.push_back(number(areas[c.code] / 10000));
        cells.push_back(number(s.uncovered() / 10000));
        cells.push_back(number(s.total / 10000));
        t.rows.push_back(std::move(cells));
    };
    for (std::size_t z = 0; z < study.zones.size(); ++z)
        row(study.zones.codes[z], study.zones.names[z], study.sums.zones[z]);
    row(kSum, Cell(), study.sums.all);
    return t;
}

/// 用地平衡表: every class with its share of all land and of construction land.
Table balance(const Study& study) {
    Table t{"land_balance",
            {"用地平衡表", "Land balance"},
            {{"code", {"用地代码", "Code"}, "", 0, {}},
             {"class", {"用地名称", "Class"}, "", 0, {}},
             hectareColumn("area_ha", {"面积", "Area"}),
             {"share",
              {"占总面积", "Share of all land"},
              "%",
              2,
              {"面积 ÷ 分区总面积", "area / area of the zones"}},
             {"share_construction",
              {"占建设用地", "Share of construction land"},
              "%",
              2,
              {"面积 ÷ 建设用地面积", "area / construction land"}}},
            {},
            {areaMethod(study)}};
    const double total = study.sums.all.total;
    const double construction = study.sums.all.construction.value();
    const auto row = [&](const std::string& code, const Localized& title,
                         std::pair<double, bool> areaAndBuilt) {
        const auto& [area, built] = areaAndBuilt;
        t.rows.push_back({code, title, number(area / 10000), number(100 * area / total),
                          built ? number(100 * area / construction) : Cell()});
    };
    const std::vector<ClassArea> second = classAreas(study.parcels, study.sums.all, 4);
    for (const ClassArea& c : classAreas(study.parcels, study.sums.all, 2)) {
        row(c.code, study.landUse.titleOf(c.code), {c.area, c.construction});
        for (const ClassArea& d : second) {
            if (d.code.size() == 4 && d.code.starts_with(c.code))
                row(d.code, study.landUse.titleOf(d.code), {d.area, d.construction});
        }
    }
    row("", {"其中：建设用地", "of which construction land"}, {construction, true});
    row("", {"无图斑覆盖", "Not covered by parcels"}, {study.sums.all.uncovered(), false});
    row("", kSum, {total, false});
    return t;
}

Table closure(const Study& study) {
    Table t{"closure",
            {"闭合检验", "Closure"},
            {{"level", {"层次", "Level"}, "", 0, {}},
             {"units", {"单元数", "Units"}, "", 0, {}},
             {"total_m2", {"总面积", "Area"}, "m2", 3, {}},
             {"land_m2", {"图斑面积", "Parcel land"}, "m2", 3, {}},
             {"construction_m2", {"建设用地", "Construction land"}, "m2", 3, {}},
             {"floor_area_m2", {"建筑面积", "Floor area"}, "m2", 3, {}},
             {"uncovered_m2", {"无图斑覆盖", "Not covered by parcels"}, "m2", 3, {}},
             {"residual_m2", {"图斑面积与分区之差", "Parcel land less that of the zones"}, "m2", 6, {}}},
            {},
            {}};
    const auto row = [&](const std::string& name, std::pair<std::size_t, const Sums&> of) {
        const auto& [units, s] = of;
        t.rows.push_back({name, static_cast<std::int64_t>(units), number(s.total), number(s.land.value()),
                          number(s.construction.value()), number(s.floorArea.value()), number(s.uncovered()),
                          number(s.land.value() - study.sums.all.land.value())});
    };
    row(study.zones.layer, {study.zones.size(), study.sums.all});
    for (const Level& level : study.levels) row(level.zones.layer, {level.zones.size(), level.sums.all});
    t.notes.push_back(
        {fmt::format("舍入残差 {:.6f} m2 = 全部图斑 {:.3f} - 分区外 {:.3f} - 分区之和 {:.3f}",
                     study.sums.residual, study.sums.parcelLand, study.sums.outside,
                     study.sums.all.land.value()),
         fmt::format(
             "rounding residual {:.6f} m2 = all parcels {:.3f} - outside {:.3f} - sum of zones {:.3f}",
             study.sums.residual, study.sums.parcelLand, study.sums.outside, study.sums.all.land.value())});
    t.notes.push_back({"总面积不同的层次覆盖范围不同，其差不是残差",
                       "levels of another total area cover other ground; their difference is no residual"});
    return t;
}

/// Every zone, so that a cap can be set where there is none yet.
Table dualControl(const Study& study) {
    Column cap = hectareColumn("cap_ha", {"总量上限", "Cap"});
    cap.field = "construction_cap_ha";
    Column intensityCap{.id = "intensity_cap", .title = {"强度上限", "Cap of intensity"}, .unit = "%", .decimals = 2, .formula = {}, .field = "intensity_cap", .scale = 100};
    Table t{"dual_control",
            {"“双控”对照", "Dual control"},
            {zoneColumn(),
             nameColumn(),
             hectareColumn("construction_ha", {"建设用地", "Construction land"}),
             std::move(cap),
             hectareColumn("headroom_ha", {"总量余量", "Headroom"}),
             {"intensity", {"开发强度", "Intensity"}, "%", 2, {}},
             std::move(intensityCap),
             {"intensity_headroom", {"强度余量", "Headroom of intensity"}, "%", 2, {}},
             {"light", {"状态", "Status"}, "", 0, {}}},
            {},
            {}};
    for (const Light light : {Light::Green, Light::Amber, Light::Red}) t.columns.back().marks.push_back({titleOf(light).zh, detail::colourOf(light)});
    if (!study.capsLayer.empty()) t.source = analysis::TableSource{study.capsLayer, {{"zone_layer", study.zones.layer}}, "zone", "zone"};
    for (std::size_t z = 0; z < study.zones.size(); ++z) {
        const bool capped = !study.control.empty() && study.control[z].capped;
        const Control c = capped ? study.control[z] : Control{};
        std::vector<Cell> row{study.zones.codes[z], study.zones.names[z], number(study.sums.zones[z].construction.value() / 10000)};
        row.push_back(capped ? number(c.cap.constructionHa) : Cell());
        row.push_back(capped ? number(c.headroomHa) : Cell());
        row.push_back(number(100 * study.ratios[z].intensity));
        row.push_back(capped ? number(100 * c.cap.intensity) : Cell());
        row.push_back(capped ? number(100 * c.intensityHeadroom) : Cell());
        row.emplace_back(titleOf(c.light));
        t.rows.push_back(std::move(row));
    }
    t.notes.push_back({fmt::format("达到上限的 {:.0f}% 为黄", 100 * study.warnAt),
                       fmt::format("amber from {:.0f} % of a cap", 100 * study.warnAt)});
    return t;
}

Table difference(const Study& study) {
    Table t{"difference",
            {"情形前后对比", "Before and after"},
            {zoneColumn(), nameColumn()},
            {},
            {areaMethod(study)}};
    const auto three = [&](const std::string& id, const Localized& title,
                           std::pair<std::string, int> unitAndDecimals) {
        const auto& [unit, decimals] = unitAndDecimals;
        t.columns.push_back({id + "_before", {title.zh + "·前", title.en + ", before"}, unit, decimals, {}});
        t.columns.push_back({id + "_after", {title.zh + "·后", title.en + ", after"}, unit, decimals, {}});
        t.columns.push_back(
            {id + "_difference", {title.zh + "·差", title.en + ", difference"}, unit, decimals, {}});
    };
    three("construction", {"建设用地", "Construction land"}, {"ha", 2});
    three("floor_area", {"建筑面积", "Floor area"}, {"ha", 2});
    for (const Measure& m : measures()) {
        if (m.id == "intensity" || m.id == "far" || m.id == "output_per_mu")
            three(m.id, m.title, {m.unit, m.decimals});
    }
    const auto row = [&](const Cell& code, const Cell& name, std::pair<const Sums*, const Sums*> sums,
                         std::pair<const Ratios*, const Ratios*> ratios) {
        std::vector<Cell> cells{code, name};
        const auto add = [&](double before, double after) {
            for (const double v : {before, after, after - before}) cells.push_back(number(v));
        };
        add(sums.first->construction.value() / 10000, sums.second->construction.value() / 10000);
        add(sums.first->floorArea.value() / 10000, sums.second->floorArea.value() / 10000);
        for (const Measure& m : measures()) {
            if (m.id == "intensity" || m.id == "far" || m.id == "output_per_mu")
                add(m.shown(*ratios.first), m.shown(*ratios.second));
        }
        t.rows.push_back(std::move(cells));
    };
    for (std::size_t z = 0; z < study.zones.size(); ++z) {
        row(study.zones.codes[z], study.zones.names[z], {&study.sums.zones[z], &study.after->zones[z]},
            {&study.ratios[z], &study.afterRatios[z]});
    }
    row(kSum, Cell(), {&study.sums.all, &study.after->all}, {&study.all, &study.afterAll});
    return t;
}

Table areaCheckTable(const AreaCheck& check, const Localized& method) {
    Table t{"area_check",
            {"登记面积核对", "Plausibility of stated areas"},
            {{"difference", {"相对偏差", "Relative difference"}, "", 0, {"|登记面积 ÷ 图形面积 - 1|", "|stated area / area of the geometry - 1|"}},
             {"parcels", {"图斑数", "Parcels"}, "", 0, {}},
             hectareColumn("stated_ha", {"登记面积", "Stated area"}),
             hectareColumn("geometry_ha", {"图形面积", "Area of the geometry"})},
            {},
            {method}};
    double from = 0;
    for (const AreaCheck::Bin& bin : check.bins) {
        const std::string range = std::isfinite(bin.upTo) ? fmt::format("{:g} – {:g} %", 100 * from, 100 * bin.upTo)
                                                          : fmt::format("> {:g} %", 100 * from);
        t.rows.push_back({range, bin.parcels, number(bin.stated / 10000), number(bin.geometry / 10000)});
        from = bin.upTo;
    }
    t.rows.push_back({Localized{"没有登记面积", "no stated area"}, check.without, Cell(), Cell()});
    t.notes.push_back({fmt::format("登记面积 ÷ 图形面积的中位数 {:.4f}", check.medianRatio),
                       fmt::format("median of stated area / area of the geometry {:.4f}", check.medianRatio)});
    return t;
}

Table faultTable(const Study& study) {
    Table t{"faults",
            {"数据问题", "Faults"},
            {{"kind", {"类别", "Kind"}, "", 0, {}},
             {"what", {"说明", "What"}, "", 0, {}},
             {"count", {"数量", "Count"}, "", 0, {}},
             {"area_m2", {"涉及面积", "Area concerned"}, "m2", 2, {}},
             {"first", {"首批 fid", "First fids"}, "", 0, {}},
             {"details", {"详情", "Details"}, "", 0, {}}},
            {},
            {}};
    for (const FaultCount& f : countFaults(study.faults)) {
        t.rows.push_back({std::string(nameOf(f.kind)), titleOf(f.kind), f.count, number(f.area),
                          fmt::format("{}", fmt::join(f.first, ", ")),
                          fmt::format("{}", fmt::join(f.details, "; "))});
    }
    return t;
}

}  // namespace

Localized areaMethod(const Study& study) {
    if (study.ellipsoidal)
        return {"面积：参考椭球面面积（测地线）", "areas on the ellipsoid (geodesic edges)"};
    return {"面积：投影平面面积", "areas planar, in the projection"};
}

std::vector<FaultCount> countFaults(const std::vector<Fault>& faults) {
    std::map<FaultKind, FaultCount> byKind;
    for (const Fault& fault : faults) {
        FaultCount& count = byKind[fault.kind];
        count.kind = fault.kind;
        ++count.count;
        count.area += fault.area;
        if (fault.fid >= 0 && count.first.size() < 10) count.first.push_back(fault.fid);
        if (!fault.detail.empty() && count.details.size() < 10) count.details.push_back(fault.detail);
    }
    std::vector<FaultCount> out;
    for (auto& [kind, count] : byKind) out.push_back(std::move(count));
    return out;
}

std::vector<ClassArea> classAreas(const Parcels& parcels, const Sums& sums, int digits) {
    std::map<std::string, ClassArea> byCode;
    for (std::size_t c = 0; c < parcels.classes.size(); ++c) {
        const LandUse::Class& of = parcels.classes[c];
        ClassArea& area = byCode[digits == 2 ? of.level1 : of.level2];
        area.construction = of.construction;
        area.area += sums.byClass[c].value();
    }
    std::vector<ClassArea> out;
    for (auto& [code, area] : byCode) out.push_back({code, area.construction, area.area});
    return out;
}

std::vector<Table> tablesOf(const Study& study) {
    std::vector<Table> out{overview(study)};
    for (const Measure& m : measures()) out.push_back(measureTable(study, m));
    out.push_back(balance(study));
    out.push_back(classTable(study, 2));
    out.push_back(classTable(study, 4));
    out.push_back(closure(study));
    if (!study.control.empty() || !study.capsLayer.empty()) out.push_back(dualControl(study));
    if (study.after) out.push_back(difference(study));
    if (study.parcels.areaCheck)
        out.push_back(areaCheckTable(*study.parcels.areaCheck,
                                     {"图形面积：投影平面面积", "area of the geometry: planar, in the projection"}));
    if (!study.faults.empty()) out.push_back(faultTable(study));
    return out;
}

}  // namespace zonewright::intensity::detail
