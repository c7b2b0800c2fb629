#include <QComboBox>
#include <QLineEdit>

#include "desktop/editing_desk.h"

namespace zonewright::desktop {
namespace {

TEST_F(EditingDesk, AVertexIsDraggedInBothZonesAndTheEditIsOnDisk) {
    openForEditing("tool.vertex");
    dragFromTo(place(1000, 500), place(1200, 500));
    ASSERT_TRUE(idle());
    EXPECT_NEAR(areaOf("A"), 1.1e6, 1000 * pixel());
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
    EXPECT_NEAR(areaOf("A", "towns"), areaOf("A"), 0.01) << "the linked level follows";
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    EXPECT_TRUE(window->commands().find(QStringLiteral("edit.undo"))->text().contains(QStringLiteral("A")))
        << window->commands().find(QStringLiteral("edit.undo"))->text().toStdString();
}

TEST_F(EditingDesk, UndoAndRedoByKey) {
    openForEditing("tool.vertex");
    dragFromTo(place(1000, 500), place(1200, 500));
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    window->activateWindow();
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(eventually([&] { return window->document().nextRedo().has_value(); }));
    EXPECT_EQ(areaOf("A"), 1e6);
    QTest::keyClick(window.get(), Qt::Key_Y, Qt::ControlModifier);
    ASSERT_TRUE(eventually([&] { return !window->document().nextRedo().has_value(); }));
    EXPECT_GT(areaOf("A"), 1.05e6);
}

TEST_F(EditingDesk, ARefusedEditSaysWhereAndChangesNothing) {
    openForEditing("tool.vertex");
    const auto before = test::readFile(plan);
    dragFromTo(place(1000, 500), place(2100, 500));  // beyond the other side of B
    ASSERT_TRUE(idle());
    EXPECT_TRUE(window->message().contains(QStringLiteral("未作改动"))) << window->message().toStdString();
    EXPECT_FALSE(window->message().contains(QStringLiteral("--"))) << window->message().toStdString();
    EXPECT_EQ(areaOf("A"), 1e6);
    EXPECT_FALSE(window->document().nextUndo().has_value());
}

TEST_F(EditingDesk, EscapeLetsGoOfADrag) {
    openForEditing("tool.vertex");
    hover(place(1000, 500));
    QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1000, 500)));
    moveTo(at(place(1300, 500)), Qt::LeftButton);
    QTest::keyClick(&map(), Qt::Key_Escape);
    QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1300, 500)));
    ASSERT_TRUE(idle());
    EXPECT_EQ(areaOf("A"), 1e6);
}

TEST_F(EditingDesk, DoubleClickInsertsAndDeleteRemovesAVertex) {
    openForEditing("tool.vertex");
    hover(place(1000, 250));
    QTest::mouseDClick(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1000, 250)));
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    EXPECT_EQ(window->document().nextUndo()->tool, "insert-vertex");
    hover(place(1000, 500));
    QTest::keyClick(&map(), Qt::Key_Delete);
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo()->tool == "delete-vertex"; }));
    EXPECT_EQ(areaOf("A"), 1e6);
}

TEST_F(EditingDesk, AnEdgeIsMovedParallel) {
    openForEditing("tool.edge");
    window->commands().find(QStringLiteral("edit.snap"))->setChecked(false);
    dragFromTo(place(1000, 250), place(1100, 250));
    ASSERT_TRUE(idle());
    // Its lower end stands on the district's boundary, which stays: refused, or moved along it.
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
}

TEST_F(EditingDesk, TheBoundaryFollowsADrawnLine) {
    openForEditing("tool.reshape");
    for (const Point& p : {place(1000, 0), place(1400, 500), place(1000, 1000)}) {
        hover(p);
        click(p);
    }
    rightClick(place(1000, 1000));
    ASSERT_TRUE(idle());
    EXPECT_NEAR(areaOf("A"), 1.2e6, 500 * pixel()) << window->message().toStdString();
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
}

TEST_F(EditingDesk, ALineSplitsAZone) {
    openForEditing("tool.split");
    for (const Point& p : {place(500, -100), place(500, 1100)}) click(p);
    rightClick(place(500, 1100));
    ASSERT_TRUE(eventually([&] { return zones() == 3; })) << window->message().toStdString();
}

TEST_F(EditingDesk, AZoneIsSplitByTypedAreas) {
    openForEditing("tool.split_areas");
    click(place(500, 500));
    auto* text = map().findChild<QLineEdit*>(QStringLiteral("split_areas_text"));
    ASSERT_NE(text, nullptr);
    ASSERT_TRUE(eventually([&] { return text->isVisible(); }));
    text->setText(QStringLiteral("30，20"));
    QTest::keyClick(text, Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return zones() == 4; })) << window->message().toStdString();
    EXPECT_NEAR(areaOf("A"), 500000, 500000);
}

TEST_F(EditingDesk, ZonesAreMergedAndTheFirstKeepsItsName) {
    openForEditing("tool.merge");
    click(place(1500, 500));
    QTest::qWait(200);
    click(place(500, 500));
    QTest::qWait(200);
    rightClick(place(500, 500));
    ASSERT_TRUE(eventually([&] { return zones() == 1; })) << window->message().toStdString();
    EXPECT_NEAR(areaOf("B"), 2e6, 0.01);
}

TEST_F(EditingDesk, LandIsTransferredInThreeSteps) {
    openForEditing("tool.transfer");
    window->commands().find(QStringLiteral("edit.snap"))->setChecked(false);
    click(place(500, 500));
    QTest::qWait(200);
    for (const Point& p : {place(800, 200), place(1100, 200), place(1100, 800), place(800, 800)}) click(p);
    rightClick(place(800, 800));
    click(place(1500, 500));
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); })) << window->message().toStdString();
    EXPECT_NEAR(areaOf("A"), 1e6 - 200.0 * 600, 1600 * pixel());
}

TEST_F(EditingDesk, ANewZoneTakesItsLandFromTheOthers) {
    openForEditing("tool.new_zone");
    window->commands().find(QStringLiteral("edit.snap"))->setChecked(false);
    for (const Point& p : {place(700, 300), place(1300, 300), place(1300, 700), place(700, 700)}) click(p);
    QTest::keyClick(&map(), Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return zones() == 3; })) << window->message().toStdString();
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
}

TEST_F(EditingDesk, PlacesAreTypedWhileDrawing) {
    openForEditing("tool.reshape");
    hover(place(1000, 0));
    click(place(1000, 0));
    QTest::keyClick(&map(), Qt::Key_4);
    auto* text = map().findChild<QLineEdit*>(QStringLiteral("numeric_text"));
    ASSERT_NE(text, nullptr);
    ASSERT_TRUE(text->isVisible());
    text->clear();
    QTest::keyClicks(text, QStringLiteral("@400, 500"));
    QTest::keyClick(text, Qt::Key_Return);
    hover(place(1000, 1000));
    click(place(1000, 1000));
    rightClick(place(1000, 1000));
    ASSERT_TRUE(idle());
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); })) << window->message().toStdString();
    EXPECT_EQ(areaOf("A"), 1.2e6) << "typed and snapped places are exact";
}

}  // namespace
}  // namespace zonewright::desktop
