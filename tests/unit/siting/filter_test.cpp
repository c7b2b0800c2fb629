#include <gtest/gtest.h>

#include "core/analysis/siting/filter.h"
#include "support/small_plan.h"

namespace zonewright::analysis::siting {
namespace {

bool holds(const std::string& text, const std::map<std::string, plan::Value>& row) {
    const Filter filter = test::must(Filter::parse(text));
    std::vector<plan::Value> values;
    for (const std::string& field : filter.fields()) values.push_back(row.contains(field) ? row.at(field) : plan::Value());
    return filter.passes(values);
}

std::string columnOf(const std::string& text) {
    const auto filter = Filter::parse(text);
    return filter ? "no fault" : filter.error().where;
}

const std::map<std::string, plan::Value> kRow{{"kind", std::string("永久基本农田")}, {"speed", 250.0}, {"linear", std::int64_t{1}}, {"note", plan::Value()}};

TEST(SitingFilter, NotBindsCloserThanAndAndAndCloserThanOr) {
    EXPECT_TRUE(holds("linear = 1 or speed < 100 and not kind = 'x'", kRow));
    EXPECT_FALSE(holds("(linear = 1 or speed < 100) and kind = 'x'", kRow));
}

TEST(SitingFilter, ComparesNumbersAsNumbersAndTextsAsTexts) {
    EXPECT_TRUE(holds("speed >= 200 and speed <> 251", kRow));
    EXPECT_TRUE(holds("linear in (0, 1)", kRow));
    EXPECT_FALSE(holds("kind > 5", kRow));
}

TEST(SitingFilter, UnderscoreStandsForOneChineseCharacter) {
    EXPECT_TRUE(holds("kind like '永_基本%'", kRow));
    EXPECT_FALSE(holds("kind like '永基本%'", kRow));
    EXPECT_TRUE(holds("kind not like '高%'", kRow));
}

TEST(SitingFilter, AnEmptyFieldMatchesNothingButIsNull) {
    EXPECT_FALSE(holds("note = ''", kRow));
    EXPECT_FALSE(holds("note < 3 or note >= 3", kRow));
    EXPECT_TRUE(holds("note is null and kind is not null", kRow));
}

TEST(SitingFilter, FaultsNameTheirColumnInCharacters) {
    EXPECT_EQ(columnOf("kind = 'open"), "8");
    EXPECT_EQ(columnOf("类 = 5 and"), "10");
    EXPECT_EQ(columnOf("kind ; drop"), "6");
    EXPECT_EQ(columnOf("a = 1 b = 2"), "7");
    EXPECT_EQ(columnOf("a in ()"), "7");
    EXPECT_EQ(columnOf("a = 12x"), "5");
    EXPECT_NE(columnOf(std::string(1000, '(')), "no fault");
}

TEST(SitingFilter, NothingIsPassedByEverything) { EXPECT_TRUE(holds("  ", {})); }

}  // namespace
}  // namespace zonewright::analysis::siting
