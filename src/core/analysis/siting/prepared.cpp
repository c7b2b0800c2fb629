#include "core/analysis/siting/prepared.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "core/base/hash.h"
#include "core/geometry/wkb.h"

namespace zonewright::analysis::siting::detail {
namespace {

std::vector<plan::Value> valuesFor(const Filter& filter, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    std::vector<plan::Value> out;
    for (const std::string& field : filter.fields()) {
        const auto at = std::find(fields.begin(), fields.end(), field);
        out.push_back(at == fields.end() ? plan::Value() : values[static_cast<std::size_t>(at - fields.begin())]);
    }
    return out;
}

bool passes(const Filter& filter, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    return filter.passes(valuesFor(filter, fields, values));
}

plan::Value valueOf(std::string_view field, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    const auto at = std::find(fields.begin(), fields.end(), field);
    return at == fields.end() ? plan::Value() : values[static_cast<std::size_t>(at - fields.begin())];
}

}  // namespace

std::string hashOf(const Geometry& geometry) {
    Sha256 hash;
    hash.addField(toWkb(geometry));
    return hash.hex();
}

ReadiedLayers readied(const Snapshot& snapshot) {
    ReadiedLayers out;
    for (const auto& [id, layer] : snapshot.layers) {
        std::vector<std::optional<Readied>> made(layer.features.size());
        tbb::parallel_for(std::size_t{0}, made.size(), [&](std::size_t i) {
            const Geometry& geometry = layer.features[i].geometry;
            made[i] = Readied{Linework(geometry), hashOf(geometry)};
        });
        for (auto& one : made) out[&layer].push_back(std::move(*one));
    }
    return out;
}

std::optional<Localized> obstacle(const Snapshot& snapshot, const Rule& rule) {
    if (const auto missing = snapshot.missing.find(rule.layer); missing != snapshot.missing.end()) return missing->second;
    const auto layer = snapshot.layers.find(rule.layer);
    if (layer == snapshot.layers.end()) return Localized{"图层未读取", "the layer was not read"};
    const ConstraintLayer& from = layer->second;
    if (from.features.empty()) {
        return Localized{fmt::format("图层 {} 是空的，无法据此判断", from.id), fmt::format("layer {} is empty and proves nothing", from.id)};
    }
    std::vector<std::string> needed = rule.filter.fields();
    for (const std::string* field : {&rule.widthField, &rule.allowedField}) {
        if (!field->empty()) needed.push_back(*field);
    }
    for (const std::string& field : needed) {
        const auto at = std::find(from.fields.begin(), from.fields.end(), field);
        if (at == from.fields.end() || !from.present[static_cast<std::size_t>(at - from.fields.begin())]) {
            return Localized{fmt::format("图层 {} 没有字段 {}", from.id, field), fmt::format("layer {} has no field {}", from.id, field)};
        }
    }
    return std::nullopt;
}

Prepared prepare(const Snapshot& snapshot, const ReadiedLayers& readied, const std::vector<Rule>& rules, std::size_t number) {
    const Rule& rule = rules[number];
    Prepared out;
    out.rule = number;
    out.definition = &rule;
    out.layer = &snapshot.layers.at(rule.layer);
    out.accuracy = Metres(std::hypot(snapshot.siteAccuracy.value, out.layer->accuracy.value));
    std::vector<Box> boxes;
    const std::vector<Readied>& made = readied.find(out.layer)->second;
    for (std::size_t i = 0; i < out.layer->features.size(); ++i) {
        const Constraint& feature = out.layer->features[i];
        if (!passes(rule.filter, out.layer->fields, feature.values)) continue;
        Metres half = rule.halfWidth;
        if (!rule.widthField.empty()) half = Metres(plan::asNumber(valueOf(rule.widthField, out.layer->fields, feature.values)).value_or(0) / 2);
        out.features.push_back(&feature);
        out.readied.push_back(&made[i]);
        out.halfWidths.push_back(half);
        out.reach = std::max(out.reach, rule.distance + half);
        boxes.push_back(made[i].lines.box());
    }
    out.index = BoxIndex(boxes);
    return out;
}

std::vector<const Geometry*> coversNear(const Prepared& prepared, const Box& site) {
    std::vector<const Geometry*> covers;
    for (const std::uint32_t i : prepared.index.meeting(site.grownBy(1 + 2 * prepared.accuracy.value))) covers.push_back(&prepared.features[i]->geometry);
    return covers;
}

std::optional<Weight> weightFor(const Snapshot& snapshot, const Rule& rule, const Site& site) {
    const bool kindFits = rule.appliesTo.empty() || site.kind.empty() ||
                          std::find(rule.appliesTo.begin(), rule.appliesTo.end(), site.kind) != rule.appliesTo.end();
    if (!kindFits || !passes(rule.siteFilter, snapshot.siteFields, site.values)) return std::nullopt;
    for (const Exception& exception : rule.exceptions) {
        if (!passes(exception.when, snapshot.siteFields, site.values)) continue;
        if (!exception.severity) return std::nullopt;
        return Weight{*exception.severity, exception.note};
    }
    return Weight{rule.severity, {}};
}

bool isAllowed(const Rule& rule, const Snapshot& snapshot, const Site& site, const Prepared& prepared, const Constraint& constraint) {
    const std::string own = plan::asText(valueOf(rule.siteField, snapshot.siteFields, site.values));
    const std::string list = plan::asText(valueOf(rule.allowedField, prepared.layer->fields, constraint.values));
    if (own.empty() || list.empty()) return true;
    std::size_t at = 0;
    while (at <= list.size()) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        std::string_view word(list.data() + at, comma - at);
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        if (word == own) return true;
        at = comma + 1;
    }
    return false;
}

Pair pairOf(const Prepared& prepared, const Subject& subject, std::size_t feature) {
    return {&subject.site.geometry, &prepared.features[feature]->geometry, &subject.lines, &prepared.readied[feature]->lines, prepared.accuracy};
}

Result<Measure> measure(const Prepared& prepared, const Pair& pair, std::size_t feature, const Position& position) {
    const Rule& rule = *prepared.definition;
    switch (rule.relation) {
        case Relation::Within: return measureWithin(pair, {rule.distance, prepared.halfWidths[feature], rule.distanceOnly}, position);
        case Relation::Crosses: return measureCrossing(pair, position);
        default: return measureOverlap(pair, position);
    }
}

}  // namespace zonewright::analysis::siting::detail
