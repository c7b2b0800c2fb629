#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/error_details.h"

namespace zonewright {
namespace {

namespace fs = std::filesystem;

std::string textOf(const fs::path& file) {
    std::ifstream in(file);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

/// A literal of the sources as a wording: values `{}`, quotes plain.
std::string wordingOf(std::string literal) {
    literal = std::regex_replace(literal, std::regex(R"(\{[^ {}"]*\})"), "{}");
    literal = std::regex_replace(literal, std::regex(R"(\\(.))"), "$1");
    return literal;
}

TEST(ErrorDetails, ARefusedEditIsReadInChineseAsAWhole) {
    const Error error{ErrorCode::LinkedLayerRefuses, "clusters: its boundary would move", "feature 7"};
    EXPECT_EQ(describe(error, Language::Chinese), "相连图层不允许此改动：clusters：其边界将移动，位于 要素 7；请先改相连图层或其 on_edit 设置");
    EXPECT_EQ(describe(error, Language::English),
              "a linked layer refuses this edit: clusters: its boundary would move, at feature 7; edit the linked layer first, or change its on_edit");
}

TEST(ErrorDetails, ValuesComeThroughAndMayChangePlaces) {
    EXPECT_EQ(inChinese("the areas add up to 120 m2, the zone has 100 m2"), "各面积之和为 120 平方米，分区面积为 100 平方米");
    EXPECT_EQ(inChinese("3 of 9 rows: Self-intersection"), "9 行中有 3 行：自相交");
    EXPECT_EQ(inChinese("not a stored network of version 2"), "不是版本 2 的 network");
}

TEST(ErrorDetails, WhatALibraryOrAUserSaysStaysAsItIs) {
    for (const char* text : {"", "道路.gpkg", "attempt to fly", "{}", "a{b}c", "/tmp/a.gpkg:12"}) EXPECT_EQ(inChinese(text), text);
}

/// `failure(ErrorCode::X, "..."`, `refusal(...)`, `throw Refusal{place, ...`, with or without `fmt::format(`, and text to which a value is added.
TEST(ErrorDetails, EveryWordingInTheSourcesHasAChineseOne) {
    const std::regex call(R"re((?:(?:failure|refusal)\(\s*(?:ErrorCode::\w+|finding\.code)|throw Refusal\{[^,]+),\s*(fmt::format\(\s*)?"((?:[^"\\]|\\.)*)"(?:\s*"((?:[^"\\]|\\.)*)")?\s*(\+)?)re");
    int seen = 0;
    for (const char* folder : {"src", "plugins"}) {
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(ZONEWRIGHT_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".cpp") continue;
            const std::string text = textOf(entry.path());
            for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
                const std::smatch& m = *at;
                const std::string wording = wordingOf(m[2].str() + m[3].str()) + (m[4].matched ? "{}" : "");
                if (wording.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos) continue;
                ++seen;
                const bool known = hasChinese(wording) || hasChinese(wording + "'") || inChinese(wording) != wording;
                EXPECT_TRUE(known) << entry.path().string() << ": \"" << wording << "\" has no Chinese wording in error_details.cpp";
            }
        }
    }
    EXPECT_GT(seen, 150);
}

}  // namespace
}  // namespace zonewright
