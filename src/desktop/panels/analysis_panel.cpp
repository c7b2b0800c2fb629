#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

#include "desktop/panels/panels.h"
#include "desktop/panels/parameter_form.h"
#include "desktop/panels/result_view.h"
#include "desktop/panels/run_row.h"
#include "desktop/session/language.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

constexpr int kWidth = 430;

/// Any analysis module: its form, its run, its results.
class AnalysisPanel : public QTabWidget {
public:
    explicit AnalysisPanel(Workspace& workspace);
    [[nodiscard]] QSize sizeHint() const override { return {kWidth, 640}; }
    /// Shows the form of a module.
    void choose(const QString& module);

private:
    void retitle();
    void fillModules();
    void makeForm();
    void run();
    void showProblem();
    [[nodiscard]] const analysis::Module* module() const;

    Workspace& mWorkspace;
    AnalysisDesk mDesk;
    std::map<QString, analysis::Assignments> mLeft;  ///< forms as they were left, by module
    QComboBox* mModule = new QComboBox;
    QLabel* mAbout = new QLabel;
    QScrollArea* mPlace = new QScrollArea;
    ParameterForm* mForm = nullptr;
    QString mFormOf;
    QLabel* mProblem = new QLabel;
    RunRow* mRun;
    QPushButton* mReset = new QPushButton;
    ResultView* mResults;
};

AnalysisPanel::AnalysisPanel(Workspace& workspace) : mWorkspace(workspace), mDesk(workspace.document()), mRun(new RunRow(mDesk.work(), QStringLiteral("analysis"))), mResults(new ResultView(workspace, mDesk)) {
    setObjectName(QStringLiteral("analysis"));
    setDocumentMode(true);
    setMinimumWidth(340);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    mModule->setObjectName(QStringLiteral("analysis.module"));
    mModule->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    column->addWidget(mModule);
    mAbout->setWordWrap(true);
    mAbout->setTextFormat(Qt::PlainText);
    column->addWidget(mAbout);
    mPlace->setWidgetResizable(true);
    mPlace->setFrameShape(QFrame::NoFrame);
    mPlace->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(mPlace, 1);
    mProblem->setObjectName(QStringLiteral("analysis.problem"));
    mProblem->setWordWrap(true);
    column->addWidget(mProblem);
    mReset->setObjectName(QStringLiteral("analysis.reset"));
    mRun->addButton(mReset);
    column->addWidget(mRun);
    addTab(page, QString());
    addTab(mResults, QString());

    connect(mModule, &QComboBox::activated, this, [this] { makeForm(); });
    connect(mRun, &RunRow::wanted, this, [this] { run(); });
    connect(mReset, &QPushButton::clicked, this, [this] {
        if (mForm != nullptr) mForm->reset();
    });
    connect(&mDesk, &AnalysisDesk::ready, this, [this] { fillModules(); });
    connect(&mDesk, &AnalysisDesk::failed, this, [this](const Error& error) {
        if (error.code == ErrorCode::Cancelled) mWorkspace.say(Message{Severity::Note, text("已停止，规划未改动。", "Stopped; nothing was written to the plan.")});
        else mWorkspace.say(error);
    });
    connect(&mDesk, &AnalysisDesk::written, this, [this](const QString& file) { mWorkspace.say(Message{Severity::Note, text("已写入 %1", "Written to %1").arg(file)}); });
    connect(&mDesk, &AnalysisDesk::finished, this, [this](qlonglong result) {
        const auto outcome = mDesk.outcome(result);
        if (outcome == nullptr) return;
        QString words = text(outcome->finding);
        bool warns = false;
        for (const analysis::Notice& notice : outcome->notices) {
            if (notice.weight != analysis::Notice::Weight::Warning) continue;
            words += text("　注意：", "  Note: ") + text(notice.text);
            warns = true;
        }
        mWorkspace.say(Message{warns ? Severity::Warning : Severity::Note, words});
        mResults->show(result);
        setCurrentIndex(1);
    });
    connect(mResults, &ResultView::wanted, this, [this](const QString& wanted, const analysis::Assignments& parameters) {
        choose(wanted);
        if (mForm != nullptr) mForm->setAssignments(parameters);
        run();
    });
    connect(&workspace.document(), &PlanDocument::opened, this, [this] { makeForm(); });
    connect(&workspace.document(), &PlanDocument::closed, this, [this] {
        mLeft.clear();
        showProblem();
    });
    inLanguage(this, [this] { retitle(); });
}

void AnalysisPanel::retitle() {
    setTabText(0, text("参数", "Parameters"));
    setTabText(1, text("结果", "Results"));
    mRun->button().setText(text("运行", "Run"));
    mReset->setText(text("恢复默认", "Defaults"));
    fillModules();
}

void AnalysisPanel::fillModules() {
    const QString now = mModule->currentData().toString();
    mModule->clear();
    if (mDesk.registry() != nullptr) {
        for (const analysis::Module* one : mDesk.registry()->modules()) mModule->addItem(text(one->description().title), QString::fromStdString(one->description().id));
        for (const analysis::UnusableModule& broken : mDesk.registry()->unusable()) {
            mWorkspace.say(Message{Severity::Warning, text("分析模块 %1 不可用：", "The analysis module %1 cannot be used: ").arg(QString::fromStdString(broken.file.filename().string())) + text(broken.error)});
        }
    }
    mModule->setCurrentIndex(std::max(0, mModule->findData(now)));
    makeForm();
}

const analysis::Module* AnalysisPanel::module() const {
    if (mDesk.registry() == nullptr || mModule->count() == 0) return nullptr;
    const auto found = mDesk.registry()->find(mModule->currentData().toString().toStdString());
    return found ? *found : nullptr;
}

/// Made anew for another module, plan or language; what was filled in stays.
void AnalysisPanel::makeForm() {
    if (mForm != nullptr) mLeft[mFormOf] = mForm->assignments();
    mForm = nullptr;
    const analysis::Module* chosen = module();
    if (chosen == nullptr) {
        mAbout->setText(text("正在载入分析模块…", "Loading the analysis modules…"));
        mPlace->setWidget(new QWidget);
    } else {
        mFormOf = QString::fromStdString(chosen->description().id);
        mAbout->setText(text(chosen->description().help));
        mForm = new ParameterForm(mWorkspace, *chosen);
        if (const auto left = mLeft.find(mFormOf); left != mLeft.end()) mForm->setAssignments(left->second);
        connect(mForm, &ParameterForm::changed, this, [this] { showProblem(); });
        mPlace->setWidget(mForm);
    }
    showProblem();
}

void AnalysisPanel::choose(const QString& wanted) {
    const int index = mModule->findData(wanted);
    if (index < 0 || (mForm != nullptr && mFormOf == wanted)) return;
    mModule->setCurrentIndex(index);
    makeForm();
}

void AnalysisPanel::showProblem() {
    const QString problem = mForm != nullptr ? mForm->problem() : QString();
    mProblem->setText(problem);
    mProblem->setVisible(!problem.isEmpty());
    mRun->button().setEnabled(mForm != nullptr && problem.isEmpty() && mWorkspace.document().isOpen());
}

void AnalysisPanel::run() {
    const analysis::Module* chosen = module();
    if (chosen == nullptr || mForm == nullptr || !mForm->problem().isEmpty()) return;
    setCurrentIndex(0);
    mDesk.run(*chosen, mForm->assignments());
}

}  // namespace

void addAnalysisPanel(Workspace& workspace) {
    auto* panel = new AnalysisPanel(workspace);
    workspace.addPanel({"analysis", {"分析", "Analysis"}, Qt::RightDockWidgetArea, "chart", {QKeySequence(Qt::CTRL | Qt::Key_5)}, false}, panel);
    for (const auto& [id, title] : {std::pair("land_use_intensity", Localized{"土地利用强度…", "Land-use intensity…"}), {"accessibility", Localized{"30 分钟可达性…", "30-minute accessibility…"}}}) {
        workspace.commands().add({QStringLiteral("analysis.") + QLatin1String(id), title, Menu::Analysis, {}, "chart", Bar::None, {}}, [&workspace, panel, id = QString::fromLatin1(id)] {
            workspace.showPanel(QStringLiteral("analysis"));
            panel->setCurrentIndex(0);
            panel->choose(id);
        });
    }
}

}  // namespace zonewright::desktop
