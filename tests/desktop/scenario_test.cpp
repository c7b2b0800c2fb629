#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include "core/analysis/scenarios.h"
#include "desktop/canvas/comparison.h"
#include "desktop/desk.h"
#include "desktop/pictures.h"

namespace zonewright::desktop {
namespace {

/// Makes scenarios in the panel, as a planner does.
template <typename Base>
class OnScenarios : public Base {
protected:
    QListWidget* list() { return this->template part<QListWidget>("scenarios.list"); }
    QListWidget* projects() { return this->template part<QListWidget>("scenario.projects"); }
    QPushButton* button(const char* name) { return this->template part<QPushButton>(name); }
    std::vector<analysis::Scenario> kept() { return *analysis::scenarios(*plan::Plan::open(this->plan, plan::OpenMode::Read)); }
    void openPanel() {
        this->openPlan();
        this->window->showPanel(QStringLiteral("scenarios"));
        ASSERT_TRUE(this->eventually([&] { return projects()->count() > 5; }));
    }
    void make(const QString& name, int opened) {
        const int before = list()->count();
        QTest::mouseClick(button("scenarios.new"), Qt::LeftButton);
        ASSERT_TRUE(this->eventually([&] { return list()->count() == before + 1 && list()->currentRow() == before; }));
        auto* line = this->template part<QLineEdit>("scenario.name");
        line->setText(name);  // keys that make Chinese go through an input method
        QTest::keyClick(line, Qt::Key_Return);
        ASSERT_TRUE(this->eventually([&] { return kept().back().name.zh == name.toStdString(); }));
        for (int i = 0; i < opened; ++i) {
            projects()->item(i)->setCheckState(Qt::Checked);
            ASSERT_TRUE(this->eventually([&] { return static_cast<int>(kept().back().projects.size()) == i + 1; }));
        }
    }
};

class Scenarios : public OnScenarios<Desk> {};

TEST_F(Scenarios, OneIsMadeNamedChangedAndUndone) {
    openPanel();
    EXPECT_EQ(list()->count(), 1) << "today";
    EXPECT_FALSE(button("scenarios.remove")->isEnabled()) << "today is not taken away";
    make(QStringLiteral("A"), 2);
    const auto all = kept();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].projects.size(), 2u);
    QTest::mouseClick(button("scenarios.copy"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return kept().size() == 2; }));
    EXPECT_EQ(kept()[1].projects, all[0].projects);
    EXPECT_NE(kept()[1].name.zh, all[0].name.zh);
    QTest::mouseClick(button("scenarios.remove"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return kept().size() == 1; }));
    ASSERT_TRUE(eventually([&] { return list()->count() == 2; }));
    window->commands().find(QStringLiteral("edit.undo"))->trigger();
    EXPECT_TRUE(eventually([&] { return kept().size() == 2 && list()->count() == 3; }));
}

TEST_F(Scenarios, TwoAreSeenInOneViewAndThePlanKeepsNothingOfIt) {
    openPanel();
    make(QStringLiteral("A"), 3);
    auto* module = part<QComboBox>("scenarios.module");
    ASSERT_TRUE(eventually([&] { return module->findData(QStringLiteral("accessibility")) >= 0; }));
    module->setCurrentIndex(module->findData(QStringLiteral("accessibility")));
    auto* right = part<QComboBox>("scenarios.right");
    ASSERT_TRUE(eventually([&] { return right->count() == 2; }));
    right->setCurrentIndex(1);
    const std::int64_t newest = *plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read));
    QTest::mouseClick(button("scenarios.run"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->comparison().isOn(); }, 3 * kPatience)) << window->message().toStdString();
    EXPECT_EQ(window->comparison().leftTitle(), QStringLiteral("现状"));
    EXPECT_EQ(window->comparison().rightTitle(), QStringLiteral("A"));
    EXPECT_TRUE(part<QLabel>("scenarios.finding")->text().contains(QStringLiteral("A：")));
    EXPECT_EQ(*plan::newestChangeSet(*plan::Plan::open(plan, plan::OpenMode::Read)), newest);
}

class ScenarioPictures : public OnScenarios<PictureDesk> {};

TEST_P(ScenarioPictures, OfTwoScenarios) {
    openPanel();
    make(QStringLiteral("南部高速先行"), 6);
    take("scenario");
    auto* module = part<QComboBox>("scenarios.module");
    ASSERT_TRUE(eventually([&] { return module->count() > 0; }));
    for (const char* id : {"accessibility", "land_use_intensity"}) {
        if (module->findData(QString::fromLatin1(id)) < 0) continue;
        module->setCurrentIndex(module->findData(QString::fromLatin1(id)));
        part<QComboBox>("scenarios.right")->setCurrentIndex(1);
        part<QLabel>("scenarios.finding")->clear();
        QTest::mouseClick(button("scenarios.run"), Qt::LeftButton);
        ASSERT_TRUE(QTest::qWaitFor([&] { return !part<QLabel>("scenarios.finding")->text().isEmpty(); }, 3 * kPatience));
        QTest::qWait(4000);
        take((std::string("scenario_") + id).c_str());
    }
}

INSTANTIATE_TEST_SUITE_P(Desktop, ScenarioPictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
