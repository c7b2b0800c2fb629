#include "core/analysis/siting/snapshot.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "core/base/error_details.h"
#include "core/plan/source/validity.h"

namespace zonewright::analysis::siting {
namespace {

void addOnce(std::vector<std::string>& names, const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

std::string valueOf(const LayerSnapshot& layer, const plan::Feature& feature, std::string_view field) {
    const auto at = std::find(layer.fields.begin(), layer.fields.end(), field);
    if (field.empty() || at == layer.fields.end()) return {};
    return plan::asText(feature.values[static_cast<std::size_t>(at - layer.fields.begin())]);
}

/// Which fields of a layer identify and name a feature.
struct Naming {
    std::string key = "code";
    std::string name = "name";

    explicit Naming(const catalogue::Layer* layer) {
        if (layer == nullptr) return;
        if (!layer->keyField.empty()) key = layer->keyField;
        if (!layer->nameField.empty()) name = layer->nameField;
    }
    void addTo(std::vector<std::string>& fields) const {
        addOnce(fields, key);
        addOnce(fields, name);
        addOnce(fields, "name_en");
    }
    [[nodiscard]] std::string keyOf(const LayerSnapshot& layer, const plan::Feature& feature) const {
        std::string code = valueOf(layer, feature, key);
        if (!code.empty()) return code;
        return feature.id.text.empty() ? std::to_string(static_cast<std::int64_t>(feature.fid)) : feature.id.text;
    }
    [[nodiscard]] Localized nameOf(const LayerSnapshot& layer, const plan::Feature& feature) const {
        Localized out{valueOf(layer, feature, name), valueOf(layer, feature, "name_en")};
        if (out.zh.empty()) out.zh = keyOf(layer, feature);
        if (out.en.empty()) out.en = out.zh;
        return out;
    }
};

std::vector<std::string> siteFieldsOf(const std::vector<Rule>& rules) {
    std::vector<std::string> fields;
    for (const Rule& rule : rules) {
        for (const std::string& field : rule.siteFilter.fields()) addOnce(fields, field);
        for (const Exception& exception : rule.exceptions) {
            for (const std::string& field : exception.when.fields()) addOnce(fields, field);
        }
        addOnce(fields, rule.siteField);
    }
    addOnce(fields, "kind");
    return fields;
}

bool isEmpty(const Geometry& geometry) { return boxOf(geometry).empty(); }

/// Why a site's geometry cannot be checked, or nothing.
std::optional<Localized> faultOf(const Geometry& geometry) {
    if (isEmpty(geometry)) return Localized{"没有几何", "no geometry"};
    const auto invalid = plan::source::faultOf(geometry);
    if (!invalid) return Localized{"几何无效：" + inChinese(invalid.error().detail), "invalid geometry: " + invalid.error().detail};
    if (!*invalid) return std::nullopt;
    const std::string place = fmt::format("({:.3f}, {:.3f})", (*invalid)->place.x, (*invalid)->place.y);
    return Localized{fmt::format("几何无效：{}，位于 {}；请先修正", plan::source::faultInChinese((*invalid)->reason), place),
                     fmt::format("invalid geometry: {} at {}; correct it first", (*invalid)->reason, place)};
}

/// In the order of their keys, those that cannot be checked apart.
void takeSites(std::vector<Site> sites, Snapshot& out) {
    std::vector<std::optional<Localized>> faults(sites.size());
    tbb::parallel_for(std::size_t{0}, sites.size(), [&](std::size_t i) { faults[i] = faultOf(sites[i].geometry); });
    std::vector<std::size_t> order(sites.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) -> const std::string& { return sites[i].key; });
    out.sites.reserve(sites.size());
    for (const std::size_t i : order) {
        if (faults[i]) out.badSites.push_back({sites[i].key, std::move(*faults[i])});
        else out.sites.push_back(std::move(sites[i]));
    }
}

Site drawnSite(const SiteSource& source, const std::vector<std::string>& fields) {
    Site site;
    site.key = "drawn";
    site.name = {"绘制地块", "drawn site"};
    site.kind = source.kind;
    site.geometry = source.drawn;
    for (const std::string& field : fields) {
        site.values.emplace_back(field == "kind" && !source.kind.empty() ? plan::Value(source.kind) : plan::Value());
    }
    return site;
}

bool isWanted(const SiteSource& source, const Site& site, Fid fid) {
    if (source.only.empty()) return true;
    const std::string number = std::to_string(static_cast<std::int64_t>(fid));
    return std::any_of(source.only.begin(), source.only.end(),
                       [&](const std::string& wanted) { return wanted == site.key || wanted == site.id.text || wanted == number; });
}

Result<void> readSites(Inputs& inputs, const SiteSource& source, Snapshot& out, Progress& progress) {
    const catalogue::Layer* known = inputs.catalogue().find(source.layer.text);
    const Naming naming(known);
    ReadRequest request{.parameter = "sites", .layer = source.layer, .fields = {}, .optionalFields = out.siteFields, .textFields = {}};
    naming.addTo(request.optionalFields);
    Result<LayerSnapshot> layer = inputs.read(request, progress);
    if (!layer) return tl::unexpected(layer.error());
    out.siteLayer = known != nullptr ? known->title : Localized{layer->name, layer->name};
    out.siteAccuracy = known != nullptr ? known->accuracy : Metres();
    out.siteSchematic = known != nullptr && known->provenance.schematic;
    std::vector<Site> sites;
    sites.reserve(layer->features.size());
    std::unordered_set<std::string> keys;
    for (plan::Feature& feature : layer->features) {
        Site site{feature.id, naming.keyOf(*layer, feature), naming.nameOf(*layer, feature), valueOf(*layer, feature, "kind"), std::move(feature.geometry), {}};
        if (site.id.text.empty()) site.id.text = std::to_string(static_cast<std::int64_t>(feature.fid));
        if (!keys.insert(site.key).second) site.key = fmt::format("{}#{}", site.key, static_cast<std::int64_t>(feature.fid));
        if (site.kind.empty()) site.kind = source.kind;
        site.values.assign(feature.values.begin(), feature.values.begin() + static_cast<std::ptrdiff_t>(out.siteFields.size()));
        if (isWanted(source, site, feature.fid)) sites.push_back(std::move(site));
    }
    takeSites(std::move(sites), out);
    for (const RejectedRow& row : layer->rejected) out.badSites.push_back({std::to_string(row.fid), row.reason});
    if (!source.only.empty() && out.sites.empty() && out.badSites.empty()) {
        return failure(ErrorCode::UnknownFeature, fmt::format("{}", fmt::join(source.only, ", ")), source.layer.text);
    }
    std::sort(out.badSites.begin(), out.badSites.end(), [](const BadSite& a, const BadSite& b) { return a.key < b.key; });
    return {};
}

Result<ConstraintLayer> readLayer(Inputs& inputs, const std::string& id, const std::vector<Rule>& rules, const LayerReference& from, Progress& progress) {
    const catalogue::Layer* known = inputs.catalogue().find(id);
    const Naming naming(known);
    ConstraintLayer out;
    out.id = id;
    out.title = known != nullptr ? known->title : Localized{id, id};
    out.accuracy = known != nullptr ? known->accuracy : Metres();
    out.schematic = known != nullptr && known->provenance.schematic && from.text == id;
    for (const Rule& rule : rules) {
        if (rule.layer != id) continue;
        for (const std::string& field : rule.filter.fields()) addOnce(out.fields, field);
        addOnce(out.fields, rule.widthField);
        addOnce(out.fields, rule.allowedField);
    }
    ReadRequest request{.parameter = id, .layer = from, .fields = {}, .optionalFields = out.fields, .textFields = {}};
    naming.addTo(request.optionalFields);
    Result<LayerSnapshot> layer = inputs.read(request, progress);
    if (!layer) return tl::unexpected(layer.error());
    out.present.assign(layer->present.begin(), layer->present.begin() + static_cast<std::ptrdiff_t>(out.fields.size()));
    out.rejected = static_cast<std::int64_t>(layer->rejected.size());
    for (plan::Feature& feature : layer->features) {
        if (isEmpty(feature.geometry)) {
            ++out.rejected;
            continue;
        }
        Constraint c{feature.id, naming.keyOf(*layer, feature), naming.nameOf(*layer, feature), std::move(feature.geometry), {}};
        if (c.id.text.empty()) c.id.text = std::to_string(static_cast<std::int64_t>(feature.fid));
        c.values.assign(feature.values.begin(), feature.values.begin() + static_cast<std::ptrdiff_t>(out.fields.size()));
        out.features.push_back(std::move(c));
    }
    return out;
}

}  // namespace

Result<Snapshot> readSnapshot(Inputs& inputs, const std::vector<Rule>& rules, const SiteSource& source, Progress& progress) {
    Snapshot out;
    out.siteFields = siteFieldsOf(rules);
    if (std::holds_alternative<std::monostate>(source.drawn)) {
        const Result<void> read = readSites(inputs, source, out, progress);
        if (!read) return tl::unexpected(read.error());
    } else {
        out.siteLayer = {"绘制地块", "drawn site"};
        takeSites({drawnSite(source, out.siteFields)}, out);
    }
    if (source.accuracy) out.siteAccuracy = *source.accuracy;
    for (const Rule& rule : rules) {
        if (out.layers.contains(rule.layer) || out.missing.contains(rule.layer)) continue;
        const auto replaced = source.replaced.find(rule.layer);
        const LayerReference from{replaced != source.replaced.end() ? replaced->second : rule.layer};
        Result<ConstraintLayer> layer = readLayer(inputs, rule.layer, rules, from, progress);
        if (layer) {
            out.layers.emplace(rule.layer, std::move(*layer));
        } else if (layer.error().code == ErrorCode::Cancelled || replaced != source.replaced.end()) {
            return tl::unexpected(layer.error());
        } else if (layer.error().code == ErrorCode::UnknownLayer) {
            out.missing.emplace(rule.layer, Localized{fmt::format("规划中没有图层 {}", rule.layer), fmt::format("the plan has no layer {}", rule.layer)});
        } else {
            out.missing.emplace(rule.layer, Localized{describe(layer.error(), Language::Chinese), describe(layer.error(), Language::English)});
        }
    }
    out.crs = inputs.crs();
    return out;
}

}  // namespace zonewright::analysis::siting
