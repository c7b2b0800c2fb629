#include "desktop/canvas/status_bar.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QSettings>
#include <QToolButton>

#include "desktop/canvas/map_view.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

Localized nameOf(CoordinateStyle style) {
    switch (style) {
        case CoordinateStyle::Projected: return {"高斯-克吕格（米）", "Gauss-Kruger, metres"};
        case CoordinateStyle::Degrees: return {"经纬度（度）", "Longitude, latitude (degrees)"};
        case CoordinateStyle::DegreesMinutes: return {"经纬度（度分秒）", "Longitude, latitude (D M S)"};
    }
    return {};
}

}  // namespace

MapStatusBar::MapStatusBar(Workspace& workspace, QWidget* parent)
    : QStatusBar(parent), mWorkspace(workspace), mHint(new QLabel), mProgress(new QProgressBar), mCancel(new QToolButton), mPlace(new QLineEdit),
      mStyleButton(new QToolButton), mScale(new QComboBox), mCrs(new QLabel), mDisk(new QLabel) {
    setSizeGripEnabled(false);
    setContentsMargins(8, 0, 10, 0);
    mHint->setTextInteractionFlags(Qt::NoTextInteraction);
    mHint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    addWidget(mHint, 1);

    mProgress->setRange(0, 0);
    mProgress->setFixedSize(90, 12);
    mProgress->setTextVisible(false);
    mCancel->setIcon(icon(QStringLiteral("close")));
    mCancel->setAutoRaise(true);
    addPermanentWidget(mProgress);
    addPermanentWidget(mCancel);

    mPlace->setObjectName(QStringLiteral("place"));
    mPlace->setFixedWidth(250);
    mPlace->setAlignment(Qt::AlignCenter);
    mStyleButton->setPopupMode(QToolButton::InstantPopup);
    mStyleButton->setAutoRaise(true);
    mStyleButton->setText(QStringLiteral("XY"));
    addPermanentWidget(mPlace);
    addPermanentWidget(mStyleButton);

    mScale->setObjectName(QStringLiteral("scale"));
    mScale->setEditable(true);
    mScale->setInsertPolicy(QComboBox::NoInsert);
    mScale->setMinimumWidth(130);
    for (const int scale : {500, 1000, 2000, 5000, 10000, 25000, 50000, 100000, 200000, 500000}) mScale->addItem(scaleText(scale), scale);
    addPermanentWidget(mScale);
    addPermanentWidget(mCrs);
    addPermanentWidget(mDisk);

    MapView& map = workspace.map();
    connect(&map, &MapView::pointerMoved, this, &MapStatusBar::showPlace);
    connect(&map, &MapView::viewChanged, this, &MapStatusBar::showScale);
    connect(&map.frames(), &FrameSource::drawingChanged, this, &MapStatusBar::showDrawing);
    connect(mCancel, &QToolButton::clicked, this, [&map] { map.frames().cancel(); });
    connect(mPlace, &QLineEdit::returnPressed, this, &MapStatusBar::goToPlace);
    connect(mScale->lineEdit(), &QLineEdit::returnPressed, this, &MapStatusBar::goToScale);
    connect(mScale, &QComboBox::activated, this, &MapStatusBar::goToScale);
    PlanDocument& document = workspace.document();
    connect(&document, &PlanDocument::opened, this, &MapStatusBar::showPlan);
    connect(&document, &PlanDocument::closed, this, &MapStatusBar::showPlan);
    connect(&document, &PlanDocument::pendingChanged, this, &MapStatusBar::showPlan);

    mStyle = static_cast<CoordinateStyle>(QSettings().value(QStringLiteral("coordinates"), 0).toInt());
    inLanguage(this, [this] {
        mPlace->setToolTip(text("坐标：可输入“东, 北”、经纬度或度分秒后回车前往", "Coordinates: type easting, northing or lon, lat or D M S and press Enter to go there"));
        mScale->setToolTip(text("比例尺（按 96 dpi 屏幕）", "Scale (on a 96 dpi screen)"));
        mCancel->setToolTip(text("停止绘制", "Stop drawing"));
        mProgress->setToolTip(text("正在绘制地图", "Drawing the map"));
        mStyleButton->setToolTip(text("坐标格式", "Coordinate format"));
        delete mStyleButton->menu();
        auto* menu = new QMenu(mStyleButton);
        for (const auto style : {CoordinateStyle::Projected, CoordinateStyle::Degrees, CoordinateStyle::DegreesMinutes}) {
            menu->addAction(text(nameOf(style)), this, [this, style] {
                mStyle = style;
                QSettings().setValue(QStringLiteral("coordinates"), static_cast<int>(style));
                showPlace();
            });
        }
        mStyleButton->setMenu(menu);
        showPlan();
    });
    showDrawing();
}

void MapStatusBar::setHint(const QString& hint) {
    mHint->setText(hint);
    mHint->setToolTip(hint);
}

void MapStatusBar::showPlace() {
    if (!mCoordinates || mPlace->hasFocus()) return;
    const auto place = mWorkspace.map().pointer();
    mPlace->setText(place ? QString::fromStdString(mCoordinates->write(*place, mStyle)) : QString());
}

void MapStatusBar::showScale() {
    if (!mScale->lineEdit()->hasFocus()) mScale->setEditText(scaleText(mWorkspace.map().scale()));
}

void MapStatusBar::showPlan() {
    PlanDocument& document = mWorkspace.document();
    if (document.isOpen()) {
        if (!mCoordinates) {
            if (auto made = Coordinates::of(document.crs())) mCoordinates = std::move(*made);
        }
        mCrs->setText(QString::fromStdString(document.crs().code()));
        mCrs->setToolTip(QString::fromStdString(document.crs().name()));
        if (!document.isWritable()) mDisk->setText(text("只读", "Read-only"));
        else if (document.pending() > 0) mDisk->setText(text("正在写入…", "Writing…"));
        else mDisk->setText(text("已存盘", "Saved"));
        mDisk->setToolTip(document.isWritable() ? text("每次编辑立即写入规划文件", "Every edit is written to the plan at once")
                                                : (document.whyReadOnly() ? text(*document.whyReadOnly()) : QString()));
    } else {
        mCoordinates.reset();
        mCrs->clear();
        mDisk->clear();
        mPlace->clear();
    }
    mPlace->setEnabled(document.isOpen());
    mScale->setEnabled(document.isOpen());
}

void MapStatusBar::showDrawing() {
    const bool drawing = mWorkspace.map().frames().isDrawing();
    mProgress->setVisible(drawing);
    mCancel->setVisible(drawing);
}

void MapStatusBar::goToPlace() {
    const auto place = mCoordinates ? mCoordinates->read(mPlace->text().toStdString()) : std::nullopt;
    if (!place) {
        mWorkspace.say(Message{Severity::Warning, text("看不懂这个坐标。例：492345.2, 3512345.6 或 119.95, 31.70 或 119°57′E 31°42′N",
                                                       "This is no place. Examples: 492345.2, 3512345.6 or 119.95, 31.70 or 119°57′E 31°42′N")});
        return;
    }
    ViewTransform view = mWorkspace.map().view();
    view.centre = *place;
    mWorkspace.map().setFocus();
    mWorkspace.map().setView(view);
    mWorkspace.map().flash(*place);
}

void MapStatusBar::goToScale() {
    if (const auto scale = readScale(mScale->currentText())) {
        mWorkspace.map().setFocus();
        mWorkspace.map().setScale(*scale);
    }
    showScale();
}

}  // namespace zonewright::desktop
