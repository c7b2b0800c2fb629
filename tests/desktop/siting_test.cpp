#include <fstream>

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTreeView>

#include "core/analysis/siting/waivers.h"
#include "core/geometry/measure.h"
#include "desktop/desk.h"
#include "desktop/models/findings_model.h"
#include "desktop/tools/site_tool.h"

namespace zonewright::desktop {
namespace {

/// The siting panel over the sample plan, by mouse and keys.
class Siting : public Desk {
protected:
    void openPanel() {
        openPlan();
        window->showPanel(QStringLiteral("siting"));
        ASSERT_TRUE(eventually([&] { return sites()->findText(QStringLiteral("全部项目"), Qt::MatchStartsWith) >= 0; }));
    }
    QComboBox* sites() { return part<QComboBox>("siting.sites"); }
    QTreeView* table() { return part<QTreeView>("siting.table"); }
    void press(const char* button) { QTest::mouseClick(part<QPushButton>(button), Qt::LeftButton); }
    void check() {
        press("siting.run");
        ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() > 0 && !part<QPushButton>("siting.stop")->isVisible(); })) << window->message().toStdString();
    }
    [[nodiscard]] int weightOf(int row) { return table()->model()->index(row, 0).data(FindingsModel::WeightRole).toInt(); }
    [[nodiscard]] int count(int weight) {
        int found = 0;
        for (int i = 0; i < table()->model()->rowCount(); ++i) found += weightOf(i) == weight ? 1 : 0;
        return found;
    }
    void clickRow(int row) {
        const QModelIndex index = table()->model()->index(row, FindingsModel::RuleColumn);
        table()->scrollTo(index);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, table()->visualRect(index).center());
    }
    /// The middle of a red line of the sample: something is prohibited there.
    Point redLine() {
        const auto opened = plan::Plan::open(plan, plan::OpenMode::Read);
        const auto features = plan::readFeatures(*opened, "ecological_redlines");
        const Box box = boxOf(features->front().geometry);
        return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
    }
};

TEST_F(Siting, EveryRuleOfEveryProjectIsListedAndAClickGoesToTheConflict) {
    openPanel();
    check();
    EXPECT_GT(count(FindingsModel::Prohibited), 0);
    EXPECT_GT(count(FindingsModel::Clear), 0) << "rules that are clear are listed too";
    ASSERT_EQ(weightOf(0), FindingsModel::Prohibited) << "the heaviest first";
    const Box before = map().view().extent();
    clickRow(0);
    EXPECT_FALSE(map().view().extent().contains(before)) << "the map went to the conflict";
    EXPECT_TRUE(part<QPushButton>("siting.waive")->isEnabled());
}

TEST_F(Siting, OneProjectIsPickedByName) {
    openPanel();
    sites()->setCurrentIndex(1);
    check();
    const auto* rows = table()->model();
    EXPECT_TRUE(table()->isColumnHidden(FindingsModel::SiteColumn));
    for (int i = 0; i < rows->rowCount(); ++i) {
        if (weightOf(i) == FindingsModel::NotChecked) continue;
        EXPECT_EQ(rows->index(i, FindingsModel::SiteColumn).data().toString(), sites()->itemText(1));
    }
}

TEST_F(Siting, ADrawnSiteIsCheckedAtOnceAndDraggedToAnotherPlace) {
    openPanel();
    Box box;
    box.add(redLine());
    map().showBox(box.grownBy(2000));
    waitForFrame();
    const std::uint64_t revision = window->document().revision();
    window->tools().take(QStringLiteral("tool.site"));
    const Point middle = redLine();
    for (const auto& [x, y] : {std::pair(-300.0, -300.0), {300.0, -300.0}, {300.0, 300.0}, {-300.0, 300.0}}) click({middle.x + x, middle.y + y});
    QTest::mouseClick(&map(), Qt::RightButton, Qt::NoModifier, at(middle));
    ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() > 0; })) << window->message().toStdString();
    EXPECT_GT(count(FindingsModel::Prohibited), 0);

    auto* tool = qobject_cast<SiteTool*>(window->tools().find(QStringLiteral("tool.site")));
    const MultiPolygon before = tool->site();
    EXPECT_NEAR(planarArea(before).value, 360000, 40 * 1200) << "as drawn, to the pixel";
    QSignalSpy placed(tool, &SiteTool::placed);
    drag(at(middle), at({middle.x + 900, middle.y + 400}), Qt::LeftButton);
    ASSERT_EQ(placed.count(), 1);
    EXPECT_NEAR(planarArea(tool->site()).value, planarArea(before).value, 1);
    EXPECT_GT(boxOf(tool->site()).minX, boxOf(before).minX + 800);
    EXPECT_EQ(window->document().revision(), revision) << "nothing is written to the plan";
}

TEST_F(Siting, TheWindowGoesInTheMiddleOfACheckAndAnEditThatWaitsIsWritten) {
    openPanel();
    press("siting.run");
    window->document().setValues({"projects", Fid{1}}, {{"name", "written at the end"}}, window.get(), {});
    window.reset();
    const auto reopened = plan::Plan::open(plan, plan::OpenMode::Read);
    ASSERT_TRUE(reopened);
    EXPECT_EQ(reopened->database().value("SELECT name FROM projects WHERE fid = 1").value_or(""), "written at the end");
}

TEST_F(Siting, AWaiverNeedsWhoWhyAndDocumentIsKeptInThePlanAndUndone) {
    openPanel();
    check();
    const int prohibited = count(FindingsModel::Prohibited);
    clickRow(0);
    press("siting.waive");
    QDialog* dialog = nullptr;
    ASSERT_TRUE(eventually([&] { return (dialog = window->findChild<QDialog*>(QStringLiteral("waiver"))) != nullptr && dialog->isVisible(); }));
    auto* ok = dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    EXPECT_FALSE(ok->isEnabled()) << "reason and document are missing";
    QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("document")), QStringLiteral("2021-12"));
    EXPECT_FALSE(ok->isEnabled());
    QTest::keyClicks(dialog->findChild<QPlainTextEdit*>(QStringLiteral("reason")), QStringLiteral("approved by council"));
    ASSERT_TRUE(ok->isEnabled());
    QTest::mouseClick(ok, Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return count(FindingsModel::Waived) == 1; })) << window->message().toStdString();
    EXPECT_EQ(count(FindingsModel::Prohibited), prohibited - 1);
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
    const auto kept = analysis::siting::readWaivers(*plan::Plan::open(plan, plan::OpenMode::Read));
    ASSERT_EQ(kept->size(), 1u);
    EXPECT_EQ(kept->front().reason, "approved by council");

    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    EXPECT_TRUE(eventually([&] { return count(FindingsModel::Waived) == 0; })) << "an undone waiver no longer holds";
}

TEST_F(Siting, AnEditOfASiteMarksTheAnswerAsOutOfDateAndALinkChecksAgain) {
    openPanel();
    check();
    QLabel* stale = part<QLabel>("siting.stale");
    EXPECT_FALSE(stale->isVisible());
    window->document().setValues({"projects", Fid{1}}, {{"name", "X"}}, window.get(), [](const auto&) {});
    ASSERT_TRUE(eventually([&] { return stale->isVisible(); }));
    emit stale->linkActivated(QStringLiteral("#"));
    EXPECT_TRUE(eventually([&] { return !stale->isVisible(); }));
}

TEST_F(Siting, PlacesAreSuggestedAndOneIsTakenAsTheSite) {
    openPanel();
    auto* find = part<QPushButton>("suggest.find");
    emit find->clicked();
    auto* places = part<QTableWidget>("suggest.table");
    ASSERT_TRUE(eventually([&] { return places->rowCount() > 0; })) << window->message().toStdString();
    places->selectRow(0);
    emit part<QPushButton>("suggest.take")->clicked();
    ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() > 0; })) << window->message().toStdString();
    EXPECT_EQ(count(FindingsModel::Prohibited), 0) << "a suggested place is free of prohibited rules";
}

TEST_F(Siting, TheReportIsWrittenAsThePdfThatWasAskedFor) {
    openPanel();
    sites()->setCurrentIndex(1);
    check();
    const std::filesystem::path file = folder.path() / "report.pdf";
    press("siting.report");
    QFileDialog* dialog = nullptr;
    ASSERT_TRUE(eventually([&] { return (dialog = window->findChild<QFileDialog*>()) != nullptr && dialog->isVisible(); }));
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    name->setText(QString::fromStdString(file.string()));
    QTest::keyClick(name, Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return window->message().contains(QStringLiteral("report.pdf")); })) << window->message().toStdString() << std::filesystem::exists(file);
    std::ifstream in(file, std::ios::binary);
    std::string head(5, ' ');
    in.read(head.data(), 5);
    EXPECT_EQ(head, "%PDF-");
}

TEST_F(Siting, TheSmallestShiftIsShownAndChecked) {
    openPanel();
    check();
    clickRow(0);
    press("siting.clear");
    ASSERT_TRUE(eventually([&] { return part<QPushButton>("siting.take_clear")->isVisible() || !window->message().isEmpty(); }));
    if (!part<QPushButton>("siting.take_clear")->isVisible()) GTEST_SKIP() << "no shift clears the first project";
    press("siting.take_clear");
    ASSERT_TRUE(eventually([&] { return sites()->currentText().startsWith(QStringLiteral("手绘")) && !part<QPushButton>("siting.stop")->isVisible(); }));
    EXPECT_TRUE(eventually([&] { return count(FindingsModel::Prohibited) == 0; }));
}

}  // namespace
}  // namespace zonewright::desktop
