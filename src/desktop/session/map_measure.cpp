#include "desktop/session/map_measure.h"

#include <algorithm>
#include <cmath>

#include "core/analysis/class_breaks.h"

namespace zonewright::desktop {

Result<std::optional<MapMeasure>> mapMeasure(const plan::Plan& plan, const std::vector<catalogue::Layer>& layers, const analysis::Column& column) {
    for (const catalogue::Layer& layer : layers) {
        const auto field = std::ranges::find(layer.fields, column.id, &catalogue::Field::name);
        const bool areal = layer.geometry == catalogue::GeometryKind::MultiPolygon;
        if (!areal || field == layer.fields.end() || (field->type != catalogue::FieldType::Real && field->type != catalogue::FieldType::Integer)) continue;
        const auto table = plan::tableOf(plan, layer.id);
        if (!table || !table->indexOf(column.id)) continue;
        plan::Query query;
        query.geometry = false;
        query.fields = {column.id};
        std::vector<double> values;
        const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
            values.push_back(plan::asNumber(feature.values[0]).value_or(std::nan("")));
            return true;
        });
        if (!read) return tl::unexpected(read.error());
        // Shares stand in layers as fractions and in tables as percentages.
        const double scale = column.unit == "%" && field->unit == "1" ? 100 : 1;
        const analysis::Choropleth classes = analysis::choroplethOf(values, column, scale);
        if (classes.classes.empty()) continue;
        MapMeasure out{layer.id, classes.title, {column.id, scale, column.decimals, column.unit, {}}};
        for (const analysis::Choropleth::Class& one : classes.classes) out.classes.classes.push_back({one.from, one.to, one.label, one.colour});
        return out;
    }
    return std::optional<MapMeasure>();
}

}  // namespace zonewright::desktop
