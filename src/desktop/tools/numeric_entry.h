#pragma once

#include <functional>
#include <optional>

#include <QFrame>

#include "core/geometry/types.h"

class QLabel;
class QLineEdit;

namespace zonewright::desktop {

/// A place typed instead of clicked: "x, y" or longitude and latitude; "@dx, dy" from the last point; "120 < 45" a length
/// in metres and a bearing clockwise from grid north; "120" that length towards the pointer.
struct NumericContext {
    std::optional<Point> last;     ///< the point before
    std::optional<Point> towards;  ///< where the pointer is
    std::function<std::optional<Point>(const std::string&)> readPlace;
};
[[nodiscard]] std::optional<Point> readNumeric(const std::string& text, const NumericContext& context);

/// The field in the corner of the map in which a place is typed while a tool draws.
class NumericEntry : public QFrame {
    Q_OBJECT
public:
    explicit NumericEntry(QWidget* map);

    /// Opens with the first key that was typed. `placed` is called on Enter, with the place.
    void open(const QString& first, std::function<NumericContext()> context, std::function<void(Point)> placed);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void accept();

    QLineEdit* mText;
    QLabel* mHint;
    std::function<NumericContext()> mContext;
    std::function<void(Point)> mPlaced;
};

}  // namespace zonewright::desktop
