#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/units.h"

/// What a plan is made of: layers, their fields, domains and topology, read from `layers/*.toml`.
namespace zonewright::catalogue {

enum class GeometryKind { None, Point, LineString, MultiLineString, MultiPolygon };
enum class FieldType { Text, Integer, Real, Boolean, Date };
enum class TopologyKind { None, Disjoint, Partition };
enum class LinkedEdit { Move, Refuse };

[[nodiscard]] std::string_view nameOf(GeometryKind kind);  ///< as in OGC: "MultiPolygon"; None is "None"

struct DomainValue {
    std::string code;
    Localized title;
    std::string parent;  ///< code of the coarser value, or empty
};

/// The values a coded field may take.
struct Domain {
    std::string id;
    Localized title;
    std::string source;
    std::vector<DomainValue> values;

    [[nodiscard]] const DomainValue* find(std::string_view code) const;
};

struct Field {
    std::string name;
    FieldType type = FieldType::Text;
    Localized title;
    bool required = false;
    std::string domain;  ///< id of a Domain, or empty
    std::string unit;    ///< "m2", "km/h", "min" ..., or empty
    std::optional<double> min;
    std::optional<double> max;
};

struct Topology {
    TopologyKind kind = TopologyKind::None;
    std::string of;  ///< for a partition: the layer whose area it divides without gap or overlap
};

/// A coverage that shares boundaries with this one.
struct Link {
    std::string layer;
    LinkedEdit onEdit = LinkedEdit::Refuse;
};

struct Provenance {
    std::string clause;  ///< chapter and section of the plan document
    Localized source;
    std::string date;
    bool schematic = false;  ///< drawn from words, not surveyed
};

struct Layer {
    std::string id;
    Localized title;
    std::string group;
    GeometryKind geometry = GeometryKind::None;
    Topology topology;
    std::vector<Link> links;
    Metres accuracy;  ///< positional accuracy of its boundaries
    std::string nameField;
    std::string keyField;
    Provenance provenance;
    std::vector<Field> fields;

    [[nodiscard]] const Field* find(std::string_view fieldName) const;
};

/// All layers and domains; ordered by id, so that everything made from it is deterministic.
struct Catalogue {
    std::vector<Layer> layers;
    std::vector<Domain> domains;

    [[nodiscard]] const Layer* find(std::string_view layerId) const;
    [[nodiscard]] const Domain* findDomain(std::string_view domainId) const;
    /// Errors: UnknownLayer.
    [[nodiscard]] Result<const Layer*> layer(std::string_view layerId) const;
};

/// Reads `folder/*.toml` and `folder/domains/*.toml`.
///
/// Errors: BadCatalogue naming file, line and key for an unknown key, a missing or wrongly typed value, an unknown
/// enumeration word, or a reference to a layer, field or domain that is not there; FileNotFound for the folder.
[[nodiscard]] Result<Catalogue> load(const std::filesystem::path& folder);

}  // namespace zonewright::catalogue
