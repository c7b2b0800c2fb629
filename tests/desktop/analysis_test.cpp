#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QTableWidget>

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "core/geometry/geos.h"
#include "desktop/desk.h"
#include "desktop/panels/chart_view.h"
#include "desktop/panels/parameter_form.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

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
    EXPECT_FALSE(part<ChartView>("results.chart")->bars().empty());
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

/// The file dialog is answered as a person would: a name, Enter.
class Exporting : public Analysing {
protected:
    std::filesystem::path written(const char* action, const char* name) {
        const std::filesystem::path file = folder.path() / name;
        part<QAction>(action)->trigger();
        auto* dialog = window->findChild<QFileDialog*>();
        EXPECT_NE(dialog, nullptr);
        if (dialog == nullptr) return file;
        auto* line = dialog->findChild<QLineEdit*>();
        line->setText(QString::fromStdString(file.string()));
        QTest::keyClick(line, Qt::Key_Return);
        EXPECT_TRUE(eventually([&] { return std::filesystem::exists(file); })) << window->message().toStdString();
        EXPECT_TRUE(eventually([&] { return window->message().contains(QString::fromStdString(file.filename().string())); }));
        return file;
    }
    static QByteArray bytesOf(const std::filesystem::path& file) {
        QFile in(QString::fromStdString(file.string()));
        EXPECT_TRUE(in.open(QIODevice::ReadOnly));
        return in.readAll();
    }
};

TEST_F(Exporting, TheChartIsThePictureOfTheCommandLineOnWhiteWhateverTheWindowLooksLike) {
    open("land_use_intensity");
    run();
    const QByteArray light = bytesOf(written("results.export_chart", "light.svg"));
    preferences::wear(preferences::Look::Dark);
    const QByteArray dark = bytesOf(written("results.export_chart", "dark.svg"));
    preferences::wear(preferences::Look::Light);
    EXPECT_EQ(light, dark);
    const auto stored = *analysis::storedOutcome(*plan::Plan::open(plan, plan::OpenMode::Read), this->stored().front().id);
    ASSERT_FALSE(stored.charts.empty());
    EXPECT_EQ(light.toStdString(), analysis::toSvg(stored.charts.front().drawing, Language::Chinese));
    EXPECT_TRUE(light.contains("fill=\"#ffffff\"")) << "white ground";
    EXPECT_TRUE(light.contains("数据：")) << "source";
    const QImage picture(QString::fromStdString(written("results.export_chart", "chart.png").string()));
    ASSERT_FALSE(picture.isNull());
    EXPECT_GE(picture.width(), 2400) << "300 dots an inch";
    EXPECT_EQ(picture.pixelColor(2, 2), QColor(Qt::white));
}

TEST_F(Exporting, TablesGoToAWorkbook) {
    open("land_use_intensity");
    run();
    EXPECT_TRUE(bytesOf(written("results.export_tables", "tables.xlsx")).startsWith("PK"));
}

TEST_F(Analysing, ResultsOfAnEarlierSessionSayAgainWhatTheySaid) {
    open("land_use_intensity");
    run();
    auto* table = part<QTableWidget>("results.table");
    auto* tables = part<QComboBox>("results.tables");
    const auto cells = [&] {
        QStringList out;
        for (int row = 0; row < part<QTableWidget>("results.table")->rowCount(); ++row) {
            for (int c = 0; c < part<QTableWidget>("results.table")->columnCount(); ++c) out << part<QTableWidget>("results.table")->item(row, c)->text();
        }
        return out;
    };
    const QStringList said = cells();
    const int count = tables->count();
    const auto bars = part<ChartView>("results.chart")->bars().size();
    const QString finding = part<QLabel>("results.finding")->text();
    ASSERT_GT(said.size(), 10);
    table = nullptr;
    window.reset();
    window = std::make_unique<MainWindow>(std::make_shared<const catalogue::Catalogue>(*catalogue::load(productPaths().layers)));
    window->resize(1280, 800);
    window->show();
    openPlan();
    window->showPanel(QStringLiteral("analysis"));
    part<QTabWidget>("analysis")->setCurrentIndex(1);
    ASSERT_TRUE(eventually([&] { return part<QTableWidget>("results.table")->rowCount() > 0; })) << window->message().toStdString();
    EXPECT_EQ(cells(), said);
    EXPECT_EQ(part<QComboBox>("results.tables")->count(), count);
    EXPECT_EQ(part<ChartView>("results.chart")->bars().size(), bars);
    EXPECT_EQ(part<QLabel>("results.finding")->text(), finding);
    EXPECT_TRUE(eventually([&] { return part<QListWidget>("results.list")->item(0)->text().contains(QStringLiteral("最新")); })) << "nothing has changed since";
    EXPECT_TRUE(window->content().view().extras.empty()) << "the map is as it was left until asked";
    QTest::mouseClick(part<QPushButton>("results.map"), Qt::LeftButton);
    EXPECT_FALSE(window->content().view().extras.empty());
    QTest::mouseClick(part<QPushButton>("results.copy"), Qt::LeftButton);
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(QStringLiteral("zonewright run land_use_intensity ")));
    ASSERT_TRUE(eventually([&] { return part<QComboBox>("analysis.module")->count() > 0; }));
    QTest::mouseClick(part<QPushButton>("results.again"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stored().size() == 2; }, 3 * kPatience));
    EXPECT_TRUE(eventually([&] { return part<QListWidget>("results.list")->count() == 2 && part<QListWidget>("results.list")->item(1)->text().contains(QStringLiteral("取代")); }));
}

TEST_F(Analysing, AMeasureColoursTheMapAndTheChartFollows) {
    open("land_use_intensity");
    run();
    auto* measures = part<QComboBox>("results.measure");
    const auto classes = [&]() -> cartographer::ValueClasses {
        for (const auto& extra : window->content().view().extras) {
            if (extra.table == "intensity_result") return extra.classes;
        }
        return {};
    };
    EXPECT_TRUE(classes().field.empty()) << "the module's chart goes with the module's style";
    for (const char* measure : {"far", "density"}) {
        const int index = measures->findData(QString::fromLatin1(measure));
        ASSERT_GE(index, 0) << measure;
        measures->setCurrentIndex(index);
        emit measures->activated(index);
        ASSERT_TRUE(eventually([&] { return classes().field == measure; }));
        EXPECT_GE(classes().classes.size(), 2u);
        EXPECT_FALSE(classes().classes.front().label.empty());
        EXPECT_EQ(text(std::get<analysis::BarChart>(part<ChartView>("results.chart")->drawing()).title).contains(measures->currentText().section(QLatin1Char(' '), 0, 0)), true);
    }
    waitForFrame();
}

TEST_F(Analysing, BarsAndMapPointAtOneAnother) {
    open("land_use_intensity");
    run();
    part<QTabWidget>("results.views")->setCurrentIndex(1);
    auto* chart = part<ChartView>("results.chart");
    ASSERT_GT(chart->bars().size(), 2u);
    // From the map: the pointer over the feature that the second bar is about.
    emit chart->picked(1);
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
    const auto feature = *plan::findFeature(*plan::Plan::open(plan, plan::OpenMode::Read), window->selection().single()->layer, std::to_string(static_cast<std::int64_t>(window->selection().single()->fid)));
    const Box box = boxOf(feature.geometry);
    std::optional<Point> inside;
    for (int i = 1; i < 400 && !inside; ++i) {
        const Point place{box.minX + (box.maxX - box.minX) * (i % 20) / 20, box.minY + (box.maxY - box.minY) * (i / 20) / 20};
        const auto distance = geos::distance(feature.geometry, Geometry(place));
        if (distance && distance->value == 0) inside = place;
    }
    ASSERT_TRUE(inside);
    ASSERT_TRUE(eventually([&] {
        moveTo(at(*inside) + QPoint(1, 0));
        moveTo(at(*inside));
        return chart->pointed() == 1;
    }));
    // To the map: the bar under the pointer is outlined there.
    const QImage before = map().grab().toImage();
    emit chart->hovered(2);
    QTest::qWait(100);
    EXPECT_NE(map().grab().toImage(), before);
    EXPECT_EQ(chart->pointed(), 2);
    emit chart->hovered(-1);
    EXPECT_EQ(chart->pointed(), -1);
}

TEST_F(Analysing, ACapIsTypedIntoTheTableAndCanBeUndone) {
    open("land_use_intensity");
    run();
    auto* tables = part<QComboBox>("results.tables");
    const auto control = [&] {
        const int index = tables->findData(QStringLiteral("dual_control"));
        ASSERT_GE(index, 0);
        tables->setCurrentIndex(index);
        emit tables->activated(index);
    };
    control();
    auto* table = part<QTableWidget>("results.table");
    int cap = -1;
    int used = -1;
    int light = -1;
    for (int c = 0; c < table->columnCount(); ++c) {
        const QString heading = table->horizontalHeaderItem(c)->text();
        if (heading.startsWith(QStringLiteral("总量上限"))) cap = c;
        if (heading.startsWith(QStringLiteral("建设用地"))) used = c;
        if (heading.startsWith(QStringLiteral("状态"))) light = c;
    }
    ASSERT_GE(cap, 0);
    EXPECT_FALSE(table->item(0, used)->flags().testFlag(Qt::ItemIsEditable)) << "what was worked out is not typed";
    const QString zone = table->item(0, 0)->text();
    const QString before = table->item(0, cap)->text();
    // Half of what is used: the light turns red.
    const double half = table->item(0, used)->text().toDouble() / 2;
    const QString typed = QString::number(half, 'f', 2);
    table->scrollToItem(table->item(0, cap));
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, Qt::NoModifier, table->visualItemRect(table->item(0, cap)).center());
    auto* editor = table->viewport()->findChild<QLineEdit*>();
    if (editor == nullptr) {
        table->editItem(table->item(0, cap));
        editor = table->viewport()->findChild<QLineEdit*>();
    }
    ASSERT_NE(editor, nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, typed);
    QTest::keyClick(editor, Qt::Key_Return);
    const auto inPlan = [&] {
        plan::Query query;
        query.fields = {"zone_layer", "zone", "construction_cap_ha"};
        const auto rows = *plan::readFeatures(*plan::Plan::open(plan, plan::OpenMode::Read), "intensity_caps", query);
        for (const auto& row : rows) {
            if (QString::fromStdString(plan::asText(row.values[1])) == zone) return plan::asNumber(row.values[2]).value_or(0);
        }
        return 0.0;
    };
    ASSERT_TRUE(eventually([&] { return std::abs(inPlan() - typed.toDouble()) < 1e-6; }))
        << zone.toStdString() << " has " << inPlan() << ", not " << typed.toStdString() << "; cell " << table->item(0, cap)->text().toStdString() << "; " << window->message().toStdString();
    EXPECT_TRUE(eventually([&] { return table->item(0, cap)->font().bold(); })) << "it is not what the result was made from";
    EXPECT_TRUE(eventually([&] { return part<QLabel>("results.state")->text().contains(QStringLiteral("过时")); }));
    QTest::mouseClick(part<QPushButton>("results.again"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stored().size() == 2; }, 3 * kPatience));
    ASSERT_TRUE(eventually([&] { return part<QTabWidget>("analysis")->currentIndex() == 1; }));
    control();
    ASSERT_TRUE(eventually([&] { return table->rowCount() > 0 && table->item(0, light)->text().startsWith(QStringLiteral("红")); })) << table->item(0, light)->text().toStdString();
    EXPECT_FALSE(table->item(0, light)->icon().isNull()) << "a traffic light";
    EXPECT_EQ(table->item(0, cap)->text(), typed);
    // The cap is undone as any edit is.
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    EXPECT_TRUE(eventually([&] { return table->item(0, cap)->text() == before; })) << table->item(0, cap)->text().toStdString() << " was " << before.toStdString();
}

/// A run by hand into the plan that the environment names; tests that compare programs ask for it.
class NamedRun : public Analysing {
protected:
    void SetUp() override {
        if (qEnvironmentVariableIsEmpty("ZONEWRIGHT_RUN_PLAN")) GTEST_SKIP() << "set ZONEWRIGHT_RUN_PLAN, _MODULE and _PARAMETERS to run a module in the window";
        Analysing::SetUp();
        plan = qEnvironmentVariable("ZONEWRIGHT_RUN_PLAN").toStdString();
    }
};

TEST_F(NamedRun, FillsTheFormAndRuns) {
    open(qPrintable(qEnvironmentVariable("ZONEWRIGHT_RUN_MODULE")));
    analysis::Assignments parameters;
    for (const QString& word : qEnvironmentVariable("ZONEWRIGHT_RUN_PARAMETERS").split(QLatin1Char(' '), Qt::SkipEmptyParts)) parameters.emplace_back(word.section('=', 0, 0).toStdString(), word.section('=', 1).toStdString());
    window->findChild<ParameterForm*>()->setAssignments(parameters);
    run();
    EXPECT_EQ(stored().size() > 0, true);
}

}  // namespace
}  // namespace zonewright::desktop
