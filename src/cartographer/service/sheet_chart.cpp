#include "cartographer/service/sheet_chart.h"

#include <algorithm>

#include <QDomDocument>

#include <qgslayoutitemlegend.h>
#include <qgslayoutitempicture.h>
#include <qgsprintlayout.h>

#include "cartographer/service/sheet_legend.h"

namespace zonewright::cartographer {
namespace {

constexpr double kLetter = 13;          ///< pixels of the chart
constexpr double kSmallestLetter = 1.6;  ///< millimetres: 4.5 points
constexpr double kMostOfRoom = 0.5;      ///< the rest is for legend and tables
constexpr double kGap = 3.5;             ///< millimetres

}  // namespace

bool addChart(QgsPrintLayout& layout, const std::string& svg) {
    const auto* legend = dynamic_cast<QgsLayoutItemLegend*>(layout.itemById(QStringLiteral("legend")));
    QDomDocument document;
    const QByteArray bytes = QByteArray::fromStdString(svg);
    if (legend == nullptr || !document.setContent(bytes)) return false;
    const QSizeF size(document.documentElement().attribute(QStringLiteral("width")).toDouble(), document.documentElement().attribute(QStringLiteral("height")).toDouble());
    if (size.isEmpty()) return false;
    QRectF room = legendRoom(*legend, layout);
    const bool along = room.width() > 1.6 * room.height();
    QSizeF on;
    if (along) on = size * (room.height() / size.height());
    else on = size * (std::min(room.width(), legend->rect().width()) / size.width());
    const bool fits = along ? on.width() <= room.width() * kMostOfRoom : on.height() <= room.height() * kMostOfRoom;
    if (!fits || on.width() / size.width() * kLetter < kSmallestLetter) return false;
    QRectF box(QPointF(), on);
    if (along) box.moveTopRight({room.right() - kGap, room.top()});
    else box.moveBottomLeft({room.left(), room.bottom() - kGap});
    auto* picture = new QgsLayoutItemPicture(&layout);
    picture->setId(QStringLiteral("chart"));
    picture->setPicturePath(QStringLiteral("base64:") + QString::fromLatin1(bytes.toBase64()), QgsLayoutItemPicture::FormatSVG);
    picture->setResizeMode(QgsLayoutItemPicture::Zoom);
    picture->attemptSetSceneRect(box);
    layout.addLayoutItem(picture);
    return true;
}

}  // namespace zonewright::cartographer
