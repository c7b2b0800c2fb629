#pragma once

#include <memory>
#include <optional>

#include "core/coverage/move_session.h"
#include "desktop/tools/edit_desk.h"

namespace zonewright::desktop {

/// A vertex or edge in the hand: where it would come to lie, what follows, the areas on both sides, and whether it may.
class MoveDrag {
public:
    explicit MoveDrag(EditDesk& desk) : mDesk(desk) {}

    /// `from` is the vertex, or the edge's first end; `grip` where the hand took it (for an edge: on the edge).
    void start(std::shared_ptr<const Ground> ground, coverage::MoveSession session, Point from, std::optional<Point> grip = {});
    void moveTo(const Pointer& pointer);
    [[nodiscard]] bool active() const { return mSession.has_value(); }
    /// Lets go; gives from where to where.
    std::pair<Point, Point> stop();
    void paint(QPainter& painter, const ViewTransform& view) const;

    [[nodiscard]] const coverage::MovePreview& preview() const { return mPreview; }

private:
    /// Asks what the zones as they would become run into.
    void askLive();

    EditDesk& mDesk;
    std::shared_ptr<const Ground> mGround;  ///< outlives the session
    std::optional<coverage::MoveSession> mSession;
    Point mFrom;
    Point mGrip;
    Point mTo;
    std::vector<coverage::ZoneArea> mBefore;
    coverage::MovePreview mPreview;
    std::vector<LineString> mEdges;
    std::optional<coverage::Snap> mSnap;
};

}  // namespace zonewright::desktop
