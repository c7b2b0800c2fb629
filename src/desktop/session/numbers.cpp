#include "desktop/session/numbers.h"

#include <cmath>

#include <QLocale>

#include "desktop/session/language.h"

namespace zonewright::desktop {

QString number(double value, int decimals) { return QLocale(QLocale::English).toString(value, 'f', decimals); }

QString shortAreaText(SquareMetres area) {
    return area.value < 1000 ? number(area.value, 1) + QStringLiteral(" m²") : number(toHectares(area), 2) + QStringLiteral(" ha");
}

QString unitText(const std::string& unit) {
    if (unit == "m2") return QStringLiteral("m²");
    if (unit == "km2") return QStringLiteral("km²");
    if (unit == "人") return text("人", "persons");
    return QString::fromStdString(unit);
}

QString scaleText(double denominator) {
    const double step = denominator < 1000 ? 1 : std::pow(10, std::floor(std::log10(denominator)) - 2);
    return QStringLiteral("1:") + number(std::round(denominator / step) * step, 0);
}

std::optional<double> readScale(QString text) {
    text = text.mid(text.indexOf(QLatin1Char(':')) + 1).remove(QLatin1Char(',')).remove(QLatin1Char(' '));
    bool ok = false;
    double value = 0;
    if (text.endsWith(QStringLiteral("万"))) value = text.chopped(1).toDouble(&ok) * 10000;
    else value = text.toDouble(&ok);
    if (!ok || !(value >= 1)) return std::nullopt;
    return value;
}

}  // namespace zonewright::desktop
