#pragma once

#include <QList>

class QgsMapLayer;
class QgsVectorLayer;

namespace zonewright::cartographer {

/// Makes the order in which labels are drawn a total one: by the style's own z-index, then by layer, then by feature.
/// QGIS leaves the order of equally large labels of a layer to chance, and the same sheet would not be the same file.
void orderLabels(QgsVectorLayer& layer);

/// Tells layers, top first, where their labels lie. Labels of upper layers are drawn last.
void rankLabels(const QList<QgsMapLayer*>& layers);

}  // namespace zonewright::cartographer
