#include <QComboBox>
#include <QDialog>
#include <QPushButton>
#include <QTableWidget>
#include <QTabWidget>
#include <QTreeView>

#include "desktop/models/findings_model.h"
#include "desktop/pictures.h"

namespace zonewright::desktop {
namespace {

class PanelPictures : public PictureDesk {};

TEST_P(PanelPictures, OfTheSitingPanel) {
    openPlan();
    window->content().showTheme("redlines");
    window->showPanel(QStringLiteral("siting"));
    ASSERT_TRUE(eventually([&] { return part<QComboBox>("siting.sites")->count() > 3; }));
    take("siting_empty");
    emit part<QPushButton>("siting.run")->clicked();
    auto* table = part<QTreeView>("siting.table");
    ASSERT_TRUE(eventually([&] { return table->model()->rowCount() > 0; }));
    take("siting_batch");
    part<QComboBox>("siting.sites")->setCurrentIndex(1);
    emit part<QPushButton>("siting.run")->clicked();
    QTest::qWait(800);
    table->setCurrentIndex(table->model()->index(0, 0));
    waitForFrame();
    take("siting_finding");
    emit part<QPushButton>("siting.clear")->clicked();
    QTest::qWait(2500);
    take("siting_clear");
    emit part<QPushButton>("siting.waive")->clicked();
    QTest::qWait(300);
    if (auto* dialog = window->findChild<QDialog*>(QStringLiteral("waiver"))) {
        take("siting_waiver", dialog);
        dialog->reject();
    }
    part<QTabWidget>("siting")->setCurrentIndex(1);
    emit part<QPushButton>("suggest.find")->clicked();
    auto* places = part<QTableWidget>("suggest.table");
    ASSERT_TRUE(eventually([&] { return places->rowCount() > 0; }));
    places->selectRow(0);
    waitForFrame();
    take("siting_suggest");
}

INSTANTIATE_TEST_SUITE_P(Desktop, PanelPictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
