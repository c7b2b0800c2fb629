#pragma once

#include <vector>

#include <QChartView>

class QBarSet;

namespace zonewright::desktop {

/// Horizontal bars with a label each; the one pointed at is told, the picked one stands out.
class BarView : public QChartView {
    Q_OBJECT
public:
    struct Bar {
        QString label;  ///< unique
        QString key;    ///< what the bar is about; several may be about the same
        double value = 0;
    };
    explicit BarView(QWidget* parent = nullptr);

    void setBars(const QString& title, const std::vector<Bar>& bars, int decimals);
    /// Makes the bars of a key stand out.
    void pick(const QString& key);
    [[nodiscard]] const std::vector<Bar>& bars() const { return mBars; }

signals:
    void picked(const QString& key);

private:
    std::vector<Bar> mBars;  ///< top to bottom
    QBarSet* mSet = nullptr;
};

}  // namespace zonewright::desktop
