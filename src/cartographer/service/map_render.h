#pragma once

#include <functional>

#include <QImage>

#include <qgsfeedback.h>
#include <qgsmapsettings.h>

#include "cartographer/service/map_project.h"

namespace zonewright::cartographer {

/// How a composition is drawn on a screen.
[[nodiscard]] QgsMapSettings mapSettings(const Composition& composition, const RenderRequest& request, const QgsRectangle& extent);

/// Draws in background threads while this thread's event loop runs; `partial` is called a few times a second.
/// Returns at once when `feedback` is cancelled; the threads wind down by themselves.
/// Errors: Cancelled.
[[nodiscard]] Result<QImage> drawMap(const QgsMapSettings& settings, const std::function<void(const QImage&)>& partial,
                                     QgsFeedback& feedback);

}  // namespace zonewright::cartographer
