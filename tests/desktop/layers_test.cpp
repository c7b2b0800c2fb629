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

}  // namespace
}  // namespace zonewright::desktop
