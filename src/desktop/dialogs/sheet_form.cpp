#include "desktop/dialogs/sheet_form.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSpinBox>

#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/questions.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr int kLabelWidth = 84;  ///< fields of all groups stand in one line
const QString kPresentMap = QStringLiteral(":map");      ///< instead of a theme's id
const QString kFromFile = QStringLiteral(":file");       ///< instead of a template's id
const QString kLayoutSetting = QStringLiteral("print/layout");
const QString kDpiSetting = QStringLiteral("print/dpi");

/// "A3", or its sides when it is of no series.
QString paperName(double width, double height) {
    struct Paper {
        const char* name;
        double shorter, longer;
    };
    static constexpr std::array kPapers{Paper{"A0", 841, 1189}, Paper{"A1", 594, 841}, Paper{"A2", 420, 594}, Paper{"A3", 297, 420}, Paper{"A4", 210, 297}};
    const double shorter = std::min(width, height);
    const double longer = std::max(width, height);
    for (const Paper& paper : kPapers) {
        if (std::abs(paper.shorter - shorter) < 1.5 && std::abs(paper.longer - longer) < 1.5) return QString::fromLatin1(paper.name);
    }
    return QStringLiteral("%1 × %2 mm").arg(shorter, 0, 'f', 0).arg(longer, 0, 'f', 0);
}

QString paperName(const cartographer::LayoutInfo& layout) { return paperName(layout.widthMillimetres, layout.heightMillimetres); }
bool isLandscape(const cartographer::LayoutInfo& layout) { return layout.widthMillimetres >= layout.heightMillimetres; }

QString idOf(const QComboBox& box) { return box.currentData().toString(); }

void choose(QComboBox& box, const QVariant& data) { box.setCurrentIndex(std::max(0, box.findData(data))); }

std::optional<std::string> stated(const QLineEdit& edit) {
    const std::string words = edit.text().trimmed().toStdString();
    return words.empty() ? std::nullopt : std::optional(words);
}

/// A group of labelled fields whose labels follow the language.
class Group {
public:
    Group(QVBoxLayout& column, Localized title) : mBox(new QGroupBox), mForm(new QFormLayout(mBox)) {
        mForm->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        mForm->setVerticalSpacing(6);
        mForm->setContentsMargins(10, 8, 10, 10);
        inLanguage(mBox, [box = mBox, title = std::move(title)] { box->setTitle(text(title)); });
        column.addWidget(mBox);
    }
    template <typename Field>
    void row(Localized label, Field* field) {
        auto* words = new QLabel;
        words->setMinimumWidth(kLabelWidth);
        if constexpr (std::is_base_of_v<QWidget, Field>) words->setBuddy(field);
        inLanguage(words, [words, label = std::move(label)] { words->setText(text(label)); });
        mForm->addRow(words, field);
    }
    void row(QWidget* field) { mForm->addRow(field); }

private:
    QGroupBox* mBox;
    QFormLayout* mForm;
};

}  // namespace

SheetForm::SheetForm(Workspace& workspace, QWidget* parent)
    : QWidget(parent), mWorkspace(workspace), mTheme(new QComboBox), mLanguage(new QComboBox), mPaper(new QComboBox), mLandscape(new QRadioButton),
      mPortrait(new QRadioButton), mTemplate(new QComboBox), mExtent(new QComboBox), mScale(new QComboBox), mRotation(new QDoubleSpinBox), mPlace(new QPushButton), mTitle(new QLineEdit),
      mOffice(new QLineEdit), mDate(new QLineEdit), mNumber(new QLineEdit), mChart(new QComboBox), mAtlas(new QCheckBox), mOver(new QComboBox), mDpi(new QSpinBox) {
    const std::pair<QWidget*, const char*> names[] = {{mTheme, "theme"}, {mLanguage, "language"}, {mPaper, "paper"}, {mLandscape, "landscape"},
                                                      {mPortrait, "portrait"}, {mTemplate, "template"}, {mExtent, "extent"}, {mScale, "sheet_scale"},
                                                      {mRotation, "rotation"}, {mPlace, "place_frame"}, {mTitle, "title"}, {mOffice, "office"}, {mDate, "date"},
                                                      {mNumber, "number"}, {mChart, "chart"}, {mAtlas, "atlas"}, {mOver, "over"}, {mDpi, "dpi"}};
    for (const auto& [widget, name] : names) widget->setObjectName(QString::fromLatin1(name));
    build();
    fillThemes();
    fillPapers();
    inLanguage(this, [this] { say(); });
    choose(*mLanguage, static_cast<int>(language()));
    settle();
    connectAll();
}

void SheetForm::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    for (QComboBox* box : {mTheme, mTemplate, mChart, mOver}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    Group sheet(*column, {"图纸", "Sheet"});
    sheet.row({"专题(&M)", "&Map"}, mTheme);
    sheet.row({"语言", "Language"}, mLanguage);
    auto* paper = new QHBoxLayout;
    paper->addWidget(mPaper, 1);
    paper->addWidget(mLandscape);
    paper->addWidget(mPortrait);
    auto* turned = new QButtonGroup(this);
    turned->addButton(mLandscape);
    turned->addButton(mPortrait);
    sheet.row({"纸张", "Paper"}, paper);
    sheet.row({"模板", "Template"}, mTemplate);

    Group place(*column, {"范围与比例尺", "Extent and scale"});
    mScale->setEditable(true);
    mScale->setInsertPolicy(QComboBox::NoInsert);
    place.row({"范围", "Extent"}, mExtent);
    place.row({"比例尺(&S)", "&Scale"}, mScale);
    mRotation->setRange(-180, 180);
    mRotation->setDecimals(1);
    mRotation->setWrapping(true);
    mRotation->setSuffix(QStringLiteral("°"));
    mRotation->setKeyboardTracking(false);
    place.row({"旋转(&R)", "&Rotation"}, mRotation);
    place.row(mPlace);

    Group words(*column, {"图面文字", "Texts"});
    words.row({"图名(&T)", "&Title"}, mTitle);
    words.row({"编制单位(&O)", "&Office"}, mOffice);
    words.row({"编制日期(&D)", "&Date"}, mDate);
    words.row({"图号(&N)", "&Number"}, mNumber);
    words.row({"图表", "Chart"}, mChart);

    Group pages(*column, {"图集与输出", "Atlas and output"});
    pages.row(mAtlas);
    pages.row({"按图层", "Over layer"}, mOver);
    mDpi->setRange(72, 1200);
    mDpi->setSingleStep(50);
    mDpi->setSuffix(QStringLiteral(" dpi"));
    mDpi->setValue(QSettings().value(kDpiSetting, 300).toInt());
    pages.row({"分辨率", "Resolution"}, mDpi);
    column->addStretch(1);
}

void SheetForm::connectAll() {
    const auto chosen = [this] {
        if (mFilling) return;
        settle();
        emit changed();
    };
    for (QComboBox* box : {mTheme, mLanguage, mExtent, mOver}) connect(box, &QComboBox::currentIndexChanged, this, chosen);
    connect(mPaper, &QComboBox::currentIndexChanged, this, [this, chosen] {
        if (!mFilling) fillTemplates();
        chosen();
    });
    for (QRadioButton* side : {mLandscape, mPortrait}) {
        connect(side, &QRadioButton::clicked, this, [this, chosen] {
            fillTemplates();
            chosen();
        });
    }
    connect(mTemplate, &QComboBox::activated, this, [this, chosen] {
        if (idOf(*mTemplate) == kFromFile) chooseTemplateFile();
        else chosen();
    });
    connect(mScale, &QComboBox::activated, this, &SheetForm::scaleChosen);
    connect(mScale->lineEdit(), &QLineEdit::editingFinished, this, &SheetForm::scaleChosen);
    connect(mRotation, &QDoubleSpinBox::valueChanged, this, [this](double degrees) {
        if (mPlaced) mPlaced->rotation = degrees;
        if (!mFilling) emit changed();
    });
    connect(mPlace, &QPushButton::clicked, this, &SheetForm::placeWanted);
    for (QLineEdit* edit : {mTitle, mOffice, mDate, mNumber}) connect(edit, &QLineEdit::textChanged, this, [this] { emit changed(); });
    connect(mChart, &QComboBox::activated, this, [this] { emit changed(); });
    connect(mAtlas, &QCheckBox::toggled, this, chosen);
    connect(mDpi, &QSpinBox::valueChanged, this, [](int dpi) { QSettings().setValue(kDpiSetting, dpi); });
    connect(&mWorkspace.map(), &MapView::viewChanged, this, [this] {
        if (extent() == Extent::View && !isAtlas()) emit changed();
    });
    connect(&mWorkspace.content(), &MapContent::changed, this, [this] {
        if (idOf(*mTheme) == kPresentMap) emit changed();
    });
}

/// Everything in the present language; what was chosen stays.
void SheetForm::say() {
    mFilling = true;
    fillThemes();
    const QVariant words = mLanguage->currentData();
    mLanguage->clear();
    mLanguage->addItem(QStringLiteral("中文"), static_cast<int>(Language::Chinese));
    mLanguage->addItem(QStringLiteral("English"), static_cast<int>(Language::English));
    choose(*mLanguage, words);
    mLandscape->setText(text("横向", "Landscape"));
    mPortrait->setText(text("纵向", "Portrait"));
    fillTemplates();
    const QVariant where = mExtent->currentData();
    mExtent->clear();
    mExtent->addItem(text("专题的完整范围", "All of the theme"), static_cast<int>(Extent::Whole));
    mExtent->addItem(text("地图当前视图", "What the map shows now"), static_cast<int>(Extent::View));
    mExtent->addItem(text("手工图框", "A frame placed by hand"), static_cast<int>(Extent::Frame));
    choose(*mExtent, where);
    mPlace->setText(text("在地图上移动、旋转图框…", "Place the frame on the map…"));
    mRotation->setToolTip(text("地图在图面上顺时针转过的角度；指北针随之转动", "Degrees by which the map is turned clockwise on the sheet; the north arrow follows"));
    mAtlas->setText(text("图集：每个要素一页", "Atlas: a page for each feature"));
    mScale->setToolTip(text("“自动”取能放下全部范围的整比例尺；也可直接输入，如 50000 或 5万", "Automatic takes the next round scale that shows the extent; or type one, such as 50000"));
    mTitle->setPlaceholderText(titleOfTheme());
    fillScales();
    fillAtlas();
    showCharts(mCharts);
    mFilling = false;
}

void SheetForm::fillThemes() {
    const QVariant chosen = mTheme->count() > 0 ? mTheme->currentData() : QVariant(kPresentMap);
    mTheme->clear();
    mTheme->addItem(text("地图当前内容", "The map as it is now"), kPresentMap);
    for (const cartographer::ThemeInfo& theme : mWorkspace.content().themes()) mTheme->addItem(text(theme.title), QString::fromStdString(theme.id));
    choose(*mTheme, chosen);
}

void SheetForm::fillPapers() {
    const auto& layouts = mWorkspace.content().layouts();
    const std::string kept = QSettings().value(kLayoutSetting, QStringLiteral("a3_landscape")).toString().toStdString();
    for (const cartographer::LayoutInfo& layout : layouts) {
        if (mPaper->findText(paperName(layout)) < 0) mPaper->addItem(paperName(layout));
    }
    auto wanted = std::ranges::find(layouts, kept, &cartographer::LayoutInfo::id);
    if (wanted == layouts.end()) wanted = layouts.begin();
    if (wanted != layouts.end()) {
        mPaper->setCurrentText(paperName(*wanted));
        (isLandscape(*wanted) ? mLandscape : mPortrait)->setChecked(true);
    }
    fillTemplates();
    if (wanted != layouts.end()) choose(*mTemplate, QString::fromStdString(wanted->id));
}

/// The templates of the paper, lying or standing as chosen if there is one that does.
void SheetForm::fillTemplates() {
    const bool filling = std::exchange(mFilling, true);
    const auto& layouts = mWorkspace.content().layouts();
    const auto fits = [&](bool landscape) {
        return std::ranges::any_of(layouts, [&](const auto& one) { return paperName(one) == mPaper->currentText() && isLandscape(one) == landscape; });
    };
    mLandscape->setEnabled(fits(true));
    mPortrait->setEnabled(fits(false));
    if (mPortrait->isChecked() ? !fits(false) : !fits(true)) (fits(true) ? mLandscape : mPortrait)->setChecked(true);
    const QVariant chosen = mTemplate->currentData();
    mTemplate->clear();
    for (const cartographer::LayoutInfo& layout : layouts) {
        if (paperName(layout) == mPaper->currentText() && isLandscape(layout) == mLandscape->isChecked()) {
            mTemplate->addItem(text(layout.title), QString::fromStdString(layout.id));
        }
    }
    for (const QString& file : mFiles) mTemplate->addItem(QFileInfo(file).fileName(), file);
    mTemplate->addItem(text("从文件选择…", "From a file…"), kFromFile);
    choose(*mTemplate, chosen);
    mFilling = filling;
}

void SheetForm::chooseTemplateFile() {
    QFileDialog* ask = fileDialog(this, text("选择打印模板", "Choose a print template"), text("QGIS 打印模板 (*.qpt)", "QGIS print templates (*.qpt)"));
    ask->setFileMode(QFileDialog::ExistingFile);
    connect(ask, &QFileDialog::finished, this, [this, ask](int accepted) {
        if (accepted == QDialog::Accepted && !mFiles.contains(ask->selectedFiles().first())) mFiles << ask->selectedFiles().first();
        fillTemplates();
        if (accepted == QDialog::Accepted) choose(*mTemplate, ask->selectedFiles().first());
        settle();
        emit changed();
    });
    ask->open();
}

void SheetForm::fillScales() {
    mScale->clear();
    const QString automatic = mShown && !mScaleChosen ? text("自动（%1）", "Automatic (%1)").arg(scaleText(mShown->scale)) : text("自动", "Automatic");
    mScale->addItem(automatic, 0.0);
    for (const double scale : {500.0, 1000.0, 2000.0, 5000.0, 10000.0, 25000.0, 50000.0, 100000.0, 150000.0, 200000.0, 250000.0}) {
        mScale->addItem(scaleText(scale), scale);
    }
    mScale->setCurrentIndex(0);
    if (mScaleChosen) mScale->setEditText(QStringLiteral("1:") + number(*mScaleChosen, 0));
}

void SheetForm::scaleChosen() {
    const auto typed = readScale(mScale->currentText());
    const bool automatic = !typed || mScale->currentText() == mScale->itemText(0);
    const std::optional<double> now = automatic ? std::nullopt : typed;
    const bool same = now == mScaleChosen;
    mScaleChosen = now;
    if (now && mPlaced) mPlaced = atScale(*mPlaced, *now);
    fillScales();
    if (!same) emit changed();
}

void SheetForm::fillAtlas() {
    QVariant chosen = mOver->currentData();
    mOver->clear();
    const auto& present = mWorkspace.document().layers();
    for (const catalogue::Layer& layer : mWorkspace.document().catalogue().layers) {
        const auto found = std::ranges::find(present, layer.id, &plan::LayerInfo::id);
        if (found == present.end() || found->features == 0 || layer.geometry != catalogue::GeometryKind::MultiPolygon) continue;
        mOver->addItem(text("%1（%2）", "%1 (%2)").arg(text(layer.title)).arg(found->features), QString::fromStdString(layer.id));
        // What the map is about: zones that it draws and that are several.
        const bool subject = layer.topology.kind != catalogue::TopologyKind::None && found->features > 1 && mWorkspace.content().shows(layer.id);
        if (subject) chosen = chosen.isValid() ? chosen : QVariant(QString::fromStdString(layer.id));
    }
    choose(*mOver, chosen);
    mAtlas->setEnabled(mOver->count() > 0);
}

void SheetForm::settle() {
    const bool atlas = isAtlas();
    // A frame that nobody has placed yet is where the sheet is now.
    if (static_cast<Extent>(mExtent->currentData().toInt()) == Extent::Frame && !mPlaced) mPlaced = mShown;
    mOver->setEnabled(atlas);
    mExtent->setEnabled(!atlas);
    mPlace->setEnabled(!atlas && mShown.has_value());
    mTitle->setPlaceholderText(titleOfTheme());
    if (const auto* chosen = layout()) QSettings().setValue(kLayoutSetting, QString::fromStdString(chosen->id));
}

const cartographer::LayoutInfo* SheetForm::layout() const {
    const auto& layouts = mWorkspace.content().layouts();
    const auto found = std::ranges::find(layouts, idOf(*mTemplate).toStdString(), &cartographer::LayoutInfo::id);
    return found == layouts.end() ? nullptr : &*found;
}

QSizeF SheetForm::paper() const {
    const auto* chosen = layout();
    return chosen == nullptr ? QSizeF() : QSizeF(chosen->widthMillimetres, chosen->heightMillimetres);
}

SheetForm::Extent SheetForm::extent() const {
    const auto chosen = static_cast<Extent>(mExtent->currentData().toInt());
    return chosen == Extent::Frame && !mPlaced ? Extent::Whole : chosen;
}

QString SheetForm::titleOfTheme() const {
    const auto& themes = mWorkspace.content().themes();
    const std::string id = idOf(*mTheme) == kPresentMap ? mWorkspace.content().view().theme : idOf(*mTheme).toStdString();
    const auto found = std::ranges::find(themes, id, &cartographer::ThemeInfo::id);
    return found == themes.end() ? QString() : QString::fromStdString(found->title.in(static_cast<Language>(mLanguage->currentData().toInt())));
}

Sheet SheetForm::sheet() const {
    Sheet sheet;
    if (idOf(*mTheme) == kPresentMap) sheet.view = mWorkspace.content().view();
    else sheet.view.theme = idOf(*mTheme).toStdString();
    sheet.view.language = static_cast<Language>(mLanguage->currentData().toInt());
    sheet.layout = idOf(*mTemplate) == kFromFile ? std::string() : idOf(*mTemplate).toStdString();
    if (isAtlas()) {
        sheet.over = idOf(*mOver).toStdString();
    } else if (extent() == Extent::View) {
        sheet.placement.extent = mWorkspace.map().view().extent();
    } else if (extent() == Extent::Frame) {
        sheet.placement.extent = mPlaced->box;
        sheet.placement.scale = mPlaced->scale;
    }
    if (mScaleChosen) sheet.placement.scale = *mScaleChosen;
    sheet.placement.rotation = mRotation->value();
    sheet.text.title = stated(*mTitle);
    sheet.text.office = stated(*mOffice);
    sheet.text.date = stated(*mDate);
    sheet.text.number = stated(*mNumber);
    sheet.chart = idOf(*mChart).toStdString();
    return sheet;
}

double SheetForm::dpi() const { return mDpi->value(); }
bool SheetForm::isAtlas() const { return mAtlas->isChecked() && mOver->count() > 0; }

QString SheetForm::fileName() const {
    QString name = mTitle->text().trimmed().isEmpty() ? titleOfTheme() : mTitle->text().trimmed();
    if (!mNumber->text().trimmed().isEmpty()) name = mNumber->text().trimmed() + QLatin1Char(' ') + name;
    if (isAtlas()) name += text(" 图集", " atlas");
    static const QRegularExpression kNotInNames(QStringLiteral(R"([/\\:*?"<>|\x00-\x1f])"));
    name.replace(kNotInNames, QStringLiteral("_"));
    return name.isEmpty() ? QStringLiteral("sheet") : name;
}

void SheetForm::showCharts(const std::vector<analysis::Chart>& charts) {
    const QVariant chosen = mChart->currentData();
    mCharts = charts;
    mChart->clear();
    mChart->addItem(text("不放图表", "None"), QString());
    for (const analysis::Chart& chart : mCharts) mChart->addItem(text(analysis::titleOf(chart.drawing)), QString::fromStdString(chart.id));
    mChart->setCurrentIndex(std::max(0, mChart->findData(chosen)));
    mChart->setEnabled(!mCharts.empty());
    mChart->setToolTip(text("分析结果的图表，放在图例栏下端", "A chart of an analysis, at the lower end of the legend's column"));
}

void SheetForm::showPlanText(const cartographer::SheetText& text) {
    mOffice->setPlaceholderText(QString::fromStdString(text.office.value_or("")));
    mDate->setPlaceholderText(QString::fromStdString(text.date.value_or("")));
}

void SheetForm::showFrame(const SheetFrame& frame) {
    mShown = frame;
    if (!mScale->lineEdit()->hasFocus()) fillScales();
    settle();
}

void SheetForm::place(const SheetFrame& frame) {
    mPlaced = frame;
    mScaleChosen = frame.scale;
    mFilling = true;
    mRotation->setValue(frame.rotation);
    choose(*mExtent, static_cast<int>(Extent::Frame));
    mFilling = false;
    fillScales();
    settle();
    emit changed();
}

}  // namespace zonewright::desktop
