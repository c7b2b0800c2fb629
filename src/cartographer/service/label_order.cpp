#include "cartographer/service/label_order.h"

#include <qgsexpressioncontextutils.h>
#include <qgspallabeling.h>
#include <qgsrulebasedlabeling.h>
#include <qgsvectorlayer.h>
#include <qgsvectorlayerlabeling.h>

namespace zonewright::cartographer {
namespace {

/// For a layer whose style gives no z-index expression of its own.
QgsPalLayerSettings ordered(QgsPalLayerSettings settings) {
    QgsPropertyCollection& properties = settings.dataDefinedProperties();
    if (!properties.isActive(QgsPalLayerSettings::ZIndex)) {
        const QString expression = QStringLiteral("%1 * 1000 + coalesce(@zw_label_rank, 0) + $id * 1e-7").arg(settings.zIndex);
        properties.setProperty(QgsPalLayerSettings::ZIndex, QgsProperty::fromExpression(expression));
    }
    return settings;
}

void orderRule(QgsRuleBasedLabeling::Rule& rule) {
    if (rule.settings() != nullptr) rule.setSettings(new QgsPalLayerSettings(ordered(*rule.settings())));
    for (QgsRuleBasedLabeling::Rule* child : rule.children()) orderRule(*child);
}

}  // namespace

void orderLabels(QgsVectorLayer& layer) {
    if (layer.labeling() == nullptr) return;
    std::unique_ptr<QgsAbstractVectorLayerLabeling> labeling(layer.labeling()->clone());
    if (auto* rules = dynamic_cast<QgsRuleBasedLabeling*>(labeling.get())) {
        orderRule(*rules->rootRule());
    } else {
        labeling->setSettings(new QgsPalLayerSettings(ordered(labeling->settings())));
    }
    layer.setLabeling(labeling.release());
}

void rankLabels(const QList<QgsMapLayer*>& layers) {
    for (int i = 0; i < layers.size(); ++i) {
        QgsExpressionContextUtils::setLayerVariable(layers[i], QStringLiteral("zw_label_rank"), static_cast<int>(layers.size()) - i);
    }
}

}  // namespace zonewright::cartographer
