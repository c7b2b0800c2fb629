#include "cartographer/service/crs_note.h"

#include <QRegularExpression>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {

QString crsNote(const QgsCoordinateReferenceSystem& crs, Language language) {
    const QString plain = QStringLiteral("%1 (%2)").arg(crs.description(), crs.authid());
    if (language == Language::English) return plain;
    // The national names exist for the national systems only; other systems keep the name of the registry.
    static const QRegularExpression gaussKruger(
        QStringLiteral("^(CGCS2000|Beijing 1954|Xian 1980) / (3-degree )?Gauss-Kruger (CM (\\d+)E|zone (\\d+))$"));
    const QRegularExpressionMatch match = gaussKruger.match(crs.description());
    if (!match.hasMatch()) return plain;
    const QString datum = match.captured(1) == QLatin1String("CGCS2000")       ? QStringLiteral("2000国家大地坐标系（CGCS2000）")
                          : match.captured(1) == QLatin1String("Beijing 1954") ? QStringLiteral("1954年北京坐标系")
                                                                               : QStringLiteral("1980西安坐标系");
    const int width = match.captured(2).isEmpty() ? 6 : 3;
    const int zone = match.captured(5).toInt();
    const int meridian = zone == 0 ? match.captured(4).toInt() : width == 3 ? zone * 3 : zone * 6 - 3;
    return QStringLiteral("%1，高斯－克吕格投影%2°分带，中央经线%3°E（%4）").arg(datum).arg(width).arg(meridian).arg(crs.authid());
}

}  // namespace zonewright::cartographer
