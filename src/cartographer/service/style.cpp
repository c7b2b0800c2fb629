#include "cartographer/service/style.h"

#include <QDomDocument>
#include <QFile>

#include <qgscategorizedsymbolrenderer.h>
#include <qgsexpression.h>
#include <qgsfeatureiterator.h>
#include <qgsfillsymbol.h>
#include <qgsgraduatedsymbolrenderer.h>
#include <qgslinesymbol.h>
#include <qgsmarkersymbol.h>
#include <qgspallabeling.h>
#include <qgssinglesymbolrenderer.h>
#include <qgstextbuffersettings.h>
#include <qgsvectorlayerlabeling.h>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {
namespace {

void keepOneSide(QDomElement element, Language language) {
    const QString label = element.attribute(QStringLiteral("label"));
    if (!label.isEmpty()) element.setAttribute(QStringLiteral("label"), sideOf(label, language));
    for (QDomElement child = element.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
        keepOneSide(child, language);
    }
}

// QGIS 3 hands out a plain pointer, QGIS 4 an owning one.
QgsSymbol* taken(QgsSymbol* symbol) { return symbol; }
template <typename Symbol>
QgsSymbol* taken(std::unique_ptr<Symbol> symbol) {
    return symbol.release();
}

QgsSymbol* plainSymbol(QgsWkbTypes::GeometryType type) {
    const QString red = QStringLiteral("200,0,0,255");
    const QString width = QStringLiteral("0.5");
    if (type == QgsWkbTypes::PointGeometry) {
        return taken(QgsMarkerSymbol::createSimple(
            {{"name", "circle"}, {"color", "255,255,255,0"}, {"outline_color", red}, {"outline_width", width}, {"size", "4"}}));
    }
    if (type == QgsWkbTypes::LineGeometry) {
        return taken(QgsLineSymbol::createSimple({{"line_color", red}, {"line_width", "0.7"}}));
    }
    return taken(QgsFillSymbol::createSimple({{"color", "200,0,0,40"}, {"outline_color", red}, {"outline_width", width}}));
}

}  // namespace

Result<void> applyStyle(QgsVectorLayer& layer, const std::filesystem::path& qml, Language language) {
    QFile file(pathToQt(qml));
    if (!file.open(QIODevice::ReadOnly)) return failure(ErrorCode::FileNotFound, "map style", qml.string());
    QDomDocument style;
    QString message;
    int line = 0;
    if (!style.setContent(&file, &message, &line)) {
        return failure(ErrorCode::FileUnreadable, fromQt(message), qml.string() + ":" + std::to_string(line));
    }
    keepOneSide(style.documentElement(), language);
    if (!layer.importNamedStyle(style, message)) return failure(ErrorCode::FileUnreadable, fromQt(message), qml.string());
    return {};
}

void nameClasses(QgsVectorLayer& layer) {
    static const QString kColumn = QStringLiteral("zonewright/class_column");
    auto* renderer = dynamic_cast<QgsCategorizedSymbolRenderer*>(layer.renderer());
    if (renderer == nullptr) return;
    QString column = layer.customProperty(kColumn).toString();
    QList<int> named;
    for (int i = 0; i < renderer->categories().size(); ++i) {
        const QString label = renderer->categories()[i].label();
        const bool placeholder = label.startsWith('[') && label.endsWith(']');
        if (placeholder) column = label.mid(1, label.size() - 2);
        if (placeholder || renderer->categories()[i].value().toInt() > 0) named << i;
    }
    if (column.isEmpty() || layer.fields().indexOf(column) < 0) return;
    layer.setCustomProperty(kColumn, column);
    for (const int i : named) {
        const QString value = QgsExpression::quotedValue(renderer->categories()[i].value());
        QgsFeatureRequest request;
        request.setFilterExpression(QStringLiteral("to_string(%1) = to_string(%2)").arg(renderer->classAttribute(), value));
        request.setFlags(QgsFeatureRequest::NoGeometry);
        request.setLimit(1);
        QgsFeature feature;
        if (layer.getFeatures(request).nextFeature(feature)) renderer->updateCategoryLabel(i, feature.attribute(column).toString());
    }
}

void applyClasses(QgsVectorLayer& layer, const ValueClasses& classes, Language language) {
    if (layer.geometryType() != QgsWkbTypes::PolygonGeometry || layer.fields().indexOf(toQt(classes.field)) < 0) return;
    const auto fill = [](const QString& colour) {
        return taken(QgsFillSymbol::createSimple({{"color", colour}, {"outline_color", "#ffffff"}, {"outline_width", "0.25"}, {"joinstyle", "miter"}}));
    };
    QgsRangeList ranges;
    for (const ValueClass& one : classes.classes) ranges << QgsRendererRange(one.from, one.to, fill(toQt(one.colour)), toQt(one.label));
    auto* renderer = new QgsGraduatedSymbolRenderer(toQt(classes.field), ranges);
    layer.setRenderer(renderer);
    if (layer.labeling() == nullptr) return;
    QgsPalLayerSettings labels = layer.labeling()->settings();
    const auto quoted = [](const std::string& field) { return QgsExpression::quotedColumnRef(toQt(field)); };
    QString name = QStringLiteral("''");
    if (layer.fields().indexOf(QStringLiteral("name")) >= 0) name = quoted("name");
    if (language == Language::English && layer.fields().indexOf(QStringLiteral("name_en")) >= 0) name = QStringLiteral("coalesce(nullif(\"name_en\",''),%1)").arg(name);
    const QString unit = classes.unit == "%" ? QStringLiteral("%") : QString();
    labels.isExpression = true;
    labels.fieldName = QStringLiteral("%1 || '\n' || coalesce(format_number(%2 * %3, %4) || '%5', '—')")
                           .arg(name, quoted(classes.field), QString::number(classes.factor, 'g', 12), QString::number(classes.decimals), unit);
    layer.setLabeling(new QgsVectorLayerSimpleLabeling(labels));
}

void applyPlainStyle(QgsVectorLayer& layer) {
    layer.setRenderer(new QgsSingleSymbolRenderer(plainSymbol(layer.geometryType())));
    if (layer.fields().indexOf(QStringLiteral("label")) < 0) return;
    QgsPalLayerSettings labels;
    labels.fieldName = QStringLiteral("label");
    QgsTextFormat format;
    format.setFont(QFont(QStringLiteral("Noto Sans CJK SC")));
    format.setSize(8);
    format.setColor(QColor(150, 0, 0));
    QgsTextBufferSettings halo;
    halo.setEnabled(true);
    halo.setSize(0.6);
    format.setBuffer(halo);
    labels.setFormat(format);
    layer.setLabeling(new QgsVectorLayerSimpleLabeling(labels));
    layer.setLabelsEnabled(true);
}

}  // namespace zonewright::cartographer
