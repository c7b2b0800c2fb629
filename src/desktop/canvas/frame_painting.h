#pragma once

#include "desktop/canvas/frame_source.h"

class QPainter;

namespace zonewright::desktop {

/// Paints what there is of a map: the frame that is wanted, or what is best to be seen until it comes.
void paintFrames(QPainter& painter, const FrameSource& frames, const ViewTransform& view, const cartographer::View& content);

}  // namespace zonewright::desktop
