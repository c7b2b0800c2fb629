#pragma once

#include <filesystem>

#include <qgsvectorlayer.h>

#include "cartographer/protocol/messages.h"
#include "core/base/error.h"

namespace zonewright::cartographer {

/// Styles a layer after a .qml whose class labels are written `中文 | English`, keeping one side.
/// Errors: FileNotFound, FileUnreadable.
[[nodiscard]] Result<void> applyStyle(QgsVectorLayer& layer, const std::filesystem::path& qml, Language language);

/// Gives the classes of a result their own words: a category labelled `[column]` takes that column's text from the first
/// feature of the category, so that the class bounds in a legend are those the analysis wrote. Again after the content
/// has changed.
void nameClasses(QgsVectorLayer& layer);

/// Colours areas by a number, over the style they have; what is told of each is its name and the number.
void applyClasses(QgsVectorLayer& layer, const ValueClasses& classes, Language language);

/// What marks and files without a style look like: a red outline, or a red ring for points, labelled where there is a
/// field `label`.
void applyPlainStyle(QgsVectorLayer& layer);

}  // namespace zonewright::cartographer
