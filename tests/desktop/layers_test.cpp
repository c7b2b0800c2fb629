#include <QMimeData>
#include <QTreeWidget>

#include "desktop/desk.h"

namespace zonewright::desktop {
namespace {

/// The layer tree beside the map of the sample plan.
class LayerTree : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        openPlan();
        window->content().showTheme("clusters");
        waitForFrame();
    }
    QTreeWidget& tree() { return *window->findChild<QTreeWidget*>(QStringLiteral("layers_tree")); }
    static std::string idOf(const QTreeWidgetItem* item) { return item->data(0, Qt::UserRole).toString().toStdString(); }
    /// Drags a row to a place of the tree. Without a screen nothing carries it, so the window system's part is played here.
    void dragRow(QTreeWidgetItem* row, QPoint to) {
        const auto data = std::make_unique<QMimeData>();
        data->setData(QStringLiteral("application/x-zonewright-drawing"), QByteArray::fromStdString(idOf(row)));
        QDragEnterEvent enter(tree().visualItemRect(row).center(), Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tree().viewport(), &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent drop(to, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(tree().viewport(), &drop);
    }
    void clickBoxOf(QTreeWidgetItem* item) {
        const QRect row = tree().visualItemRect(item);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, QPoint(row.left() + 8, row.center().y()));
    }
};

TEST_F(LayerTree, EveryDrawingIsInOneGroupInTheOrderOfDrawing) {
    std::map<std::string, std::size_t> place;
    for (const Drawing& drawing : window->content().drawings()) place.emplace(drawing.id, place.size());
    std::size_t count = 0;
    for (int i = 0; i < tree().topLevelItemCount(); ++i) {
        const QTreeWidgetItem* group = tree().topLevelItem(i);
        EXPECT_FALSE(group->text(0).isEmpty());
        EXPECT_EQ(idOf(group), "");
        for (int k = 0; k < group->childCount(); ++k, ++count) {
            ASSERT_TRUE(place.contains(idOf(group->child(k))));
            if (k > 0) {
                EXPECT_LT(place[idOf(group->child(k - 1))], place[idOf(group->child(k))]);
            }
        }
    }
    EXPECT_EQ(count, window->content().drawings().size());
}

TEST_F(LayerTree, AGroupHidesAndShowsItsDrawingsAtOnce) {
    QTreeWidgetItem* group = tree().topLevelItem(0);
    ASSERT_GT(group->childCount(), 1);
    const std::string first = idOf(group->child(0));
    clickBoxOf(group);
    EXPECT_FALSE(window->content().shows(first.substr(0, first.find(':'))));
    for (const Drawing& drawing : window->content().drawings()) {
        bool inGroup = false;
        for (int k = 0; k < group->childCount(); ++k) inGroup = inGroup || idOf(group->child(k)) == drawing.id;
        EXPECT_EQ(drawing.visible, !inGroup) << drawing.id;
    }
    clickBoxOf(group->child(0));
    EXPECT_EQ(group->checkState(0), Qt::PartiallyChecked);
    waitForFrame();
    clickBoxOf(group);
    EXPECT_EQ(group->checkState(0), Qt::Checked);
    EXPECT_TRUE(std::ranges::all_of(window->content().drawings(), &Drawing::visible));
    waitForFrame();
}

/// Names of a group's drawings, top to bottom.
QStringList rowsOf(const QTreeWidgetItem* group) {
    QStringList out;
    for (int i = 0; i < group->childCount(); ++i) out << group->child(i)->data(0, Qt::UserRole).toString();
    return out;
}

TEST_F(LayerTree, ADrawingIsDraggedWithinItsGroupAndTheMapIsDrawnInThatOrder) {
    QTreeWidgetItem* group = tree().topLevelItem(0);
    ASSERT_GT(group->childCount(), 1);
    for (int i = 0; i < group->childCount(); ++i) group->child(i)->setExpanded(false);
    const std::vector<Drawing> before = window->content().drawings();
    QStringList wanted = rowsOf(group);
    wanted.move(wanted.size() - 1, 0);
    const QRect first = tree().visualItemRect(group->child(0));
    dragRow(group->child(group->childCount() - 1), QPoint(first.center().x(), first.top() + 1));
    group = tree().topLevelItem(0);
    EXPECT_EQ(rowsOf(group), wanted) << rowsOf(group).join(QLatin1Char(' ')).toStdString();

    const std::vector<Drawing> now = window->content().drawings();
    ASSERT_EQ(now.size(), before.size());
    int place = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (wanted.contains(QString::fromStdString(now[i].id))) {
            EXPECT_EQ(QString::fromStdString(now[i].id), wanted[place++]);
            EXPECT_TRUE(wanted.contains(QString::fromStdString(before[i].id))) << "the group keeps its places";
        } else {
            EXPECT_EQ(now[i], before[i]) << "what is in other groups stays where it was";
        }
    }
    waitForFrame();

    // And back by keys.
    for (int i = 1; i < wanted.size(); ++i) QTest::keyClick(&tree(), Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(window->content().drawings(), before);
    QTest::keyClick(&tree(), Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(window->content().drawings(), before) << "the last one of a group goes no further";
    waitForFrame();
}

TEST_F(LayerTree, ADrawingDroppedIntoAnotherGroupOrOntoAnotherStaysWhereItWas) {
    ASSERT_GT(tree().topLevelItemCount(), 1);
    const std::vector<Drawing> before = window->content().drawings();
    const QStringList rows = rowsOf(tree().topLevelItem(0));
    for (int i = 0; i < rows.size(); ++i) tree().topLevelItem(0)->child(i)->setExpanded(false);
    const auto middleOf = [&](int group, int row) { return tree().visualItemRect(tree().topLevelItem(group)->child(row)).center(); };
    dragRow(tree().topLevelItem(0)->child(0), tree().visualItemRect(tree().topLevelItem(1)).center());
    EXPECT_EQ(window->content().drawings(), before);
    EXPECT_EQ(rowsOf(tree().topLevelItem(0)), rows);
    dragRow(tree().topLevelItem(0)->child(0), middleOf(1, 0));
    EXPECT_EQ(window->content().drawings(), before);
    EXPECT_EQ(rowsOf(tree().topLevelItem(0)), rows);
    dragRow(tree().topLevelItem(0)->child(0), middleOf(0, 0) + QPoint(12, 0));
    EXPECT_EQ(window->content().drawings(), before);
    EXPECT_EQ(rowsOf(tree().topLevelItem(0)), rows);
}

}  // namespace
}  // namespace zonewright::desktop
