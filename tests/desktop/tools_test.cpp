#include <fmt/format.h>

#include <QComboBox>
#include <QLineEdit>

#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"
#include "core/plan/change_set.h"
#include "desktop/desk.h"
#include "support/small_plan.h"

namespace zonewright::desktop {
namespace {

using test::must;

constexpr double kX = 490000;
constexpr double kY = 3500000;

Point place(double x, double y) { return {kX + x, kY + y}; }

std::string ringText(const std::vector<Point>& points) {
    std::string out = "MULTIPOLYGON (((";
    for (const Point& p : points) out += fmt::format("{} {}, ", kX + p.x, kY + p.y);
    return out + fmt::format("{} {})))", kX + points.front().x, kY + points.front().y);
}

/// Two clusters that share a boundary with one vertex in its middle:
///
///   (0,1000) +-----+-----+ (2000,1000)
///            |     |     |
///            |  A  v  B  |     v = (1000,500)
///            |     |     |
///      (0,0) +-----+-----+ (2000,0)
class EditingDesk : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        std::filesystem::remove(plan);
        const auto& catalogue = window->document().catalogue();
        auto made = must(plan::Plan::create(plan, catalogue, {}));
        auto change = must(plan::ChangeSet::begin(made, {"test", "two clusters", "import", 0}));
        add(made, "district", {{{{0, 0}, {1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}, {0, 1000}}, "D"}});
        const std::vector<std::pair<std::vector<Point>, std::string>> halves{
            {{{0, 0}, {1000, 0}, {1000, 500}, {1000, 1000}, {0, 1000}}, "A"}, {{{1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}, {1000, 500}}, "B"}};
        add(made, "towns", halves);
        add(made, "clusters", halves);
        must(change.commit());
        must(made.setMeta("beginning", std::to_string(change.id())));  // as a sample is delivered: undo does not go behind it
    }

    static void add(const plan::Plan& plan, const std::string& layer, const std::vector<std::pair<std::vector<Point>, std::string>>& zones) {
        const auto table = must(plan::tableOf(plan, layer));
        int number = 0;
        for (const auto& [ring, name] : zones) {
            std::vector<plan::Value> values(table.fields.size());
            for (std::size_t i = 0; i < table.fields.size(); ++i) {
                if (table.fields[i].sqlType.starts_with("TEXT")) values[i] = name;
            }
            must(plan::insertFeature(plan, table, {Fid{++number}, {layer + name}, test::wkt(ringText(ring)), values}));
        }
    }

    void openForEditing(const char* tool) {
        openPlan();
        window->content().showTheme("clusters");
        waitForFrame();
        window->setEditedLayer("clusters");
        window->tools().take(QString::fromLatin1(tool));
        map().setFocus();
    }
    /// Moves there and waits until the ground around the place has been read.
    void hover(Point where) {
        moveTo(at(where));
        QTest::qWait(150);
        moveTo(at(where));
    }
    [[nodiscard]] double areaOf(const std::string& name, const std::string& layer = "clusters") {
        const auto opened = must(plan::Plan::open(plan, plan::OpenMode::Read));
        const auto table = must(plan::tableOf(opened, layer));
        double area = -1;
        must(plan::forEachFeature(opened, table, {}, [&](plan::Feature&& feature) {
            if (plan::asText(feature.values[*table.indexOf("name")]) == name) area = planarArea(std::get<MultiPolygon>(feature.geometry)).value;
            return true;
        }));
        return area;
    }
    [[nodiscard]] std::size_t zones(const std::string& layer = "clusters") {
        return must(plan::readFeatures(must(plan::Plan::open(plan, plan::OpenMode::Read)), layer)).size();
    }
    [[nodiscard]] bool idle() { return eventually([&] { return window->document().pending() == 0; }); }
    void dragFromTo(Point from, Point to) {
        hover(from);
        QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(from));
        const QPoint a = at(from);
        const QPoint b = at(to);
        for (int i = 1; i <= 6; ++i) moveTo(a + (b - a) * i / 6, Qt::LeftButton);
        QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at(to));
    }
    void rightClick(Point where) { QTest::mouseClick(&map(), Qt::RightButton, Qt::NoModifier, at(where)); }
    /// Metres that a click may be off: half a pixel.
    [[nodiscard]] double pixel() { return map().view().metresPerPixel; }
};

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
