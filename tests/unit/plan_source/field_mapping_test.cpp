#include "core/plan/source/field_mapping.h"

#include <cmath>

#include <gtest/gtest.h>

namespace zonewright::plan::source {
namespace {

using catalogue::FieldType;

catalogue::Catalogue landCatalogue() {
    catalogue::Layer parcels;
    parcels.id = "parcels";
    parcels.geometry = catalogue::GeometryKind::MultiPolygon;
    parcels.keyField = "code";
    parcels.fields = {{"code", FieldType::Text, {"代码", "Code"}, true, "", "", {}, {}},
                      {"land_use", FieldType::Text, {"用地分类", "Land use"}, true, "land_use", "", {}, {}},
                      {"floor_area_m2", FieldType::Real, {"建筑面积", "Floor area"}, false, "", "m2", 0.0, {}},
                      {"floors", FieldType::Integer, {"层数", "Floors"}, false, "", "", {}, 200.0},
                      {"protected", FieldType::Boolean, {"保护", "Protected"}, false, "", "", {}, {}},
                      {"built", FieldType::Date, {"建成", "Built"}, false, "", "", {}, {}}};
    catalogue::Domain landUse{"land_use", {"用地", "Land use"}, "", {{"0701", {"城镇住宅用地", "Urban residential"}, "07"}, {"1001", {"工业用地", "Industrial"}, "10"}}};
    return {{parcels}, {landUse}};
}

std::vector<Column> columns(std::initializer_list<const char*> names) {
    std::vector<Column> out;
    for (const char* name : names) out.push_back({name, ColumnType::Text});
    return out;
}

TEST(FieldMapping, FindsColumnsByNameCaseTitleAndWithoutUnit) {
    const auto catalogue = landCatalogue();
    const auto mapping = mapFields(catalogue.layers[0], columns({"CODE", "用地分类", "FloorArea", "uuid", "Remark"}), {});
    ASSERT_TRUE(mapping);
    EXPECT_EQ(mapping->columns[0], 0U);
    EXPECT_EQ(mapping->columns[1], 1U);
    EXPECT_EQ(mapping->columns[2], 2U);
    EXPECT_EQ(mapping->columns[3], std::nullopt);
    EXPECT_EQ(mapping->uuid, 3U);
    EXPECT_EQ(mapping->unused, std::vector<std::size_t>{4});
}

TEST(FieldMapping, WhatTheUserStatesComesFirst) {
    const auto catalogue = landCatalogue();
    const auto mapping = mapFields(catalogue.layers[0], columns({"code", "ML", "land_use"}), {{"code", "ML"}, {"land_use", ""}});
    ASSERT_TRUE(mapping);
    EXPECT_EQ(mapping->columns[0], 1U);
    EXPECT_EQ(mapping->columns[1], std::nullopt);
    EXPECT_EQ(mapping->missing, std::vector<std::string>{"land_use"});
}

TEST(FieldMapping, AnUnknownFieldOrColumnIsAnErrorThatListsTheColumns) {
    const auto catalogue = landCatalogue();
    EXPECT_EQ(mapFields(catalogue.layers[0], columns({"a"}), {{"nosuch", "a"}}).error().detail, "nosuch");
    EXPECT_EQ(mapFields(catalogue.layers[0], columns({"a", "b"}), {{"code", "c"}}).error().detail, "c (the source has: a, b)");
}

class Conversion : public testing::Test {
protected:
    catalogue::Catalogue mCatalogue = landCatalogue();
    ValueConverter mConverter{mCatalogue, mCatalogue.layers[0]};

    std::string taken(std::size_t field, const Value& value) {
        const auto out = mConverter.converted(field, value);
        return out ? asText(*out) : "refused: " + out.error().en;
    }
};

TEST_F(Conversion, CodedFieldsTakeCodeTitleOrANumberWithoutItsLeadingZero) {
    EXPECT_EQ(taken(1, std::string("0701")), "0701");
    EXPECT_EQ(taken(1, std::string(" 工业用地 ")), "1001");
    EXPECT_EQ(taken(1, std::string("urban residential")), "0701");
    EXPECT_EQ(taken(1, std::int64_t{701}), "0701");
    EXPECT_EQ(taken(1, 1001.0), "1001");
    EXPECT_EQ(taken(1, std::string("9999")), "refused: field land_use: '9999' is not in the field's list of values");
}

TEST_F(Conversion, NumbersAreReadFromTextAndNeverCut) {
    EXPECT_EQ(taken(2, std::string("12.5")), "12.5");
    EXPECT_EQ(taken(2, std::string("twelve")), "refused: field floor_area_m2: 'twelve' is no number");
    EXPECT_EQ(taken(2, std::nan("")), "refused: field floor_area_m2: 'nan' is no number");
    EXPECT_EQ(taken(2, -1.0), "refused: field floor_area_m2: '-1' is below 0");
    EXPECT_EQ(taken(3, 6.0), "6");
    EXPECT_EQ(taken(3, 6.5), "refused: field floors: '6.5' is no whole number");
    EXPECT_EQ(taken(3, std::string("9007199254740993")), "refused: field floors: '9007199254740993' is above 200");
}

TEST_F(Conversion, DatesAndTruthValuesComeInManyForms) {
    EXPECT_EQ(taken(5, std::string("2021/3/5")), "2021-03-05");
    EXPECT_EQ(taken(5, std::string("20210305")), "2021-03-05");
    EXPECT_EQ(taken(5, std::string("2021-02-29")), "refused: field built: '2021-02-29' is no date");
    EXPECT_EQ(taken(4, std::string("是")), "1");
    EXPECT_EQ(taken(4, std::int64_t{0}), "0");
    EXPECT_EQ(taken(4, std::string("perhaps")), "refused: field protected: 'perhaps' is neither yes nor no");
}

TEST_F(Conversion, NothingStaysNothing) {
    EXPECT_EQ(taken(1, Value{}), "");
    EXPECT_EQ(taken(2, std::string("  ")), "");
}

}  // namespace
}  // namespace zonewright::plan::source
