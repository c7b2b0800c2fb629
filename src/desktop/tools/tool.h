#pragma once

#include <QCursor>
#include <QObject>
#include <QPointF>
#include <QString>

#include "core/base/localized.h"
#include "core/geometry/types.h"

class QKeyEvent;
class QPainter;

namespace zonewright::desktop {

struct ViewTransform;

/// What the hand does, at a place.
struct Pointer {
    Point map;
    QPointF pixel;
    Qt::MouseButton button = Qt::NoButton;
    Qt::MouseButtons buttons;
    Qt::KeyboardModifiers modifiers;
};

/// A tool in hand: a state machine that the map feeds with what the hand does. One file a tool. A tool decides nothing
/// about zoning: it asks core and shows the answer.
class Tool : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void enter() {}
    virtual void leave() {}
    virtual void press(const Pointer&) {}
    virtual void move(const Pointer&) {}
    virtual void release(const Pointer&) {}
    virtual void doubleClick(const Pointer& pointer) { press(pointer); }
    virtual void finish(const Pointer&) {}  ///< the right button
    virtual void cancel() {}                ///< Esc
    virtual bool key(QKeyEvent&) { return false; }  ///< true when the tool took it
    virtual void paint(QPainter&, const ViewTransform&) {}
    [[nodiscard]] virtual QCursor cursor() const { return Qt::CrossCursor; }
    /// What to do next, for the status bar.
    [[nodiscard]] virtual QString hint() const { return {}; }

signals:
    void hintChanged();
};

}  // namespace zonewright::desktop
