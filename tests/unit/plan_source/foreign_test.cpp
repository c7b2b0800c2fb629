#include "core/plan/source/foreign.h"

#include <gtest/gtest.h>

#include "core/plan/source/inspect.h"
#include "support/small_plan.h"

namespace zonewright::plan::source {
namespace {

using test::must;

class ForeignFile : public testing::Test {
protected:
    test::TempFolder folder;

    std::filesystem::path write(const std::string& name, const std::string& text) {
        test::writeFile(folder / name, text);
        return folder / name;
    }
    static Result<Inspection> inspected(const std::filesystem::path& file) {
        Result<Source> source = Source::open({file, "", "", ""});
        if (!source) return tl::unexpected(source.error());
        Progress progress;
        return inspect(*source, std::nullopt, progress);
    }
    /// The error as people read it, or "" when the file could be read.
    static std::string refusal(const std::filesystem::path& file) {
        const auto inspection = inspected(file);
        return inspection ? "" : describe(inspection.error(), Language::English);
    }
    static std::string collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }
};

TEST_F(ForeignFile, EachBrokenFileGivesOneClearLine) {
    EXPECT_NE(refusal(write("zero.shp", "")).find("0 bytes"), std::string::npos);
    EXPECT_NE(refusal(write("text.shp", "hello")).find("not a shapefile"), std::string::npos);
    EXPECT_NE(refusal(write("text.gpkg", "hello")).find("not a format that can be read"), std::string::npos);
    EXPECT_NE(refusal(folder / "none.shp").find("file not found"), std::string::npos);
    EXPECT_NE(refusal(write("wide.csv", "\xFF\xFE" "a\0,\0b\0")).find("UTF-16"), std::string::npos);
    EXPECT_NE(refusal(write("cut.geojson", R"({"type":"FeatureCollection","features":[{"type":"Feat)")), "");
    for (const char* name : {"zero.shp", "text.shp", "text.gpkg", "cut.geojson"}) {
        EXPECT_EQ(refusal(folder / name).find('\n'), std::string::npos) << name;
    }
}

TEST_F(ForeignFile, OnlyFormatsOnTheListAndNoNamesFromData) {
    write("hidden.csv", "x,y\n1,2\n");
    const std::string vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"hidden\"><SrcDataSource>" + (folder / "hidden.csv").string() +
                            "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";
    EXPECT_NE(refusal(write("a.vrt", vrt)).find("not a format that can be read"), std::string::npos);
    EXPECT_NE(refusal(write("b.xml", vrt)).find("not a format that can be read"), std::string::npos);
    EXPECT_NE(refusal("/vsicurl/http://localhost/a.shp").find("file not found"), std::string::npos);
    EXPECT_NE(refusal("PG:dbname=plan").find("file not found"), std::string::npos);
    EXPECT_NE(refusal(folder.path()).find("no file geodatabase"), std::string::npos);
}

TEST_F(ForeignFile, DeepNestingAndEndlessNumbersAreRefusedNotFollowed) {
    const std::string opening(200'000, '[');
    const std::string closing(200'000, ']');
    EXPECT_NE(refusal(write("deep.geojson", collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":)" + opening + closing + "}}"))), "");
    const std::string digits(10'000, '9');
    EXPECT_NE(refusal(write("long.geojson", collection(R"({"type":"Feature","properties":{"n":)" + digits + R"(},"geometry":{"type":"Point","coordinates":[119.9,31.7]}})"))), "");
}

TEST_F(ForeignFile, NotANumberIsCountedAsAFault) {
    const auto inspection = inspected(write(
        "nan.geojson", collection(R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[119.9,NaN]}},
                                     {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[119.9,31.7]}})")));
    ASSERT_TRUE(inspection) << inspection.error().detail;
    EXPECT_EQ(inspection->layers[0].features, 2);
    ASSERT_EQ(inspection->layers[0].faults.size(), 1U);
    EXPECT_EQ(inspection->layers[0].faults[0].count, 1);
    EXPECT_EQ(inspection->layers[0].faults[0].firstRow, 1);
}

TEST_F(ForeignFile, ChineseTextInGbkComesOutRightFromCsvDxfAndMif) {
    // 名称 武进, 牛塘 in GBK
    const std::string name = "\xC3\xFB\xB3\xC6";
    const std::string wujin = "\xCE\xE4\xBD\xF8";
    const std::string niutang = "\xC5\xA3\xCC\xC1";
    const auto csv = inspected(write("a.csv", name + ",\xBE\xAD\xB6\xC8,\xCE\xB3\xB6\xC8\n" + wujin + ",119.94,31.70\n" + niutang + ",119.90,31.73\n"));
    ASSERT_TRUE(csv);
    EXPECT_EQ(csv->encoding.value, "GBK");
    EXPECT_EQ(csv->layers[0].layer.columns[0].name, "名称");
    EXPECT_EQ(csv->layers[0].geometryType, "Point") << "经度/纬度 are coordinates";

    const auto dxf = write("b.dxf", "  0\nSECTION\n  2\nHEADER\n  9\n$ACADVER\n  1\nAC1015\n  9\n$DWGCODEPAGE\n  3\nANSI_936\n  0\nENDSEC\n"
                                    "  0\nSECTION\n  2\nENTITIES\n  0\nLINE\n  8\n" + wujin + "\n 10\n500000.0\n 20\n3510000.0\n 11\n500100.0\n 21\n3510000.0\n"
                                    "  0\nENDSEC\n  0\nEOF\n");
    Source source = must(Source::open({dxf, "", "", ""}));
    EXPECT_EQ(source.encoding().value, "GBK");
    EXPECT_NE(source.encoding().evidence.en.find("$DWGCODEPAGE is ANSI_936"), std::string::npos);
    std::string layer;
    must(source.forEachRow(0, [&](Row&& row) {
        layer = asText(row.values[0]);
        return true;
    }));
    EXPECT_EQ(layer, "武进");

    write("c.mif", "Version 300\nCharset \"WindowsSimpChinese\"\nDelimiter \",\"\nCoordSys Earth Projection 1, 0\nColumns 1\n  N Char(20)\nData\n\nPoint 119.9 31.7\n");
    write("c.mid", "\"" + wujin + "\"\n");
    Source mif = must(Source::open({folder / "c.mif", "", "", ""}));
    EXPECT_EQ(mif.encoding().value, "GBK");
    std::string text;
    must(mif.forEachRow(0, [&](Row&& row) {
        text = asText(row.values[0]);
        return true;
    }));
    EXPECT_EQ(text, "武进");
}

TEST_F(ForeignFile, AStatedEncodingThatDoesNotFitIsAnError) {
    write("a.csv", "name,n\n\xCE\xE4\xBD\xF8,1\n");
    EXPECT_EQ(Source::open({folder / "a.csv", "", "", "UTF-8"}).error().code, ErrorCode::SourceEncoding);
    EXPECT_EQ(must(Source::open({folder / "a.csv", "", "", "cp936"})).encoding().value, "GBK");
}

TEST_F(ForeignFile, SpecTakesTheNotationOfQgis) {
    const Spec spec = must(parseSpec("/a b/plan.gpkg|layername=towns|crs=GCJ-02"));
    EXPECT_EQ(spec.file, "/a b/plan.gpkg");
    EXPECT_EQ(spec.layer, "towns");
    EXPECT_EQ(spec.crs, "GCJ-02");
    EXPECT_EQ(parseSpec("a.gpkg|layer=towns").error().code, ErrorCode::BadArgument);
}

TEST_F(ForeignFile, ALayerThatIsNotThereIsNamedWithThoseThatAre) {
    write("a.csv", "x,y\n1,2\n");
    const auto missing = Source::open({folder / "a.csv", "b", "", ""});
    EXPECT_EQ(missing.error().code, ErrorCode::UnknownLayer);
    EXPECT_NE(missing.error().detail.find("the file has: a"), std::string::npos);
}

TEST(CoordinateColumns, TrueCoordinatesComeBeforeShiftedOnes) {
    const auto of = [](std::initializer_list<const char*> names) {
        std::vector<Column> columns;
        for (const char* name : names) columns.push_back({name, ColumnType::Real});
        return findCoordinateColumns(columns);
    };
    EXPECT_EQ(of({"name", "gcj02_lng", "gcj02_lat", "wgs84_lng", "wgs84_lat"}).x, 3U);
    EXPECT_EQ(of({"Y", "X"}).x, 1U);
    EXPECT_EQ(of({"纵坐标", "横坐标"}).x, 1U);
    EXPECT_EQ(of({"easting", "northing", "WKT"}).wkt, 2U);
    EXPECT_FALSE(of({"lon", "northing"}).any());
}

}  // namespace
}  // namespace zonewright::plan::source
