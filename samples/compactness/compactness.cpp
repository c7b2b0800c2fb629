#include "core/analysis/module.h"

#include <numbers>

#include <fmt/format.h>

#include "core/geometry/measure.h"

using namespace zonewright;
using namespace zonewright::analysis;

namespace {

constexpr const char* kLayer = "compactness";

Metres perimeter(const MultiPolygon& zone) {
    Metres sum{0};
    for (const Polygon& polygon : zone.polygons) {
        for (const Ring& ring : polygon.rings) sum = Metres(sum.value + planarLength(ring).value);
    }
    return sum;
}

/// How round zones are: 4 pi A / P^2, 1 for a disk, 0.785 for a square (Polsby and Popper 1991, Yale Law & Policy
/// Review 9).
class Compactness final : public Run {
public:
    void declare(ParameterSet& p) override {
        p.add("zones", {"分区图层", "Zones"}, mZones).geometry("polygon").help({"要评价的分区", "The zones to judge"});
        p.add("name_field", {"名称字段", "Name"}, mNameField).of("zones");
        p.add("least", {"最低紧凑度", "Least compactness"}, mLeast).range(0, 1).help({"低于此值的分区列为狭长", "Zones below are called elongated"});
    }

    Result<void> prepare(Inputs& inputs, Progress& progress) override {
        const auto read = inputs.read({.parameter = "zones", .layer = mZones, .fields = {}, .optionalFields = {mNameField.text}, .textFields = {}}, progress);
        if (!read) return tl::unexpected(read.error());
        mFeatures = read->features;
        return {};
    }

    Result<Outcome> run(Progress& progress) override {
        Outcome out;
        Table table{.id = kLayer,
                    .title = {"分区紧凑度", "Compactness of zones"},
                    .columns = {{"zone", {"分区", "Zone"}, "", 0, {}},
                                {"area_m2", {"面积（平面）", "Area (planar)"}, "m2", 0, {}},
                                {"perimeter_m", {"周长", "Perimeter"}, "m", 0, {}},
                                {"compactness", {"紧凑度", "Compactness"}, "", 3, {"4π × 平面面积 ÷ 周长²", "4 pi x planar area / perimeter squared"}}},
                    .rows = {},
                    .notes = {}};
        LayerResult layer{kLayer, {}};
        auto& zones = out.document["zones"] = nlohmann::ordered_json::array();
        std::size_t elongated = 0;
        for (std::size_t i = 0; i < mFeatures.size(); ++i) {
            if (!progress.report(static_cast<double>(i) / static_cast<double>(mFeatures.size()), kLayer)) return failure(ErrorCode::Cancelled, "");
            const auto* zone = std::get_if<MultiPolygon>(&mFeatures[i].geometry);
            if (zone == nullptr) continue;
            const std::string name = plan::asText(mFeatures[i].values[0]);
            const double area = planarArea(*zone).value;
            const double around = perimeter(*zone).value;
            const double roundness = around > 0 ? 4 * std::numbers::pi * area / (around * around) : 0;
            if (roundness < mLeast) ++elongated;
            zones.push_back({{"zone", name}, {"area_m2", area}, {"perimeter_m", around}, {"compactness", roundness}});
            table.rows.push_back({name, area, around, roundness});
            layer.features.push_back({{}, {}, mFeatures[i].geometry, {name, area, around, roundness}});
        }
        const std::size_t count = layer.features.size();
        out.document["elongated"] = elongated;
        out.finding = {fmt::format("{} 个分区中 {} 个狭长（紧凑度低于 {}）", count, elongated, mLeast),
                       fmt::format("{} of {} zones elongated (compactness below {})", elongated, count, mLeast)};
        out.tables.push_back(std::move(table));
        out.layers.push_back(std::move(layer));
        return out;
    }

private:
    LayerReference mZones{"clusters"};
    FieldName mNameField{"name"};
    double mLeast = 0.3;
    std::vector<plan::Feature> mFeatures;
};

Description describeCompactness() {
    using enum catalogue::FieldType;
    OutputDeclaration zones;
    zones.style = kLayer;
    zones.definition.id = kLayer;
    zones.definition.title = {"分区紧凑度", "Compactness of zones"};
    zones.definition.group = "analysis";
    zones.definition.geometry = catalogue::GeometryKind::MultiPolygon;
    zones.definition.nameField = "zone";
    zones.definition.fields = {{"zone", Text, {"分区", "Zone"}, false, "", "", {}, {}},
                               {"area_m2", Real, {"面积（平面）", "Area (planar)"}, false, "", "m2", {}, {}},
                               {"perimeter_m", Real, {"周长", "Perimeter"}, false, "", "m", {}, {}},
                               {"compactness", Real, {"紧凑度", "Compactness"}, false, "", "", {}, {}}};
    return {.id = kLayer,
            .version = "1.0",
            .title = {"分区紧凑度", "Compactness of zones"},
            .help = {"分区有多紧凑：4π × 面积 ÷ 周长²，圆为 1，正方形为 0.785", "How compact zones are: 4 pi x area / perimeter squared; 1 for a disk, 0.785 for a square"},
            .shortName = "",
            .outputs = {zones}};
}

}  // namespace

ZONEWRIGHT_MODULE(Compactness, describeCompactness)
