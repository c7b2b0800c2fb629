#include "desktop/session/icons.h"

#include <map>

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

namespace zonewright::desktop {
namespace {

/// SVG shapes on a 24 x 24 board, stroked 1.7 wide unless they say otherwise.
const std::map<QString, const char*>& shapes() {
    static const std::map<QString, const char*> kShapes{
        {"open", "<path d='M3 19V6h6l2 2h8v3M3 19l3-8h16l-3 8z'/>"},
        {"new", "<path d='M6 3h8l4 4v14H6zM14 3v4h4M12 11v6M9 14h6'/>"},
        {"import", "<path d='M12 3v11M8 10l4 4 4-4M4 16v4h16v-4'/>"},
        {"print", "<path d='M7 8V3h10v5M5 17H3V8h18v9h-2M7 14h10v7H7z'/>"},
        {"settings", "<path d='M4 7h10M18 7h2M4 12h2M10 12h10M4 17h8M16 17h4'/><circle cx='16' cy='7' r='2'/><circle cx='8' cy='12' r='2'/><circle cx='14' cy='17' r='2'/>"},
        {"undo", "<path d='M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9'/>"},
        {"redo", "<path d='M16 5l4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h5'/>"},
        {"pan", "<path d='M12 3v18M3 12h18M12 3l-2.5 2.5M12 3l2.5 2.5M12 21l-2.5-2.5M12 21l2.5-2.5M3 12l2.5-2.5M3 12l2.5 2.5M21 12l-2.5-2.5M21 12l-2.5 2.5'/>"},
        {"zoom-in", "<circle cx='10' cy='10' r='6'/><path d='M14.5 14.5L20 20M10 7.5v5M7.5 10h5'/>"},
        {"zoom-out", "<circle cx='10' cy='10' r='6'/><path d='M14.5 14.5L20 20M7.5 10h5'/>"},
        {"zoom-all", "<path d='M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5'/><rect x='8' y='8' width='8' height='8'/>"},
        {"zoom-selection", "<path d='M3 8V3h5M16 3h5v5M21 16v5h-5M8 21H3v-5'/><circle cx='12' cy='12' r='3' fill='#f5b301'/>"},
        {"view-back", "<circle cx='13' cy='11' r='7'/><path d='M18 16l4 4M15.5 11H9M11.5 8L8.5 11l3 3'/>"},
        {"view-forward", "<circle cx='11' cy='11' r='7'/><path d='M16 16l4 4M8 11h6M11.5 8l3 3-3 3'/>"},
        {"select", "<path d='M5 3l14 8-6 1.5L10 19z'/>"},
        {"select-box", "<rect x='3' y='3' width='13' height='12' stroke-dasharray='2.5 2'/><path d='M13 12l8 4-3.5 1L16 21z' fill='#fff'/>"},
        {"vertex", "<path d='M4 18L10 7l10 6'/><circle cx='10' cy='7' r='2.6' fill='#e2483d' stroke='none'/><circle cx='4' cy='18' r='1.6'/><circle cx='20' cy='13' r='1.6'/>"},
        {"edge", "<path d='M4 19l4-12M20 19L16 5'/><path d='M8 7l8-2' stroke='#e2483d' stroke-width='2.4'/><path d='M12 9v6M10 13l2 2 2-2'/>"},
        {"reshape", "<path d='M3 16h4M17 16h4'/><path d='M7 16c1-10 9-10 10 0' stroke='#e2483d'/><path d='M7 16h10' stroke-dasharray='2 2'/>"},
        {"split", "<rect x='4' y='5' width='16' height='14'/><path d='M10 2l4 20' stroke='#e2483d'/>"},
        {"split-areas", "<rect x='3' y='6' width='18' height='12'/><path d='M9 6v12M15 6v12' stroke='#e2483d'/>"},
        {"merge", "<path d='M4 5h7v14H4zM13 5h7v14h-7z'/><path d='M8 12h8' stroke='#e2483d' stroke-width='2.4'/>"},
        {"transfer", "<path d='M3 5h18v14H3zM12 5v4'/><path d='M6 14h11M14 11l3 3-3 3' stroke='#e2483d'/>"},
        {"new-zone", "<path d='M4 18L6 6l9-2 5 7-4 9z' stroke='#e2483d'/><path d='M12 9v6M9 12h6'/>"},
        {"attributes", "<rect x='4' y='4' width='16' height='16'/><path d='M4 9h16M10 9v11'/>"},
        {"snap", "<path d='M6 4v8a6 6 0 0 0 12 0V4h-4v8a2 2 0 0 1-4 0V4zM6 8h4M14 8h4'/>"},
        {"layers", "<path d='M12 4l9 5-9 5-9-5zM3 14l9 5 9-5'/>"},
        {"info", "<circle cx='12' cy='12' r='9'/><path d='M12 11v6M12 7.5v.5'/>"},
        {"table", "<rect x='3' y='5' width='18' height='14'/><path d='M3 10h18M3 14.5h18M9 5v14'/>"},
        {"history", "<path d='M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4l3 2'/>"},
        {"search", "<circle cx='10' cy='10' r='6'/><path d='M14.5 14.5L20 20'/>"},
        {"check", "<path d='M4 12.5l5 5L20 6.5'/>"},
        {"siting", "<path d='M12 21s-6-6-6-11a6 6 0 0 1 12 0c0 5-6 11-6 11z'/><path d='M9.5 10l2 2 3.5-3.5'/>"},
        {"reach", "<path d='M12 3c5 0 9 3 8 8s-2 9-8 9-9-4-8-9 3-8 8-8z'/><path d='M12 8c2.5 0 4 1.5 3.5 4s-1.5 3.5-3.5 3.5S8 14 8.5 11.5 10 8 12 8z' stroke-dasharray='2 1.5'/><circle cx='12' cy='12' r='1.5' fill='#e2483d' stroke='none'/>"},
        {"chart", "<path d='M4 20V4M4 20h16M8 20v-7M12.5 20V8M17 20v-10'/>"},
        {"clock", "<circle cx='12' cy='12' r='8.5'/><path d='M12 7v5l4 2'/>"},
        {"play", "<path d='M7 4l12 8-12 8z'/>"},
        {"close", "<path d='M6 6l12 12M18 6L6 18'/>"},
        {"copy", "<rect x='8' y='8' width='12' height='12'/><path d='M16 8V4H4v12h4'/>"},
        {"warning", "<path d='M12 4l9 16H3zM12 10v5M12 17.2v.4'/>"},
        {"lock", "<rect x='5' y='11' width='14' height='9'/><path d='M8 11V8a4 4 0 0 1 8 0v3'/>"},
        {"theme", "<circle cx='12' cy='12' r='8.5'/><path d='M12 3.5v17A8.5 8.5 0 0 0 12 3.5z' fill='#888' stroke='none'/>"},
        {"export", "<path d='M12 14V3M8 7l4-4 4 4M4 16v4h16v-4'/>"},
        {"measure", "<path d='M3 15L15 3l6 6L9 21zM7 11l2 2M10 8l3 3M13 5l2 2'/>"},
        {"compare", "<rect x='3' y='5' width='18' height='14'/><path d='M12 3v18M9 10l-2 2 2 2M15 10l2 2-2 2'/>"},
        {"tag", "<path d='M4 4h8l9 9-8 8-9-9z'/><circle cx='8.5' cy='8.5' r='1.3'/>"},
    };
    return kShapes;
}

class LineIcon : public QIconEngine {
public:
    explicit LineIcon(QByteArray shape) : mShape(std::move(shape)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const QColor colour = QApplication::palette().color(group, mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::WindowText);
        const QByteArray svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><g fill='none' stroke='" + colour.name().toLatin1() +
                               "' stroke-width='1.7' stroke-linejoin='round' stroke-linecap='round'>" + mShape + "</g></svg>";
        QSvgRenderer renderer(svg);
        if (mode == QIcon::Disabled) painter->setOpacity(0.5);
        renderer.render(painter, rect);
        painter->setOpacity(1);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new LineIcon(mShape); }

private:
    QByteArray mShape;
};

}  // namespace

QIcon icon(const QString& name) {
    const auto found = shapes().find(name);
    return found == shapes().end() ? QIcon() : QIcon(new LineIcon(found->second));
}

}  // namespace zonewright::desktop
