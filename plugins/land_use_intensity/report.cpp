#include "report.h"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/analysis/chart.h"
#include "core/base/error_details.h"
#include "measures.h"

namespace zonewright::intensity {
namespace {

using analysis::Notice;
using Json = nlohmann::ordered_json;

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json sumsJson(const Parcels& parcels, const Sums& s, const Ratios& r) {
    Json out{{"total_m2", s.total},
             {"construction_m2", s.construction.value()},
             {"floor_area_m2", s.floorArea.value()},
             {"footprint_m2", s.footprint.value()},
             {"intensity", number(r.intensity)},
             {"far", number(r.far)},
             {"density", number(r.density)},
             {"parcels", s.parcels},
             {"parcels_cut", s.parcelsCut},
             {"land_m2", s.land.value()},
             {"uncovered_m2", s.uncovered()},
             {"mix", number(r.mix)}};
    for (const Measure& m : measures()) {
        if (!out.contains(m.id)) out[m.id] = number(r.*m.value);
    }
    Json& classes = out["classes_m2"] = Json::object();
    for (const detail::ClassArea& c : detail::classAreas(parcels, s, 4)) {
        if (c.area != 0) classes[c.code] = c.area;
    }
    return out;
}

Json controlJson(const Control& c) {
    return {{"construction_cap_m2", number(c.cap.constructionHa * 10000)},
            {"headroom_m2", number(c.headroomHa * 10000)},
            {"intensity_cap", number(c.cap.intensity)},
            {"intensity_headroom", number(c.intensityHeadroom)},
            {"light", nameOf(c.light)}};
}

Localized findingOf(const Study& study) {
    std::size_t highest = 0;
    std::int64_t red = 0;
    for (std::size_t z = 1; z < study.zones.size(); ++z) {
        if (study.ratios[z].intensity > study.ratios[highest].intensity) highest = z;
    }
    for (const Control& c : study.control) red += c.light == Light::Red ? 1 : 0;
    const double construction = study.sums.all.construction.value() / 10000;
    Localized out{
        fmt::format("{} 个分区共 {:.2f} ha，建设用地 {:.2f} ha，开发强度 {:.1f}%；最高为 {}（{:.1f}%）",
                    study.zones.size(), study.sums.all.total / 10000, construction, 100 * study.all.intensity,
                    study.zones.names[highest].zh, 100 * study.ratios[highest].intensity),
        fmt::format("{} zones of {:.2f} ha hold {:.2f} ha of construction land, an intensity of {:.1f} %; "
                    "highest in {} ({:.1f} %)",
                    study.zones.size(), study.sums.all.total / 10000, construction, 100 * study.all.intensity,
                    study.zones.names[highest].en, 100 * study.ratios[highest].intensity)};
    if (!study.control.empty()) {
        out.zh += fmt::format("；{} 个超上限", red);
        out.en += fmt::format("; {} above a cap", red);
    }
    if (study.after) {
        const double after = study.after->all.construction.value() / 10000;
        out.zh += fmt::format("；情形后建设用地 {:.2f} ha（{:+.2f}），开发强度 {:.1f}%", after, after - construction, 100 * study.afterAll.intensity);
        out.en += fmt::format("; after the scenario {:.2f} ha of construction land ({:+.2f}), an intensity of {:.1f} %", after, after - construction,
                              100 * study.afterAll.intensity);
    }
    return out;
}

std::vector<Notice> noticesOf(const Study& study) {
    std::vector<Notice> out;
    for (const Localized& missing : study.parcels.missing) out.push_back({Notice::Weight::Warning, missing});
    for (const detail::FaultCount& fault : detail::countFaults(study.faults)) {
        const Localized title = titleOf(fault.kind);
        const auto bracketed = [&](const auto& word) {
            std::vector<std::string> words;
            for (const std::string& detail : fault.details) words.push_back(word(detail));
            return words.empty() ? std::string() : fmt::format(" [{}]", fmt::join(words, "; "));
        };
        const std::string zh = bracketed([](const std::string& detail) { return inChinese(detail); });
        const std::string en = bracketed([](const std::string& detail) { return detail; });
        out.push_back({Notice::Weight::Warning,
                       {fmt::format("{}：{} 处{}", title.zh, fault.count, zh), fmt::format("{}: {}{}", title.en, fault.count, en)}});
    }
    if (study.caps) {
        for (const std::string& zone : study.caps->unmatched) {
            out.push_back(
                {Notice::Weight::Warning,
                 {"上限表中的分区不存在：" + zone, "the table of caps names no such zone: " + zone}});
        }
    }
    return out;
}

analysis::Chart chartOf(const Study& study) {
    constexpr std::size_t kMost = 40;
    std::vector<std::size_t> order(study.zones.size());
    for (std::size_t z = 0; z < order.size(); ++z) order[z] = z;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return study.ratios[a].intensity > study.ratios[b].intensity;
    });
    const bool all = order.size() <= kMost;
    if (!all) order.resize(kMost);
    const Localized title = all ? Localized{"土地开发强度", "Land-use intensity"}
                                : Localized{fmt::format("土地开发强度（最高 {} 个）", kMost),
                                            fmt::format("Land-use intensity (highest {})", kMost)};
    analysis::BarChart chart{title, {"%", "%"}, 1, {}, {}, {detail::areaMethod(study)}};
    std::set<Light> shown;
    bool marked = false;
    for (const std::size_t z : order) {
        const Control* control = study.control.empty() ? nullptr : &study.control[z];
        const Light light = control == nullptr ? Light::None : control->light;
        shown.insert(light);
        analysis::Bar bar{study.zones.names[z], 100 * study.ratios[z].intensity, detail::colourOf(light)};
        if (control != nullptr && control->capped && std::isfinite(control->cap.intensity)) bar.limit = 100 * control->cap.intensity;
        marked = marked || bar.limit;
        chart.bars.push_back(std::move(bar));
    }
    if (shown != std::set<Light>{Light::None}) {
        for (const Light light : shown) chart.keys.push_back({titleOf(light), detail::colourOf(light)});
    }
    if (marked) chart.keys.push_back({{"开发强度上限", "Cap of intensity"}, ""});
    return {"intensity", std::move(chart)};
}

}  // namespace

const char* detail::colourOf(Light light) {
    switch (light) {
        case Light::Green:
            return "#228833";
        case Light::Amber:
            return "#ccbb44";
        case Light::Red:
            return "#cc3311";
        case Light::None:
            break;
    }
    return "#4477aa";
}

nlohmann::ordered_json detail::documentOf(const Study& study) {
    Json out;
    Json& zones = out["zones"] = Json::array();
    for (std::size_t z = 0; z < study.zones.size(); ++z) {
        Json zone{{"zone", study.zones.codes[z]}, {"name", study.zones.names[z].zh}, {"name_en", study.zones.names[z].en}};
        zone.update(sumsJson(study.parcels, study.sums.zones[z], study.ratios[z]));
        if (!study.control.empty() && study.control[z].capped)
            zone["dual_control"] = controlJson(study.control[z]);
        if (study.after)
            zone["after"] = sumsJson(*study.afterParcels, study.after->zones[z], study.afterRatios[z]);
        zones.push_back(std::move(zone));
    }
    out["totals"] = sumsJson(study.parcels, study.sums.all, study.all);
    out["residual_m2"] = study.sums.residual;
    out["outside_m2"] = study.sums.outside;
    out["area_method"] = study.ellipsoidal ? "ellipsoidal" : "planar";
    out["zones_overlap"] = study.sums.zonesOverlap;
    Json& levels = out["levels"] = Json::array();
    for (const Level& level : study.levels) {
        const Sums& s = level.sums.all;
        levels.push_back({{"layer", level.zones.layer},
                          {"units", level.zones.size()},
                          {"total_m2", s.total},
                          {"land_m2", s.land.value()},
                          {"construction_m2", s.construction.value()},
                          {"floor_area_m2", s.floorArea.value()},
                          {"residual_m2", s.land.value() - study.sums.all.land.value()}});
    }
    Json& faults = out["faults"] = Json::array();
    for (const FaultCount& f : countFaults(study.faults)) {
        faults.push_back({{"kind", nameOf(f.kind)},
                          {"count", f.count},
                          {"area_m2", f.area},
                          {"first", f.first},
                          {"details", f.details}});
    }
    out["parcels"] = {{"read", study.parcels.read},
                      {"counted", study.parcels.read - study.parcels.rejected},
                      {"left_out", study.parcels.rejected}};
    if (study.parcels.areaCheck) {
        const AreaCheck& check = *study.parcels.areaCheck;
        Json& bins = out["area_check"]["bins"] = Json::array();
        for (const AreaCheck::Bin& bin : check.bins) {
            bins.push_back({{"up_to", number(bin.upTo)},
                            {"parcels", bin.parcels},
                            {"stated_m2", bin.stated},
                            {"geometry_m2", bin.geometry}});
        }
        out["area_check"]["without"] = check.without;
        out["area_check"]["median_ratio"] = number(check.medianRatio);
    }
    if (study.low.far > 0) {
        double area = 0;
        for (const LowEfficiency& low : study.lowParcels) area += low.area;
        out["low_efficiency"] = {{"parcels", study.lowParcels.size()},
                                 {"area_m2", area},
                                 {"far_below", study.low.far},
                                 {"output_per_mu_below", study.low.outputPerMu}};
    }
    return out;
}

analysis::Outcome report(const Study& study) {
    analysis::Outcome out;
    out.document = detail::documentOf(study);
    out.finding = findingOf(study);
    out.tables = detail::tablesOf(study);
    out.layers = detail::layersOf(study);
    out.charts.push_back(chartOf(study));
    out.notices = noticesOf(study);
    return out;
}

}  // namespace zonewright::intensity
