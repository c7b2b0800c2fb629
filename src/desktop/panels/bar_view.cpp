#include "desktop/panels/bar_view.h"

#include <algorithm>
#include <cmath>

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QHorizontalBarSeries>
#include <QToolTip>
#include <QValueAxis>

#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr int kBarHeight = 24;  ///< pixels a bar, so that labels can be read
constexpr int kThickest = 44;
constexpr int kMargin = 90;
constexpr int kDigits = 12;
constexpr int kGridAlpha = 50;
constexpr double kRoomForLabels = 1.25;
const QColor kBar(0x3c, 0x78, 0xa8);
const QColor kPicked(0xf0, 0x8c, 0x00);

}  // namespace

BarView::BarView(QWidget* parent) : QChartView(parent) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(4, 4, 4, 4));
    chart()->setBackgroundVisible(false);
}

void BarView::setBars(const QString& title, const std::vector<Bar>& bars, int decimals) {
    mBars = bars;
    chart()->removeAllSeries();
    mSet = nullptr;
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    chart()->setTitle(title);
    chart()->setTitleBrush(palette().windowText());
    if (bars.empty()) return;
    // A bar axis counts from the bottom.
    mSet = new QBarSet(title);
    mSet->setColor(kBar);
    mSet->setBorderColor(kBar);
    mSet->setSelectedColor(kPicked);
    mSet->setLabelColor(palette().color(QPalette::WindowText));
    const double scale = std::pow(10.0, decimals);
    double most = 0;
    QStringList labels;
    for (auto bar = mBars.rbegin(); bar != mBars.rend(); ++bar) {
        mSet->append(std::round(bar->value * scale) / scale);
        most = std::max(most, bar->value);
        labels << bar->label;
    }
    auto* series = new QHorizontalBarSeries;
    series->append(mSet);
    series->setBarWidth(0.7);
    series->setLabelsVisible(true);
    series->setLabelsPrecision(kDigits);
    series->setLabelsPosition(QAbstractBarSeries::LabelsOutsideEnd);
    chart()->addSeries(series);
    auto* names = new QBarCategoryAxis;
    names->append(labels);
    names->setLabelsBrush(palette().windowText());
    names->setGridLineVisible(false);
    auto* values = new QValueAxis;
    values->setLabelFormat(QStringLiteral("%g"));
    values->setLabelsBrush(palette().windowText());
    QColor grid = palette().color(QPalette::WindowText);
    grid.setAlpha(kGridAlpha);
    values->setGridLineColor(grid);
    chart()->addAxis(names, Qt::AlignLeft);
    chart()->addAxis(values, Qt::AlignBottom);
    series->attachAxis(names);
    series->attachAxis(values);
    if (most > 0) values->setMax(most * kRoomForLabels);
    values->applyNiceNumbers();
    setMinimumHeight(static_cast<int>(bars.size()) * kBarHeight + kMargin);
    setMaximumHeight(static_cast<int>(bars.size()) * kThickest + kMargin);
    const auto barAt = [this](int index) -> const Bar& { return mBars[mBars.size() - 1 - static_cast<std::size_t>(index)]; };
    connect(series, &QAbstractBarSeries::clicked, this, [this, barAt](int index, QBarSet*) {
        pick(barAt(index).key);
        emit picked(barAt(index).key);
    });
    connect(series, &QAbstractBarSeries::hovered, this, [this, barAt, decimals](bool on, int index, QBarSet*) {
        if (on) QToolTip::showText(QCursor::pos(), barAt(index).label + QStringLiteral("  ") + number(barAt(index).value, decimals), this);
    });
}

void BarView::pick(const QString& key) {
    if (mSet == nullptr) return;
    mSet->deselectAllBars();
    for (std::size_t i = 0; i < mBars.size(); ++i) {
        if (mBars[i].key == key) mSet->selectBar(static_cast<int>(mBars.size() - 1 - i));
    }
}

}  // namespace zonewright::desktop
