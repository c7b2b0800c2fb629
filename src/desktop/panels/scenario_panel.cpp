#include <QComboBox>
#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "desktop/canvas/comparison.h"
#include "desktop/panels/panels.h"
#include "desktop/panels/run_row.h"
#include "desktop/panels/scenario_form.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

/// Named sets of projects and parcel changes: made, changed, and two of them compared on the map.
class ScenarioPanel : public QWidget {
public:
    explicit ScenarioPanel(Workspace& workspace);

protected:
    void showEvent(QShowEvent* event) override {
        QWidget::showEvent(event);
        mDesk.loadModules();
        mDesk.setWatched(true);
    }
    void hideEvent(QHideEvent* event) override {
        QWidget::hideEvent(event);
        mDesk.setWatched(false);
    }

private:
    void retitle();
    void fill();
    void fillModules();
    void fillChoice(QComboBox* box, int usual);
    void showChosen();
    void add(analysis::Scenario scenario);
    void compare();
    void take(const std::vector<ScenarioResult>& both);
    [[nodiscard]] analysis::Scenario scenarioOf(const QString& code) const;
    [[nodiscard]] QString chosen() const { return mList->currentItem() != nullptr ? mList->currentItem()->data(Qt::UserRole).toString() : QString(); }

    Workspace& mWorkspace;
    ScenarioDesk mDesk;
    QListWidget* mList = new QListWidget;
    QPushButton* mNew = new QPushButton;
    QPushButton* mCopy = new QPushButton;
    QPushButton* mRemove = new QPushButton;
    ScenarioForm* mForm;
    QLabel* mCompareTitle = new QLabel;
    QComboBox* mModule = new QComboBox;
    QComboBox* mLeft = new QComboBox;
    QComboBox* mRight = new QComboBox;
    RunRow* mRun;
    QLabel* mFinding = new QLabel;
    QString mWanted;  ///< to be chosen once it is kept
};

ScenarioPanel::ScenarioPanel(Workspace& workspace) : mWorkspace(workspace), mDesk(workspace.document()), mForm(new ScenarioForm(workspace, mDesk)), mRun(new RunRow(mDesk.work(), QStringLiteral("scenarios"))) {
    setObjectName(QStringLiteral("scenarios"));
    setMinimumWidth(330);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    mList->setObjectName(QStringLiteral("scenarios.list"));
    mList->setFixedHeight(96);
    mList->setAlternatingRowColors(true);
    column->addWidget(mList);
    auto* buttons = new QHBoxLayout;
    mNew->setObjectName(QStringLiteral("scenarios.new"));
    mCopy->setObjectName(QStringLiteral("scenarios.copy"));
    mRemove->setObjectName(QStringLiteral("scenarios.remove"));
    for (QPushButton* button : {mNew, mCopy, mRemove}) buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
    column->addWidget(mForm, 1);
    auto* line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFrameShadow(QFrame::Sunken);
    column->addWidget(line);
    QFont bold = mCompareTitle->font();
    bold.setBold(true);
    mCompareTitle->setFont(bold);
    column->addWidget(mCompareTitle);
    mModule->setObjectName(QStringLiteral("scenarios.module"));
    mLeft->setObjectName(QStringLiteral("scenarios.left"));
    mRight->setObjectName(QStringLiteral("scenarios.right"));
    column->addWidget(mModule);
    auto* pair = new QHBoxLayout;
    pair->addWidget(mLeft, 1);
    pair->addWidget(mRight, 1);
    column->addLayout(pair);
    for (QComboBox* box : {mModule, mLeft, mRight}) box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(mRun);
    mFinding->setObjectName(QStringLiteral("scenarios.finding"));
    mFinding->setWordWrap(true);
    mFinding->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(mFinding);

    connect(mList, &QListWidget::currentRowChanged, this, [this] { showChosen(); });
    connect(mNew, &QPushButton::clicked, this, [this] { add({{}, {text("新情景", "New scenario").toStdString(), {}}, {}, 0, {}}); });
    connect(mCopy, &QPushButton::clicked, this, [this] {
        analysis::Scenario copy = scenarioOf(chosen());
        copy.name = {(text(copy.name) + text("（副本）", " (copy)")).toStdString(), {}};
        add(std::move(copy));
    });
    connect(mRemove, &QPushButton::clicked, this, [this] {
        if (!chosen().isEmpty()) mDesk.remove(chosen().toStdString());
    });
    connect(mForm, &ScenarioForm::edited, this, [this](const analysis::Scenario& scenario) { mDesk.save(scenario); });
    connect(&mDesk, &ScenarioDesk::changed, this, [this] { fill(); });
    connect(&mDesk, &ScenarioDesk::ready, this, [this] { fillModules(); });
    connect(&mDesk, &ScenarioDesk::failed, this, [this](const Error& error) {
        if (error.code == ErrorCode::Cancelled) mWorkspace.say(Message{Severity::Note, text("已停止，规划未改动。", "Stopped; nothing was written to the plan.")});
        else mWorkspace.say(error);
    });
    connect(&mDesk, &ScenarioDesk::compared, this, [this](const std::vector<ScenarioResult>& both) { take(both); });
    connect(mRun, &RunRow::wanted, this, [this] { compare(); });
    connect(&workspace.document(), &PlanDocument::closed, this, [this] { mFinding->clear(); });
    inLanguage(this, [this] { retitle(); });
}

void ScenarioPanel::retitle() {
    mNew->setText(text("新建", "New"));
    mCopy->setText(text("复制", "Duplicate"));
    mRemove->setText(text("删除", "Delete"));
    mCompareTitle->setText(text("对比两个情景", "Compare two scenarios"));
    mRun->button().setText(text("计算并对比", "Work out and compare"));
    mRun->button().setToolTip(text("两个情景各算一次，在地图上以同一视图对比；规划中的分析结果不变", "Runs the analysis in both scenarios and shows them in one view; results in the plan stay as they are"));
    mLeft->setToolTip(text("左图", "The left map"));
    mRight->setToolTip(text("右图", "The right map"));
    fill();
    fillModules();
}

void ScenarioPanel::fill() {
    const QString now = mWanted.isEmpty() ? chosen() : mWanted;
    {
        const QSignalBlocker quiet(mList);
        mList->clear();
        const auto addRow = [&](const analysis::Scenario& scenario) {
            auto* item = new QListWidgetItem(text(scenario.name), mList);
            item->setData(Qt::UserRole, QString::fromStdString(scenario.code));
            if (scenario.code == now.toStdString()) mList->setCurrentItem(item);
        };
        addRow(ScenarioDesk::today());
        for (const analysis::Scenario& scenario : mDesk.scenarios()) addRow(scenario);
        if (mList->currentItem() == nullptr) mList->setCurrentRow(0);
        if (chosen() == mWanted) mWanted.clear();
    }
    fillChoice(mLeft, 0);
    fillChoice(mRight, 1);
    showChosen();
}

void ScenarioPanel::fillChoice(QComboBox* box, int usual) {
    const bool first = box->count() < 2;
    const QVariant now = box->currentData();
    box->clear();
    for (int i = 0; i < mList->count(); ++i) box->addItem(mList->item(i)->text(), mList->item(i)->data(Qt::UserRole));
    const int kept = first ? -1 : box->findData(now);
    box->setCurrentIndex(kept >= 0 ? kept : std::min(usual, box->count() - 1));
}

void ScenarioPanel::fillModules() {
    const QVariant now = mModule->currentData();
    mModule->clear();
    for (const analysis::Module* module : mDesk.modules()) mModule->addItem(text(module->description().title), QString::fromStdString(module->description().id));
    mModule->setCurrentIndex(std::max(0, mModule->findData(now)));
    showChosen();
}

analysis::Scenario ScenarioPanel::scenarioOf(const QString& code) const {
    const analysis::Scenario* found = mDesk.find(code.toStdString());
    return found != nullptr ? *found : ScenarioDesk::today();
}

void ScenarioPanel::showChosen() {
    const bool writable = mWorkspace.document().isOpen() && mWorkspace.document().isWritable();
    const bool kept = !chosen().isEmpty();
    mForm->show(scenarioOf(chosen()), writable && kept);
    mNew->setEnabled(writable);
    mCopy->setEnabled(writable);
    mRemove->setEnabled(writable && kept);
    mRun->button().setEnabled(mWorkspace.document().isOpen() && mModule->count() > 0);
}

/// Under a name that no other has.
void ScenarioPanel::add(analysis::Scenario scenario) {
    const std::string stem = scenario.name.zh;
    const auto taken = [this](const std::string& name) { return std::ranges::any_of(mDesk.scenarios(), [&](const analysis::Scenario& one) { return one.name.zh == name || one.name.en == name; }); };
    for (int number = 2; taken(scenario.name.zh); ++number) scenario.name.zh = stem + " " + std::to_string(number);
    scenario.name.en = scenario.name.zh;
    scenario.code = analysis::freeCode(mDesk.scenarios());
    mWanted = QString::fromStdString(scenario.code);
    mDesk.save(std::move(scenario));
}

void ScenarioPanel::compare() {
    for (const analysis::Module* module : mDesk.modules()) {
        if (module->description().id != mModule->currentData().toString().toStdString()) continue;
        mFinding->clear();
        return mDesk.compare(*module, {scenarioOf(mLeft->currentData().toString()), scenarioOf(mRight->currentData().toString())});
    }
}

void ScenarioPanel::take(const std::vector<ScenarioResult>& both) {
    const auto* theme = mWorkspace.content().theme();
    if (both.size() != 2 || theme == nullptr) return;
    const auto half = [&](const ScenarioResult& one) { return Half{theme->id, one.scenario.name, one.layers}; };
    mWorkspace.comparison().start(half(both[0]), half(both[1]));
    QStringList words;
    for (const ScenarioResult& one : both) words << text(one.scenario.name) + text("：", ": ") + text(one.finding);
    mFinding->setText(words.join(QStringLiteral("\n\n")));
}

}  // namespace

void addScenarioPanel(Workspace& workspace) {
    auto* area = new QScrollArea;  // it is taller than a small screen
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumWidth(350);
    area->setWidget(new ScenarioPanel(workspace));
    workspace.addPanel({"scenarios", {"情景", "Scenarios"}, Qt::RightDockWidgetArea, "compare", {QKeySequence(Qt::CTRL | Qt::Key_8)}, false}, area);
}

}  // namespace zonewright::desktop
