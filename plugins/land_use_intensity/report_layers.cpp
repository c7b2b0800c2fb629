#include <cmath>

#include <fmt/format.h>

#include "core/analysis/class_breaks.h"
#include "measures.h"
#include "report.h"

namespace zonewright::intensity {
namespace {

using analysis::LayerResult;
using analysis::OutputDeclaration;
using catalogue::Field;
using catalogue::FieldType;
using plan::Value;

Value number(double value) {
    return std::isfinite(value) ? Value(value) : Value();
}

Field field(const std::string& name, FieldType type, const Localized& title, const std::string& unit = "") {
    Field f;
    f.name = name;
    f.type = type;
    f.title = title;
    f.unit = unit;
    return f;
}

catalogue::Layer layer(const std::string& id, const Localized& title, catalogue::GeometryKind geometry) {
    catalogue::Layer out;
    out.id = id;
    out.title = title;
    out.group = "analysis";
    out.geometry = geometry;
    return out;
}

OutputDeclaration resultDeclaration() {
    OutputDeclaration out{layer("intensity_result", {"土地开发强度", "Land-use intensity"},
                                catalogue::GeometryKind::MultiPolygon),
                          "intensity_result"};
    out.definition.nameField = "name";
    out.definition.keyField = "zone";
    std::vector<Field>& f = out.definition.fields;
    f = {field("zone", FieldType::Text, {"分区", "Zone"}),
         field("name", FieldType::Text, {"名称", "Name"}),
         field("name_en", FieldType::Text, {"名称（英文）", "Name (English)"}),
         field("total_m2", FieldType::Real, {"总面积", "Area"}, "m2"),
         field("construction_m2", FieldType::Real, {"建设用地", "Construction land"}, "m2"),
         field("floor_area_m2", FieldType::Real, {"建筑面积", "Floor area"}, "m2"),
         field("footprint_m2", FieldType::Real, {"建筑基底面积", "Building footprint"}, "m2"),
         field("uncovered_m2", FieldType::Real, {"无图斑覆盖", "Not covered by parcels"}, "m2")};
    for (const Measure& m : measures())
        f.push_back(field(m.id, FieldType::Real, m.title, m.unit == "%" ? "1" : m.unit));
    f.push_back(field("mix", FieldType::Real, {"用地混合度", "Land-use mix"}, "1"));
    f.push_back(field("parcels", FieldType::Integer, {"图斑数", "Parcels"}));
    f.push_back(field("parcels_cut", FieldType::Integer, {"跨界图斑数", "Parcels cut"}));
    f.push_back(field("cap_m2", FieldType::Real, {"建设用地总量上限", "Cap of construction land"}, "m2"));
    f.push_back(field("headroom_m2", FieldType::Real, {"总量余量", "Headroom"}, "m2"));
    f.push_back(field("intensity_cap", FieldType::Real, {"开发强度上限", "Cap of intensity"}, "1"));
    f.push_back(field("light", FieldType::Text, {"状态", "Status"}));
    f.push_back(field("intensity_after", FieldType::Real, {"情形后开发强度", "Intensity after"}, "1"));
    f.push_back(field("intensity_difference", FieldType::Real, {"开发强度变化", "Change of intensity"}, "1"));
    f.push_back(field("far_after", FieldType::Real, {"情形后容积率", "Floor area ratio after"}, "1"));
    f.push_back(field("class_no", FieldType::Integer,
                      {"开发强度分级（分位数法）", "Class of intensity (quantiles)"}));
    f.push_back(field("class_label", FieldType::Text, {"分级区间", "Range of the class"}));
    f.push_back(field("area_method", FieldType::Text, {"面积方法", "Area method"}));
    return out;
}

OutputDeclaration faultsDeclaration() {
    OutputDeclaration out{layer("intensity_faults", {"开发强度：数据问题", "Land-use intensity: faults"},
                                catalogue::GeometryKind::MultiPolygon),
                          "intensity_faults"};
    out.definition.fields = {field("kind", FieldType::Text, {"类别", "Kind"}),
                             field("what", FieldType::Text, {"说明", "What"}),
                             field("what_en", FieldType::Text, {"说明（英文）", "What (English)"}),
                             field("layer", FieldType::Text, {"图层", "Layer"}),
                             field("source_fid", FieldType::Integer, {"要素 fid", "Fid of the row"}),
                             field("other_fid", FieldType::Integer, {"另一要素 fid", "Fid of the other row"}),
                             field("area_m2", FieldType::Real, {"涉及面积", "Area concerned"}, "m2"),
                             field("detail", FieldType::Text, {"详情", "Detail"})};
    return out;
}

OutputDeclaration lowDeclaration() {
    OutputDeclaration out{
        layer("intensity_low_efficiency", {"低效工业用地", "Low-efficiency industrial land"},
              catalogue::GeometryKind::MultiPolygon),
        "intensity_low_efficiency"};
    out.definition.fields = {
        field("source_fid", FieldType::Integer, {"要素 fid", "Fid of the parcel"}),
        field("land_use", FieldType::Text, {"用地分类", "Land use"}),
        field("area_m2", FieldType::Real, {"面积", "Area"}, "m2"),
        field("far", FieldType::Real, {"容积率", "Floor area ratio"}, "1"),
        field("output_per_mu", FieldType::Real, {"亩均产出", "Output per mu"}, "万元/亩")};
    return out;
}

OutputDeclaration balanceDeclaration() {
    OutputDeclaration out{
        layer("land_balance", {"用地平衡表", "Land balance"}, catalogue::GeometryKind::None), ""};
    out.definition.fields = {
        field("code", FieldType::Text, {"用地代码", "Code"}),
        field("class", FieldType::Text, {"用地名称", "Class"}),
        field("class_en", FieldType::Text, {"用地名称（英文）", "Class (English)"}),
        field("level", FieldType::Integer, {"级别", "Level"}),
        field("area_ha", FieldType::Real, {"面积", "Area"}, "ha"),
        field("share", FieldType::Real, {"占总面积", "Share of all land"}, "%"),
        field("share_construction", FieldType::Real, {"占建设用地", "Share of construction land"}, "%")};
    return out;
}

/// "12.5 – 30.1 %".
std::string classLabel(const analysis::ClassBreaks& breaks, std::int64_t number, double lowest) {
    if (number < 1 || number > static_cast<std::int64_t>(breaks.upper.size())) return {};
    const auto i = static_cast<std::size_t>(number - 1);
    const std::string from = fmt::format("{:.1f}", 100 * (i == 0 ? lowest : breaks.upper[i - 1]));
    const std::string to = fmt::format("{:.1f}", 100 * breaks.upper[i]);
    return from == to ? to + " %" : fmt::format("{} – {} %", from, to);
}

plan::Feature resultFeature(const Study& study, std::size_t z,
                            std::pair<const analysis::ClassBreaks&, double> breaksAndLowest) {
    const Sums& s = study.sums.zones[z];
    const Ratios& r = study.ratios[z];
    plan::Feature out;
    out.geometry = study.zones.geometry.polygons(z);
    out.values = {study.zones.codes[z], study.zones.names[z].zh, study.zones.names[z].en,
                  number(s.total),      number(s.construction.value()), number(s.floorArea.value()),
                  number(s.footprint.value()), number(s.uncovered())};
    for (const Measure& m : measures()) out.values.push_back(number(r.*m.value));
    out.values.push_back(number(r.mix));
    out.values.emplace_back(s.parcels);
    out.values.emplace_back(s.parcelsCut);
    const bool capped = !study.control.empty() && study.control[z].capped;
    out.values.push_back(capped ? number(study.control[z].cap.constructionHa * 10000) : Value());
    out.values.push_back(capped ? number(study.control[z].headroomHa * 10000) : Value());
    out.values.push_back(capped ? number(study.control[z].cap.intensity) : Value());
    out.values.emplace_back(std::string(nameOf(capped ? study.control[z].light : Light::None)));
    out.values.push_back(study.after ? number(study.afterRatios[z].intensity) : Value());
    out.values.push_back(study.after ? number(study.afterRatios[z].intensity - r.intensity) : Value());
    out.values.push_back(study.after ? number(study.afterRatios[z].far) : Value());
    const auto& [breaks, lowest] = breaksAndLowest;
    const std::int64_t number_ = breaks.classOf(r.intensity);
    out.values.emplace_back(number_);
    out.values.emplace_back(classLabel(breaks, number_, lowest));
    out.values.emplace_back(std::string(study.ellipsoidal ? "ellipsoidal" : "planar"));
    return out;
}

LayerResult resultLayer(const Study& study) {
    std::vector<double> intensities;
    for (const Ratios& r : study.ratios) intensities.push_back(r.intensity);
    const analysis::ClassBreaks breaks = analysis::quantiles(intensities, 5);
    double lowest = 0;
    for (std::size_t i = 0; i < intensities.size(); ++i)
        lowest = i == 0 ? intensities[i] : std::fmin(lowest, intensities[i]);
    LayerResult out{"intensity_result", {}};
    for (std::size_t z = 0; z < study.zones.size(); ++z)
        out.features.push_back(resultFeature(study, z, {breaks, lowest}));
    return out;
}

LayerResult faultLayer(const Study& study) {
    LayerResult out{"intensity_faults", {}};
    for (const Fault& fault : study.faults) {
        const Localized title = titleOf(fault.kind);
        plan::Feature feature;
        feature.geometry = fault.place;
        feature.values = {std::string(nameOf(fault.kind)),
                          title.zh,
                          title.en,
                          fault.layer,
                          fault.fid >= 0 ? Value(fault.fid) : Value(),
                          fault.other >= 0 ? Value(fault.other) : Value(),
                          number(fault.area),
                          fault.detail};
        out.features.push_back(std::move(feature));
    }
    return out;
}

LayerResult lowLayer(const Study& study) {
    LayerResult out{"intensity_low_efficiency", {}};
    for (const LowEfficiency& low : study.lowParcels) {
        plan::Feature feature;
        feature.geometry = study.parcels.geometry.polygons(low.parcel);
        feature.values = {study.parcels.fids[low.parcel],
                          study.parcels.classes[study.parcels.classOf[low.parcel]].code, number(low.area),
                          number(low.far), number(low.outputPerMu)};
        out.features.push_back(std::move(feature));
    }
    return out;
}

LayerResult balanceTable(const Study& study) {
    LayerResult out{"land_balance", {}};
    const double total = study.sums.all.total;
    const double construction = study.sums.all.construction.value();
    const auto row = [&](const detail::ClassArea& c, std::int64_t level, const Localized& title) {
        plan::Feature feature;
        feature.values = {c.code,
                          title.zh,
                          title.en,
                          level,
                          number(c.area / 10000),
                          number(100 * c.area / total),
                          c.construction ? number(100 * c.area / construction) : Value()};
        out.features.push_back(std::move(feature));
    };
    const std::vector<detail::ClassArea> second = detail::classAreas(study.parcels, study.sums.all, 4);
    for (const detail::ClassArea& c : detail::classAreas(study.parcels, study.sums.all, 2)) {
        row(c, 1, study.landUse.titleOf(c.code));
        for (const detail::ClassArea& d : second) {
            if (d.code.size() == 4 && d.code.starts_with(c.code)) row(d, 2, study.landUse.titleOf(d.code));
        }
    }
    row({"", true, construction}, 0, {"其中：建设用地", "of which construction land"});
    row({"", false, study.sums.all.uncovered()}, 0, {"无图斑覆盖", "Not covered by parcels"});
    row({"", false, total}, 0, {"合计", "Total"});
    return out;
}

}  // namespace

std::vector<OutputDeclaration> outputDeclarations() {
    return {resultDeclaration(), faultsDeclaration(), lowDeclaration(), balanceDeclaration()};
}

std::vector<LayerResult> detail::layersOf(const Study& study) {
    std::vector<LayerResult> out{resultLayer(study), balanceTable(study), faultLayer(study)};
    if (study.low.far > 0) out.push_back(lowLayer(study));
    return out;
}

}  // namespace zonewright::intensity
