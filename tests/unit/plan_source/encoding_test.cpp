#include "core/plan/source/encoding.h"

#include <gtest/gtest.h>

#include "core/plan/source/declared_encoding.h"
#include "support/temp_folder.h"

namespace zonewright::plan::source {
namespace {

// 武进区, 常州, 镕 in GBK; 㐀 exists in GB18030's four bytes only.
const std::string kWujinGbk = "\xCE\xE4\xBD\xF8\xC7\xF8";
const std::string kChangzhouGbk = "\xB3\xA3\xD6\xDD";
const std::string kFourBytes = "\x81\x39\xEF\x30";

std::string guess(const std::vector<std::string>& sample, const std::vector<DeclaredEncoding>& declared = {}) {
    const auto found = guessEncoding(sample, declared);
    return found ? found->value : "error " + std::to_string(static_cast<int>(found.error().code));
}

DeclaredEncoding says(const std::string& encoding) { return {encoding, {"写明", "says " + encoding}}; }

TEST(Encoding, IsReadFromTheBytesWhenNothingIsDeclared) {
    EXPECT_EQ(guess({"name", "武进区"}), "UTF-8");
    EXPECT_EQ(guess({"name", kWujinGbk, kChangzhouGbk}), "GBK");
    EXPECT_EQ(guess({kWujinGbk, kChangzhouGbk, kFourBytes}), "GB18030");
    EXPECT_EQ(guess({"plain", "text"}), "UTF-8");
    EXPECT_EQ(guess({"S\xE3o Jos\xE9 dos Pinhais", "Goi\xE2nia", "Bel\xE9m"}), "CP1252");
}

TEST(Encoding, ADeclarationThatTheBytesContradictIsSetAside) {
    EXPECT_EQ(guess({kWujinGbk}, {says("UTF-8")}), "GBK");
    EXPECT_EQ(guess({"武进区"}, {says("GBK"), says("UTF-8")}), "UTF-8");
    const auto found = guessEncoding(std::vector<std::string>{kWujinGbk}, {says("UTF-8")});
    EXPECT_NE(found->evidence.en.find("says UTF-8, but 1 of 1 values are not valid"), std::string::npos) << found->evidence.en;
}

TEST(Encoding, ASingleByteDeclarationDoesNotHideChineseText) {
    EXPECT_EQ(guess({kWujinGbk, kChangzhouGbk}, {says("ISO-8859-1")}), "GBK");
    EXPECT_EQ(guess({"Bel\xE9m", "S\xE3o"}, {says("ISO-8859-1")}), "ISO-8859-1");
}

TEST(Encoding, BytesThatAreNoTextAreAnErrorNotAGuess) { EXPECT_EQ(guess({"\x81\x8D\x8F\x90\x9D\xFF\xFE\x80"}), "error 141"); }

TEST(Encoding, AliasesMeanTheSame) {
    for (const char* name : {"gbk", "CP936", "936", "GB2312", "ansi_936"}) EXPECT_EQ(canonicalEncoding(name), "GBK") << name;
    for (const char* name : {"utf8", "UTF-8", "65001", "utf_8"}) EXPECT_EQ(canonicalEncoding(name), "UTF-8") << name;
    EXPECT_EQ(encodingOfLdid(0x4D), "GBK");
    EXPECT_EQ(encodingOfLdid(0x57), std::nullopt);
    EXPECT_EQ(encodingOfDwgCodePage("ANSI_936"), "GBK");
    EXPECT_EQ(encodingOfDwgCodePage("ANSI_1252"), "CP1252");
}

TEST(Decoder, DropsACharacterCutInHalfOnlyWhenAsked) {
    const auto gbk = Decoder::from("GBK");
    const std::string cut = kWujinGbk.substr(0, 5);
    EXPECT_EQ(gbk->decoded(kWujinGbk), "武进区");
    EXPECT_EQ(gbk->decoded(cut), std::nullopt);
    EXPECT_EQ(gbk->decoded(cut, true), "武进");
    const auto utf8 = Decoder::from("UTF-8");
    EXPECT_EQ(utf8->decoded(std::string("武进").substr(0, 5), true), "武");
    EXPECT_EQ(utf8->decoded("\xC0\xAF", true), std::nullopt);
    EXPECT_EQ(utf8->decoded("\xED\xA0\x80"), std::nullopt);  // a surrogate
}

TEST(Decoder, UnknownEncodingIsAnError) { EXPECT_EQ(Decoder::from("KLINGON-1").error().code, ErrorCode::SourceEncoding); }

TEST(DeclaredEncoding, ComesFromCpgLdidCodePageAndCharset) {
    const test::TempFolder folder;
    test::writeFile(folder / "a.cpg", "CP936\r\n");
    std::string dbf(32, '\0');
    dbf[29] = 0x4D;
    test::writeFile(folder / "a.dbf", dbf);
    const auto shape = declaredEncodings(folder / "a.shp", "ESRI Shapefile");
    ASSERT_EQ(shape.size(), 2U);
    EXPECT_EQ(shape[0].encoding, "CP936");
    EXPECT_EQ(shape[1].encoding, "GBK");
    EXPECT_EQ(shape[1].evidence.en, "the dbf's LDID is 0x4D");

    test::writeFile(folder / "b.dxf", "  0\nSECTION\n  2\nHEADER\n  9\n$ACADVER\n  1\nAC1015\n  9\n$DWGCODEPAGE\n  3\nANSI_936\n");
    const auto dxf = declaredEncodings(folder / "b.dxf", "DXF");
    ASSERT_EQ(dxf.size(), 1U);
    EXPECT_EQ(dxf[0].encoding, "GBK");

    test::writeFile(folder / "c.mif", "Version 300\nCharset \"WindowsSimpChinese\"\n");
    EXPECT_EQ(declaredEncodings(folder / "c.mif", "MapInfo File")[0].encoding, "GBK");
    EXPECT_TRUE(isRecodedOnReading(folder / "c.mif", "MapInfo File"));
}

}  // namespace
}  // namespace zonewright::plan::source
