#include "desktop/panels/suggest_form.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/geometry/measure.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr double kSquareMetresAHectare = 10000;

QTableWidgetItem* cell(const QString& words) {
    auto* item = new QTableWidgetItem(words);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

}  // namespace

void fillKinds(QComboBox& box, const catalogue::Catalogue& catalogue) {
    const QString now = box.currentData().toString();
    const QSignalBlocker quiet(&box);
    box.clear();
    box.addItem(text("未定（按全部规则）", "Not said (every rule applies)"), QString());
    if (const auto* kinds = catalogue.findDomain("project_kind")) {
        for (const catalogue::DomainValue& kind : kinds->values) box.addItem(text(kind.title), QString::fromStdString(kind.code));
    }
    box.setCurrentIndex(std::max(0, box.findData(now)));
}

SuggestForm::SuggestForm(Workspace& workspace, SitingCheck& check)
    : mWorkspace(workspace), mCheck(check), mAreaLabel(new QLabel), mWithinLabel(new QLabel), mKindLabel(new QLabel), mMostLabel(new QLabel),
      mArea(new QDoubleSpinBox), mWithin(new QComboBox), mKind(new QComboBox), mMost(new QSpinBox), mFind(new QPushButton), mTake(new QPushButton),
      mAnswer(new QLabel), mTable(new QTableWidget) {
    setObjectName(QStringLiteral("suggest"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    mArea->setObjectName(QStringLiteral("suggest.area"));
    mArea->setRange(0.01, 10000);
    mArea->setDecimals(2);
    mArea->setValue(5);
    mArea->setSuffix(QStringLiteral(" ha"));
    mWithin->setObjectName(QStringLiteral("suggest.within"));
    mMost->setRange(1, 200);
    mMost->setValue(10);
    for (QComboBox* box : {mWithin, mKind}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(10);
    }
    form->addRow(mAreaLabel, mArea);
    form->addRow(mWithinLabel, mWithin);
    form->addRow(mKindLabel, mKind);
    form->addRow(mMostLabel, mMost);
    column->addLayout(form);
    mFind->setObjectName(QStringLiteral("suggest.find"));
    column->addWidget(mFind, 0, Qt::AlignLeft);
    mAnswer->setWordWrap(true);
    column->addWidget(mAnswer);
    mTable->setObjectName(QStringLiteral("suggest.table"));
    mTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    mTable->setSelectionMode(QAbstractItemView::SingleSelection);
    mTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
    mTable->setAlternatingRowColors(true);
    mTable->verticalHeader()->hide();
    mTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    column->addWidget(mTable, 1);
    mTake->setObjectName(QStringLiteral("suggest.take"));
    column->addWidget(mTake, 0, Qt::AlignLeft);

    connect(mFind, &QPushButton::clicked, this, &SuggestForm::find);
    connect(mTake, &QPushButton::clicked, this, [this] {
        if (const auto* candidate = current()) emit wanted(candidate->shape);
    });
    connect(mTable, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto* candidate = current();
        mTake->setEnabled(candidate != nullptr);
        if (candidate == nullptr) return;
        emit picked(candidate->shape);
        mWorkspace.map().showBox(boxOf(candidate->shape), 2.5);
    });
    connect(&mCheck, &SitingCheck::suggested, this, &SuggestForm::show);
    connect(&workspace.document(), &PlanDocument::opened, this, &SuggestForm::fillChoices);
    inLanguage(this, [this] { retitle(); });
}

void SuggestForm::retitle() {
    mAreaLabel->setText(text("用地面积", "Area of the site"));
    mArea->setToolTip(text("方形地块的平面面积", "Planar area of a square site"));
    mWithinLabel->setText(text("在此范围内", "Look in"));
    mKindLabel->setText(text("项目类型", "Kind of project"));
    mMostLabel->setText(text("最多给出", "At most"));
    mMost->setSuffix(text(" 处", " places"));
    mFind->setText(text("查找可选位置", "Find places"));
    mFind->setIcon(icon(QStringLiteral("search")));
    mTake->setText(text("以此为地块并检查", "Check this place as the site"));
    fillChoices();
    show();
}

void SuggestForm::fillChoices() {
    PlanDocument& document = mWorkspace.document();
    fillKinds(*mKind, document.catalogue());
    const QString now = mWithin->currentData().toString();
    mWithin->clear();
    for (const catalogue::Layer& layer : document.catalogue().layers) {
        if (layer.geometry == catalogue::GeometryKind::MultiPolygon && document.hasLayer(layer.id)) {
            mWithin->addItem(text(layer.title), QString::fromStdString(layer.id));
        }
    }
    const QString usual = now.isEmpty() ? QStringLiteral("development_zones") : now;
    mWithin->setCurrentIndex(std::max(0, mWithin->findData(usual)));
    mFind->setEnabled(mWithin->count() > 0);
}

void SuggestForm::find() {
    mArea->interpretText();
    mCheck.suggest({SquareMetres(mArea->value() * kSquareMetresAHectare), mWithin->currentData().toString().toStdString(),
                    mKind->currentData().toString().toStdString(), static_cast<std::size_t>(mMost->value())});
}

const analysis::siting::Candidate* SuggestForm::current() const {
    const int row = mTable->currentRow();
    const auto& found = mCheck.suggestions();
    if (!found || row < 0 || mTable->selectedItems().isEmpty() || static_cast<std::size_t>(row) >= found->candidates.size()) return nullptr;
    return &found->candidates[static_cast<std::size_t>(row)];
}

void SuggestForm::show() {
    mTable->clear();
    mTable->setRowCount(0);
    mTable->setColumnCount(5);
    mTable->setHorizontalHeaderLabels({text("名次", "Rank"), text("限制重叠 m²", "Restricted m²"), text("提示", "Advice"), text("距路 m", "To road m"), text("到达 min", "Travel min")});
    for (int i = 0; i < mTable->columnCount(); ++i) mTable->horizontalHeaderItem(i)->setToolTip(mTable->horizontalHeaderItem(i)->text());
    mTake->setEnabled(false);
    const auto& found = mCheck.suggestions();
    if (!found) {
        mAnswer->setText(text("在所选范围内试探方形地块，列出不触及禁止性规则的位置，按限制重叠、提示、到达时间和距路远近排序。",
                              "Squares are tried all over the area; those free of prohibited rules are listed, ranked by restricted overlap, advice, travel time and distance to a road."));
        return;
    }
    mAnswer->setText(found->candidates.empty() ? text("试探 %1 处，均触及禁止性规则。", "%1 places tried; none is free of prohibited rules.").arg(found->tried)
                                               : text("试探 %1 处，其中 %2 处不触及禁止性规则；列出互不重叠的前 %3 处。",
                                                      "%1 places tried, %2 of them free of prohibited rules; the best %3 that do not overlap.")
                                                     .arg(found->tried)
                                                     .arg(found->free)
                                                     .arg(found->candidates.size()));
    mTable->setRowCount(static_cast<int>(found->candidates.size()));
    for (int i = 0; i < mTable->rowCount(); ++i) {
        const auto& candidate = found->candidates[static_cast<std::size_t>(i)];
        mTable->setItem(i, 0, cell(QString::number(i + 1)));
        mTable->setItem(i, 1, cell(number(candidate.restricted.value, 0)));
        mTable->setItem(i, 2, cell(QString::number(candidate.advice)));
        mTable->setItem(i, 3, cell(candidate.toRoad ? number(candidate.toRoad->value, 0) : QStringLiteral("—")));
        mTable->setItem(i, 4, cell(candidate.minutes ? number(*candidate.minutes, 1) : QStringLiteral("—")));
    }
}

}  // namespace zonewright::desktop
