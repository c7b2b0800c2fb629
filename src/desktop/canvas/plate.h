#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace zonewright::desktop {

/// Words on a light plate at the top of an area of the map; shortened where they do not fit.
void paintPlate(QPainter& painter, const QRectF& area, const QString& words, Qt::Alignment side);

}  // namespace zonewright::desktop
