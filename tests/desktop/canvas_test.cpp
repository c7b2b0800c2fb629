#include <csignal>

#include <QTabBar>

#include "desktop/desk.h"

namespace zonewright::desktop {
namespace {

TEST_F(Desk, AnOpenedPlanIsDrawnWhole) {
    openPlan();
    EXPECT_TRUE(map().view().extent().contains(map().whole()));
    EXPECT_TRUE(window->document().isWritable());
    const MapFrame* frame = map().frames().store().covering(map().view().extent(), map().view().metresPerPixel, window->content().view());
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(frame->image.size(), map().size());
    EXPECT_EQ(window->message(), QString());
}

TEST_F(Desk, TheWheelKeepsThePlaceUnderThePointer) {
    openPlan();
    const QPoint pixel(300, 200);
    const Point before = map().view().toMap(pixel);
    wheel(pixel, 3);
    const Point after = map().view().toMap(pixel);
    EXPECT_NEAR(after.x, before.x, 1e-6);
    EXPECT_NEAR(after.y, before.y, 1e-6);
    waitForFrame();
}

TEST_F(Desk, TheMiddleButtonPansInEveryTool) {
    openPlan();
    for (const char* tool : {"tool.pan", "tool.select"}) {
        window->tools().take(QString::fromLatin1(tool));
        const Point before = map().view().centre;
        drag({400, 300}, {300, 340}, Qt::MiddleButton);
        EXPECT_NEAR(map().view().centre.x, before.x + 100 * map().view().metresPerPixel, 1e-6) << tool;
        EXPECT_NEAR(map().view().centre.y, before.y + 40 * map().view().metresPerPixel, 1e-6) << tool;
    }
    waitForFrame();
}

TEST_F(Desk, PreviousAndNextViewComeBackExactly) {
    openPlan();
    const ViewTransform first = map().view();
    ASSERT_TRUE(eventually([&] { return map().view() == first && !map().frames().isDrawing(); }));
    QTest::qWait(700);
    wheel({200, 200}, 4);
    const ViewTransform second = map().view();
    QTest::qWait(700);
    window->commands().find(QStringLiteral("view.back"))->trigger();
    EXPECT_EQ(map().view(), first);
    window->commands().find(QStringLiteral("view.forward"))->trigger();
    EXPECT_EQ(map().view(), second);
}

TEST_F(Desk, AThemeIsOneClick) {
    openPlan();
    auto* tabs = window->findChild<QTabBar*>(QStringLiteral("themes"));
    ASSERT_NE(tabs, nullptr);
    ASSERT_GE(tabs->count(), 5);
    QTest::mouseClick(tabs, Qt::LeftButton, Qt::NoModifier, tabs->tabRect(1).center());
    EXPECT_EQ(window->content().view().theme, "clusters");
    waitForFrame();
}

TEST_F(Desk, TheMapOutlivesItsCartographer) {
    openPlan();
    QSignalSpy restarted(&window->maps(), &MapService::restarted);
    wheel({500, 300}, 2);
    ASSERT_TRUE(eventually([&] { return map().frames().isDrawing(); }));
    ASSERT_GT(window->maps().processId(), 0);
    ::kill(window->maps().processId(), SIGKILL);
    waitForFrame();
    EXPECT_EQ(restarted.count(), 1);
    EXPECT_TRUE(window->message().contains(QStringLiteral("重新启动"))) << window->message().toStdString();
}

TEST_F(Desk, AClickSelectsWhatIsThere) {
    openPlan();
    window->content().showTheme("clusters");
    waitForFrame();
    click(map().view().centre);
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
}

TEST_F(Desk, ASecondWindowReadsAndNamesTheWriter) {
    openPlan();
    MainWindow second(std::make_shared<const catalogue::Catalogue>(window->document().catalogue()));
    second.show();
    second.openPlan(plan);
    ASSERT_TRUE(eventually([&] { return second.document().isOpen(); }));
    EXPECT_FALSE(second.document().isWritable());
    EXPECT_TRUE(second.message().contains(QStringLiteral("pid"))) << second.message().toStdString();
}

}  // namespace
}  // namespace zonewright::desktop
