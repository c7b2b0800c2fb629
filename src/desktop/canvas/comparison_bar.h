#pragma once

#include <QFrame>

#include "desktop/session/map_content.h"

class QComboBox;
class QToolButton;

namespace zonewright::desktop {

class Comparison;

/// Over two maps that are compared: what each shows, swipe or side by side, and the end of it.
class ComparisonBar : public QFrame {
    Q_OBJECT
public:
    ComparisonBar(MapContent& content, Comparison& comparison);

private:
    void fill();
    void fill(QComboBox* box, const std::string& theme, const QString& title);

    MapContent& mContent;
    Comparison& mComparison;
    QComboBox* mLeft;
    QComboBox* mRight;
    QToolButton* mSwipe;
    QToolButton* mSide;
    QToolButton* mClose;
};

}  // namespace zonewright::desktop
