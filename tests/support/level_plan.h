#pragma once

#include "core/coverage/coverage.h"
#include "core/editing/editor.h"
#include "core/plan/history.h"
#include "support/small_plan.h"

namespace zonewright::test {

template <typename T>
T must(coverage::Outcome<T> outcome) {
    if (!outcome) throw std::runtime_error(describe(outcome.error(), Language::English));
    return std::move(*outcome);
}

/// A plan with three levels: "district", its partition "clusters", its partition "towns"; towns and clusters follow one
/// another ("refuse" in place of "move" where a test asks for it). "zones" is disjoint. All have code and name.
inline catalogue::Catalogue levelCatalogue(catalogue::LinkedEdit onEdit = catalogue::LinkedEdit::Move) {
    using namespace catalogue;
    const auto layer = [](const char* id, TopologyKind kind) {
        Layer out;
        out.id = id;
        out.title = {id, id};
        out.geometry = GeometryKind::MultiPolygon;
        out.topology.kind = kind;
        out.nameField = "name";
        out.keyField = "code";
        out.fields = {{"code", FieldType::Text, {"代码", "Code"}, true, "", "", {}, {}},
                      {"name", FieldType::Text, {"名称", "Name"}, true, "", "", {}, {}},
                      {"population", FieldType::Integer, {"人口", "Population"}, false, "", "", 0.0, {}}};
        return out;
    };
    Layer clusters = layer("clusters", TopologyKind::Partition);
    clusters.topology.of = "district";
    clusters.links = {{"towns", onEdit}};
    Layer district = layer("district", TopologyKind::Disjoint);
    Layer towns = layer("towns", TopologyKind::Partition);
    towns.topology.of = "district";
    towns.links = {{"clusters", onEdit}};
    return {{clusters, district, towns, layer("zones", TopologyKind::Disjoint)}, {}};
}

/// Puts zones into a layer, coded and named `prefix`1, `prefix`2 ...
inline void putZones(const plan::Plan& plan, const std::string& layer, const std::vector<MultiPolygon>& zones, const std::string& prefix) {
    const auto table = must(plan::tableOf(plan, layer));
    auto change = must(plan::ChangeSet::begin(plan, {"test", layer, "analysis", 0}));
    int n = 0;
    for (const MultiPolygon& zone : zones) {
        const std::string name = prefix + std::to_string(++n);
        must(plan::insertFeature(plan, table, {Fid{}, {layer + "-" + std::to_string(n)}, zone, {name, name, std::int64_t{n}}}));
    }
    must(change.commit());
}

/// All rows of the layers as bytes.
inline std::string bytesOfLayers(const plan::Plan& plan, const std::vector<std::string>& layers) {
    std::string out;
    for (const std::string& layer : layers) {
        auto rows = must(plan.database().prepare("SELECT fid, uuid, hex(geom), code, name, population FROM " + plan::sqlName(layer) + " ORDER BY fid"));
        while (must(rows.step())) {
            for (int i = 0; i < rows.columns(); ++i) out += std::string(rows.text(i)) + "|";
            out += "\n";
        }
    }
    return out;
}

inline std::vector<coverage::Zone> zonesIn(const plan::Plan& plan, const std::string& layer) {
    std::vector<coverage::Zone> out;
    for (const plan::Feature& feature : must(plan::readFeatures(plan, layer))) out.push_back({feature.fid, std::get<MultiPolygon>(feature.geometry)});
    return out;
}

}  // namespace zonewright::test
