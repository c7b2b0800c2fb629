#include <QComboBox>
#include <QLineEdit>
#include <QTableView>
#include <QDialog>
#include <QPushButton>
#include <QTableWidget>
#include <QTabWidget>
#include <QTreeView>

#include "desktop/models/findings_model.h"
#include "desktop/pictures.h"
#include "desktop/tools/drawing_tool.h"

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
    ASSERT_TRUE(eventually([&] { return table->isColumnHidden(FindingsModel::SiteColumn); }));  // the answer for one site
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

TEST_P(PanelPictures, OfTheHistoryPanel) {
    openPlan();
    window->content().showTheme("clusters");
    window->showPanel(QStringLiteral("history"));
    auto* table = part<QTreeView>("history.table");
    ASSERT_TRUE(eventually([&] { return table->model()->rowCount() > 0; }));
    const Box whole = map().whole();
    const Point middle{(whole.minX + whole.maxX) / 2, (whole.minY + whole.maxY) / 2};
    for (int i = 0; i < 3; ++i) {
        const double x = middle.x + 3000 * i;
        window->document().edit({"clusters", coverage::NewZone{polygonOf({{x, middle.y}, {x + 1500, middle.y + 200}, {x + 1400, middle.y + 1500}, {x, middle.y + 1000}})}}, {}, window.get(), {});
        window->document().setValues({"clusters", Fid{1 + i}}, {{"name_en", "renamed"}}, window.get(), {});
    }
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
    QTest::qWait(1200);
    take("history");
    table->setCurrentIndex(table->model()->index(1, 0));
    waitForFrame();
    QTest::qWait(800);
    take("history_change");
    emit part<QPushButton>("history.compare")->clicked();
    QTest::qWait(2500);
    take("history_compare");
}

TEST_P(PanelPictures, OfSearchAndTheAttributeTable) {
    openPlan();
    window->content().showTheme("clusters");
    waitForFrame();
    window->showPanel(QStringLiteral("table"));
    auto* view = part<QTableView>("table.view");
    ASSERT_TRUE(eventually([&] { return view->model()->rowCount() > 0; }));
    QTest::qWait(500);
    view->selectRow(1);
    take("table");
    QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(part<QLineEdit>("search.line"), QStringLiteral("ht"));
    QTest::qWait(1500);
    take("search");
}

TEST_P(PanelPictures, OfAnalyses) {
    openPlan();
    window->content().showTheme("clusters");
    waitForFrame();
    for (const char* module : {"accessibility", "land_use_intensity"}) {
        auto* modules = part<QComboBox>("analysis.module");
        ASSERT_TRUE(eventually([&] { return modules->findData(QString::fromLatin1(module)) >= 0; }));
        window->commands().find(QStringLiteral("analysis.") + QLatin1String(module))->trigger();
        QTest::qWait(300);
        take((std::string("analysis_form_") + module).c_str());
        emit part<QPushButton>("analysis.run")->clicked();
        ASSERT_TRUE(QTest::qWaitFor([&] { return part<QTabWidget>("analysis")->currentIndex() == 1; }, 3 * kPatience));
        QTest::qWait(2500);
        take((std::string("analysis_result_") + module).c_str());
        part<QTabWidget>("results.views")->setCurrentIndex(1);
        take((std::string("analysis_chart_") + module).c_str());
        const auto choose = [&](const char* name, const QVariant& data) {
            auto* box = part<QComboBox>(name);
            box->setCurrentIndex(box->findData(data));
            emit box->activated(box->currentIndex());
            QTest::qWait(2500);
        };
        if (std::string(module) == "land_use_intensity") {
            choose("results.measure", QStringLiteral("far"));
            take("analysis_measure_far");
            part<QTabWidget>("results.views")->setCurrentIndex(0);
            choose("results.tables", QStringLiteral("dual_control"));
            take("analysis_dual_control");
            choose("results.tables", QStringLiteral("land_balance"));
            take("analysis_land_balance");
        }
        part<QTabWidget>("results.views")->setCurrentIndex(0);
    }
}

INSTANTIATE_TEST_SUITE_P(Desktop, PanelPictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
