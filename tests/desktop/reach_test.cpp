#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>

#include <fmt/format.h>

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "core/plan/features.h"
#include "core/plan/history.h"
#include "desktop/desk.h"
#include "desktop/pictures.h"
#include "desktop/session/language.h"
#include "desktop/tools/reach_bar.h"
#include "desktop/tools/reach_tool.h"

namespace zonewright::desktop {
namespace {

Point districtCentre(const std::filesystem::path& plan) {
    plan::Query query;
    query.fields = {"kind"};
    const auto places = *plan::readFeatures(*plan::Plan::open(plan, plan::OpenMode::Read), "places", query);
    for (const plan::Feature& feature : places) {
        if (plan::asText(feature.values[0]) == "district_centre") return std::get<Point>(feature.geometry);
    }
    ADD_FAILURE() << "the sample has no district centre";
    return {};
}

/// The tool in hand over the sample plan, with its network ready.
class Reaching : public Desk {
protected:
    void take() {
        openPlan();
        QTest::keyClick(&map(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
        ASSERT_EQ(window->tools().current(), QStringLiteral("tool.reach"));
        ASSERT_TRUE(eventually([&] { return live().isReady(); })) << (live().fault() ? describe(*live().fault(), Language::English) : "");
        centre = districtCentre(plan);
    }
    LiveReach& live() { return dynamic_cast<ReachTool*>(window->tools().find(QStringLiteral("tool.reach")))->live(); }
    void clickAndWait(Point place) {
        QSignalSpy answered(&live(), &LiveReach::answered);
        click(place);
        ASSERT_TRUE(answered.wait(kPatience));
        ASSERT_TRUE(eventually([&] { return !live().isAsking(); }));
        ASSERT_TRUE(live().answer()) << describe(*live().fault(), Language::English);
    }
    Point centre;
};

TEST_F(Reaching, AClickAnswersAsTheFullAnalysisDoes) {
    take();
    clickAndWait(centre);
    const auto answer = *live().answer();
    const auto registry = analysis::Registry::standard();
    const auto module = registry.find("accessibility");
    ASSERT_TRUE(module);
    auto opened = *plan::Plan::open(plan, plan::OpenMode::Read);
    Progress quiet;
    const Point asked = answer.question.origin;
    const auto full = analysis::execute(**module, &opened, {{{"point", fmt::format("{},{}", asked.x, asked.y)}, {"minutes", "30"}, {"tolerance", "25"}, {"compare", "false"}}, false, {}}, quiet);
    ASSERT_TRUE(full) << describe(full.error(), Language::English);
    const auto areas = std::ranges::find(full->outcome.layers, std::string("access_areas"), &analysis::LayerResult::id);
    ASSERT_NE(areas, full->outcome.layers.end());
    ASSERT_EQ(areas->features.size(), 1u);
    const plan::Feature& area = areas->features[0];
    EXPECT_NEAR(answer.reach.planar.value, std::get<double>(area.values[4]), 0.005 * answer.reach.planar.value);
    EXPECT_NEAR(answer.reach.people, static_cast<double>(std::get<std::int64_t>(area.values[5])), 0.01 * answer.reach.people);
    EXPECT_GT(answer.reach.people, 0);
}

TEST_F(Reaching, TheNewestPlaceOfADragIsTheOneThatIsAnswered) {
    take();
    clickAndWait(centre);
    const QPoint from = at(centre);
    const QPoint to = from + QPoint(60, -30);
    QSignalSpy answered(&live(), &LiveReach::answered);
    moveTo(from);
    QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, from);
    constexpr int kSteps = 60;
    for (int i = 1; i <= kSteps; ++i) {
        moveTo(from + (to - from) * i / kSteps, Qt::LeftButton);
        QTest::qWait(4);
    }
    QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, to);
    const Point last = map().view().toMap(to);
    ASSERT_TRUE(eventually([&] { return live().answer() && live().answer()->question.origin == last; }));
    EXPECT_LE(answered.count(), kSteps + 2) << "places in between may be left out, none is answered twice";
    RecordProperty("milliseconds_a_step", std::to_string(live().answer()->milliseconds));
    std::printf("one step: %.1f ms\n", live().answer()->milliseconds);
}

TEST_F(Reaching, TheSliderMovesTheCutOff) {
    take();
    clickAndWait(centre);
    const double thirty = live().answer()->reach.planar.value;
    auto* minutes = part<QSlider>("reach.minutes");
    minutes->setValue(15);
    ASSERT_TRUE(eventually([&] { return live().answer() && live().answer()->question.minutes == 15; }));
    EXPECT_LT(live().answer()->reach.planar.value, thirty);
    minutes->setValue(60);
    ASSERT_TRUE(eventually([&] { return live().answer() && live().answer()->question.minutes == 60; }));
    EXPECT_GT(live().answer()->reach.planar.value, thirty);
}

TEST_F(Reaching, WithProjectsOpenTodaysReachIsShownBesideIt) {
    take();
    clickAndWait(centre);
    EXPECT_FALSE(live().answer()->today);
    const double before = live().answer()->reach.planar.value;
    auto* projects = part<QComboBox>("reach.projects");
    ASSERT_GT(projects->count(), 2) << "the sample has transport projects";
    projects->setCurrentIndex(1);
    emit projects->activated(1);
    ASSERT_TRUE(eventually([&] { return live().answer() && live().answer()->today; }));
    EXPECT_EQ(live().answer()->question.projects.size(), live().projects().size());
    EXPECT_DOUBLE_EQ(live().answer()->today->planar.value, before);
    EXPECT_GE(live().answer()->reach.planar.value, before * 0.999) << "a way more is no way less";
}

TEST_F(Reaching, EscapeEndsItAndNothingIsWritten) {
    take();
    const auto newest = *plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read));
    clickAndWait(centre);
    EXPECT_TRUE(part<QFrame>("reach")->isVisible());
    QTest::keyClick(&map(), Qt::Key_Escape);
    EXPECT_EQ(window->tools().current(), QStringLiteral("tool.select"));
    EXPECT_FALSE(part<QFrame>("reach")->isVisible());
    EXPECT_FALSE(live().answer());
    EXPECT_EQ(*plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read)), newest);
}

TEST_F(Reaching, AnEditOfARoadIsInTheNextAnswer) {
    take();
    clickAndWait(centre);
    const double before = live().answer()->reach.planar.value;
    plan::Query query;
    query.fields = {"class", "state"};
    query.geometry = false;
    const auto roads = *plan::readFeatures(*plan::Plan::open(plan, plan::OpenMode::Read), "roads", query);
    int slowed = 0;
    for (const plan::Feature& road : roads) {
        if (plan::asText(road.values[0]).find("expressway") == std::string::npos || slowed >= 40) continue;
        window->document().setValues({"roads", road.fid}, {{"speed_kmh", "20"}}, window.get(), {});
        ++slowed;
    }
    ASSERT_GT(slowed, 0);
    EXPECT_TRUE(eventually([&] { return live().answer() && live().answer()->reach.planar.value < before; })) << slowed << " roads slowed";
}

TEST_F(Reaching, StopEndsThePreparationWithinASecondAndLeavesNothing) {
    openPlan();
    const auto newest = *plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read));
    QTest::keyClick(&map(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    auto* stop = part<QPushButton>("reach.stop");
    ASSERT_TRUE(eventually([&] { return stop->isVisible() || live().isReady(); }));
    if (live().isReady()) GTEST_SKIP() << "the network was ready before it could be stopped";
    QElapsedTimer clock;
    clock.start();
    QTest::mouseClick(stop, Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return !live().work().isRunning(); }));
    RecordProperty("milliseconds_to_stop", static_cast<int>(clock.elapsed()));
    EXPECT_EQ(window->tools().current(), QStringLiteral("tool.select"));
    EXPECT_FALSE(live().isReady());
    EXPECT_EQ(*plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read)), newest);
}

TEST_F(Reaching, APlanWithoutRoadsIsToldInTheMessageBar) {
    {
        auto opened = *plan::Plan::open(plan, plan::OpenMode::Write);
        for (const char* layer : {"roads", "transport_lines", "stations"}) {
            if (*opened.hasLayer(layer)) ASSERT_TRUE(plan::dropLayer(opened, layer));
        }
    }
    openPlan();
    QTest::keyClick(&map(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(eventually([&] { return live().fault().has_value(); }));
    EXPECT_EQ(window->message(), text(*live().fault()));
    EXPECT_FALSE(window->message().isEmpty());
}

class ReachPictures : public PictureDesk {};

TEST_P(ReachPictures, OfALiveIsochrone) {
    openPlan();
    window->content().showTheme("transport");
    waitForFrame();
    window->tools().take(QStringLiteral("tool.reach"));
    auto& live = dynamic_cast<ReachTool*>(window->tools().find(QStringLiteral("tool.reach")))->live();
    ASSERT_TRUE(eventually([&] { return live.isReady(); }));
    click(districtCentre(plan));
    ASSERT_TRUE(eventually([&] { return live.answer().has_value(); }));
    take("reach_today");
    part<QSlider>("reach.minutes")->setValue(20);
    auto* projects = part<QComboBox>("reach.projects");
    projects->setCurrentIndex(1);
    emit projects->activated(1);
    ASSERT_TRUE(eventually([&] { return live.answer() && live.answer()->today; }));
    take("reach_projects");
}

INSTANTIATE_TEST_SUITE_P(Desktop, ReachPictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
