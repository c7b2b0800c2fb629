#include <QComboBox>
#include <QPainter>
#include <QTabBar>
#include <QTableWidget>
#include <QToolButton>
#include <QtTest/qtestspontaneevent.h>

#include "desktop/canvas/comparison.h"
#include "desktop/compared_plan.h"
#include "desktop/desk.h"
#include "desktop/pictures.h"
#include "desktop/session/row_paths.h"

namespace zonewright::desktop {
namespace {

constexpr int kTop = 60;   ///< pixels: the plates with the names of the halves
constexpr int kSide = 14;  ///< pixels: half of the divider

/// The table of commitments of the plan's result.
void showCommitments(MainWindow& window) {
    window.showPanel(QStringLiteral("analysis"));
    window.findChild<QTabWidget*>(QStringLiteral("analysis"))->setCurrentIndex(1);
    auto* tables = window.findChild<QComboBox*>(QStringLiteral("results.tables"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return tables->findData(QStringLiteral("access_commitments")) >= 0; }, kPatience));
    tables->setCurrentIndex(tables->findData(QStringLiteral("access_commitments")));
    emit tables->activated(tables->currentIndex());
}

/// Over a plan whose accessibility was computed, before and after.
class Comparing : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        std::filesystem::copy_file(comparedPlan(), plan, std::filesystem::copy_options::overwrite_existing);
    }
    Comparison& comparison() { return window->comparison(); }
    void trigger(const char* command) { window->commands().find(QString::fromLatin1(command))->trigger(); }
    [[nodiscard]] static bool isThere(const FrameSource& frames, const ViewTransform& view, const cartographer::View& content) {
        return frames.store().covering(view.extent(), view.metresPerPixel, content) != nullptr;
    }
    /// Both halves are drawn as they should be.
    void waitForHalves() {
        ASSERT_TRUE(eventually([&] {
            if (!isThere(map().frames(), map().view(), window->content().view())) return false;
            if (comparison().swipe() != nullptr) return isThere(comparison().swipe()->frames(), map().view(), comparison().other()->content().view());
            return isThere(comparison().side()->frames(), comparison().side()->view(), comparison().other()->content().view());
        })) << window->message().toStdString();
    }
    QImage picture(double share) {
        comparison().swipe()->setShare(share);
        return map().grab().toImage().convertToFormat(QImage::Format_RGB32);
    }
    static QImage cut(const QImage& image, int from, int to) { return image.copy(from, kTop, to - from, image.height() - kTop); }
};

//   one map           the swipe
//   +---------+       +----|----+
//   | after   |  ->   | be | af |
//   +---------+       +----|----+
TEST_F(Comparing, TheSwipeShowsBeforeOnTheLeftAndAfterOnTheRightOfItsDivider) {
    openPlan();
    trigger("view.before_after");
    ASSERT_TRUE(comparison().isOn());
    EXPECT_EQ(window->content().theme()->id, "access_after");
    EXPECT_EQ(comparison().leftTheme(), "access_before");
    EXPECT_TRUE(comparison().leftTitle().contains(QStringLiteral("建设前")));
    EXPECT_TRUE(comparison().rightTitle().contains(QStringLiteral("建设后")));
    waitForHalves();
    const QImage before = picture(1);
    const QImage after = picture(0);
    const QImage both = picture(0.5);
    const int middle = map().width() / 2;
    EXPECT_NE(cut(before, 0, middle - kSide), cut(after, 0, middle - kSide)) << "the projects change something in the left half";
    EXPECT_EQ(cut(both, kSide, middle - kSide), cut(before, kSide, middle - kSide));
    EXPECT_EQ(cut(both, middle + kSide, map().width() - kSide), cut(after, middle + kSide, map().width() - kSide));
}

TEST_F(Comparing, TheDividerFollowsMouseAndArrowKeysAndEscapeEndsAsItWas) {
    openPlan();
    window->content().showTheme("transport");
    trigger("view.before_after");
    Swipe* swipe = comparison().swipe();
    ASSERT_NE(swipe, nullptr);
    const QPoint grip = swipe->rect().center();
    QTest::mousePress(swipe, Qt::LeftButton, Qt::NoModifier, grip);
    const QPoint to = swipe->mapFrom(&map(), QPoint(map().width() / 4, grip.y()));
    QMouseEvent move(QEvent::MouseMove, to, swipe->mapToGlobal(to), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(swipe, &move);
    QTest::mouseRelease(swipe, Qt::LeftButton, Qt::NoModifier, grip);
    EXPECT_NEAR(swipe->share(), 0.25, 0.01);
    QTest::keyClick(swipe, Qt::Key_Right);
    EXPECT_NEAR(swipe->share(), 0.26, 0.01);
    QTest::keyClick(swipe, Qt::Key_Right, Qt::ShiftModifier);
    EXPECT_NEAR(swipe->share(), 0.36, 0.01);
    QTest::keyClick(swipe, Qt::Key_Home);
    EXPECT_EQ(swipe->share(), 0);
    QTest::keyClick(swipe, Qt::Key_Escape);
    EXPECT_TRUE(eventually([&] { return !comparison().isOn(); }));
    EXPECT_EQ(window->content().theme()->id, "transport");
    EXPECT_FALSE(part<QWidget>("comparison")->isVisible());
}

TEST_F(Comparing, WheelAndPanMoveBothHalvesAlsoOverTheDivider) {
    openPlan();
    trigger("view.before_after");
    waitForHalves();
    const double before = map().view().metresPerPixel;
    Swipe* swipe = comparison().swipe();
    const QPoint at = swipe->rect().center();
    QWheelEvent wheel(at, swipe->mapToGlobal(at), QPoint(), QPoint(0, 240), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&wheel);  // what comes from no hand goes no further than its receiver
    qApp->notify(swipe, &wheel);
    EXPECT_LT(map().view().metresPerPixel, before);
    waitForHalves();
    const Point centre = map().view().centre;
    drag({300, 300}, {420, 340}, Qt::MiddleButton);
    EXPECT_NE(map().view().centre, centre);
    waitForHalves();
}

TEST_F(Comparing, MapsSideBySideShareOneViewWhicheverIsMoved) {
    openPlan();
    trigger("view.before_after");
    QTest::mouseClick(part<QToolButton>("comparison.side"), Qt::LeftButton);
    MapView* side = comparison().side();
    ASSERT_NE(side, nullptr);
    EXPECT_EQ(comparison().swipe(), nullptr);
    ASSERT_TRUE(eventually([&] { return side->width() > 250; }));
    waitForHalves();
    const auto same = [&] { return side->view().centre == map().view().centre && side->view().metresPerPixel == map().view().metresPerPixel; };
    EXPECT_TRUE(same());
    wheel({200, 200}, 2);
    EXPECT_TRUE(same());
    const Point centre = map().view().centre;
    QTest::mousePress(side, Qt::LeftButton, Qt::NoModifier, {150, 150});
    QMouseEvent move(QEvent::MouseMove, QPoint(230, 180), side->mapToGlobal(QPoint(230, 180)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(side, &move);
    QTest::mouseRelease(side, Qt::LeftButton, Qt::NoModifier, {230, 180});
    EXPECT_NE(map().view().centre, centre);
    EXPECT_TRUE(same());
    waitForHalves();
    QTest::mouseClick(part<QToolButton>("comparison.swipe"), Qt::LeftButton);
    EXPECT_EQ(comparison().side(), nullptr);
    EXPECT_NE(comparison().swipe(), nullptr);
}

TEST_F(Comparing, AnyTwoThemesAreComparedAndThoseWithoutTheirResultAreNotOffered) {
    openPlan();
    window->content().showTheme("clusters");
    trigger("view.compare");
    auto* left = part<QComboBox>("comparison.left");
    auto* right = part<QComboBox>("comparison.right");
    EXPECT_EQ(right->currentData().toString(), QStringLiteral("clusters"));
    EXPECT_LT(left->findData(QStringLiteral("intensity")), 0) << "nothing of it was computed";
    left->setCurrentIndex(left->findData(QStringLiteral("landuse")));
    emit left->activated(left->currentIndex());
    EXPECT_EQ(comparison().leftTheme(), "landuse");
    right->setCurrentIndex(right->findData(QStringLiteral("redlines")));
    emit right->activated(right->currentIndex());
    EXPECT_EQ(window->content().theme()->id, "redlines");
    EXPECT_EQ(comparison().rightTitle(), QString::fromStdString(window->content().theme()->title.zh));
    waitForHalves();
    trigger("view.compare");
    EXPECT_FALSE(comparison().isOn());
}

TEST_F(Comparing, AnotherPlanEndsIt) {
    openPlan();
    trigger("view.before_after");
    QTest::mouseClick(part<QToolButton>("comparison.side"), Qt::LeftButton);
    window->document().close();
    EXPECT_FALSE(comparison().isOn());
    openPlan();
    EXPECT_NE(window->content().theme(), nullptr);
}

TEST_F(Comparing, ARowOfTheCommitmentsDrawsItsPathBeforeAndAfterAndGoesThere) {
    openPlan();
    showCommitments(*window);
    auto* table = part<QTableWidget>("results.table");
    ASSERT_GT(table->rowCount(), 10);
    const ViewTransform whole = map().view();
    table->setCurrentCell(3, 0);
    ASSERT_TRUE(eventually([&] { return !(map().view() == whole); }));
    const auto paths = *rowPaths(*plan::Plan::open(plan, plan::OpenMode::Read), "access_paths", 3);
    ASSERT_EQ(paths.size(), 2u);
    EXPECT_EQ(paths[0].state, "before");
    EXPECT_EQ(paths[1].state, "after");
    EXPECT_GE(paths[0].minutes + 1e-9, paths[1].minutes);
    for (const RowPath& path : paths) EXPECT_TRUE(map().view().extent().contains(boxOf(path.geometry)));
}

class ComparisonPictures : public PictureDesk {
protected:
    void SetUp() override {
        PictureDesk::SetUp();
        if (!IsSkipped()) std::filesystem::copy_file(comparedPlan(), plan, std::filesystem::copy_options::overwrite_existing);
    }
};

TEST_P(ComparisonPictures, OfBeforeAndAfter) {
    openPlan();
    window->commands().find(QStringLiteral("view.before_after"))->trigger();
    QTest::qWait(4000);
    take("compare_swipe");
    part<QToolButton>("comparison.side")->click();
    QTest::qWait(4000);
    take("compare_side");
    part<QToolButton>("comparison.close")->click();
    showCommitments(*window);
    part<QTableWidget>("results.table")->setCurrentCell(3, 0);
    QTest::qWait(4000);
    take("compare_path");
    part<QTabWidget>("results.views")->setCurrentIndex(1);
    auto* measure = part<QComboBox>("results.measure");
    measure->setCurrentIndex(measure->findData(QStringLiteral("chart:access_curve")));
    emit measure->activated(measure->currentIndex());
    QTest::qWait(1500);
    take("compare_curve");
}

INSTANTIATE_TEST_SUITE_P(Desktop, ComparisonPictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
