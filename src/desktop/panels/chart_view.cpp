#include "desktop/panels/chart_view.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QHorizontalStackedBarSeries>
#include <QLegendMarker>
#include <QLineSeries>
#include <QToolTip>
#include <QValueAxis>

#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr int kBarHeight = 24;  ///< pixels a bar, so that labels can be read
constexpr int kThickest = 40;
constexpr int kFrame = 96;  ///< title and axis
constexpr int kLinesHeight = 260;
constexpr int kMargin = 4;
constexpr int kGridAlpha = 50;
constexpr double kBarShare = 0.7;
constexpr double kRoomForValues = 0.16;  ///< of the axis, right of the longest bar
const QColor kPicked(0xf0, 0x8c, 0x00);

int decimalsOf(double step) { return step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9)) + (std::fmod(step * std::pow(10, std::ceil(-std::log10(step))), 1) > 1e-6 ? 1 : 0); }

QValueAxis* valueAxis(const analysis::AxisScale& scale, const QPalette& palette) {
    auto* axis = new QValueAxis;
    axis->setRange(scale.from, scale.to);
    axis->setTickCount(static_cast<int>(std::lround((scale.to - scale.from) / scale.step)) + 1);
    axis->setLabelFormat(QStringLiteral("%.%1f").arg(decimalsOf(scale.step)));
    axis->setLabelsBrush(palette.windowText());
    axis->setTitleBrush(palette.windowText());
    QColor grid = palette.color(QPalette::WindowText);
    grid.setAlpha(kGridAlpha);
    axis->setGridLineColor(grid);
    return axis;
}

/// Dark bars on a dark ground would be hard to see.
QColor onGround(const std::string& name, const QPalette& palette) {
    const QColor colour(QString::fromStdString(name));
    return palette.color(QPalette::Window).lightness() < 128 ? colour.lighter(125) : colour;
}

}  // namespace

ChartView::ChartView(QWidget* parent) : QChartView(parent) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    chart()->setBackgroundVisible(false);
    chart()->legend()->setAlignment(Qt::AlignTop);
    QFont title = font();
    title.setBold(true);
    chart()->setTitleFont(title);
}

void ChartView::show(analysis::Drawing drawing) {
    mDrawing = std::move(drawing);
    mPicked = mPointed = -1;
    draw();
}

void ChartView::clear() { show(analysis::BarChart{}); }

const std::vector<analysis::Bar>& ChartView::bars() const {
    static const std::vector<analysis::Bar> kNone;
    const auto* chart = std::get_if<analysis::BarChart>(&mDrawing);
    return chart != nullptr ? chart->bars : kNone;
}

void ChartView::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) draw();
}

void ChartView::draw() {
    chart()->removeAllSeries();
    mSeries = nullptr;
    mPlaces.clear();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    chart()->setTitleBrush(palette().windowText());
    chart()->legend()->setLabelBrush(palette().windowText());
    if (const auto* bars = std::get_if<analysis::BarChart>(&mDrawing)) drawBars(*bars);
    else drawLines(std::get<analysis::LineChart>(mDrawing));
    viewport()->update();
}

void ChartView::drawBars(const analysis::BarChart& bars) {
    chart()->setTitle(text(analysis::withUnit(bars.title, bars.unit)));
    setToolTip(chart()->title());  // where there is no room for all of it
    chart()->legend()->setVisible(!bars.keys.empty());
    if (bars.bars.empty()) return;
    auto* series = new QHorizontalStackedBarSeries;
    series->setBarWidth(kBarShare);
    // A set a colour, each with a value in every row; a bar axis counts from the bottom.
    std::map<std::string, QBarSet*> sets;
    const int count = static_cast<int>(bars.bars.size());
    for (const analysis::ChartKey& key : bars.keys) {
        if (!key.colour.empty()) sets[key.colour] = new QBarSet(text(key.text));
    }
    for (const analysis::Bar& bar : bars.bars) {
        if (!sets.contains(bar.colour)) sets[bar.colour] = new QBarSet(text(bars.title));
    }
    QStringList labels;
    double least = 0;
    double most = 0;
    for (auto bar = bars.bars.rbegin(); bar != bars.bars.rend(); ++bar) {
        const double value = std::isfinite(bar->value) ? bar->value : 0;
        for (auto& [colour, set] : sets) set->append(colour == bar->colour ? value : 0);
        mPlaces.insert(mPlaces.begin(), {sets[bar->colour], static_cast<int>(labels.size())});
        least = std::min(least, value);
        most = std::max({most, value, bar->limit.value_or(0)});
        labels << text(bar->label);
        while (labels.count(labels.back()) > 1) labels.back() += QChar(0x200b);  // an axis drops what it has already
    }
    for (auto& [colour, set] : sets) {
        set->setColor(onGround(colour, palette()));
        set->setBorderColor(Qt::transparent);
        set->setSelectedColor(kPicked);
        series->append(set);
        connect(set, &QBarSet::clicked, this, [this, count](int index) {
            pick(count - 1 - index);
            emit picked(count - 1 - index);
        });
        connect(set, &QBarSet::hovered, this, [this, count](bool on, int index) {
            const int bar = on ? count - 1 - index : -1;
            point(bar);
            emit hovered(bar);
            if (!on || bar >= static_cast<int>(this->bars().size())) return;
            const auto& shown = std::get<analysis::BarChart>(mDrawing);
            const analysis::Bar& one = shown.bars[static_cast<std::size_t>(bar)];
            QToolTip::showText(QCursor::pos(), text(one.label) + QStringLiteral("  ") + number(one.value, shown.decimals) + QLatin1Char(' ') + text(shown.unit), this);
        });
    }
    chart()->addSeries(series);
    mSeries = series;
    auto* names = new QBarCategoryAxis;
    names->append(labels);
    names->setLabelsVisible(false);  // the axis would cut them to dots
    names->setGridLineVisible(false);
    const double spare = (most - least) * kRoomForValues;
    QValueAxis* values = valueAxis(analysis::axisOver(least < 0 ? least - spare : 0, most > 0 ? most + spare : 0), palette());
    chart()->addAxis(names, Qt::AlignLeft);
    chart()->addAxis(values, Qt::AlignBottom);
    series->attachAxis(names);
    series->attachAxis(values);
    makeRoom();
    setMinimumHeight(count * kBarHeight + kFrame);
    setMaximumHeight(count * kThickest + kFrame);
}

void ChartView::drawLines(const analysis::LineChart& lines) {
    chart()->setTitle(text(lines.title));
    setToolTip(chart()->title());
    chart()->legend()->setVisible(lines.lines.size() > 1);
    double least[2] = {0, 0};
    double most[2] = {lines.mark.value_or(0), 0};
    std::vector<QLineSeries*> all;
    for (const analysis::Line& line : lines.lines) {
        auto* series = new QLineSeries;
        series->setName(text(line.label));
        series->setPen(QPen(onGround(line.colour, palette()), 2.5, line.dashed ? Qt::DashLine : Qt::SolidLine));
        for (const auto& [x, y] : line.points) {
            if (!std::isfinite(x) || !std::isfinite(y)) continue;
            series->append(x, y);
            least[0] = std::min(least[0], x);
            least[1] = std::min(least[1], y);
            most[0] = std::max(most[0], x);
            most[1] = std::max(most[1], y);
        }
        connect(series, &QLineSeries::hovered, this, [this, series](const QPointF& at, bool on) {
            const auto* shown = std::get_if<analysis::LineChart>(&mDrawing);
            if (!on || shown == nullptr) return QToolTip::hideText();
            QToolTip::showText(QCursor::pos(),
                               QStringLiteral("%1\n%2 %3: %4 %5").arg(series->name(), number(at.x(), shown->x.decimals), text(shown->x.unit), number(at.y(), shown->y.decimals), text(shown->y.unit)), this);
        });
        all.push_back(series);
    }
    QValueAxis* across = valueAxis(analysis::axisOver(least[0], most[0]), palette());
    across->setTitleText(text(analysis::withUnit(lines.x.title, lines.x.unit)));
    QValueAxis* up = valueAxis(analysis::axisOver(least[1], most[1]), palette());
    up->setTitleText(text(analysis::withUnit(lines.y.title, lines.y.unit)));
    if (lines.mark) {
        auto* mark = new QLineSeries;
        mark->setPen(QPen(palette().color(QPalette::WindowText), 1, Qt::DotLine));
        mark->append(*lines.mark, up->min());
        mark->append(*lines.mark, up->max());
        all.push_back(mark);
    }
    chart()->addAxis(across, Qt::AlignBottom);
    chart()->addAxis(up, Qt::AlignLeft);
    for (QLineSeries* series : all) {
        chart()->addSeries(series);
        series->attachAxis(across);
        series->attachAxis(up);
        for (QLegendMarker* marker : chart()->legend()->markers(series)) {
            if (series->name().isEmpty()) marker->setVisible(false);
        }
    }
    makeRoom();
    setMinimumHeight(kLinesHeight);
    setMaximumHeight(QWIDGETSIZE_MAX);
}

/// Names of bars stand at the left, in at most so much of the width.
void ChartView::makeRoom() {
    constexpr double kMostForNames = 0.42;
    int widest = 0;
    for (const analysis::Bar& bar : bars()) widest = std::max(widest, fontMetrics().horizontalAdvance(text(bar.label)));
    const int room = bars().empty() ? 0 : std::min(widest + 8, static_cast<int>(width() * kMostForNames));
    chart()->setMargins(QMargins(kMargin + room, kMargin, kMargin, kMargin));
}

void ChartView::resizeEvent(QResizeEvent* event) {
    makeRoom();
    QChartView::resizeEvent(event);
}

void ChartView::pick(int bar) {
    mPicked = bar;
    for (std::size_t i = 0; i < mPlaces.size(); ++i) {
        const auto& [set, index] = mPlaces[i];
        const bool on = static_cast<int>(i) == mPicked;
        if (set->isBarSelected(index) != on) set->setBarSelected(index, on);
    }
    viewport()->update();
}

void ChartView::point(int bar) {
    if (mPointed == bar) return;
    mPointed = bar;
    viewport()->update();
}

QRectF ChartView::boxOf(std::size_t bar) const {
    const auto& [set, index] = mPlaces[bar];
    const auto at = [&](double value, double row) { return chart()->mapToScene(chart()->mapToPosition(QPointF(value, row), mSeries)); };
    const double value = set->at(index);
    const QPointF from = at(std::min(value, 0.0), index);
    const QPointF to = at(std::max(value, 0.0), index);
    const double rows = chart()->plotArea().height() / static_cast<double>(mPlaces.size());
    return {QPointF(from.x(), from.y() - rows * kBarShare / 2), QPointF(to.x(), from.y() + rows * kBarShare / 2)};
}

/// Values stand at the ends of bars, limits across them.
void ChartView::drawForeground(QPainter* painter, const QRectF& rect) {
    QChartView::drawForeground(painter, rect);
    const auto* bars = std::get_if<analysis::BarChart>(&mDrawing);
    if (bars == nullptr || mSeries == nullptr || mPlaces.size() != bars->bars.size()) return;
    painter->setFont(font());
    const QColor ink = palette().color(QPalette::WindowText);
    for (std::size_t i = 0; i < mPlaces.size(); ++i) {
        const analysis::Bar& bar = bars->bars[i];
        const QRectF box = boxOf(i);
        const QString words = std::isfinite(bar.value) ? number(bar.value, bars->decimals) : QStringLiteral("-");
        const double width = painter->fontMetrics().horizontalAdvance(words);
        double reach = box.right();
        if (bar.limit) {
            const auto& [set, index] = mPlaces[i];
            const double x = chart()->mapToScene(chart()->mapToPosition(QPointF(*bar.limit, index), mSeries)).x();
            painter->setPen(QPen(ink, 2));
            painter->drawLine(QPointF(x, box.top() - 3), QPointF(x, box.bottom() + 3));
            if (x > reach - 4 && x < reach + 8 + width) reach = x;
        }
        painter->setPen(ink);
        const double names = chart()->mapToScene(chart()->plotArea().topLeft()).x() - 8;
        const QString name = painter->fontMetrics().elidedText(text(bar.label), Qt::ElideMiddle, static_cast<int>(names) - kMargin);
        painter->drawText(QRectF(0, box.center().y() - 20, names, 40), Qt::AlignVCenter | Qt::AlignRight, name);
        const bool leftwards = bar.value < 0;
        painter->drawText(QRectF(leftwards ? box.left() - 5 - width : reach + 5, box.center().y() - 20, width + 2, 40), Qt::AlignVCenter | Qt::AlignLeft, words);
        if (static_cast<int>(i) != mPointed) continue;
        painter->setPen(QPen(kPicked, 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(box.adjusted(-1, -1, 1, 1));
    }
}

}  // namespace zonewright::desktop
