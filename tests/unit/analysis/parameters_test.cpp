#include <gtest/gtest.h>

#include "core/analysis/parameters.h"

namespace zonewright::analysis {
namespace {

struct Fields {
    LayerReference layer{"clusters"};
    std::vector<LayerReference> layers{{"a"}, {"b"}};
    FieldName field;
    double share = 0.9;
    Metres radius{500};
    Seconds wait{120};
    std::int64_t count = 3;
    bool on = false;
    std::string shape = "none";
    std::string text;
    std::filesystem::path file;
    std::optional<Point> place;
    Geometry drawn;
    std::vector<std::string> codes;
};

class Parameters : public ::testing::Test {
protected:
    Parameters() {
        set.add("layer", {"图层", "Layer"}, f.layer).geometry("polygon");
        set.add("layers", {"多图层", "Layers"}, f.layers);
        set.add("field", {"字段", "Field"}, f.field).of("layer");
        set.add("share", {"比例", "Share"}, f.share).range(0, 1);
        set.add("radius", {"半径", "Radius"}, f.radius).range(10, 1000);
        set.add("wait", {"等待", "Wait"}, f.wait);
        set.add("count", {"数量", "Count"}, f.count).atLeast(1);
        set.add("on", {"开", "On"}, f.on);
        set.add("shape", {"形状", "Shape"}, f.shape).choices({{"none", {"无", "None"}}, {"hexagon", {"六边形", "Hexagon"}}});
        set.add("text", {"文字", "Text"}, f.text);
        set.add("file", {"文件", "File"}, f.file);
        set.add("place", {"位置", "Place"}, f.place);
        set.add("drawn", {"图形", "Drawn"}, f.drawn);
        set.add("codes", {"代码", "Codes"}, f.codes);
    }
    std::string failing(const char* id, const char* value) {
        const auto done = set.assign(id, value);
        return done ? "" : done.error().detail;
    }
    Fields f;
    ParameterSet set;
};

TEST_F(Parameters, EveryTypeIsReadIntoItsField) {
    for (const auto& [id, value] : std::vector<std::pair<const char*, const char*>>{
             {"layer", "a.gpkg|layername=x"}, {"layers", "p, q"}, {"field", "code"}, {"share", "0.25"}, {"radius", "75.5"}, {"wait", "30"},
             {"count", "7"}, {"on", "yes"}, {"shape", "hexagon"}, {"text", "a=b, c"}, {"file", "x/y.csv"}, {"place", "1.5, -2"},
             {"drawn", "POINT (3 4)"}, {"codes", "07,08"}}) {
        ASSERT_TRUE(set.assign(id, value).has_value()) << id;
    }
    EXPECT_EQ(f.layer.text, "a.gpkg|layername=x");
    EXPECT_EQ(f.layers, (std::vector<LayerReference>{{"p"}, {"q"}}));
    EXPECT_EQ(f.radius, Metres(75.5));
    EXPECT_EQ(f.wait, Seconds(30));
    EXPECT_EQ(f.count, 7);
    EXPECT_TRUE(f.on);
    EXPECT_EQ(f.shape, "hexagon");
    EXPECT_EQ(f.text, "a=b, c");
    EXPECT_EQ(*f.place, (Point{1.5, -2}));
    EXPECT_EQ(std::get<Point>(f.drawn), (Point{3, 4}));
    EXPECT_EQ(f.codes, (std::vector<std::string>{"07", "08"}));
}

TEST_F(Parameters, DefaultIsTheFieldsOwnValue) {
    const auto described = set.describe();
    EXPECT_EQ(described[0]["default"], "clusters");
    EXPECT_EQ(described[4]["default"], 500.0);
    EXPECT_EQ(described[4]["unit"], "m");
    EXPECT_EQ(described[5]["unit"], "s");
    EXPECT_EQ(described[8]["type"], "choice");
    EXPECT_EQ(described[2]["of"], "layer");
}

TEST_F(Parameters, ValueOutOfRangeNamesParameterAndRange) {
    EXPECT_NE(failing("share", "1.5").find("share=1.5"), std::string::npos);
    EXPECT_NE(failing("radius", "5").find("10 ... 1000 m"), std::string::npos);
    EXPECT_NE(failing("count", "0").find(">= 1"), std::string::npos);
    EXPECT_EQ(f.share, 0.9);
    EXPECT_EQ(f.radius, Metres(500));
}

TEST_F(Parameters, WordsThatAreNoNumbersAreRefused) {
    for (const char* word : {"", "12x", "nan", "inf", "1e999", "0x10", "--3"}) EXPECT_FALSE(set.assign("share", word).has_value()) << word;
    EXPECT_FALSE(set.assign("count", "1.5").has_value());
    EXPECT_FALSE(set.assign("on", "maybe").has_value());
    EXPECT_FALSE(set.assign("place", "1;2").has_value());
    EXPECT_FALSE(set.assign("drawn", "POLYGON ((0 0").has_value());
}

TEST_F(Parameters, UnknownChoiceListsTheChoices) { EXPECT_NE(failing("shape", "star").find("none, hexagon"), std::string::npos); }

TEST_F(Parameters, UnknownParameterListsTheParameters) { EXPECT_NE(failing("radios", "5").find("radius"), std::string::npos); }

TEST_F(Parameters, ValuesSurviveTextAndBack) {
    ASSERT_TRUE(set.assign("codes", R"(["a,b","c"])").has_value());
    const auto values = set.values();
    Fields again;
    ParameterSet other;
    other.add("codes", {"", ""}, again.codes);
    ASSERT_TRUE(other.assign("codes", values["codes"].dump()).has_value());
    EXPECT_EQ(again.codes, f.codes);
}

TEST(RequiredParameters, AreNamedWhenMissing) {
    LayerReference layer;
    ParameterSet set;
    set.add("layer", {"图层", "Layer"}, layer).required();
    ASSERT_FALSE(set.checkComplete().has_value());
    EXPECT_NE(set.checkComplete().error().detail.find("layer"), std::string::npos);
    ASSERT_TRUE(set.assign("layer", "x").has_value());
    EXPECT_TRUE(set.checkComplete().has_value());
}

}  // namespace
}  // namespace zonewright::analysis
