#include "desktop/dialogs/import_dialog.h"

#include <QCheckBox>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTabWidget>

#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/dialogs.h"
#include "desktop/dialogs/dropped_files.h"
#include "desktop/dialogs/questions.h"
#include "desktop/dialogs/source_tables.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/layer_extent.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

namespace source = plan::source;

constexpr int kMostRejectsShown = 500;

QString plain(const std::string& words) { return QString::fromStdString(words); }

/// Hints in brackets that name options are for the command line.
QString withoutOptions(QString words) {
    static const QRegularExpression kOptions(QStringLiteral("\\s*[（(][^（()）]*--[^（()）]*[)）]"));
    return words.remove(kOptions);
}

/// "POLYGON", "MultiPoint25D" in words.
QString kindText(const std::string& geometryType) {
    const QString type = plain(geometryType);
    const auto has = [&](const char* word) { return type.contains(QLatin1String(word), Qt::CaseInsensitive); };
    if (has("Polygon") || has("Surface")) return text("面", "polygons");
    if (has("Line") || has("Curve")) return text("线", "lines");
    if (has("Point")) return text("点", "points");
    if (has("None")) return text("表，无几何", "a table without geometry");
    return type;
}

/// Each encoding and CRS as people choose it; what is not listed can be typed.
const std::vector<std::pair<const char*, Localized>>& knownCrs() {
    static const std::vector<std::pair<const char*, Localized>> kKnown{
        {"EPSG:4549", {"CGCS2000 三度带 120E（EPSG:4549）", "CGCS2000 3-degree GK CM 120E (EPSG:4549)"}},
        {"EPSG:4528", {"CGCS2000 三度带 40 带（EPSG:4528）", "CGCS2000 3-degree GK zone 40 (EPSG:4528)"}},
        {"EPSG:4490", {"CGCS2000 经纬度（EPSG:4490）", "CGCS2000, longitude and latitude (EPSG:4490)"}},
        {"EPSG:4326", {"WGS 84 经纬度（EPSG:4326）", "WGS 84, longitude and latitude (EPSG:4326)"}},
        {"GCJ-02", {"火星坐标 GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"}},
        {"BD-09", {"百度坐标 BD-09", "BD-09 (Baidu)"}}};
    return kKnown;
}

QLabel* small() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString filter() {
    return text("常见数据 (*.shp *.gpkg *.geojson *.json *.kml *.kmz *.tab *.mif *.dxf *.csv *.xlsx *.fgb);;所有文件 (*)",
                "Common data (*.shp *.gpkg *.geojson *.json *.kml *.kmz *.tab *.mif *.dxf *.csv *.xlsx *.fgb);;All files (*)");
}

}  // namespace

ImportDialog::ImportDialog(Workspace& workspace, const QString& file)
    : QDialog(workspace.window()), mWorkspace(workspace), mDesk(new SourceDesk(workspace.document(), this)), mFile(file), mPages(new QStackedWidget),
      mPath(new QLineEdit), mBrowse(new QPushButton), mFacts(new QLabel), mSourceLayer(new QComboBox), mTarget(new QComboBox), mEncoding(new QComboBox),
      mEncodingWhy(small()), mCrs(new QComboBox), mCrsWhy(small()), mPoints(new QPushButton), mReplace(new QCheckBox), mTabs(new QTabWidget),
      mColumns(new ColumnTable), mRows(new RowsTable), mFaults(new QListWidget), mSum(new QLabel), mOutcome(new QListWidget), mState(new QLabel),
      mProgress(new QProgressBar), mCancel(new QPushButton), mImport(new QPushButton), mZoom(new QPushButton), mClose(new QPushButton) {
    setObjectName(QStringLiteral("import_dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    const QSize room = workspace.window()->size();
    resize(std::min(980, room.width() - 60), std::min(660, room.height() - 60));
    inLanguage(this, [this] { say(); });

    connect(mDesk, &SourceDesk::progressed, this, [this](double done) { mProgress->setValue(static_cast<int>(done * 100)); });
    connect(mDesk, &SourceDesk::looked, this, [this](std::shared_ptr<const SourceLook> look) {
        mLook = std::move(look);
        mBusy = false;
        showLook();
    });
    connect(mDesk, &SourceDesk::lookFailed, this, [this](const Error& error) {
        mBusy = false;
        mLook.reset();
        mProblem = error.code == ErrorCode::Cancelled ? text("已停止检查文件", "Looking at the file was stopped") : text(error);
        showLook();
    });
    connect(mDesk, &SourceDesk::pointsRead, this, [this](const std::vector<source::ControlPoint>& points) {
        mBusy = false;
        mControlPoints = points;
        showPlacement();
    });
    connect(mDesk, &SourceDesk::pointsFailed, this, [this](const Error& error) {
        mBusy = false;
        showPlacement();
        mState->setText(text(error));
    });
    connect(mDesk, &SourceDesk::imported, this, [this](std::shared_ptr<const source::ImportResult> result) {
        mBusy = false;
        mResult = std::move(result);
        showResult(*mResult);
    });
    connect(mDesk, &SourceDesk::importFailed, this, [this](const Error& error) {
        mBusy = false;
        mProblem = error.code == ErrorCode::Cancelled ? text("已取消，规划未作改动", "Cancelled; the plan is unchanged") : text(error);
        showState();
    });
    connect(&workspace.document(), &PlanDocument::aboutToClose, this, &QDialog::close);
    connect(mBrowse, &QPushButton::clicked, this, &ImportDialog::browse);
    connect(mSourceLayer, &QComboBox::activated, this, [this] { showLayer(); });
    connect(mTarget, &QComboBox::activated, this, [this] { showColumns(); showState(); });
    connect(mEncoding, &QComboBox::activated, this, [this] { look(); });
    connect(mCrs, &QComboBox::currentTextChanged, this, [this] {
        if (!mFilling) showPlacement();
    });
    connect(mPoints, &QPushButton::clicked, this, [this] {
        if (!mControlPoints.empty()) {
            mControlPoints.clear();
            return showPlacement();
        }
        askForFile(
            this, text("控制点表", "Table of control points"), text("控制点 (*.csv *.xlsx)", "Control points (*.csv *.xlsx)"),
            [this](const QString& table) {
                mBusy = true;
                showState();
                mDesk->readPoints(table.toStdString());
            },
            QFileInfo(mFile).path());
    });
    connect(mImport, &QPushButton::clicked, this, &ImportDialog::import);
    connect(mCancel, &QPushButton::clicked, mDesk, &SourceDesk::cancel);
    connect(mZoom, &QPushButton::clicked, this, &ImportDialog::zoomToResult);
    connect(mClose, &QPushButton::clicked, this, &QDialog::reject);
    look();
}

void ImportDialog::build() {
    const std::pair<QWidget*, const char*> names[] = {{mTarget, "target"}, {mEncoding, "encoding"}, {mCrs, "crs"}, {mColumns, "columns"}, {mRows, "rows"},
                                                      {mFaults, "faults"}, {mImport, "import"}, {mSum, "sum"}, {mOutcome, "outcome"}, {mState, "state"},
                                                      {mReplace, "replace"}, {mPoints, "points"}, {mCrsWhy, "crs_why"}, {mClose, "close"}, {mCancel, "cancel_import"}, {mSourceLayer, "source_layer"}, {mTabs, "tabs"}};
    for (const auto& [widget, name] : names) widget->setObjectName(QString::fromLatin1(name));
    mPath->setReadOnly(true);
    mPath->setFocusPolicy(Qt::ClickFocus);
    auto* path = new QHBoxLayout;
    path->addWidget(mPath, 1);
    path->addWidget(mBrowse);

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QComboBox* box : {mSourceLayer, mTarget, mEncoding, mCrs}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    mCrs->setEditable(true);
    mCrs->setInsertPolicy(QComboBox::NoInsert);
    const auto row = [&](Localized label, QWidget* field) {
        auto* words = new QLabel;
        words->setBuddy(field);
        inLanguage(words, [words, label = std::move(label)] { words->setText(text(label)); });
        form->addRow(words, field);
    };
    row({"源图层", "Layer of the file"}, mSourceLayer);
    row({"导入到(&L)", "Into &layer"}, mTarget);
    row({"文字编码(&E)", "Text &encoding"}, mEncoding);
    form->addRow(QString(), mEncodingWhy);
    row({"坐标系(&R)", "C&RS"}, mCrs);
    form->addRow(QString(), mCrsWhy);
    form->addRow(QString(), mPoints);
    form->addRow(QString(), mReplace);
    auto* left = new QWidget;
    left->setFixedWidth(370);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 8, 0);
    leftColumn->addLayout(form);
    leftColumn->addStretch(1);

    mFaults->setWordWrap(true);
    mFaults->setSelectionMode(QAbstractItemView::NoSelection);
    for (QWidget* page : std::initializer_list<QWidget*>{mColumns, mRows, mFaults}) mTabs->addTab(page, QString());

    auto* before = new QWidget;
    auto* grid = new QGridLayout(before);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addLayout(path, 0, 0, 1, 2);
    grid->addWidget(mFacts, 1, 0, 1, 2);
    grid->addWidget(left, 2, 0);
    grid->addWidget(mTabs, 2, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(2, 1);
    auto* after = new QWidget;
    auto* column = new QVBoxLayout(after);
    column->setContentsMargins(0, 0, 0, 0);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.35);
    mSum->setFont(large);
    mSum->setTextInteractionFlags(Qt::TextSelectableByMouse);
    mOutcome->setWordWrap(true);
    column->addWidget(mSum);
    column->addWidget(mOutcome, 1);
    mPages->addWidget(before);
    mPages->addWidget(after);

    mState->setWordWrap(true);
    mState->setTextFormat(Qt::PlainText);
    mProgress->setRange(0, 100);
    mProgress->setFixedWidth(180);
    mImport->setIcon(icon(QStringLiteral("import")));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(mState, 1);
    for (QWidget* part : std::initializer_list<QWidget*>{mProgress, mCancel, mImport, mZoom, mClose}) buttons->addWidget(part);
    for (QPushButton* button : {mBrowse, mPoints, mCancel, mImport, mZoom, mClose}) button->setAutoDefault(false);

    auto* all = new QVBoxLayout(this);
    all->addWidget(mPages, 1);
    all->addLayout(buttons);
}

void ImportDialog::say() {
    setWindowTitle(text("导入数据", "Import data"));
    mBrowse->setText(text("换一个文件…", "Another file…"));
    mReplace->setText(text("先清空该图层", "Empty the layer first"));
    mTabs->setTabText(0, text("字段对应", "Fields"));
    mTabs->setTabText(1, text("数据预览", "First rows"));
    mCancel->setText(text("取消", "Cancel"));
    mImport->setText(text("导入(&I)", "&Import"));
    mZoom->setText(text("缩放到图层", "Zoom to layer"));
    mClose->setText(text("关闭", "Close"));
    mFilling = true;
    const QString crs = mCrs->count() > 0 && mCrs->currentIndex() != 0 ? mCrs->currentText() : QString();
    const QVariant known = mCrs->currentIndex() > 0 ? mCrs->currentData() : QVariant();
    mCrs->clear();
    mCrs->addItem(text("按文件自动判断", "As the file tells"), QString());
    for (const auto& [code, title] : knownCrs()) mCrs->addItem(text(title), QString::fromLatin1(code));
    if (known.isValid()) mCrs->setCurrentIndex(std::max(0, mCrs->findData(known)));
    else if (!crs.isEmpty()) mCrs->setEditText(crs);
    const QVariant encoding = mEncoding->currentData();
    mEncoding->clear();
    mEncoding->addItem(text("自动判断", "Automatic"), QString());
    for (const char* name : {"UTF-8", "GBK", "GB18030", "BIG5", "CP1252"}) mEncoding->addItem(QString::fromLatin1(name), QString::fromLatin1(name));
    mEncoding->setCurrentIndex(std::max(0, mEncoding->findData(encoding)));
    mFilling = false;
    showLook();
    if (mResult) showResult(*mResult);
}

void ImportDialog::browse() {
    askForFile(
        this, text("选择要导入的文件", "Choose the file to import"), filter(),
        [this](const QString& file) {
            mFile = file;
            mResult.reset();
            mControlPoints.clear();
            mEncoding->setCurrentIndex(0);
            mCrs->setCurrentIndex(0);
            look();
        },
        QFileInfo(mFile).path());
}

source::Spec ImportDialog::spec() const {
    source::Spec spec;
    spec.file = mFile.toStdString();
    spec.encoding = mEncoding->currentData().toString().toStdString();
    return spec;
}

void ImportDialog::look() {
    mBusy = true;
    mProblem.clear();
    mProgress->setValue(0);
    mPath->setText(mFile);
    mDesk->look(spec());
    showState();
}

std::size_t ImportDialog::layer() const { return static_cast<std::size_t>(std::max(0, mSourceLayer->currentIndex())); }

const source::LayerReport* ImportDialog::report() const {
    return mLook && layer() < mLook->inspection.layers.size() ? &mLook->inspection.layers[layer()] : nullptr;
}

const catalogue::Layer* ImportDialog::target() const { return mWorkspace.document().catalogue().find(mTarget->currentData().toString().toStdString()); }

void ImportDialog::showLook() {
    mPages->setCurrentIndex(mResult ? 1 : 0);
    const QString chosen = mSourceLayer->currentText();
    mSourceLayer->clear();
    if (mLook) {
        for (const source::LayerReport& one : mLook->inspection.layers) mSourceLayer->addItem(plain(one.layer.name));
    }
    mSourceLayer->setCurrentIndex(std::max(0, mSourceLayer->findText(chosen)));
    mSourceLayer->setEnabled(mSourceLayer->count() > 1);
    const QVariant kept = mTarget->currentData();
    mTarget->clear();
    for (const catalogue::Layer& one : mWorkspace.document().catalogue().layers) {
        if (mWorkspace.document().hasLayer(one.id)) mTarget->addItem(text(one.title), plain(one.id));
    }
    mTarget->setCurrentIndex(std::max(0, mTarget->findData(kept)));
    showEncoding();
    showLayer();
}

void ImportDialog::showEncoding() {
    mEncodingWhy->setText(mLook ? plain(mLook->inspection.encoding.evidence.in(language())) : QString());
    mEncoding->setItemText(0, mLook && mEncoding->currentIndex() <= 0 ? text("自动判断（%1）", "Automatic (%1)").arg(plain(mLook->inspection.encoding.value)) : text("自动判断", "Automatic"));
}

void ImportDialog::showLayer() {
    const source::LayerReport* one = report();
    if (one != nullptr) {
        mFacts->setText(text("%1，%2 个要素，%3", "%1, %2 features, %3").arg(plain(mLook->inspection.format)).arg(one->features).arg(kindText(one->geometryType)));
        const std::string likely = likelyTarget(mWorkspace.document(), *mLook, layer());
        if (!likely.empty()) mTarget->setCurrentIndex(std::max(0, mTarget->findData(plain(likely))));
    } else {
        mFacts->clear();
    }
    showColumns();
    showRows();
    showFaults();
    showPlacement();
}

/// How the coordinates come into the plan, or why they cannot.
void ImportDialog::showPlacement() {
    mPoints->setText(mControlPoints.empty() ? text("用控制点配准…", "Fit by control points…") : text("不用控制点（现有 %1 个）", "Without control points (%1 now)").arg(mControlPoints.size()));
    const source::LayerReport* one = report();
    if (one != nullptr) {
        mProblem.clear();
        mCrsWhy->setText(plain(one->where.crs.evidence.in(language())));
        if (one->geometryType != "None" && !one->extent.empty()) {
            const auto placement = source::decidePlacement(one->where, {options().sourceCrs, mControlPoints}, mWorkspace.document().crs());
            QStringList lines;
            if (placement) {
                const QString name = plain(placement->name);
                lines << (name == plain(mWorkspace.document().crs().code()) ? text("坐标系与规划相同（%1）", "The same CRS as the plan (%1)").arg(name)
                                                                           : text("由 %1 换算到规划的 %2", "From %1 to the plan's %2").arg(name, plain(mWorkspace.document().crs().code())));
                if (placement->fit) lines << text("四参数拟合残差均方根 %1 m", "RMS of the four-parameter fit %1 m").arg(number(placement->fit->rms.value, 3));
                for (const Localized& note : placement->notes) lines << withoutOptions(plain(note.in(language())));
            } else {
                mProblem = text(placement.error());
            }
            lines << plain(one->where.crs.evidence.in(language()));
            if (one->where.shift.likely) lines << plain(one->where.shift.evidence.in(language()));
            mCrsWhy->setText(lines.join(QLatin1Char('\n')));
        }
    } else {
        mCrsWhy->clear();
    }
    showState();
}

/// Each field of the layer and the column that fills it; any can be chosen otherwise.
void ImportDialog::showColumns() {
    const source::LayerReport* one = report();
    const catalogue::Layer* into = target();
    if (one == nullptr || into == nullptr) return mColumns->showNothing();
    mColumns->show(*into, one->layer.columns, mLook->firstRows[layer()]);
}

void ImportDialog::showRows() {
    const source::LayerReport* one = report();
    if (one == nullptr) return mRows->showNothing();
    mRows->show(one->layer.columns, mLook->firstRows[layer()]);
}

void ImportDialog::showFaults() {
    mFaults->clear();
    const source::LayerReport* one = report();
    std::int64_t count = 0;
    if (one != nullptr) {
        for (const source::FaultCount& fault : one->faults) {
            count += fault.count;
            new QListWidgetItem(icon(QStringLiteral("warning")),
                                text("%1 处：%2（首例第 %3 行）", "%2: %1 (first in row %3)").arg(fault.count).arg(plain(fault.firstReason.in(language()))).arg(fault.firstRow), mFaults);
        }
        if (one->withZ > 0) new QListWidgetItem(icon(QStringLiteral("info")), text("%1 个要素带高程，导入时舍去", "%1 features have heights, which are dropped").arg(one->withZ), mFaults);
        if (one->withCurves > 0) new QListWidgetItem(icon(QStringLiteral("info")), text("%1 个要素含圆弧，导入时化为短直线", "%1 features have arcs, which become short straight pieces").arg(one->withCurves), mFaults);
        if (mFaults->count() == 0) new QListWidgetItem(icon(QStringLiteral("check")), text("全部读过，未发现几何错误", "Read through; no faults of geometry"), mFaults);
    }
    mTabs->setTabText(2, count > 0 ? text("问题（%1）", "Faults (%1)").arg(count) : text("问题", "Faults"));
}

void ImportDialog::showState() {
    mProgress->setVisible(mBusy);
    mCancel->setVisible(mBusy);
    mZoom->setVisible(mResult != nullptr && !mBusy);
    mImport->setVisible(mResult == nullptr);
    mImport->setEnabled(!mBusy && mLook != nullptr && mProblem.isEmpty() && mWorkspace.document().isWritable() && target() != nullptr);
    mPages->setEnabled(!mBusy || mLook == nullptr);
    if (mBusy) mState->setText(mLook ? QString() : text("正在通读文件…", "Reading the file…"));
    else if (!mProblem.isEmpty()) mState->setText(mProblem);
    else if (!mWorkspace.document().isWritable()) mState->setText(text("规划以只读方式打开，不能导入", "The plan is open for reading; nothing can be imported"));
    else mState->clear();
}

source::ImportOptions ImportDialog::options() const {
    source::ImportOptions options;
    const int known = mCrs->findText(mCrs->currentText());
    options.sourceCrs = known >= 0 ? mCrs->itemData(known).toString().toStdString() : mCrs->currentText().trimmed().toStdString();
    options.controlPoints = mControlPoints;
    options.replace = mReplace->isChecked();
    if (const catalogue::Layer* into = target()) options.map = mColumns->chosen(*into);
    return options;
}

void ImportDialog::import() {
    const source::LayerReport* one = report();
    if (one == nullptr || target() == nullptr) return;
    mBusy = true;
    mProblem.clear();
    mProgress->setValue(0);
    source::Spec what = spec();
    what.layer = one->layer.name;
    mDesk->import(target()->id, what, options());
    showState();
}

void ImportDialog::showResult(const source::ImportResult& result) {
    mPages->setCurrentIndex(1);
    const QString into = target() != nullptr ? text(target()->title) : QString();
    mSum->setText(text("%1：读入 %2 = 导入 %3 + 拒收 %4", "%1: %2 read = %3 taken + %4 rejected").arg(into).arg(result.read).arg(result.taken).arg(result.rejected));
    mOutcome->clear();
    const auto line = [&](const char* mark, const QString& words) { new QListWidgetItem(icon(QString::fromLatin1(mark)), words, mOutcome); };
    if (result.removed > 0) line("info", text("先移除了原有的 %1 个要素", "%1 features were removed first").arg(result.removed));
    line("info", text("文字编码 %1，坐标系 %2", "Text encoding %1, CRS %2").arg(plain(result.encoding), result.crs.empty() ? QStringLiteral("-") : plain(result.crs)));
    if (!result.unusedColumns.empty()) {
        QStringList names;
        for (const std::string& name : result.unusedColumns) names << plain(name);
        line("info", text("未用的列：", "Unused columns: ") + names.join(text("、", ", ")));
    }
    for (const Localized& warning : result.warnings) line("warning", withoutOptions(plain(warning.in(language()))));
    int shownRejects = 0;
    for (const source::Reject& reject : result.rejects) {
        if (++shownRejects > kMostRejectsShown) break;
        line("warning", text("第 %1 行拒收：%2", "Row %1 rejected: %2").arg(reject.row).arg(plain(reject.reason.in(language()))));
    }
    if (!result.rejectsLayer.empty()) line("info", text("拒收的要素连同原因保存在规划的图层 %1 中", "Rejected rows are kept with their reasons in the plan's layer %1").arg(plain(result.rejectsLayer)));
    if (result.rejected == 0) line("check", text("全部导入", "All were taken"));
    showState();
}

void ImportDialog::zoomToResult() {
    if (target() == nullptr) return;
    mWorkspace.document().read(
        &mWorkspace.map(),
        [layer = target()->id](const plan::Plan& plan) { return extentOfLayer(plan, layer); },
        [&map = mWorkspace.map()](Result<zonewright::Box> box) {
            if (box) map.showBox(*box);
        });
    close();
}

/// Esc and the close button: what runs is stopped first.
void ImportDialog::reject() {
    if (mBusy && mLook) return mDesk->cancel();
    close();
}

void ImportDialog::closeEvent(QCloseEvent* event) {
    mDesk->cancel();
    event->accept();  // QDialog's own would ask `reject`, which closes
}

void addImportDialog(Workspace& workspace) {
    const auto open = [&workspace](const QString& file) {
        auto* dialog = new ImportDialog(workspace, file);
        dialog->show();
    };
    QAction* import = workspace.commands().add({"file.import", {"导入数据…", "Import data…"}, Menu::File, {QKeySequence(Qt::CTRL | Qt::Key_I)}, "import", Bar::File,
                                                {"把外来数据导入规划：先看编码、坐标系、字段和问题；也可把文件拖到窗口", "Foreign data into the plan, after a look at encoding, CRS, fields and faults; or drop a file on the window"}},
                                               [&workspace, open] {
                                                   askForFile(workspace.window(), text("选择要导入的文件", "Choose the file to import"), filter(), open);
                                               });
    PlanDocument& document = workspace.document();
    const auto allow = [import, &document] { import->setEnabled(document.isOpen() && document.isWritable()); };
    allow();
    QObject::connect(&document, &PlanDocument::opened, import, allow);
    QObject::connect(&document, &PlanDocument::closed, import, allow);
    new DroppedFiles(workspace, open);  // the window's
}

}  // namespace zonewright::desktop
