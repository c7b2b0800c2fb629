#pragma once

#include <optional>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include "desktop/canvas/frame_store.h"
#include "desktop/canvas/view_transform.h"
#include "desktop/session/map_service.h"

namespace zonewright::desktop {

/// Sees to it that there is a frame of what the map shows: asks the cartographer for what is missing, drops what is no
/// longer wanted, and then draws the surroundings ahead, so that a pan finds them there.
class FrameSource : public QObject {
    Q_OBJECT
public:
    FrameSource(MapService& maps, QObject* parent);

    /// The map shows this now; called as often as it changes.
    void want(const ViewTransform& view, const cartographer::View& content, double pixelRatio);
    /// The plan changed within `area` (empty: anywhere).
    void outdate(const Box& area);
    void setEnabled(bool enabled);
    void cancel();

    [[nodiscard]] const FrameStore& store() const { return mStore; }
    /// What was drawn so far of the frame that is being made, when it has taken long enough to be worth showing.
    [[nodiscard]] const std::optional<MapFrame>& partial() const { return mPartial; }
    [[nodiscard]] bool isDrawing() const { return mJob.has_value() && !mAhead; }
    /// Nothing is being drawn, nor about to be.
    [[nodiscard]] bool isAtRest() const { return !mJob && !mSoon.isActive() && !mIdle.isActive(); }
    /// Milliseconds the last whole frame took from request to arrival.
    [[nodiscard]] int lastMilliseconds() const { return mLastMilliseconds; }

signals:
    void arrived();  ///< a frame, partial or whole
    void drawingChanged();
    void ready();    ///< what is wanted is there
    void failed(const zonewright::Error& error);

private:
    void consider();
    void drawAhead();
    void begin(const ViewTransform& view, bool ahead);
    void send(cartographer::RenderRequest request, bool ahead);
    /// Draws only the part of what is shown that an edit changed; false when that is not worth while.
    [[nodiscard]] bool patch(const MapFrame& shown, const Box& area);
    void drop();
    void take(const QImage& image, bool whole);
    void done(Result<cartographer::Reply> reply);
    [[nodiscard]] double devicePixel() const { return mView.metresPerPixel / mRatio; }

    MapService& mMaps;
    FrameStore mStore;
    ViewTransform mView;
    cartographer::View mContent;
    double mRatio = 1;
    bool mEnabled = false;
    bool mWanted = false;  ///< anything at all, so far

    std::optional<cartographer::JobId> mJob;
    std::uint64_t mSerial = 0;  ///< of the job; late words of earlier ones are dropped
    bool mAhead = false;
    MapFrame mMaking;
    std::optional<MapFrame> mPartial;
    std::optional<MapFrame> mPatching;  ///< the frame that the job draws a piece of
    QElapsedTimer mSince;
    int mLastMilliseconds = 0;
    QTimer mSoon;
    QTimer mIdle;
};

}  // namespace zonewright::desktop
