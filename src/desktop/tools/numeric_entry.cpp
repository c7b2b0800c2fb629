#include "desktop/tools/numeric_entry.h"

#include <cmath>
#include <numbers>
#include <regex>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include "core/geometry/grid.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr double kRadians = std::numbers::pi / 180;

Point polar(Point from, double length, double bearing) {
    return {from.x + length * std::sin(bearing * kRadians), from.y + length * std::cos(bearing * kRadians)};
}

}  // namespace

std::optional<Point> readNumeric(const std::string& text, const NumericContext& context) {
    static const std::string kNumber = R"((-?\d+(?:\.\d+)?))";
    static const std::regex kPolar("\\s*" + kNumber + "\\s*m?\\s*<\\s*" + kNumber + "\\s*°?\\s*");
    static const std::regex kRelative("\\s*@\\s*" + kNumber + "\\s*(?:,|，|\\s)\\s*" + kNumber + "\\s*");
    static const std::regex kLength("\\s*" + kNumber + "\\s*m?\\s*");
    std::smatch m;
    if (std::regex_match(text, m, kPolar)) return context.last ? std::optional(snapped(polar(*context.last, std::stod(m[1]), std::stod(m[2])))) : std::nullopt;
    if (std::regex_match(text, m, kRelative)) {
        if (!context.last) return std::nullopt;
        return snapped(Point{context.last->x + std::stod(m[1]), context.last->y + std::stod(m[2])});
    }
    if (std::regex_match(text, m, kLength)) {
        if (!context.last || !context.towards) return std::nullopt;
        const double dx = context.towards->x - context.last->x;
        const double dy = context.towards->y - context.last->y;
        const double distance = std::hypot(dx, dy);
        if (distance == 0) return std::nullopt;
        const double length = std::stod(m[1]);
        return snapped(Point{context.last->x + dx / distance * length, context.last->y + dy / distance * length});
    }
    const auto place = context.readPlace ? context.readPlace(text) : std::nullopt;
    return place ? std::optional(snapped(*place)) : std::nullopt;
}

NumericEntry::NumericEntry(QWidget* map) : QFrame(map), mText(new QLineEdit(this)), mHint(new QLabel(this)) {
    setObjectName(QStringLiteral("numeric"));
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    mText->setObjectName(QStringLiteral("numeric_text"));
    mText->setMinimumWidth(220);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    row->addWidget(mText);
    row->addWidget(mHint);
    mText->installEventFilter(this);
    inLanguage(this, [this] {
        mHint->setText(text("x, y ｜ @dx, dy ｜ 长度<方位角 ｜ 长度", "x, y | @dx, dy | length<bearing | length"));
        mHint->setToolTip(text("方位角自格网北顺时针，单位度；长度单位米", "Bearing clockwise from grid north in degrees; lengths in metres"));
    });
    hide();
}

void NumericEntry::open(const QString& first, std::function<NumericContext()> context, std::function<void(Point)> placed) {
    mContext = std::move(context);
    mPlaced = std::move(placed);
    mText->setText(first);
    mText->setStyleSheet({});
    adjustSize();
    move(12, parentWidget()->height() - height() - 12);
    show();
    raise();
    mText->setFocus();
}

bool NumericEntry::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            hide();
            parentWidget()->setFocus();
            return true;
        }
        // Taken here: a field passes Enter on to its parents, and to the map it means that the drawing is done.
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            accept();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void NumericEntry::accept() {
    const auto place = mContext && mPlaced ? readNumeric(mText->text().toStdString(), mContext()) : std::nullopt;
    if (!place) {
        mText->setStyleSheet(QStringLiteral("border: 1px solid #d32f2f;"));
        mText->selectAll();
        return;
    }
    hide();
    parentWidget()->setFocus();
    mPlaced(*place);
}

}  // namespace zonewright::desktop
