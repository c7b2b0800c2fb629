#include "desktop/canvas/frame_source.h"

#include <algorithm>
#include <cmath>

namespace zonewright::desktop {
namespace {

constexpr int kSoonMilliseconds = 25;       ///< gathers the steps of one movement of the hand
constexpr int kIdleMilliseconds = 250;      ///< before the surroundings are drawn
constexpr int kPartialMilliseconds = 350;   ///< a half-drawn map is better than a stretched one after that
constexpr int kAheadMilliseconds = 8000;    ///< frames that take longer are not drawn ahead; whatever else is wanted stops it
constexpr double kAheadShare = 0.3;         ///< of the size, on each side
constexpr int kMostPixels = 8192;
constexpr int kPatchMilliseconds = 400;     ///< maps that take longer are mended where an edit changed them
constexpr double kPatchMargin = 48;         ///< pixels: symbols and labels stand out over the geometry that changed

}  // namespace

FrameSource::FrameSource(MapService& maps, QObject* parent) : QObject(parent), mMaps(maps) {
    mSoon.setSingleShot(true);
    mIdle.setSingleShot(true);
    connect(&mSoon, &QTimer::timeout, this, &FrameSource::consider);
    connect(&mIdle, &QTimer::timeout, this, &FrameSource::drawAhead);
}

void FrameSource::want(const ViewTransform& view, const cartographer::View& content, double pixelRatio) {
    mView = view;
    mContent = content;
    mRatio = pixelRatio;
    mWanted = true;
    if (!mSoon.isActive()) mSoon.start(kSoonMilliseconds);
}

void FrameSource::outdate(const Box& area) {
    std::optional<MapFrame> shown;
    if (const MapFrame* frame = mEnabled && mWanted ? mStore.covering(mView.extent(), devicePixel(), mContent) : nullptr) shown = *frame;
    mStore.outdate(area);
    drop();
    if (shown && patch(*shown, area)) return;
    if (!mSoon.isActive()) mSoon.start(0);
}

void FrameSource::setEnabled(bool enabled) {
    mEnabled = enabled;
    if (!enabled) {
        drop();
        mStore.clear();
        mPartial.reset();
        mWanted = false;
    } else {
        mSoon.start(0);
    }
}

void FrameSource::cancel() {
    drop();
    emit drawingChanged();
}

void FrameSource::drop() {
    if (!mJob) return;
    mMaps.cancel(*mJob);
    mJob.reset();
    ++mSerial;
    mPartial.reset();
    mPatching.reset();
}

void FrameSource::consider() {
    if (!mEnabled || !mWanted || mView.size.isEmpty()) return;
    mIdle.stop();
    if (mStore.covering(mView.extent(), devicePixel(), mContent) != nullptr) {
        if (mJob && !mAhead) drop();
        emit drawingChanged();
        emit ready();
        mIdle.start(kIdleMilliseconds);
        return;
    }
    const bool coming = mJob && mMaking.view == mContent && isSameResolution(mMaking.metresPerDevicePixel, devicePixel()) &&
                        mMaking.extent.grownBy(devicePixel()).contains(mView.extent());
    if (coming) {
        mAhead = false;
        emit drawingChanged();
        return;
    }
    drop();
    begin(mView, false);
}

void FrameSource::drawAhead() {
    if (!mEnabled || mJob || mLastMilliseconds > kAheadMilliseconds) return;
    ViewTransform around = mView;
    // Even, so that the pixels of both frames fall on one another.
    const auto grown = [](int side) { return side + 2 * static_cast<int>(std::lround(side * kAheadShare)); };
    around.size = {grown(mView.size.width()), grown(mView.size.height())};
    if (around.size.width() * mRatio > kMostPixels || around.size.height() * mRatio > kMostPixels) return;
    if (mStore.covering(around.extent(), devicePixel(), mContent) != nullptr) return;
    begin(around, true);
}

void FrameSource::begin(const ViewTransform& view, bool ahead) {
    cartographer::RenderRequest request;
    request.view = mContent;
    request.extent = view.extent();
    request.width = static_cast<int>(std::lround(view.size.width() * mRatio));
    request.height = static_cast<int>(std::lround(view.size.height() * mRatio));
    request.dpi = 96 * mRatio;
    request.partialFrames = !ahead;
    mPatching.reset();
    send(std::move(request), ahead);
}

void FrameSource::send(cartographer::RenderRequest request, bool ahead) {
    mMaking = {QImage(), request.extent, devicePixel(), request.view, true};
    mAhead = ahead;
    mSince.start();
    const std::uint64_t serial = ++mSerial;
    mJob = mMaps.begin(std::move(request), this,
                       {{},
                        [this, serial](const QImage& image, bool whole) {
                            if (serial == mSerial) take(image, whole);
                        },
                        [this, serial](Result<cartographer::Reply> reply) {
                            if (serial == mSerial) done(std::move(reply));
                        }});
    emit drawingChanged();
}

bool FrameSource::patch(const MapFrame& shown, const Box& area) {
    // A quick map is drawn whole, so that labels find their places anew.
    if (area.empty() || mLastMilliseconds < kPatchMilliseconds) return false;
    const double pixel = shown.metresPerDevicePixel;
    const auto column = [&](double x) { return std::clamp(static_cast<int>(std::floor((x - shown.extent.minX) / pixel)), 0, shown.image.width()); };
    const auto row = [&](double y) { return std::clamp(static_cast<int>(std::floor((shown.extent.maxY - y) / pixel)), 0, shown.image.height()); };
    const Box grown = area.grownBy(kPatchMargin * pixel);
    const int left = column(grown.minX);
    const int right = column(grown.maxX);
    const int top = row(grown.maxY);
    const int bottom = row(grown.minY);
    if (right <= left || bottom <= top) return false;
    if (static_cast<double>(right - left) * (bottom - top) > 0.5 * shown.image.width() * shown.image.height()) return false;
    cartographer::RenderRequest request;
    request.view = shown.view;
    request.extent = {shown.extent.minX + left * pixel, shown.extent.maxY - bottom * pixel, shown.extent.minX + right * pixel, shown.extent.maxY - top * pixel};
    request.width = right - left;
    request.height = bottom - top;
    request.dpi = 96 * mRatio;
    request.partialFrames = false;
    mPatching = shown;
    send(std::move(request), false);
    return true;
}

void FrameSource::take(const QImage& image, bool whole) {
    MapFrame frame = mMaking;
    frame.image = image;
    if (whole) {
        mPartial.reset();
        if (mPatching) frame = FrameStore::patched(std::move(*mPatching), frame);
        mStore.add(std::move(frame));
        emit arrived();
    } else if (mSince.elapsed() > kPartialMilliseconds) {
        mPartial = std::move(frame);
        emit arrived();
    }
}

void FrameSource::done(Result<cartographer::Reply> reply) {
    const bool ahead = mAhead;
    const bool patched = mPatching.has_value();
    mPatching.reset();
    mJob.reset();
    mAhead = false;
    mPartial.reset();
    if (!ahead && !patched) mLastMilliseconds = static_cast<int>(mSince.elapsed());
    emit drawingChanged();
    if (!reply) {
        if (!ahead) emit failed(reply.error());
        return;
    }
    if (!ahead) consider();
}

}  // namespace zonewright::desktop
