#include "desktop/panels/scenario_form.h"

#include <algorithm>

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScopedValueRollback>
#include <QSpinBox>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kFirstYear = 2015;  ///< one below it says none
constexpr int kLastYear = 2100;

bool opens(const analysis::Scenario& scenario, const std::string& code) {
    return scenario.projects == std::vector<std::string>{"all"} || std::ranges::find(scenario.projects, code) != scenario.projects.end();
}

}  // namespace

ScenarioForm::ScenarioForm(Workspace& workspace, ScenarioDesk& desk)
    : mWorkspace(workspace), mDesk(desk), mRows(new QFormLayout(this)), mName(new QLineEdit), mEnglish(new QLineEdit), mProjects(new QListWidget), mYear(new QSpinBox), mParcels(new QComboBox) {
    mName->setObjectName(QStringLiteral("scenario.name"));
    mEnglish->setObjectName(QStringLiteral("scenario.name_en"));
    mProjects->setObjectName(QStringLiteral("scenario.projects"));
    mYear->setObjectName(QStringLiteral("scenario.year"));
    mParcels->setObjectName(QStringLiteral("scenario.parcels"));
    mYear->setRange(kFirstYear - 1, kLastYear);
    mParcels->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    mProjects->setMinimumHeight(120);
    mRows->setContentsMargins(0, 0, 0, 0);
    mRows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QWidget* field : {static_cast<QWidget*>(mName), static_cast<QWidget*>(mEnglish), static_cast<QWidget*>(mProjects), static_cast<QWidget*>(mYear), static_cast<QWidget*>(mParcels)}) {
        mRows->addRow(new QLabel, field);
    }
    connect(mName, &QLineEdit::editingFinished, this, &ScenarioForm::tell);
    connect(mEnglish, &QLineEdit::editingFinished, this, &ScenarioForm::tell);
    connect(mProjects, &QListWidget::itemChanged, this, &ScenarioForm::tell);
    connect(mYear, &QSpinBox::editingFinished, this, &ScenarioForm::tell);
    connect(mYear, &QSpinBox::valueChanged, this, [this] {
        if (!mYear->hasFocus()) tell();  // typed digit by digit otherwise
    });
    connect(mParcels, &QComboBox::activated, this, &ScenarioForm::tell);
    inLanguage(this, [this] { retitle(); });
}

void ScenarioForm::retitle() {
    const auto label = [this](QWidget* field, const QString& words) { qobject_cast<QLabel*>(mRows->labelForField(field))->setText(words); };
    label(mName, text("名称", "Name"));
    label(mEnglish, text("英文名称", "English name"));
    label(mProjects, text("开通的项目", "Projects that open"));
    label(mYear, text("另加至该年通车的", "And those open by"));
    label(mParcels, text("变更的图斑", "Changed parcels"));
    mYear->setSpecialValueText(text("不按年份", "no year"));
    mYear->setToolTip(text("再加上该年以前通车的项目", "Adds the projects that open up to this year"));
    mParcels->setToolTip(text("变更后的图斑图层，字段同图斑图层；用于土地利用强度", "Layer of the parcels after the change, with the fields of the parcels; for land-use intensity"));
    show(mShown, mName->isEnabled());
}

void ScenarioForm::show(const analysis::Scenario& scenario, bool editable) {
    const QScopedValueRollback filling(mFilling, true);
    mShown = scenario;
    const auto set = [](QLineEdit* line, const std::string& words) {
        if (line->text().toStdString() != words) line->setText(QString::fromStdString(words));
    };
    set(mName, editable ? scenario.name.zh : text(scenario.name).toStdString());
    set(mEnglish, scenario.name.en == scenario.name.zh ? std::string() : scenario.name.en);
    mYear->setValue(scenario.year > 0 ? static_cast<int>(scenario.year) : kFirstYear - 1);
    fillProjects();
    fillParcels();
    setEnabled(editable);
}

void ScenarioForm::fillProjects() {
    mProjects->clear();
    for (const auto& [code, project] : mDesk.projects()) {
        QString words = text(project.name);
        if (words.isEmpty()) words = QString::fromStdString(code);
        if (project.year > 0) words += QStringLiteral(" (%1)").arg(project.year);
        auto* item = new QListWidgetItem(words, mProjects);
        item->setData(Qt::UserRole, QString::fromStdString(code));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(opens(mShown, code) ? Qt::Checked : Qt::Unchecked);
    }
}

/// Polygon layers of the plan; a file that was named elsewhere stays what it is.
void ScenarioForm::fillParcels() {
    mParcels->clear();
    mParcels->addItem(text("无变更", "no change"), QString());
    for (const plan::LayerInfo& layer : mWorkspace.document().layers()) {
        const catalogue::Layer* known = mWorkspace.document().catalogue().find(layer.id);
        if (known != nullptr && known->geometry != catalogue::GeometryKind::MultiPolygon) continue;
        if (known == nullptr && layer.geometryType != "MULTIPOLYGON") continue;
        mParcels->addItem(known != nullptr ? text(known->title) : QString::fromStdString(layer.id), QString::fromStdString(layer.id));
    }
    const QString chosen = QString::fromStdString(mShown.parcels);
    if (mParcels->findData(chosen) < 0) mParcels->addItem(chosen, chosen);
    mParcels->setCurrentIndex(mParcels->findData(chosen));
}

void ScenarioForm::tell() {
    if (mFilling || !isEnabled()) return;
    analysis::Scenario now = mShown;
    now.name = {mName->text().trimmed().toStdString(), mEnglish->text().trimmed().toStdString()};
    if (now.name.zh.empty()) now.name.zh = mShown.name.zh;
    if (now.name.en.empty()) now.name.en = now.name.zh;
    now.projects.clear();
    for (int i = 0; i < mProjects->count(); ++i) {
        if (mProjects->item(i)->checkState() == Qt::Checked) now.projects.push_back(mProjects->item(i)->data(Qt::UserRole).toString().toStdString());
    }
    // One that says "all" goes on to mean those that are drawn later, too.
    if (!now.projects.empty() && static_cast<int>(now.projects.size()) == mProjects->count() && mShown.projects == std::vector<std::string>{"all"}) now.projects = {"all"};
    now.year = mYear->value() < kFirstYear ? 0 : mYear->value();
    now.parcels = mParcels->currentData().toString().toStdString();
    if (now == mShown) return;
    mShown = now;
    emit edited(now);
}

}  // namespace zonewright::desktop
