#include "core/catalogue/catalogue.h"

#include <array>

#include "core/catalogue/toml_reader.h"

namespace zonewright::catalogue {
namespace {

namespace fs = std::filesystem;

template <typename Enum>
using Words = std::initializer_list<std::pair<std::string_view, Enum>>;

const Words<GeometryKind> kGeometryWords{{"None", GeometryKind::None},
                                         {"Point", GeometryKind::Point},
                                         {"LineString", GeometryKind::LineString},
                                         {"MultiLineString", GeometryKind::MultiLineString},
                                         {"MultiPolygon", GeometryKind::MultiPolygon}};
const Words<FieldType> kTypeWords{{"text", FieldType::Text},
                                  {"integer", FieldType::Integer},
                                  {"real", FieldType::Real},
                                  {"boolean", FieldType::Boolean},
                                  {"date", FieldType::Date}};
const Words<TopologyKind> kTopologyWords{
    {"none", TopologyKind::None}, {"disjoint", TopologyKind::Disjoint}, {"partition", TopologyKind::Partition}};
const Words<LinkedEdit> kLinkWords{{"move", LinkedEdit::Move}, {"refuse", LinkedEdit::Refuse}};

template <typename Enum>
Enum word(TomlReader& reader, const toml::table& table, std::string_view key, Words<Enum> words) {
    const std::string text = reader.text(table, key);
    std::string allowed;
    for (const auto& [name, value] : words) {
        if (name == text) return value;
        allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    }
    if (const toml::node* node = table.get(key)) reader.fault(*node, key, "'" + text + "' is not one of " + allowed);
    return words.begin()->second;
}

Field readField(TomlReader& reader, const toml::table& table) {
    reader.allowOnly(table, {"name", "type", "title", "required", "domain", "unit", "min", "max"});
    Field field;
    field.name = reader.text(table, "name");
    field.type = word(reader, table, "type", kTypeWords);
    field.title = reader.localized(table, "title");
    field.required = reader.flagOr(table, "required", false);
    field.domain = reader.textOr(table, "domain", "");
    field.unit = reader.textOr(table, "unit", "");
    field.min = reader.number(table, "min");
    field.max = reader.number(table, "max");
    return field;
}

void readTopology(TomlReader& reader, const toml::table& root, Layer& layer) {
    if (const toml::table* topology = reader.subtable(root, "topology")) {
        reader.allowOnly(*topology, {"kind", "of"});
        layer.topology.kind = word(reader, *topology, "kind", kTopologyWords);
        layer.topology.of = reader.textOr(*topology, "of", "");
        if ((layer.topology.kind == TopologyKind::Partition) == layer.topology.of.empty()) {
            reader.fault(*topology, "of", "a partition, and only a partition, names the layer it divides");
        }
    }
    for (const toml::table* table : reader.tables(root, "links")) {
        reader.allowOnly(*table, {"layer", "on_edit"});
        layer.links.push_back({reader.text(*table, "layer"), word(reader, *table, "on_edit", kLinkWords)});
    }
}

Result<Layer> readLayer(const fs::path& file) {
    Result<TomlReader> opened = TomlReader::open(file);
    if (!opened) return tl::unexpected(opened.error());
    TomlReader& reader = *opened;
    const toml::table& root = reader.root();
    reader.allowOnly(root, {"id", "title", "group", "geometry", "topology", "links", "accuracy_m", "name_field", "key_field",
                            "provenance", "fields"});
    Layer layer;
    layer.id = reader.text(root, "id");
    layer.title = reader.localized(root, "title");
    layer.group = reader.text(root, "group");
    layer.geometry = word(reader, root, "geometry", kGeometryWords);
    readTopology(reader, root, layer);
    layer.accuracy = Metres(reader.number(root, "accuracy_m").value_or(0));
    layer.nameField = reader.textOr(root, "name_field", "");
    layer.keyField = reader.textOr(root, "key_field", "");
    if (const toml::table* provenance = reader.subtable(root, "provenance")) {
        reader.allowOnly(*provenance, {"clause", "source", "date", "schematic"});
        layer.provenance = {reader.textOr(*provenance, "clause", ""), reader.localized(*provenance, "source"),
                            reader.textOr(*provenance, "date", ""), reader.flagOr(*provenance, "schematic", false)};
    }
    for (const toml::table* table : reader.tables(root, "fields")) {
        Field field = readField(reader, *table);
        if (layer.find(field.name) != nullptr) reader.fault(*table, "name", "'" + field.name + "' is given twice");
        layer.fields.push_back(std::move(field));
    }
    if (layer.id != file.stem().string()) reader.fault(root, "id", "must be the file's name without .toml");
    for (const auto& [key, name] : {std::pair{"name_field", &layer.nameField}, std::pair{"key_field", &layer.keyField}}) {
        if (!name->empty() && layer.find(*name) == nullptr) reader.fault(*root.get(key), key, "no field '" + *name + "'");
    }
    if (reader.firstFault()) return tl::unexpected(*reader.firstFault());
    return layer;
}

Result<Domain> readDomain(const fs::path& file) {
    Result<TomlReader> opened = TomlReader::open(file);
    if (!opened) return tl::unexpected(opened.error());
    TomlReader& reader = *opened;
    const toml::table& root = reader.root();
    reader.allowOnly(root, {"id", "title", "source", "values"});
    Domain domain{reader.text(root, "id"), reader.localized(root, "title"), reader.textOr(root, "source", ""), {}};
    for (const toml::table* table : reader.tables(root, "values")) {
        reader.allowOnly(*table, {"code", "zh", "en", "parent"});
        DomainValue value{reader.text(*table, "code"), {reader.text(*table, "zh"), reader.text(*table, "en")},
                          reader.textOr(*table, "parent", "")};
        if (domain.find(value.code) != nullptr) reader.fault(*table, "code", "'" + value.code + "' is given twice");
        domain.values.push_back(std::move(value));
    }
    if (domain.id != file.stem().string()) reader.fault(root, "id", "must be the file's name without .toml");
    if (reader.firstFault()) return tl::unexpected(*reader.firstFault());
    return domain;
}

std::vector<fs::path> tomlFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Every name that points to another layer or domain must find it.
std::optional<Error> danglingReference(const Catalogue& catalogue, const fs::path& folder) {
    const auto fault = [&](const Layer& layer, const std::string& what) {
        return Error{ErrorCode::BadCatalogue, what, (folder / (layer.id + ".toml")).string()};
    };
    for (const Layer& layer : catalogue.layers) {
        for (const Field& field : layer.fields) {
            if (!field.domain.empty() && catalogue.findDomain(field.domain) == nullptr) {
                return fault(layer, "fields." + field.name + ".domain: no domain '" + field.domain + "'");
            }
        }
        if (!layer.topology.of.empty() && catalogue.find(layer.topology.of) == nullptr) {
            return fault(layer, "topology.of: no layer '" + layer.topology.of + "'");
        }
        for (const Link& link : layer.links) {
            if (catalogue.find(link.layer) == nullptr) return fault(layer, "links.layer: no layer '" + link.layer + "'");
        }
    }
    return std::nullopt;
}

template <typename Items>
auto findById(const Items& items, std::string_view id) -> decltype(items.data()) {
    for (const auto& item : items) {
        if (item.id == id) return &item;
    }
    return nullptr;
}

}  // namespace

std::string_view nameOf(GeometryKind kind) {
    for (const auto& [name, value] : kGeometryWords) {
        if (value == kind) return name;
    }
    return "None";
}

const DomainValue* Domain::find(std::string_view code) const {
    for (const DomainValue& value : values) {
        if (value.code == code) return &value;
    }
    return nullptr;
}

const Field* Layer::find(std::string_view fieldName) const {
    for (const Field& field : fields) {
        if (field.name == fieldName) return &field;
    }
    return nullptr;
}

const Layer* Catalogue::find(std::string_view layerId) const { return findById(layers, layerId); }
const Domain* Catalogue::findDomain(std::string_view domainId) const { return findById(domains, domainId); }

Result<const Layer*> Catalogue::layer(std::string_view layerId) const {
    if (const Layer* found = find(layerId)) return found;
    return failure(ErrorCode::UnknownLayer, std::string(layerId));
}

Result<Catalogue> load(const fs::path& folder) {
    std::error_code none;
    if (!fs::is_directory(folder, none)) return failure(ErrorCode::FileNotFound, "", folder.string());
    Catalogue catalogue;
    for (const fs::path& file : tomlFiles(folder / "domains")) {
        Result<Domain> domain = readDomain(file);
        if (!domain) return tl::unexpected(domain.error());
        catalogue.domains.push_back(std::move(*domain));
    }
    for (const fs::path& file : tomlFiles(folder)) {
        Result<Layer> layer = readLayer(file);
        if (!layer) return tl::unexpected(layer.error());
        catalogue.layers.push_back(std::move(*layer));
    }
    if (auto fault = danglingReference(catalogue, folder)) return tl::unexpected(*fault);
    return catalogue;
}

}  // namespace zonewright::catalogue
