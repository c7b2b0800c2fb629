#include "desktop/panels/site_choice.h"

#include <QComboBox>
#include <QDateEdit>
#include <QFormLayout>
#include <QLabel>
#include <QToolButton>

#include "core/geometry/measure.h"
#include "desktop/dialogs/questions.h"
#include "desktop/panels/suggest_form.h"
#include "desktop/session/feature_name.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

using Project = SiteChoice::Project;

constexpr int kKeyRole = Qt::UserRole + 1;  ///< of the project, or the file

enum Choice { AllProjects, OneProject, SelectedFeatures, DrawnSite, SitesOfFile };

Result<std::vector<Project>> readProjects(const plan::Plan& plan, const catalogue::Layer& layer) {
    std::vector<Project> out;
    const auto table = plan::tableOf(plan, layer.id);
    if (!table) return out;
    plan::Query query;
    query.geometry = false;
    const auto key = table->indexOf(layer.keyField);
    const auto read = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
        std::string code = key ? plan::asText(feature.values[*key]) : std::string();
        if (code.empty()) code = feature.id.text;
        out.push_back({code, {shownName(layer, *table, feature.values, Language::Chinese), shownName(layer, *table, feature.values, Language::English)}});
        return out.size() < 500;
    });
    if (!read) return tl::unexpected(read.error());
    return out;
}

}  // namespace

SiteChoice::SiteChoice(Workspace& workspace)
    : mWorkspace(workspace), mSitesLabel(new QLabel), mKindLabel(new QLabel), mDayLabel(new QLabel), mSites(new QComboBox), mKind(new QComboBox),
      mDay(new QDateEdit(QDate::currentDate())) {
    build();
    connect(mSites, &QComboBox::activated, this, [this] {
        const bool asks = mSites->currentData().toInt() == SitesOfFile && mSites->currentData(kKeyRole).toString().isEmpty();
        fillChoices();
        if (!asks) return;
        askForFile(this, text("选择地块文件", "Choose a file of sites"),
                   text("矢量文件 (*.shp *.geojson *.gpkg *.dxf *.kml *.gml)", "Vector files (*.shp *.geojson *.gpkg *.dxf *.kml *.gml)"), [this](const QString& file) {
                       mFile = file;
                       mChosen = {SitesOfFile, file};
                       mSites->setCurrentIndex(mSites->count() - 1);
                       fillChoices();
                   });
    });
    connect(&workspace.document(), &PlanDocument::opened, this, [this] { readChoices(); });
    connect(&workspace.document(), &PlanDocument::changed, this, [this](const Change& change) {
        if (change.layers.empty() || std::ranges::find(change.layers, "projects") != change.layers.end()) readChoices();
    });
    connect(&workspace.document(), &PlanDocument::closed, this, [this] {
        mProjects.clear();
        mDrawn = {};
        fillChoices();
    });
    connect(&workspace.selection(), &Selection::changed, this, [this] { fillChoices(); });
    inLanguage(this, [this] { retitle(); });
}

void SiteChoice::build() {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QComboBox* box : {mSites, mKind}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    mSites->setObjectName(QStringLiteral("siting.sites"));
    mKind->setObjectName(QStringLiteral("siting.kind"));
    mDay->setObjectName(QStringLiteral("siting.day"));
    mDay->setCalendarPopup(true);
    mDay->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    auto* draw = new QToolButton;
    draw->setObjectName(QStringLiteral("siting.draw"));
    draw->setAutoRaise(true);
    if (QAction* action = mWorkspace.commands().find(QStringLiteral("tool.site"))) draw->setDefaultAction(action);
    auto* sites = new QHBoxLayout;
    sites->addWidget(mSites, 1);
    sites->addWidget(draw);
    form->addRow(mSitesLabel, sites);
    form->addRow(mKindLabel, mKind);
    form->addRow(mDayLabel, mDay);
}

void SiteChoice::retitle() {
    mSitesLabel->setText(text("地块", "Sites"));
    mKindLabel->setText(text("项目类型", "Kind of project"));
    mKind->setToolTip(text("手绘地块，以及没有类型字段的图层，按此类型适用规则", "Rules apply by this kind to drawn sites and to layers that do not say it"));
    mDayLabel->setText(text("规则有效日", "Rules in force on"));
    fillKinds(*mKind, mWorkspace.document().catalogue());
    fillChoices();
}

void SiteChoice::readChoices() {
    const auto* layer = mWorkspace.document().catalogue().find("projects");
    if (layer == nullptr) return fillChoices();
    mWorkspace.document().read(
        this, [layer](const plan::Plan& plan) { return readProjects(plan, *layer); },
        [this](Result<std::vector<Project>> projects) {
            mProjects = projects ? std::move(*projects) : std::vector<Project>();
            fillChoices();
        });
}

/// The choices as they are now; the one that was made stays. "From a file…" is none before a file is chosen.
void SiteChoice::fillChoices() {
    const QSignalBlocker quiet(mSites);
    auto [choice, key] = std::pair(mSites->currentData().toInt(), mSites->currentData(kKeyRole).toString());
    if (mSites->count() == 0 || (choice == SitesOfFile && key.isEmpty())) std::tie(choice, key) = mChosen;
    if (choice == DrawnSite && mDrawn.polygons.empty()) choice = AllProjects;
    mSites->clear();
    const auto add = [this](const QString& words, Choice made, const QString& of = {}) {
        mSites->addItem(words, made);
        mSites->setItemData(mSites->count() - 1, of, kKeyRole);
    };
    if (!mProjects.empty()) add(text("全部项目（%1）", "All projects (%1)").arg(mProjects.size()), AllProjects);
    for (const Project& project : mProjects) add(text(project.name), OneProject, QString::fromStdString(project.key));
    if (!mProjects.empty()) mSites->insertSeparator(mSites->count());
    if (const std::size_t count = mWorkspace.selection().features().size(); count > 0) add(text("所选要素（%1）", "Selected features (%1)").arg(count), SelectedFeatures);
    add(mDrawn.polygons.empty() ? text("手绘地块（先在地图上绘制）", "Drawn site (draw it on the map first)")
                                : text("手绘地块  %1 ha", "Drawn site  %1 ha").arg(number(toHectares(planarArea(mDrawn)), 2)),
        DrawnSite);
    if (!mFile.isEmpty()) add(QFileInfo(mFile).fileName(), SitesOfFile, mFile);
    add(text("从文件…", "From a file…"), SitesOfFile);
    for (int i = 0; i < mSites->count(); ++i) {
        if (mSites->itemData(i).isValid() && mSites->itemData(i).toInt() == choice && mSites->itemData(i, kKeyRole).toString() == key) mSites->setCurrentIndex(i);
    }
    const int now = mSites->currentData().toInt();
    mChosen = {now, mSites->currentData(kKeyRole).toString()};
    mKind->setEnabled(now != AllProjects && now != OneProject);
    emit changed();
}

bool SiteChoice::isComplete() const { return mSites->currentData().toInt() != DrawnSite || !mDrawn.polygons.empty(); }

std::optional<SitingQuestion> SiteChoice::question() const {
    SitingQuestion question;
    question.day = mDay->date().toString(Qt::ISODate).toStdString();
    question.kind = mKind->isEnabled() ? mKind->currentData().toString().toStdString() : std::string();
    const QString key = mSites->currentData(kKeyRole).toString();
    switch (mSites->currentData().toInt()) {
        case OneProject: question.only = {key.toStdString()}; break;
        case SelectedFeatures:
            // Features of one layer at a time: that of the first.
            question.layer = mWorkspace.selection().features().front().layer;
            for (const FeatureRef& one : mWorkspace.selection().features()) {
                if (one.layer == question.layer) question.only.push_back(std::to_string(static_cast<std::int64_t>(one.fid)));
            }
            break;
        case DrawnSite: question.drawn = mDrawn; break;
        case SitesOfFile:
            if (key.isEmpty()) return std::nullopt;
            question.layer = key.toStdString();
            break;
        default: break;
    }
    return question;
}

void SiteChoice::take(const MultiPolygon& site) {
    mDrawn = site;
    fillChoices();
    const int drawn = mSites->findData(DrawnSite);
    if (drawn >= 0) mSites->setCurrentIndex(drawn);
    fillChoices();
}

}  // namespace zonewright::desktop
