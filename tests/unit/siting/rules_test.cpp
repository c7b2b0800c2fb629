#include <fstream>

#include <gtest/gtest.h>

#include "core/analysis/siting/rules.h"
#include "core/catalogue/catalogue.h"
#include "support/small_plan.h"

namespace zonewright::analysis::siting {
namespace {

const std::string kRule = R"(subject = { zh = "甲", en = "A" }
[[rules]]
id = "r"
title = { zh = "题", en = "T" }
layer = "zones"
severity = "prohibited"
law = { zh = "法", en = "L" }
article = { zh = "一", en = "1" }
remedy = { zh = "移", en = "move" }
)";

Error faultOf(const std::string& text) {
    const test::TempFolder folder;
    const auto file = folder.path() / "r.toml";
    std::ofstream(file) << text;
    const auto rules = loadRules(file);
    return rules ? Error{ErrorCode::Internal, "no fault", ""} : rules.error();
}

TEST(SitingRules, EveryRuleOfTheProductNamesALayerAndFieldsThatAreThere) {
    const std::filesystem::path layers = std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "layers";
    const auto catalogue = test::must(catalogue::load(layers));
    const auto rules = test::must(loadRules(layers / "rules"));
    ASSERT_GE(rules.size(), 20U);
    const catalogue::Layer* projects = catalogue.find("projects");
    ASSERT_NE(projects, nullptr);
    for (const Rule& rule : rules) {
        const catalogue::Layer* layer = catalogue.find(rule.layer);
        ASSERT_NE(layer, nullptr) << rule.id;
        for (const std::string& field : rule.filter.fields()) EXPECT_NE(layer->find(field), nullptr) << rule.id << " " << field;
        for (const std::string& field : rule.siteFilter.fields()) EXPECT_NE(projects->find(field), nullptr) << rule.id << " " << field;
        for (const std::string& kind : rule.appliesTo) EXPECT_NE(catalogue.findDomain("project_kind")->find(kind), nullptr) << rule.id << " " << kind;
    }
}

TEST(SitingRules, AFilterThatDoesNotParseNamesFileLineAndColumn) {
    const Error fault = faultOf(kRule + "filter = \"kind == 3\"\n");
    EXPECT_EQ(fault.code, ErrorCode::BadRule);
    EXPECT_NE(fault.where.find("r.toml:10"), std::string::npos) << fault.where;
    EXPECT_NE(fault.detail.find("column 17"), std::string::npos) << fault.detail;  // the second = of kind == 3
}

TEST(SitingRules, AMisspeltKeyOrWordIsAFault) {
    EXPECT_EQ(faultOf(kRule + "distanse_m = 3\n").code, ErrorCode::BadRule);
    EXPECT_NE(faultOf(kRule + "relation = \"near\"\n").detail.find("overlaps, within"), std::string::npos);
    EXPECT_NE(faultOf(kRule + "relation = \"within\"\n").detail.find("distance_m"), std::string::npos);
    EXPECT_NE(faultOf(kRule + "confidence = \"second_hand\"\n").detail.find("confidence_note"), std::string::npos);
    EXPECT_EQ(faultOf(kRule + "from = \"2021-13-01\"\n").code, ErrorCode::BadRule);
}

TEST(SitingRules, AreInForceFromTheirFirstToTheirLastDay) {
    Rule rule;
    rule.from = "2020-01-08";
    rule.to = "2025-12-31";
    EXPECT_FALSE(rule.isInForce("2020-01-07"));
    EXPECT_TRUE(rule.isInForce("2020-01-08"));
    EXPECT_TRUE(rule.isInForce("2025-12-31"));
    EXPECT_FALSE(rule.isInForce("2026-01-01"));
}

}  // namespace
}  // namespace zonewright::analysis::siting
