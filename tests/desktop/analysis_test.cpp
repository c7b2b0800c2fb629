#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "desktop/desk.h"
#include "desktop/panels/bar_view.h"
#include "desktop/panels/parameter_form.h"

namespace zonewright::desktop {
namespace {

/// The analysis panel over the sample plan.
class Analysing : public Desk {
protected:
    void open(const char* module) {
        openPlan();
        auto* modules = part<QComboBox>("analysis.module");
        ASSERT_TRUE(eventually([&] { return modules->findData(QString::fromLatin1(module)) >= 0; }));
        window->commands().find(QStringLiteral("analysis.") + QLatin1String(module))->trigger();
        ASSERT_EQ(modules->currentData().toString(), QString::fromLatin1(module));
    }
    void run() {
        QTest::mouseClick(part<QPushButton>("analysis.run"), Qt::LeftButton);
        ASSERT_TRUE(QTest::qWaitFor([&] { return part<QTabWidget>("analysis")->currentIndex() == 1; }, 3 * kPatience)) << window->message().toStdString();
    }
    [[nodiscard]] std::vector<analysis::StoredResult> stored() { return *analysis::storedResults(*plan::Plan::open(plan, plan::OpenMode::Read)); }
};

TEST_F(Analysing, TheFormHasAFieldForEveryParameterWithItsUnitRangeAndDefault) {
    open("accessibility");
    const auto registry = analysis::Registry::standard();
    const auto module = registry.find("accessibility");
    ASSERT_TRUE(module);
    const auto own = (*module)->newRun();
    analysis::ParameterSet declared;
    (*own)->declare(declared);
    int numbers = 0;
    for (const analysis::Parameter* parameter : declared.all()) {
        auto* editor = window->findChild<QWidget*>(QStringLiteral("parameter.") + QString::fromStdString(parameter->id));
        ASSERT_NE(editor, nullptr) << parameter->id;
        const auto* spin = qobject_cast<QDoubleSpinBox*>(editor);
        if (spin == nullptr) continue;
        ++numbers;
        EXPECT_DOUBLE_EQ(spin->value(), std::stod(parameter->defaultText)) << parameter->id;
        EXPECT_TRUE(!parameter->min || spin->minimum() == *parameter->min) << parameter->id;
        EXPECT_TRUE(!parameter->max || spin->maximum() == *parameter->max) << parameter->id;
        EXPECT_TRUE(parameter->unit.empty() || !spin->suffix().isEmpty()) << parameter->id;
    }
    EXPECT_GT(numbers, 0);
    EXPECT_TRUE(window->findChild<ParameterForm*>()->assignments().empty()) << "defaults are not repeated";
}

TEST_F(Analysing, ARunIsKeptInThePlanWithFindingTableAndCommandLine) {
    open("land_use_intensity");
    run();
    const auto results = stored();
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(part<QLabel>("results.finding")->text().toStdString(), results.front().finding.zh);
    EXPECT_GT(part<QTableWidget>("results.table")->rowCount(), 0);
    EXPECT_FALSE(part<BarView>("results.bars")->bars().empty());
    EXPECT_TRUE(part<QPushButton>("results.map")->isChecked());
    EXPECT_FALSE(window->content().view().extras.empty()) << "its layers are on the map";
    QTest::mouseClick(part<QPushButton>("results.copy"), Qt::LeftButton);
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(QStringLiteral("zonewright run land_use_intensity ")));
}

TEST_F(Analysing, ARowOfTheTableSelectsItsFeatureAndTheMapMarksTheRow) {
    open("land_use_intensity");
    run();
    auto* table = part<QTableWidget>("results.table");
    table->setCurrentCell(1, 0);
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
    const FeatureRef second = *window->selection().single();
    table->setCurrentCell(0, 0);
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr && !(*window->selection().single() == second); }));
    table->clearSelection();
    window->selection().set({second});
    EXPECT_TRUE(eventually([&] { return !table->selectedItems().isEmpty() && table->selectedItems().front()->row() == 1; }));
}

TEST_F(Analysing, AResultIsOutOfDateOnceItsInputChangesAndGoodAgainWhenThatIsUndone) {
    open("land_use_intensity");
    run();
    auto* state = part<QLabel>("results.state");
    QTest::qWait(1500);
    EXPECT_FALSE(state->text().contains(QStringLiteral("过时")));
    const auto input = stored().front().inputs.front();
    // The first feature takes a value of another one.
    const std::string field = input.fields.front();
    plan::Query query;
    query.fields = {field};
    query.geometry = false;
    const auto features = *plan::readFeatures(*plan::Plan::open(plan, plan::OpenMode::Read), input.source, query);
    const auto other = std::ranges::find_if(features, [&](const auto& one) { return !plan::asText(one.values[0]).empty() && one.values != features.front().values; });
    ASSERT_NE(other, features.end());
    window->document().setValues({input.source, features.front().fid}, {{field, plan::asText(other->values[0])}}, window.get(), {});
    ASSERT_TRUE(eventually([&] { return state->text().contains(QStringLiteral("过时")); })) << input.source << " " << field << " " << window->message().toStdString();
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    EXPECT_TRUE(eventually([&] { return !state->text().contains(QStringLiteral("过时")); }));
}

TEST_F(Analysing, ACancelledRunLeavesNothingBehind) {
    open("accessibility");
    const auto layers = window->document().layers().size();
    QTest::mouseClick(part<QPushButton>("analysis.run"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return part<QPushButton>("analysis.stop")->isVisible(); }));
    QElapsedTimer clock;
    clock.start();
    QTest::mouseClick(part<QPushButton>("analysis.stop"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return !part<QPushButton>("analysis.stop")->isVisible(); }));
    RecordProperty("milliseconds_to_cancel", static_cast<int>(clock.elapsed()));
    EXPECT_EQ(part<QTabWidget>("analysis")->currentIndex(), 0);
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(plan::Plan::open(plan, plan::OpenMode::Read)->layers()->size(), layers);
}

TEST_F(Analysing, RunAgainRepeatsAResultWithItsParameters) {
    open("land_use_intensity");
    run();
    part<QTabWidget>("analysis")->setCurrentIndex(1);
    QTest::mouseClick(part<QPushButton>("results.again"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stored().size() == 2; }, 3 * kPatience));
    const auto results = stored();
    EXPECT_EQ(results[0].parameters, results[1].parameters);
    EXPECT_EQ(results[0].finding.zh, results[1].finding.zh);
}

}  // namespace
}  // namespace zonewright::desktop
