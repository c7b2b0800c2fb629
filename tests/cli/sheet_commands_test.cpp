#include "cli/command_line.h"

namespace zonewright::test {
namespace {

class Sheet : public OnSample {
protected:
    std::string out(const std::string& name) { return (folder / name).string(); }
    std::string pages(const std::string& file) { return shell("pdfinfo " + file + " | sed -n 's/^Pages: *//p'").out; }
    /// Text as people search it: compatibility forms of characters made plain.
    std::string text(const std::string& file) {
        return shell("pdftotext " + file + " - | python3 -c \"import sys,unicodedata;sys.stdout.write(unicodedata.normalize('NFKC',sys.stdin.read()))\"").out;
    }
};

TEST_F(Sheet, APdfHasItsTitleLegendAndEmbeddedFonts) {
    const std::string before = readFile(plan);
    const auto printed = run("print", "--theme clusters --layout a3_landscape --lang zh --out " + out("c.pdf")).json();
    EXPECT_EQ(printed["pages"], 1);
    EXPECT_EQ(pages(out("c.pdf")), "1\n");
    const std::string words = text(out("c.pdf"));
    for (const char* word : {"五大组团", "图", "滨湖科创组团", "示意"}) EXPECT_NE(words.find(word), std::string::npos) << word;
    EXPECT_EQ(shell("pdffonts " + out("c.pdf") + " | tail -n +3 | awk '{print $(NF-4)}' | sort -u").out, "yes\n");
    EXPECT_TRUE(readFile(plan) == before);
    expectFailure(zonewright("print " + plan + " --theme clusters --out " + out("c.pdf")), 1, "102");
}

TEST_F(Sheet, AnEnglishSheetIsEnglish) {
    ASSERT_EQ(run("print", "--theme clusters --lang en --out " + out("c.pdf")).status, 0);
    const std::string words = text(out("c.pdf"));
    EXPECT_NE(words.find("Five Clusters"), std::string::npos);
    EXPECT_NE(words.find("Legend"), std::string::npos);
    EXPECT_EQ(words.find("图例"), std::string::npos);
}

TEST_F(Sheet, ATurnedMapStillShowsAllOfItsExtent) {
    const auto upright = run("print", "--theme clusters --dpi 40 --out " + out("a.png")).json();
    const auto turned = run("print", "--theme clusters --dpi 40 --rotation 45 --out " + out("b.png")).json();
    EXPECT_GT(turned["scale"].get<double>(), upright["scale"].get<double>()) << "a turned district needs more room";
    EXPECT_FALSE(readFile(out("a.png")) == readFile(out("b.png")));
    EXPECT_EQ(run("print", "--theme clusters --rotation 450 --out " + out("c.png")).status, 2);
    const std::string pages = "--over clusters --theme cluster_pages --filter \"code='taihu'\" --dpi 40 ";
    const auto level = run("atlas", pages + "--out " + out("level.pdf")).json();
    const auto leaning = run("atlas", pages + "--rotation 90 --out " + out("leaning.pdf")).json();
    EXPECT_NE(level["scale"].get<double>(), leaning["scale"].get<double>()) << "the frame of a turned page is another";
}

TEST_F(Sheet, AChartThatThePlanKeepsStandsBesideTheMap) {
    const auto refused = zonewright("print " + plan + " --theme clusters --chart intensity --out " + out("x.png"));
    expectFailure(refused, 1, "110");
    EXPECT_FALSE(std::filesystem::exists(out("x.png")));
    ASSERT_EQ(run("intensity", "").status, 0);
    const auto without = run("print", "--theme clusters --dpi 60 --out " + out("a.png")).json();
    for (const char* layout : {"a3_landscape", "a3_portrait", "a4_landscape"}) {
        const auto with = run("print", std::string("--theme clusters --dpi 60 --chart intensity --layout ") + layout + " --out " + out(std::string(layout) + ".png")).json();
        // Which labels find room is QGIS's own affair.
        for (const auto& warning : with["warnings"]) EXPECT_EQ(warning.get<std::string>().rfind("labels without room", 0), 0u) << layout << ": " << warning;
    }
    EXPECT_FALSE(readFile(out("a.png")) == readFile(out("a3_landscape.png")));
}

TEST_F(Sheet, AnAtlasHasAPageForEachCluster) {
    const auto made = run("atlas", "--over clusters --theme cluster_pages --lang zh --out " + out("a.pdf")).json();
    EXPECT_EQ(made["pages"], 5);
    EXPECT_EQ(pages(out("a.pdf")), "5\n");
}

TEST_F(Sheet, WrongThemesAndLayoutsAreNamed) {
    expectFailure(zonewright("print " + plan + " --theme nonsense --out " + out("x.pdf")), 1, "123");
    expectFailure(zonewright("print " + plan + " --theme clusters --layout a9 --out " + out("x.pdf")), 1, "123");
    EXPECT_FALSE(std::filesystem::exists(out("x.pdf")));
}

TEST_F(Sheet, ThePlanShowsItsMapsInQgis) {
    const Ran names = shell("sqlite3 -readonly " + plan + " 'SELECT name FROM qgis_projects'");
    EXPECT_EQ(names.out, "zonewright\n");
    EXPECT_GT(std::stoi(shell("sqlite3 -readonly " + plan + " 'SELECT count(*) FROM layer_styles'").out), 15);
}

}  // namespace
}  // namespace zonewright::test
