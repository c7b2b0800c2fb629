#include "cartographer/service/legend.h"

#include <numeric>

#include <QBuffer>
#include <QPainter>

#include <qgsexpressioncontextutils.h>
#include <qgsfeatureiterator.h>
#include <qgslegendsymbolitem.h>
#include <qgsrendercontext.h>
#include <qgsrenderer.h>
#include <qgssymbol.h>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {
namespace {

/// Classes whose scale range does not show at this scale never come up as used, and would make us read every feature.
QSet<QString> possibleKeys(const QgsFeatureRenderer& renderer, double scale) {
    QSet<QString> keys;
    for (const auto& item : renderer.legendSymbolItems()) {
        if (item.isScaleOK(scale)) keys.insert(item.ruleKey());
    }
    return keys;
}

QSet<QString> usedKeys(QgsVectorLayer& layer, const QgsMapSettings& map) {
    if (layer.hasScaleBasedVisibility() && !layer.isInScaleRange(map.scale())) return {};
    QgsRenderContext context = QgsRenderContext::fromMapSettings(map);
    context.expressionContext().appendScope(QgsExpressionContextUtils::layerScope(&layer));
    const std::unique_ptr<QgsFeatureRenderer> renderer(layer.renderer()->clone());
    const QSet<QString> possible = possibleKeys(*renderer, map.scale());

    QgsFeatureRequest request;
    const QgsRectangle visible = map.mapToLayerCoordinates(&layer, map.visibleExtent());
    if (visible.contains(layer.extent())) {
        request.setFlags(QgsFeatureRequest::NoGeometry);
    } else {
        request.setFilterRect(visible);
        request.setFlags(QgsFeatureRequest::ExactIntersect);
    }
    renderer->startRender(context, layer.fields());
    request.setSubsetOfAttributes(renderer->usedAttributes(context), layer.fields());
    QSet<QString> used;
    QgsFeature feature;
    QgsFeatureIterator features = layer.getFeatures(request);
    while (used.size() < possible.size() && features.nextFeature(feature)) {
        context.expressionContext().setFeature(feature);
        used.unite(renderer->legendKeysForFeature(feature, context).intersect(possible));
    }
    renderer->stopRender(context);
    return used;
}

std::string png(const QgsSymbol& symbol, double dpi) {
    const double pixels = dpi / 25.4;
    QImage image(qRound(7 * pixels), qRound(4 * pixels), QImage::Format_ARGB32_Premultiplied);
    image.setDotsPerMeterX(qRound(pixels * 1000));
    image.setDotsPerMeterY(qRound(pixels * 1000));
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QgsRenderContext context = QgsRenderContext::fromQPainter(&painter);
    const std::unique_ptr<QgsSymbol> drawn(symbol.clone());
    drawn->drawPreviewIcon(&painter, image.size(), &context);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes.toBase64().toStdString();
}

}  // namespace

std::vector<UsedClasses> usedClasses(const std::vector<LegendLayer>& legend, const QgsMapSettings& map) {
    std::vector<UsedClasses> all;
    for (const auto& entry : legend) {
        if (!entry.layer->isSpatial() || entry.layer->renderer() == nullptr) continue;
        const QSet<QString> used = usedKeys(*entry.layer, map);
        UsedClasses classes{&entry, {}};
        const QgsLegendSymbolList items = entry.layer->renderer()->legendSymbolItems();
        QSet<QString> labels;  // classes that differ by scale alone carry the same label
        for (int i = 0; i < items.size(); ++i) {
            if (!used.contains(items[i].ruleKey()) || (!items[i].label().isEmpty() && labels.contains(items[i].label()))) continue;
            labels.insert(items[i].label());
            classes.indices.push_back(i);
        }
        if (!classes.indices.empty()) all.push_back(std::move(classes));
    }
    return all;
}

std::vector<UsedClasses> allClasses(const std::vector<LegendLayer>& legend) {
    std::vector<UsedClasses> all;
    for (const auto& entry : legend) {
        if (!entry.layer->isSpatial() || entry.layer->renderer() == nullptr) continue;
        UsedClasses classes{&entry, std::vector<int>(static_cast<std::size_t>(entry.layer->renderer()->legendSymbolItems().size()))};
        std::iota(classes.indices.begin(), classes.indices.end(), 0);
        all.push_back(std::move(classes));
    }
    return all;
}

LegendReply legendReply(const std::vector<UsedClasses>& classes, double dpi) {
    LegendReply reply;
    for (const auto& used : classes) {
        LegendGroup group{used.layer->drawing, fromQt(used.layer->title), {}};
        const QgsLegendSymbolList items = used.layer->layer->renderer()->legendSymbolItems();
        for (const int index : used.indices) {
            const QgsLegendSymbolItem& item = items[index];
            const QString label = item.label().isEmpty() ? used.layer->title : item.label();
            group.entries.push_back({fromQt(item.ruleKey()), fromQt(label), item.symbol() != nullptr ? png(*item.symbol(), dpi) : ""});
        }
        reply.groups.push_back(std::move(group));
    }
    return reply;
}

}  // namespace zonewright::cartographer
