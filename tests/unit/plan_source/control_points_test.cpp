#include "core/plan/source/control_points.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "support/temp_folder.h"

namespace zonewright::plan::source {
namespace {

/// Local drawing coordinates, turned by 30 degrees, scaled by 1.0002 and moved into EPSG:4549.
Point placed(Point p) {
    const double c = 1.0002 * std::cos(0.5235987755982988);
    const double s = 1.0002 * std::sin(0.5235987755982988);
    return {c * p.x - s * p.y + 496'000, s * p.x + c * p.y + 3'508'000};
}

std::vector<ControlPoint> exactPoints() {
    std::vector<ControlPoint> points;
    for (const Point p : {Point{0, 0}, Point{1000, 0}, Point{1000, 800}, Point{0, 800}}) points.push_back({"P", p, placed(p)});
    return points;
}

TEST(ControlPoints, RecoverScaleTurnAndShift) {
    const auto fit = fitControlPoints(exactPoints());
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->scale, 1.0002, 1e-10);
    EXPECT_NEAR(fit->rotationDegrees, 30, 1e-8);
    EXPECT_LT(fit->rms.value, 1e-6);
    const Point q = fit->transform({123, 456});
    EXPECT_NEAR(q.x, placed({123, 456}).x, 1e-6);
    EXPECT_NEAR(q.y, placed({123, 456}).y, 1e-6);
}

TEST(ControlPoints, ABadPointShowsInItsResidual) {
    auto points = exactPoints();
    points[2].name = "bad";
    points[2].target.x += 4;
    const auto fit = fitControlPoints(points);
    ASSERT_TRUE(fit);
    const auto worst = std::max_element(fit->residuals.begin(), fit->residuals.end(), [](const auto& a, const auto& b) { return a.length < b.length; });
    EXPECT_EQ(worst->name, "bad");
    EXPECT_LT(worst->east.value, 0);
    EXPECT_GT(fit->rms.value, 0.5);
}

TEST(ControlPoints, NoOtherSimilarityFitsBetter) {
    std::mt19937 random(7);
    std::normal_distribution<double> noise(0, 2);
    auto points = exactPoints();
    for (ControlPoint& p : points) p.target = {p.target.x + noise(random), p.target.y + noise(random)};
    const auto fit = fitControlPoints(points);
    ASSERT_TRUE(fit);
    const auto squares = [&](const Similarity& s) {
        double sum = 0;
        for (const ControlPoint& p : points) sum += std::pow(s(p.source).x - p.target.x, 2) + std::pow(s(p.source).y - p.target.y, 2);
        return sum;
    };
    const double best = squares(fit->transform);
    EXPECT_NEAR(std::sqrt(best / 4), fit->rms.value, 1e-9);
    for (int i = 0; i < 200; ++i) {
        Similarity other = fit->transform;
        other.a += noise(random) * 1e-4;
        other.b += noise(random) * 1e-4;
        other.shift = {other.shift.x + noise(random) * 0.1, other.shift.y + noise(random) * 0.1};
        EXPECT_GE(squares(other), best);
    }
}

TEST(ControlPoints, FewerThanTwoOrCoincidingPointsAreRefused) {
    EXPECT_EQ(fitControlPoints({{"a", {1, 1}, {2, 2}}}).error().code, ErrorCode::BadArgument);
    EXPECT_EQ(fitControlPoints({{"a", {1, 1}, {2, 2}}, {"b", {1, 1}, {5, 2}}}).error().code, ErrorCode::BadArgument);
}

TEST(ControlPoints, AreReadFromCsvAndABadNumberNamesItsRow) {
    const test::TempFolder folder;
    test::writeFile(folder / "good.csv", "name,source_x,source_y,target_x,target_y\nA,0,0,500000,3500000\nB,100.5,0,500100.5,3500000\n");
    const auto points = readControlPoints(folder / "good.csv");
    ASSERT_TRUE(points) << points.error().detail;
    ASSERT_EQ(points->size(), 2U);
    EXPECT_EQ((*points)[1].name, "B");
    EXPECT_EQ((*points)[1].source.x, 100.5);
    test::writeFile(folder / "bad.csv", "name,source_x,source_y,target_x,target_y\nA,0,0,500000,3500000\nB,1o0,0,5,3\n");
    EXPECT_NE(readControlPoints(folder / "bad.csv").error().where.find("row 2"), std::string::npos);
    test::writeFile(folder / "missing.csv", "name,source_x,source_y,target_x\nA,0,0,1\n");
    EXPECT_EQ(readControlPoints(folder / "missing.csv").error().detail, "target_y");
}

}  // namespace
}  // namespace zonewright::plan::source
