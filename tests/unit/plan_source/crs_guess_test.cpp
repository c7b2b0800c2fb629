#include "core/plan/source/crs_guess.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/plan/source/gcj02.h"
#include "core/plan/source/shift_guess.h"
#include "support/small_plan.h"

namespace zonewright::plan::source {
namespace {

/// A district of about 20 km by 15 km with an irregular outline, in EPSG:4549.
Reference district() {
    MultiPolygon outline;
    Ring ring;
    for (int i = 0; i < 120; ++i) {
        const double turn = 6.283185307179586 * i / 120;
        const double wobble = 1 + 0.2 * std::sin(5 * turn) + 0.1 * std::cos(11 * turn);
        ring.push_back({496'000 + 10'000 * wobble * std::cos(turn), 3'508'000 + 7'500 * wobble * std::sin(turn)});
    }
    ring.push_back(ring.front());
    outline.polygons.push_back({{ring}});
    return {outline, test::must(Crs::from("EPSG:4549"))};
}

/// The district's outline in longitude and latitude, each vertex changed by `change`.
Geometry districtAs(Point (*change)(Point)) {
    const auto transform = test::must(Transform::between(test::must(Crs::from("EPSG:4549")), test::must(Crs::from("EPSG:4326"))));
    Geometry outline{district().district};
    transform.apply(outline);
    forEachPoint(outline, [&](Point& p) { p = change(p); });
    return outline;
}

CrsGuess guess(const Box& box, const std::string& declared = "", const std::optional<Reference>& reference = std::nullopt) {
    return guessCrs(declared, box, reference);
}

TEST(CrsGuess, DegreesInChinaAreLongitudeLatitude) {
    const CrsGuess found = guess({119.6, 31.3, 120.2, 31.8});
    EXPECT_EQ(found.value, "EPSG:4490");
    EXPECT_FALSE(found.latitudeFirst);
    EXPECT_FALSE(found.declared);
}

TEST(CrsGuess, LatitudeFirstIsSeen) {
    const CrsGuess found = guess({31.3, 119.6, 31.8, 120.2});
    EXPECT_EQ(found.value, "EPSG:4490");
    EXPECT_TRUE(found.latitudeFirst);
    EXPECT_TRUE(guess({31.3, 119.6, 31.8, 120.2}, "EPSG:4326").latitudeFirst);
    EXPECT_EQ(guess({31.3, 119.6, 31.8, 120.2}, "EPSG:4326").value, "EPSG:4326");
}

TEST(CrsGuess, AZonePrefixTellsTheZone) {
    EXPECT_EQ(guess({40'480'000, 3'490'000, 40'520'000, 3'525'000}).value, "EPSG:4528");  // 3-degree zone 40, 120 E
    EXPECT_EQ(guess({39'480'000, 3'490'000, 39'520'000, 3'525'000}).value, "EPSG:4527");
    EXPECT_EQ(guess({20'700'000, 3'490'000, 20'730'000, 3'525'000}).value, "EPSG:4498");  // 6-degree zone 20, 117 E
    const CrsGuess northFirst = guess({3'490'000, 40'480'000, 3'525'000, 40'520'000});
    EXPECT_EQ(northFirst.value, "EPSG:4528");
    EXPECT_TRUE(northFirst.latitudeFirst);
}

TEST(CrsGuess, WithoutAZoneManyFitAndTheDistrictDecides) {
    const Box box{480'000, 3'495'000, 510'000, 3'520'000};
    const CrsGuess alone = guess(box);
    EXPECT_EQ(alone.value, "");
    EXPECT_GT(alone.candidates.size(), 10U);
    EXPECT_EQ(guess(box, "", district()).value, "EPSG:4549");
}

TEST(CrsGuess, ADeclarationIsBelievedUnlessTheNumbersContradictIt) {
    EXPECT_EQ(guess({480'000, 3'495'000, 510'000, 3'520'000}, "EPSG:4549").value, "EPSG:4549");
    EXPECT_TRUE(guess({119.6, 31.3, 120.2, 31.8}, "EPSG:4326").declared);
    const CrsGuess metresSaidToBeDegrees = guess({40'480'000, 3'490'000, 40'520'000, 3'525'000}, "EPSG:4326");
    EXPECT_EQ(metresSaidToBeDegrees.value, "EPSG:4528");
    EXPECT_NE(metresSaidToBeDegrees.evidence.en.find("which the numbers contradict"), std::string::npos);
    EXPECT_EQ(guess({119.6, 31.3, 120.2, 31.8}, "EPSG:4549").value, "EPSG:4490");
}

TEST(CrsGuess, LocalCoordinatesAreNotTakenForAnything) {
    const CrsGuess found = guess({1'000, 2'000, 5'000, 6'000});
    EXPECT_EQ(found.value, "");
    EXPECT_TRUE(found.candidates.empty());
}

TEST(CrsGuess, OneStrayPointDoesNotHideTheRest) {
    std::vector<Geometry> sample(200, Geometry{Point{119.9, 31.6}});
    sample.push_back(Geometry{Point{0, 0}});
    EXPECT_GT(typicalBox(sample).minX, 100);
}

struct Hypothesis {
    const char* name;
    Datum datum;
    Point (*change)(Point);
};

ShiftGuess judged(const Hypothesis& h, const std::optional<Reference>& reference) {
    ShiftClues clues;
    clues.fileName = "outline.geojson";
    clues.crs.value = "EPSG:4326";
    clues.sample = {districtAs(h.change)};
    return guessShift(clues, reference);
}

TEST(ShiftGuess, TheDistrictsOutlineTellsTheThreeSystemsApart) {
    const std::vector<Hypothesis> hypotheses{
        {"WGS 84", Datum::Wgs84, [](Point p) { return p; }},
        {"GCJ-02", Datum::Gcj02, gcj02FromWgs84},
        {"BD-09", Datum::Bd09, [](Point p) { return bd09FromGcj02(gcj02FromWgs84(p)); }}};
    for (const Hypothesis& h : hypotheses) {
        const ShiftGuess found = judged(h, district());
        EXPECT_EQ(found.datum, h.datum) << h.name << ": " << found.evidence.en;
        EXPECT_EQ(found.likely, h.datum != Datum::Wgs84) << h.name;
        EXPECT_GT(h.datum == Datum::Wgs84 ? 1 - found.confidence : found.confidence, 0.9) << h.name;
        EXPECT_NEAR(found.shift.value, 500, 60);
    }
}

TEST(ShiftGuess, WithoutAYardstickNamesSpeakAndTheConfidenceSaysSo) {
    ShiftClues clues;
    clues.crs.value = "EPSG:4326";
    clues.sample = {Geometry{Point{119.9, 31.6}}};
    clues.columns = {"name", "adcode", "level"};
    EXPECT_TRUE(guessShift(clues, std::nullopt).likely);
    clues.columns = {"bd09_lng", "bd09_lat"};
    EXPECT_EQ(guessShift(clues, std::nullopt).datum, Datum::Bd09);
    clues.columns = {"name"};
    const ShiftGuess unknown = guessShift(clues, std::nullopt);
    EXPECT_FALSE(unknown.likely);
    EXPECT_GT(unknown.confidence, 0.1);
    clues.sample = {Geometry{Point{-71.1, 42.37}}};
    clues.columns = {"adcode", "level"};
    EXPECT_FALSE(guessShift(clues, std::nullopt).likely) << "outside China nothing is shifted";
}

TEST(ShiftGuess, AParcelFabricAllOverTheDistrictDecidesNothing) {
    // 250 m squares: every place has a boundary near by under every hypothesis.
    MultiPolygon squares;
    for (double x = 484'000; x < 508'000; x += 250) {
        for (double y = 3'499'000; y < 3'517'000; y += 250) {
            squares.polygons.push_back({{{{x, y}, {x + 250, y}, {x + 250, y + 250}, {x, y + 250}, {x, y}}}});
        }
    }
    ShiftClues clues;
    clues.fileName = "parcels.shp";
    clues.crs.value = "EPSG:4549";
    clues.sample = {Geometry{squares}};
    const ShiftGuess found = guessShift(clues, district());
    EXPECT_FALSE(found.likely);
    EXPECT_EQ(found.evidence.en.find("median"), std::string::npos) << found.evidence.en;
}

}  // namespace
}  // namespace zonewright::plan::source
