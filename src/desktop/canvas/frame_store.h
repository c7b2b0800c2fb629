#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include <QImage>

#include "cartographer/protocol/messages.h"
#include "core/geometry/types.h"

namespace zonewright::desktop {

/// A drawn piece of map.
struct MapFrame {
    QImage image;
    Box extent;
    double metresPerDevicePixel = 0;
    cartographer::View view;    ///< what is drawn
    bool current = true;        ///< false once the plan has changed within it
};

/// Frames that were drawn lately, so that where the user has been is there at once. An edit marks only the frames that
/// show its place.
class FrameStore {
public:
    explicit FrameStore(std::size_t mostBytes = std::size_t{384} << 20) : mMostBytes(mostBytes) {}

    void add(MapFrame frame);
    void clear() { mFrames.clear(); }
    /// The frame with a newer piece drawn into it; `piece` lies on its pixels.
    [[nodiscard]] static MapFrame patched(MapFrame frame, const MapFrame& piece);
    /// The plan changed within `area` (empty: anywhere): frames that show it are no longer current.
    void outdate(const Box& area);

    /// A current frame that covers `extent` at this resolution, or nullptr.
    [[nodiscard]] const MapFrame* covering(const Box& extent, double metresPerDevicePixel, const cartographer::View& view) const;
    /// What is best to be seen at this resolution until the new frame comes, to be drawn one over the other.
    [[nodiscard]] std::vector<const MapFrame*> backdrop(const Box& extent, double metresPerDevicePixel, const cartographer::View& view) const;
    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] const std::deque<MapFrame>& frames() const { return mFrames; }

private:
    std::deque<MapFrame> mFrames;  ///< newest last
    std::size_t mMostBytes;
};

[[nodiscard]] bool isSameResolution(double a, double b);

}  // namespace zonewright::desktop
