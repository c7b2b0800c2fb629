#pragma once

#include <QIcon>
#include <QString>

namespace zonewright::desktop {

/// A line icon in the colour of the window's text, so that it reads on light and dark; sharp at every pixel ratio.
/// An unknown name gives an empty icon.
[[nodiscard]] QIcon icon(const QString& name);

}  // namespace zonewright::desktop
