#pragma once

#include <optional>

#include <QChartView>

#include "core/analysis/chart.h"

class QBarCategoryAxis;
class QBarSet;
class QAbstractSeries;

namespace zonewright::desktop {

/// A chart of a result on the screen, in the window's colours: horizontal bars with values and limits, or lines. What is
/// pointed at is told, the picked bar stands out. What is handed out is `analysis::toSvg` of the same chart.
class ChartView : public QChartView {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);

    void show(analysis::Drawing drawing);
    void clear();
    [[nodiscard]] const analysis::Drawing& drawing() const { return mDrawing; }
    /// Nothing when lines are shown.
    [[nodiscard]] const std::vector<analysis::Bar>& bars() const;
    /// Makes a bar stand out; -1 for none.
    void pick(int bar);
    /// The same for as long as the pointer is on what it is about elsewhere.
    void point(int bar);
    [[nodiscard]] int pointed() const { return mPointed; }

signals:
    void picked(int bar);
    /// The bar under the pointer; -1 when it has left.
    void hovered(int bar);

protected:
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    void drawBars(const analysis::BarChart& chart);
    void drawLines(const analysis::LineChart& chart);
    void makeRoom();
    [[nodiscard]] QRectF boxOf(std::size_t bar) const;  ///< in the scene

    analysis::Drawing mDrawing;
    QAbstractSeries* mSeries = nullptr;  ///< where bars are
    std::vector<std::pair<QBarSet*, int>> mPlaces;  ///< of bars, aligned
    int mPicked = -1;
    int mPointed = -1;
};

}  // namespace zonewright::desktop
