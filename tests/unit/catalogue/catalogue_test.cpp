#include "core/catalogue/catalogue.h"

#include <set>

#include <gtest/gtest.h>

#include "support/temp_folder.h"

namespace zonewright::catalogue {
namespace {

const std::string kZones = R"(id = "zones"
title = { zh = "分区", en = "Zones" }
group = "plan"
geometry = "MultiPolygon"
topology = { kind = "disjoint" }
accuracy_m = 5
name_field = "name"
[provenance]
source = { zh = "测试", en = "test" }
schematic = true
[[fields]]
name = "name"
type = "text"
title = { zh = "名称", en = "Name" }
required = true
)";

/// The error of a catalogue whose zones.toml has `from` replaced by `to`.
Error errorWith(const std::string& from, const std::string& to) {
    const test::TempFolder folder;
    std::string text = kZones;
    text.replace(text.find(from), from.size(), to);
    test::writeFile(folder / "zones.toml", text);
    const auto loaded = load(folder.path());
    EXPECT_FALSE(loaded.has_value()) << to;
    return loaded ? Error{} : loaded.error();
}

TEST(Catalogue, ALayerIsWhatItsFileSays) {
    const test::TempFolder folder;
    test::writeFile(folder / "zones.toml", kZones);
    const auto loaded = load(folder.path());
    ASSERT_TRUE(loaded.has_value()) << loaded.error().detail << loaded.error().where;
    const Layer* zones = loaded->find("zones");
    ASSERT_NE(zones, nullptr);
    EXPECT_EQ(zones->title.en, "Zones");
    EXPECT_EQ(zones->geometry, GeometryKind::MultiPolygon);
    EXPECT_EQ(zones->topology.kind, TopologyKind::Disjoint);
    EXPECT_EQ(zones->accuracy, Metres(5));
    EXPECT_TRUE(zones->find("name")->required);
    EXPECT_TRUE(zones->provenance.schematic);
}

TEST(Catalogue, AFaultNamesFileLineAndKey) {
    struct Case {
        const char* from;
        const char* to;
        const char* key;
        const char* line;
    };
    for (const Case& c : {Case{"\"Zones\"", "3", "en", "zones.toml:2"}, Case{"group", "grup", "grup", "zones.toml:3"},
                          Case{"\"MultiPolygon\"", "\"Blob\"", "geometry", "zones.toml:4"},
                          Case{"\"disjoint\"", "\"partition\"", "of", "zones.toml:5"}, Case{"= 5", "= \"5\"", "accuracy_m", "zones.toml:6"},
                          Case{"name_field = \"name\"", "name_field = \"nam\"", "name_field", "zones.toml:7"},
                          Case{"\"text\"", "\"txt\"", "type", "zones.toml:13"},
                          Case{"required = true", "domain = \"none\"", "domain", "zones.toml"}}) {
        const Error error = errorWith(c.from, c.to);
        EXPECT_EQ(error.code, ErrorCode::BadCatalogue);
        EXPECT_NE(error.where.find(c.line), std::string::npos) << error.where;
        EXPECT_NE(error.detail.find(c.key), std::string::npos) << error.detail;
    }
}

TEST(Catalogue, BrokenTomlNamesLineAndColumn) {
    const Error error = errorWith("geometry =", "geometry");
    EXPECT_NE(error.where.find("zones.toml:4:"), std::string::npos) << error.where;
}

TEST(Catalogue, EveryLayerOfTheProductLoadsAndHasItsStyle) {
    const std::filesystem::path source = ZONEWRIGHT_SOURCE_DIR;
    const auto loaded = load(source / "layers");
    ASSERT_TRUE(loaded.has_value()) << loaded.error().where << ": " << loaded.error().detail;
    EXPECT_GE(loaded->layers.size(), 22U);
    std::set<std::string> ids;
    for (const Layer& layer : loaded->layers) {
        ids.insert(layer.id);
        EXPECT_TRUE(std::filesystem::exists(source / "styles" / (layer.id + ".qml"))) << layer.id;
        EXPECT_FALSE(layer.provenance.source.zh.empty()) << layer.id;
        for (const Field& field : layer.fields) EXPECT_FALSE(field.title.en.empty()) << layer.id << "." << field.name;
    }
    std::string modules;  // their results have styles too
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source / "plugins")) {
        if (entry.path().extension() == ".cpp") modules += test::readFile(entry.path());
    }
    for (const auto& entry : std::filesystem::directory_iterator(source / "styles")) {
        if (entry.path().extension() != ".qml") continue;
        const std::string stem = entry.path().stem().string();
        EXPECT_TRUE(ids.contains(stem) || modules.find('"' + stem + '"') != std::string::npos) << entry.path();
    }
}

}  // namespace
}  // namespace zonewright::catalogue
