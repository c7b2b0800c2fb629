#include "desktop/canvas/frame_store.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <QPainter>

namespace zonewright::desktop {

bool isSameResolution(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(a, b); }

void FrameStore::add(MapFrame frame) {
    // What the new frame shows better is not kept.
    std::erase_if(mFrames, [&](const MapFrame& old) {
        return old.view == frame.view && isSameResolution(old.metresPerDevicePixel, frame.metresPerDevicePixel) && frame.extent.contains(old.extent);
    });
    mFrames.push_back(std::move(frame));
    std::size_t size = bytes();
    while (size > mMostBytes && mFrames.size() > 1) {
        size -= static_cast<std::size_t>(mFrames.front().image.sizeInBytes());
        mFrames.pop_front();
    }
}

MapFrame FrameStore::patched(MapFrame frame, const MapFrame& piece) {
    QImage image = frame.image.copy();
    QPainter painter(&image);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    const double pixel = frame.metresPerDevicePixel;
    painter.drawImage(QPoint(static_cast<int>(std::lround((piece.extent.minX - frame.extent.minX) / pixel)),
                             static_cast<int>(std::lround((frame.extent.maxY - piece.extent.maxY) / pixel))),
                      piece.image);
    painter.end();
    frame.image = image;
    frame.current = true;
    return frame;
}

void FrameStore::outdate(const Box& area) {
    for (MapFrame& frame : mFrames) {
        if (area.empty() || frame.extent.intersects(area)) frame.current = false;
    }
}

const MapFrame* FrameStore::covering(const Box& extent, double metresPerDevicePixel, const cartographer::View& view) const {
    const double slack = metresPerDevicePixel * 0.51;
    for (auto frame = mFrames.rbegin(); frame != mFrames.rend(); ++frame) {
        if (frame->current && isSameResolution(frame->metresPerDevicePixel, metresPerDevicePixel) && frame->extent.grownBy(slack).contains(extent) &&
            frame->view == view) {
            return &*frame;
        }
    }
    return nullptr;
}

std::vector<const MapFrame*> FrameStore::backdrop(const Box& extent, double metresPerDevicePixel, const cartographer::View& view) const {
    std::vector<const MapFrame*> out;
    for (const MapFrame& frame : mFrames) {
        if (frame.extent.intersects(extent)) out.push_back(&frame);
    }
    // Other content first, then coarse before fine, what is finer than needed before what is too coarse, old before new.
    const auto rank = [&](const MapFrame* frame) {
        return std::tuple(frame->view == view ? 1 : 0, -std::abs(std::log(frame->metresPerDevicePixel / metresPerDevicePixel)), frame->current ? 1 : 0);
    };
    std::ranges::stable_sort(out, {}, rank);
    return out;
}

std::size_t FrameStore::bytes() const {
    std::size_t sum = 0;
    for (const MapFrame& frame : mFrames) sum += static_cast<std::size_t>(frame.image.sizeInBytes());
    return sum;
}

}  // namespace zonewright::desktop
