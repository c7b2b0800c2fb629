#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "desktop/models/feature_table_model.h"
#include "desktop/panels/panels.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

constexpr int kTypingDelay = 250;  ///< ms
constexpr int kMostSelected = 2000;

/// Coded values are chosen from their list.
class CellDelegate : public QStyledItemDelegate {
public:
    CellDelegate(FeatureTableModel& model, PlanDocument& document, QObject* parent) : QStyledItemDelegate(parent), mModel(model), mDocument(document) {}

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto* field = mModel.fieldAt(index.column());
        const auto* domain = field == nullptr || field->domain.empty() ? nullptr : mDocument.catalogue().findDomain(field->domain);
        const bool boolean = field != nullptr && field->type == catalogue::FieldType::Boolean;
        if (domain == nullptr && !boolean) return new QLineEdit(parent);
        auto* box = new QComboBox(parent);
        if (field != nullptr && !field->required) box->addItem(QString(), QString());
        if (boolean) {
            box->addItem(text("是", "yes"), QStringLiteral("1"));
            box->addItem(text("否", "no"), QStringLiteral("0"));
        } else {
            for (const auto& value : domain->values) box->addItem(QStringLiteral("%1  %2").arg(QString::fromStdString(value.code), text(value.title)), QString::fromStdString(value.code));
        }
        static_cast<void>(option);
        return box;
    }
    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        const QString raw = index.data(FeatureTableModel::RawRole).toString();
        if (auto* box = qobject_cast<QComboBox*>(editor)) box->setCurrentIndex(std::max(0, box->findData(raw)));
        else if (auto* line = qobject_cast<QLineEdit*>(editor)) line->setText(raw);
    }
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
        if (auto* box = qobject_cast<QComboBox*>(editor)) model->setData(index, box->currentData(), Qt::EditRole);
        else if (auto* line = qobject_cast<QLineEdit*>(editor)) model->setData(index, line->text(), Qt::EditRole);
    }

private:
    FeatureTableModel& mModel;
    PlanDocument& mDocument;
};

class TablePanel : public QWidget {
public:
    explicit TablePanel(Workspace& workspace);
    [[nodiscard]] QSize sizeHint() const override { return {700, 240}; }

protected:
    void showEvent(QShowEvent*) override {
        if (mModel.layer().empty()) followLayer();
    }

private:
    void retitle();
    void fillLayers();
    void followLayer();
    void count();
    void pickRows();
    void markSelection();
    void limit();

    Workspace& mWorkspace;
    FeatureTableModel mModel;
    QTimer mTyping;
    bool mPicking = false;
    std::size_t mKnownLayers = 0;

    QComboBox* mLayer = new QComboBox;
    QLineEdit* mFilter = new QLineEdit;
    QCheckBox* mOnly = new QCheckBox;
    QToolButton* mZoom = new QToolButton;
    QLabel* mCount = new QLabel;
    QTableView* mTable = new QTableView;
};

TablePanel::TablePanel(Workspace& workspace) : mWorkspace(workspace), mModel(workspace.document()) {
    setObjectName(QStringLiteral("table"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 6);
    column->setSpacing(6);
    auto* row = new QHBoxLayout;
    mLayer->setObjectName(QStringLiteral("table.layer"));
    mLayer->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    mFilter->setObjectName(QStringLiteral("table.filter"));
    mFilter->setClearButtonEnabled(true);
    mFilter->setMaximumWidth(260);
    mOnly->setObjectName(QStringLiteral("table.only"));
    mZoom->setObjectName(QStringLiteral("table.zoom"));
    mZoom->setAutoRaise(true);
    row->addWidget(mLayer);
    row->addWidget(mFilter, 1);
    row->addWidget(mOnly);
    row->addWidget(mZoom);
    row->addStretch();
    row->addWidget(mCount);
    column->addLayout(row);
    mTable->setObjectName(QStringLiteral("table.view"));
    mTable->setModel(&mModel);
    mTable->setItemDelegate(new CellDelegate(mModel, workspace.document(), mTable));
    mTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    mTable->setAlternatingRowColors(true);
    mTable->setSortingEnabled(true);
    mTable->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    mTable->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked | QAbstractItemView::AnyKeyPressed);
    mTable->verticalHeader()->setDefaultSectionSize(24);
    mTable->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    mTable->horizontalHeader()->setDefaultSectionSize(110);
    mTable->horizontalHeader()->setTextElideMode(Qt::ElideRight);  // its beginning says what a column is
    mTable->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    mTable->setWordWrap(false);
    column->addWidget(mTable, 1);
    mTyping.setSingleShot(true);

    connect(mLayer, &QComboBox::activated, this, [this] { mModel.setLayer(mLayer->currentData().toString().toStdString()); });
    connect(mFilter, &QLineEdit::textChanged, this, [this] { mTyping.start(kTypingDelay); });
    connect(&mTyping, &QTimer::timeout, this, [this] { mModel.setFilter(mFilter->text()); });
    connect(mOnly, &QCheckBox::toggled, this, [this] { limit(); });
    connect(mZoom, &QToolButton::clicked, this, [this] {
        if (QAction* zoom = mWorkspace.commands().find(QStringLiteral("view.selection"))) zoom->trigger();
    });
    connect(mTable->verticalHeader(), &QHeaderView::sectionDoubleClicked, mZoom, &QToolButton::click);
    connect(&mModel, &FeatureTableModel::listed, this, [this] {
        count();
        markSelection();
    });
    connect(&mModel, &FeatureTableModel::failed, this, [this](const Error& error) { mWorkspace.say(error); });
    connect(mTable->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { pickRows(); });
    connect(&workspace.selection(), &Selection::changed, this, [this] {
        if (mPicking) return;
        if (mOnly->isChecked()) limit();
        else markSelection();
    });
    connect(&workspace.document(), &PlanDocument::opened, this, [this] {
        fillLayers();
        if (isVisible()) followLayer();
    });
    connect(&workspace.content(), &MapContent::themeChanged, this, [this] { fillLayers(); });
    connect(&workspace.document(), &PlanDocument::historyChanged, this, [this] {
        if (mWorkspace.document().layers().size() != mKnownLayers) fillLayers();
    });
    inLanguage(this, [this] { retitle(); });
}

void TablePanel::retitle() {
    mFilter->setPlaceholderText(text("筛选：任一列包含", "Filter: any column has"));
    mOnly->setText(text("仅所选", "Selected only"));
    mZoom->setIcon(icon(QStringLiteral("zoom-selection")));
    mZoom->setToolTip(text("缩放到所选行（双击行号亦可）", "Zoom to the chosen rows (or double-click a row's number)"));
    fillLayers();
    count();
    if (mModel.columnCount() > 0) emit mModel.headerDataChanged(Qt::Horizontal, 0, mModel.columnCount() - 1);
}

/// All layers that the plan has; those on the map come first.
void TablePanel::fillLayers() {
    const QString now = QString::fromStdString(mModel.layer());
    mKnownLayers = mWorkspace.document().layers().size();
    mLayer->clear();
    std::vector<std::string> order;
    for (const Drawing& drawing : mWorkspace.content().drawings()) order.push_back(drawing.layer());
    for (const auto& layer : mWorkspace.document().layers()) order.push_back(layer.id);
    for (const std::string& id : order) {
        if (!mWorkspace.document().hasLayer(id) || mLayer->findData(QString::fromStdString(id)) >= 0) continue;
        const auto* known = mWorkspace.document().catalogue().find(id);
        mLayer->addItem(known != nullptr ? text(known->title) : QString::fromStdString(id), QString::fromStdString(id));
    }
    mLayer->setCurrentIndex(std::max(0, mLayer->findData(now)));
}

/// The layer of what is selected, or the edited one, or the topmost.
void TablePanel::followLayer() {
    if (!mWorkspace.document().isOpen()) return;
    std::string layer = mLayer->currentData().toString().toStdString();
    if (!mWorkspace.editedLayer().empty()) layer = mWorkspace.editedLayer();
    if (!mWorkspace.selection().isEmpty()) layer = mWorkspace.selection().features().front().layer;
    mLayer->setCurrentIndex(std::max(0, mLayer->findData(QString::fromStdString(layer))));
    mModel.setLayer(mLayer->currentData().toString().toStdString());
}

void TablePanel::count() {
    const auto shown = static_cast<std::size_t>(mModel.rowCount());
    mCount->setText(shown == mModel.total() ? text("%1 行", "%1 rows").arg(shown) : text("%1 / %2 行", "%1 of %2 rows").arg(shown).arg(mModel.total()));
}

void TablePanel::limit() {
    if (!mOnly->isChecked()) return mModel.setOnly(std::nullopt);
    std::vector<Fid> fids;
    for (const FeatureRef& one : mWorkspace.selection().features()) {
        if (one.layer == mModel.layer()) fids.push_back(one.fid);
    }
    mModel.setOnly(std::move(fids));
}

void TablePanel::pickRows() {
    if (mPicking) return;
    std::vector<FeatureRef> features;
    for (const QModelIndex& index : mTable->selectionModel()->selectedRows()) {
        if (features.size() == kMostSelected) break;
        features.push_back(mModel.featureAt(index.row()));
    }
    mPicking = true;
    mWorkspace.selection().set(std::move(features));
    mPicking = false;
}

/// Rows of what is selected on the map.
void TablePanel::markSelection() {
    mPicking = true;
    QItemSelection rows;
    int first = -1;
    for (const FeatureRef& one : mWorkspace.selection().features()) {
        const int row = one.layer == mModel.layer() ? mModel.rowOf(one.fid) : -1;
        if (row < 0) continue;
        rows.select(mModel.index(row, 0), mModel.index(row, mModel.columnCount() - 1));
        if (first < 0 || row < first) first = row;
    }
    mTable->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
    if (first >= 0) mTable->scrollTo(mModel.index(first, std::max(0, mTable->currentIndex().column())));
    mPicking = false;
}

}  // namespace

void addTablePanel(Workspace& workspace) {
    workspace.addPanel({"table", {"属性表", "Attribute table"}, Qt::BottomDockWidgetArea, "table", {QKeySequence(Qt::Key_F6)}, false}, new TablePanel(workspace));
}

}  // namespace zonewright::desktop
