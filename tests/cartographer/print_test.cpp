#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <regex>

#include <gtest/gtest.h>

#include "cartographer/test_plan.h"

namespace zonewright::cartographer {
namespace {

std::string output(const std::string& command) {
    std::string text;
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    std::array<char, 4096> buffer;
    for (std::size_t got; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), got);
    ::pclose(pipe);
    return text;
}

std::string textOf(const std::filesystem::path& pdf) { return output("pdftotext -layout '" + pdf.string() + "' -"); }

int pagesOf(const std::filesystem::path& pdf) {
    const std::string info = output("pdfinfo '" + pdf.string() + "'");
    std::smatch match;
    return std::regex_search(info, match, std::regex(R"(Pages:\s+(\d+))")) ? std::stoi(match[1]) : -1;
}

PrintRequest sheetOf(const std::string& theme, const std::filesystem::path& file) {
    PrintRequest request;
    request.view.theme = theme;
    request.layout = (std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "styles" / "layouts" / "a3_landscape.qpt").string();
    request.file = file;
    request.text.office = "测试规划局";
    request.text.date = "2024年6月1日";
    request.text.version = "3f2a91";
    return request;
}

class Print : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(mCartographer.open(mPlan.file())); }

    TestPlan mPlan;
    Cartographer mCartographer{testOptions()};
};

TEST_F(Print, APdfIsOneVectorPageWithItsTextAndTypefaces) {
    const auto printed = mCartographer.print(sheetOf("zones", mPlan / "图.pdf"));
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_EQ(printed->pages, 1);
    EXPECT_EQ(pagesOf(printed->file), 1);
    EXPECT_TRUE(printed->warnings.empty()) << printed->warnings.front();

    const std::string text = textOf(printed->file);
    for (const char* expected : {"分区图", "测试规划局", "3f2a91", "甲镇", "西部片区", "甲区", "乙区", "2000国家大地坐标系"}) {
        EXPECT_NE(text.find(expected), std::string::npos) << expected << " in\n" << text;
    }
    EXPECT_EQ(text.find("丙区"), std::string::npos) << "a class that is not on the map is not in the legend";
    EXPECT_EQ(text.find("Zone"), std::string::npos) << "no English on a Chinese sheet";

    std::istringstream fonts(output("pdffonts '" + printed->file.string() + "'"));
    std::string line;
    std::getline(fonts, line);
    const std::size_t embedded = line.find("emb");
    std::getline(fonts, line);
    int count = 0;
    for (; std::getline(fonts, line); ++count) EXPECT_EQ(line.substr(embedded, 3), "yes") << line;
    EXPECT_GT(count, 0);
    EXPECT_EQ(output("pdfimages -list '" + printed->file.string() + "'").find(" image "), std::string::npos) << "nothing is rasterised";
}

TEST_F(Print, ATableOfThePlanStandsBelowTheLegendOnEveryPaper) {
    for (const char* layout : {"a3_landscape", "a4_portrait"}) {
        PrintRequest request = sheetOf("zones_table", mPlan / "table.pdf");
        request.layout = (std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "styles" / "layouts" / (std::string(layout) + ".qpt")).string();
        const auto printed = mCartographer.print(request);
        ASSERT_TRUE(printed) << printed.error().detail;
        EXPECT_TRUE(printed->warnings.empty()) << layout << ": " << printed->warnings.front();
        const std::string text = textOf(printed->file);
        for (const char* expected : {"分区面积", "公顷", "1,234.5"}) EXPECT_NE(text.find(expected), std::string::npos) << layout << ": " << expected << " in\n" << text;
        const std::size_t heads = text.find("公顷");
        EXPECT_LT(text.find("东部片区", heads), text.find("西部片区", heads)) << "in the order the table asks for";
        EXPECT_EQ(text.find("没有"), std::string::npos) << "a table the plan does not have is passed over";
    }
}

TEST_F(Print, AThemeOfAResultSaysWhatMakesIt) {
    const auto printed = mCartographer.print(sheetOf("results", mPlan / "result.pdf"));
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, ErrorCode::UnknownLayer);
    EXPECT_NE(printed.error().detail.find("zonewright run something PLAN"), std::string::npos) << printed.error().detail;
}

TEST_F(Print, AnEnglishSheetHasNoChineseButNames) {
    PrintRequest request = sheetOf("zones", mPlan / "sheet.pdf");
    request.view.language = Language::English;
    request.text.office = "Planning office";
    request.text.date = "2024-06-01";
    const auto printed = mCartographer.print(request);
    ASSERT_TRUE(printed) << printed.error().detail;
    const std::string text = textOf(printed->file);
    for (const char* expected : {"Zones of the plan", "Zone A", "Jia town", "Legend"}) EXPECT_NE(text.find(expected), std::string::npos) << expected;
    for (const char* word : {"图例", "甲区", "甲镇"}) EXPECT_EQ(text.find(word), std::string::npos) << word;
}

TEST_F(Print, TheSameSheetIsTheSameFile) {
    ASSERT_TRUE(mCartographer.print(sheetOf("zones", mPlan / "one.pdf")));
    Cartographer another(testOptions());
    ASSERT_TRUE(another.open(mPlan.file()));
    ASSERT_TRUE(another.print(sheetOf("zones", mPlan / "two.pdf")));
    EXPECT_TRUE(test::readFile(mPlan / "one.pdf") == test::readFile(mPlan / "two.pdf"));
}

TEST_F(Print, TheScaleIsRoundAndTheWholeExtentIsShown) {
    const auto printed = mCartographer.print(sheetOf("zones", mPlan / "sheet.pdf"));
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_TRUE(printed->extent.contains(kPlanBox));
    EXPECT_NEAR(printed->scale, 150000, 1) << "the frame is 298.8 mm x 236.8 mm or so; 40 km and a margin need 1:142 000";

    PrintRequest given = sheetOf("zones", mPlan / "given.pdf");
    given.placement.scale = 80000;
    given.placement.extent = {kLeft, kBottom, kLeft + 1000, kBottom + 1000};
    const auto scaled = mCartographer.print(given);
    ASSERT_TRUE(scaled) << scaled.error().detail;
    EXPECT_NEAR(scaled->scale, 80000, 0.5);
    EXPECT_NEAR((scaled->extent.minX + scaled->extent.maxX) / 2, kLeft + 500, 1);
}

TEST_F(Print, PicturesHaveTheSizeOfTheirPaperAndGeoTiffItsPlace) {
    PrintRequest png = sheetOf("zones", mPlan / "sheet.png");
    png.dpi = 50;
    const auto picture = mCartographer.print(png);
    ASSERT_TRUE(picture) << picture.error().detail;
    std::unique_ptr<GDALDataset> image(GDALDataset::Open((mPlan / "sheet.png").c_str()));
    ASSERT_NE(image, nullptr);
    EXPECT_NEAR(image->GetRasterXSize(), 420 / 25.4 * 50, 1);
    EXPECT_NEAR(image->GetRasterYSize(), 297 / 25.4 * 50, 1);
    image.reset();

    PrintRequest tif = sheetOf("zones", mPlan / "sheet.tif");
    tif.dpi = 50;
    const auto placed = mCartographer.print(tif);
    ASSERT_TRUE(placed) << placed.error().detail;
    std::unique_ptr<GDALDataset> raster(GDALDataset::Open((mPlan / "sheet.tif").c_str()));
    ASSERT_NE(raster, nullptr);
    std::array<double, 6> transform{};
    ASSERT_EQ(raster->GetGeoTransform(transform.data()), CE_None) << "georeferenced";
    EXPECT_NEAR(transform[1], placed->scale * 0.0254 / 50, 0.5) << "metres a pixel";
    EXPECT_LT(transform[0], kPlanBox.minX);

    ASSERT_TRUE(mCartographer.print(sheetOf("zones", mPlan / "sheet.svg")));
    const std::string svg = test::readFile(mPlan / "sheet.svg");
    EXPECT_NE(svg.find("<svg"), std::string::npos);
    EXPECT_NE(svg.find("甲镇"), std::string::npos) << "text stays text";
}

TEST_F(Print, ATurnedMapShowsTheWholeExtentAndItsPicturesKnowHowItLies) {
    // Fits the longer side of the extent along the shorter one of the frame, and says where that is.
    PrintRequest standing = sheetOf("zones", mPlan / "standing.pdf");
    standing.placement.rotation = 90;
    const auto stood = mCartographer.print(standing);
    ASSERT_TRUE(stood) << stood.error().detail;
    const auto upright = mCartographer.print(sheetOf("zones", mPlan / "upright.pdf"));
    ASSERT_TRUE(upright);
    EXPECT_GT(stood->scale, upright->scale * 1.1);
    EXPECT_NE(test::readFile(standing.file), test::readFile(mPlan / "upright.pdf"));

    // A frame placed by hand keeps its size and is turned about its middle: counter-clockwise on the ground.
    PrintRequest tif = sheetOf("zones", mPlan / "turned.tif");
    tif.dpi = 50;
    tif.placement.extent = {kLeft, kBottom, kLeft + 1000, kBottom + 1000};
    tif.placement.scale = 80000;
    tif.placement.rotation = 30;
    const auto placed = mCartographer.print(tif);
    ASSERT_TRUE(placed) << placed.error().detail;
    EXPECT_NEAR(placed->scale, 80000, 0.5);
    EXPECT_NEAR((placed->extent.minX + placed->extent.maxX) / 2, kLeft + 500, 1);
    EXPECT_NEAR((placed->extent.minY + placed->extent.maxY) / 2, kBottom + 500, 1);
    std::unique_ptr<GDALDataset> raster(GDALDataset::Open((mPlan / "turned.tif").c_str()));
    ASSERT_NE(raster, nullptr);
    std::array<double, 6> transform{};
    ASSERT_EQ(raster->GetGeoTransform(transform.data()), CE_None);
    const double pixel = 80000 * 0.0254 / 50;
    EXPECT_NEAR(transform[1], pixel * std::cos(30 * std::numbers::pi / 180), 0.3) << "to the right on the sheet is east";
    EXPECT_NEAR(transform[4], pixel * std::sin(30 * std::numbers::pi / 180), 0.3) << "and north";
}

TEST_F(Print, TheFramesOfAnAtlasAreWhereItsPagesLie) {
    AtlasRequest request{.sheet = sheetOf("zones", mPlan / "page.png"), .over = "zones", .filter = {}};
    request.sheet.dpi = 30;
    request.sheet.placement.rotation = 20;
    request.frames = true;
    for (int page = 1; page <= 2; ++page) {
        request.page = page;
        const auto shown = mCartographer.atlas(request);
        ASSERT_TRUE(shown) << shown.error().detail;
        ASSERT_EQ(shown->frames.size(), 2U);
        const PageFrame& frame = shown->frames[static_cast<std::size_t>(page - 1)];
        EXPECT_NE(frame.name.find(page == 1 ? "西部" : "东部"), std::string::npos) << frame.name;
        EXPECT_NEAR(frame.scale, shown->scale, 1e-6 * shown->scale);
        EXPECT_NEAR(frame.extent.minX, shown->extent.minX, 0.01);
        EXPECT_NEAR(frame.extent.maxY, shown->extent.maxY, 0.01);
    }
}

TEST_F(Print, AnAtlasHasAPageForEachFeatureWithItsName) {
    AtlasRequest request{.sheet = sheetOf("zones", mPlan / "atlas.pdf"), .over = "zones", .filter = {}};
    struct Count : Progress {
        double last = 0;
        bool report(double done, std::string_view) override {
            last = done;
            return true;
        }
    } count;
    const auto printed = mCartographer.atlas(request, &count);
    ASSERT_TRUE(printed) << printed.error().detail;
    EXPECT_EQ(printed->pages, 2);
    EXPECT_EQ(pagesOf(printed->file), 2);
    const std::string first = output("pdftotext -l 1 '" + printed->file.string() + "' -");
    const std::string second = output("pdftotext -f 2 '" + printed->file.string() + "' -");
    EXPECT_NE(first.find("分区图 · 西部片区"), std::string::npos) << first;
    EXPECT_NE(second.find("分区图 · 东部片区"), std::string::npos) << second;
    EXPECT_TRUE(std::regex_search(second, std::regex("第 *2 *页"))) << second;

    request.page = 2;
    request.sheet.file = mPlan / "page.pdf";
    request.sheet.text.number = "WJ-07";
    const auto page = mCartographer.atlas(request);
    ASSERT_TRUE(page) << page.error().detail;
    EXPECT_EQ(page->pages, 2) << "of the whole atlas";
    EXPECT_EQ(pagesOf(page->file), 1);
    const std::string alone = output("pdftotext '" + page->file.string() + "' -");
    EXPECT_NE(alone.find("分区图 · 东部片区"), std::string::npos) << alone;
    EXPECT_TRUE(std::regex_search(alone, std::regex("WJ-07 *第 *2 *页"))) << alone;
    EXPECT_DOUBLE_EQ(page->scale, printed->scale) << "as in the whole atlas, whose last page it is";
    request.sheet.file = mPlan / "page.png";
    request.sheet.dpi = 40;
    EXPECT_TRUE(mCartographer.atlas(request)) << "in any format of a sheet";
    request.page = 3;
    EXPECT_EQ(mCartographer.atlas(request).error().code, ErrorCode::BadArgument);
    request.page = 0;
    EXPECT_EQ(mCartographer.atlas(request).error().code, ErrorCode::BadArgument) << "many pages are a PDF";
    request.sheet.file = mPlan / "atlas.pdf";

    request.filter = "\"code\" = 'b'";
    const auto one = mCartographer.atlas(request);
    ASSERT_TRUE(one) << one.error().detail;
    EXPECT_EQ(pagesOf(one->file), 1);
    request.filter = "\"code\" = 'nothing'";
    EXPECT_EQ(mCartographer.atlas(request).error().code, ErrorCode::SourceEmpty);
    request.filter = "((";
    EXPECT_EQ(mCartographer.atlas(request).error().code, ErrorCode::BadArgument);
}

TEST_F(Print, PreflightNamesWhatIsWrongWithASheet) {
    PrintRequest request = sheetOf("zones", mPlan / "sheet.pdf");
    request.text.title = std::string(200, 'W') + "\xF0\x93\x80\x80";  // far too long, and a hieroglyph at its end
    const auto printed = mCartographer.print(request);
    ASSERT_TRUE(printed) << printed.error().detail;
    ASSERT_GE(printed->warnings.size(), 2U);
    const std::string all = printed->warnings[0] + "\n" + printed->warnings[1];
    EXPECT_NE(all.find("文字超出图框"), std::string::npos) << all;
    EXPECT_NE(all.find("缺字"), std::string::npos) << all;
}

TEST_F(Print, AFailedPrintLeavesTheOldFileAndNoHalfOne) {
    test::writeFile(mPlan / "sheet.pdf", "old");
    PrintRequest request = sheetOf("zones", mPlan / "sheet.pdf");
    request.layout = "a9_round";
    const auto printed = mCartographer.print(request);
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, ErrorCode::UnknownTheme);
    EXPECT_EQ(test::readFile(mPlan / "sheet.pdf"), "old");
    EXPECT_EQ(mCartographer.print(sheetOf("zones", mPlan / "no" / "sheet.pdf")).error().code, ErrorCode::FileUnwritable);
    EXPECT_EQ(mCartographer.print(sheetOf("zones", mPlan / "sheet.docx")).error().code, ErrorCode::BadArgument);
    EXPECT_EQ(mPlan.files(), (std::vector<std::string>{"plan.gpkg", "sheet.pdf"}));
}

TEST_F(Print, PrintingLeavesThePlanByteForByte) {
    const std::string before = mPlan.bytes();
    ASSERT_TRUE(mCartographer.print(sheetOf("zones", mPlan / "sheet.pdf")));
    ASSERT_TRUE(mCartographer.atlas({.sheet = sheetOf("zones", mPlan / "atlas.pdf"), .over = "zones", .filter = {}}));
    EXPECT_TRUE(mPlan.bytes() == before);
    EXPECT_EQ(mPlan.files(), (std::vector<std::string>{"atlas.pdf", "plan.gpkg", "sheet.pdf"}));
}

}  // namespace
}  // namespace zonewright::cartographer
