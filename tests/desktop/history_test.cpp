#include <QComboBox>
#include <QInputDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QToolButton>
#include <QTreeView>

#include "core/editing/editor.h"
#include "core/plan/sqlite.h"
#include "desktop/desk.h"
#include "desktop/models/history_model.h"
#include "desktop/tools/drawing_tool.h"

namespace zonewright::desktop {
namespace {

/// The history panel over the sample plan.
class HistoryDesk : public Desk {
protected:
    void openPanel() {
        openPlan();
        window->showPanel(QStringLiteral("history"));
        ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() > 0; }));
        mBefore = table()->model()->rowCount();
    }
    QTreeView* table() { return part<QTreeView>("history.table"); }
    QString details() { return part<QTextBrowser>("history.details")->toPlainText(); }
    [[nodiscard]] QString cell(int row, int column) { return table()->model()->index(row, column).data().toString(); }
    void clickRow(int row) {
        const QModelIndex index = table()->model()->index(row, 0);
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, table()->visualRect(index).center());
    }
    /// A square kilometre in the middle of the plan becomes a zone of its own: 100 ha change hands.
    void makeEdit() {
        const Box whole = map().whole();
        const double x = (whole.minX + whole.maxX) / 2;
        const double y = (whole.minY + whole.maxY) / 2;
        bool made = false;
        window->document().edit({"clusters", coverage::NewZone{polygonOf({{x, y}, {x + 1000, y}, {x + 1000, y + 1000}, {x, y + 1000}})}}, {}, window.get(),
                                [&](const auto& outcome) { made = outcome.has_value(); });
        ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
        ASSERT_TRUE(made);
        ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 1; }));
    }
    [[nodiscard]] std::size_t zones() { return plan::readFeatures(*plan::Plan::open(plan, plan::OpenMode::Read), "clusters")->size(); }

    int mBefore = 0;
};

TEST_F(HistoryDesk, TheNewestChangeIsOnTopWithWhoWhenAndTheAreaMoved) {
    openPanel();
    makeEdit();
    EXPECT_FALSE(cell(0, HistoryModel::WhatColumn).isEmpty());
    EXPECT_FALSE(cell(0, HistoryModel::WhoColumn).isEmpty());
    EXPECT_TRUE(cell(0, HistoryModel::WhenColumn).startsWith(QDate::currentDate().toString(QStringLiteral("MM-dd"))));
    ASSERT_TRUE(eventually([&] { return cell(0, HistoryModel::MovedColumn) == QStringLiteral("100.00 ha"); })) << cell(0, HistoryModel::MovedColumn).toStdString();
}

TEST_F(HistoryDesk, AClickShowsWhatEachZoneWonAndLostAndGoesThere) {
    openPanel();
    makeEdit();
    const Box before = map().view().extent();
    clickRow(0);
    ASSERT_TRUE(eventually([&] { return details().contains(QStringLiteral("+100.00 ha")); })) << details().toStdString();
    EXPECT_TRUE(details().contains(QStringLiteral("−"))) << "somebody lost it";
    EXPECT_NE(map().view().extent().minX, before.minX);
    EXPECT_TRUE(part<QToolButton>("history.before")->isEnabled());
    QTest::mouseClick(part<QToolButton>("history.before"), Qt::LeftButton);
    EXPECT_TRUE(part<QToolButton>("history.before")->isChecked());
}

TEST_F(HistoryDesk, RestoringIsAChangeOfItsOwnAndIsUndone) {
    openPanel();
    const std::size_t asDelivered = zones();
    makeEdit();
    ASSERT_EQ(zones(), asDelivered + 1);
    clickRow(1);
    QTest::mouseClick(part<QPushButton>("history.restore"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 2; })) << window->message().toStdString();
    EXPECT_EQ(zones(), asDelivered);
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    ASSERT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 3; }));
    EXPECT_EQ(zones(), asDelivered + 1);
}

TEST_F(HistoryDesk, ANamedVersionIsComparedWithNow) {
    openPanel();
    QTest::mouseClick(part<QPushButton>("history.tag"), Qt::LeftButton);
    QInputDialog* dialog = nullptr;
    ASSERT_TRUE(eventually([&] { return (dialog = window->findChild<QInputDialog*>()) != nullptr && dialog->isVisible(); }));
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("v3"));
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    auto* from = part<QComboBox>("history.from");
    ASSERT_TRUE(eventually([&] { return from->findText(QStringLiteral("v3")) >= 0; })) << window->message().toStdString();
    EXPECT_TRUE(cell(0, HistoryModel::WhatColumn).contains(QStringLiteral("【v3】")));
    makeEdit();
    from->setCurrentIndex(from->findText(QStringLiteral("v3")));
    part<QComboBox>("history.to")->setCurrentIndex(0);
    QTest::mouseClick(part<QPushButton>("history.compare"), Qt::LeftButton);
    EXPECT_TRUE(eventually([&] { return details().contains(QStringLiteral("100.00 ha")); })) << details().toStdString();
}

TEST_F(HistoryDesk, TheFilterFindsChangesByTheirWords) {
    openPanel();
    makeEdit();
    QTest::keyClicks(part<QLineEdit>("history.filter"), QStringLiteral("no such words"));
    EXPECT_EQ(table()->model()->rowCount(), 0);
    part<QLineEdit>("history.filter")->clear();
    EXPECT_EQ(table()->model()->rowCount(), mBefore + 1);
}

TEST_F(HistoryDesk, AnEditOfAnotherProgramIsThereWithinTwoSecondsAndSaysWhereItWas) {
    openPanel();
    QSignalSpy changed(&window->document(), &PlanDocument::changed);
    QElapsedTimer clock;
    {
        const auto other = plan::Database::open(plan, plan::Database::Access::ReadWrite);
        ASSERT_TRUE(other);
        clock.start();
        ASSERT_TRUE(other->execute("UPDATE clusters SET name = 'outside' WHERE fid = 1"));
    }
    ASSERT_TRUE(eventually([&] { return !changed.isEmpty(); }));
    RecordProperty("milliseconds_until_shown", static_cast<int>(clock.elapsed()));
    const auto change = changed.front().front().value<Change>();
    EXPECT_TRUE(change.external);
    EXPECT_EQ(change.layers, std::vector<std::string>{"clusters"});
    EXPECT_FALSE(change.geometry);
    EXPECT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 1; }));
    EXPECT_FALSE(window->message().isEmpty());
}

TEST_F(HistoryDesk, AnEditMadeInQgisIsInTheHistoryOfTheOpenWindow) {
    const char* const kEdit = R"(
import sys, time
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False); app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + '|layername=clusters', 'clusters', 'ogr')
feature = next(layer.getFeatures())
corner = feature.geometry().vertexAt(3)
assert layer.startEditing() and layer.moveVertex(corner.x() + 5, corner.y(), feature.id(), 3) and layer.commitChanges(), layer.commitErrors()
print(int(time.time() * 1000), feature.id())
)";
    const QString python = QStringLiteral("/usr/bin/python3");  // the one that QGIS was built for
    if (QProcess::execute(python, {QStringLiteral("-c"), QStringLiteral("import qgis.core")}) != 0) GTEST_SKIP() << "python3-qgis is not installed";
    openPanel();
    QSignalSpy changed(&window->document(), &PlanDocument::changed);
    QProcess qgis;
    qgis.start(python, {QStringLiteral("-c"), QString::fromUtf8(kEdit), QString::fromStdString(plan.string())});
    ASSERT_TRUE(eventually([&] { return qgis.state() == QProcess::NotRunning && !changed.isEmpty(); })) << qgis.readAllStandardError().toStdString();
    RecordProperty("milliseconds_until_shown", static_cast<int>(QDateTime::currentMSecsSinceEpoch() - qgis.readAllStandardOutput().split(' ').front().toLongLong()));
    const auto change = changed.front().front().value<Change>();
    EXPECT_TRUE(change.external);
    EXPECT_EQ(change.layers, std::vector<std::string>{"clusters"});
    EXPECT_TRUE(change.geometry);
    EXPECT_FALSE(change.area.empty());
    EXPECT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 1; }));
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    EXPECT_TRUE(eventually([&] { return table()->model()->rowCount() == mBefore + 2; })) << "it is undone as any other";
}

TEST_F(HistoryDesk, OwnEditsAreNotTakenForThoseOfOthers) {
    openPanel();
    QSignalSpy changed(&window->document(), &PlanDocument::changed);
    makeEdit();
    QTest::qWait(1500);
    for (const auto& arguments : changed) EXPECT_FALSE(arguments.front().value<Change>().external);
    EXPECT_EQ(changed.count(), 1);
}

}  // namespace
}  // namespace zonewright::desktop
