#include <gtest/gtest.h>

#include "core/analysis/chart.h"
#include "core/analysis/tables.h"
#include "support/temp_folder.h"

namespace zonewright::analysis {
namespace {

Table sample() {
    return {"sample",
            {"示例", "Sample"},
            {{"zone", {"分区", "Zone"}, "", 0, {}}, {"area", {"面积", "Area"}, "ha", 2, {"总和", "the sum"}}, {"note", {"说明", "Note"}, "", 0, {}}},
            {{std::string("湖塘"), 1234.56789, Localized{"好", "fine"}}, {std::string("A \"b\", c"), {}, std::int64_t{7}}},
            {{"平面面积", "planar areas"}}};
}

TEST(Tables, CsvHasByteOrderMarkAndQuotedFields) {
    const test::TempFolder folder;
    ASSERT_TRUE(writeCsv(sample(), folder / "a.csv", {Language::Chinese, false}).has_value());
    EXPECT_EQ(test::readFile(folder / "a.csv"), "\xEF\xBB\xBF分区,面积 (ha),说明\r\n湖塘,1234.56789,好\r\n\"A \"\"b\"\", c\",,7\r\n");
}

TEST(Tables, FilesAreNotOverwrittenUnasked) {
    const test::TempFolder folder;
    test::writeFile(folder / "a.csv", "mine");
    test::writeFile(folder / "a.xlsx", "mine");
    const Table table = sample();
    EXPECT_EQ(writeCsv(table, folder / "a.csv", {}).error().code, ErrorCode::FileExists);
    EXPECT_EQ(writeXlsx(std::span(&table, 1), folder / "a.xlsx", {}).error().code, ErrorCode::FileExists);
    EXPECT_EQ(test::readFile(folder / "a.csv"), "mine");
    EXPECT_TRUE(writeCsv(table, folder / "a.csv", {Language::English, true}).has_value());
}

TEST(Tables, UnwritableFileIsAnError) {
    const Table table = sample();
    EXPECT_EQ(writeCsv(table, "/nonexistent/a.csv", {}).error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(writeXlsx(std::span(&table, 1), "/nonexistent/a.xlsx", {}).error().code, ErrorCode::FileUnwritable);
}

TEST(Tables, TheSameTablesGiveTheSameWorkbook) {
    const test::TempFolder folder;
    const std::vector<Table> tables{sample(), sample()};
    ASSERT_TRUE(writeXlsx(tables, folder / "a.xlsx", {}).has_value());
    ASSERT_TRUE(writeXlsx(tables, folder / "b.xlsx", {}).has_value());
    EXPECT_EQ(test::readFile(folder / "a.xlsx"), test::readFile(folder / "b.xlsx"));
    EXPECT_EQ(test::readFile(folder / "a.xlsx").substr(0, 2), "PK");
}

TEST(Tables, TextColumnsAlignWithWideCharacters) {
    const std::string text = toText(sample(), Language::Chinese);
    EXPECT_NE(text.find("湖塘        1234.57  好"), std::string::npos) << text;
    EXPECT_NE(text.find("平面面积"), std::string::npos);
}

TEST(Tables, JsonKeepsNumbersWholeAndBothLanguages) {
    const auto json = toJson(sample());
    EXPECT_EQ(json[0]["area"], 1234.56789);
    EXPECT_EQ(json[0]["note"]["en"], "fine");
    EXPECT_TRUE(json[1]["area"].is_null());
}

}  // namespace
}  // namespace zonewright::analysis
