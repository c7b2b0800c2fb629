#pragma once

#include <stdexcept>

#include "core/geometry/wkt.h"
#include "core/plan/change_set.h"
#include "core/plan/features.h"
#include "core/plan/plan.h"
#include "support/temp_folder.h"

namespace zonewright::test {

/// Value or a test-ending exception with the error's words.
template <typename T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error(), Language::English));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline Geometry wkt(const std::string& text) { return must(fromWkt(text)); }

/// One polygon layer "zones" (name, capacity) and one table "notes" (name).
inline catalogue::Catalogue smallCatalogue() {
    using namespace catalogue;
    Layer zones;
    zones.id = "zones";
    zones.title = {"分区", "Zones"};
    zones.geometry = GeometryKind::MultiPolygon;
    zones.topology.kind = TopologyKind::Disjoint;
    zones.nameField = "name";
    zones.fields = {{"name", FieldType::Text, {"名称", "Name"}, true, "", "", {}, {}},
                    {"capacity", FieldType::Real, {"容量", "Capacity"}, false, "", "", {}, {}}};
    Layer notes;
    notes.id = "notes";
    notes.title = {"备注", "Notes"};
    notes.fields = {{"name", FieldType::Text, {"名称", "Name"}, false, "", "", {}, {}}};
    return {{notes, zones}, {}};
}

/// Two unit squares (1 km) side by side:
///   +---+---+
///   | A | B |
///   +---+---+
inline void addTwoZones(plan::Plan& plan) {
    const auto table = must(plan::tableOf(plan, "zones"));
    auto change = must(plan::ChangeSet::begin(plan, {"test", "two zones", "edit", 0}));
    must(plan::insertFeature(plan, table, {Fid{}, {"00000000-0000-4000-8000-00000000000a"},
                                           wkt("MULTIPOLYGON (((0 0, 1000 0, 1000 1000, 0 1000, 0 0)))"), {std::string("A"), 1.5}}));
    must(plan::insertFeature(plan, table, {Fid{}, {"00000000-0000-4000-8000-00000000000b"},
                                           wkt("MULTIPOLYGON (((1000 0, 2000 0, 2000 1000, 1000 1000, 1000 0)))"), {std::string("B"), 2.0}}));
    must(change.commit());
}

}  // namespace zonewright::test
