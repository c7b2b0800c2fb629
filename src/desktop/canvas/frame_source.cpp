#include "desktop/canvas/frame_source.h"

#include <cmath>

namespace zonewright::desktop {
namespace {

constexpr int kSoonMilliseconds = 25;       ///< gathers the steps of one movement of the hand
constexpr int kIdleMilliseconds = 250;      ///< before the surroundings are drawn
constexpr int kPartialMilliseconds = 350;   ///< a half-drawn map is better than a stretched one after that
constexpr int kAheadMilliseconds = 2500;    ///< frames that take longer are not drawn ahead
constexpr double kAheadShare = 0.3;         ///< of the size, on each side
constexpr int kMostPixels = 8192;

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
    mStore.outdate(area);
    drop();
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
    mMaking = {QImage(), request.extent, devicePixel(), mContent, true};
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

void FrameSource::take(const QImage& image, bool whole) {
    MapFrame frame = mMaking;
    frame.image = image;
    if (whole) {
        mPartial.reset();
        mStore.add(std::move(frame));
        emit arrived();
    } else if (mSince.elapsed() > kPartialMilliseconds) {
        mPartial = std::move(frame);
        emit arrived();
    }
}

void FrameSource::done(Result<cartographer::Reply> reply) {
    const bool ahead = mAhead;
    mJob.reset();
    mAhead = false;
    mPartial.reset();
    if (!ahead) mLastMilliseconds = static_cast<int>(mSince.elapsed());
    emit drawingChanged();
    if (!reply) {
        if (!ahead) emit failed(reply.error());
        return;
    }
    if (!ahead) consider();
}

}  // namespace zonewright::desktop
