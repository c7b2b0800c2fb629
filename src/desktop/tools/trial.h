#pragma once

#include <optional>

#include <QPainter>

#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/tools/edit_desk.h"

namespace zonewright::desktop {

/// What an edit that is being drawn would do, worked out in the background and shown while the drawing goes on.
class Trial {
public:
    explicit Trial(EditDesk& desk) : mDesk(desk) {}

    void ask(coverage::Edit edit) {
        mDesk.tryOut(std::move(edit), [this](const coverage::Outcome<coverage::Applied>& outcome) {
            mOutcome = outcome;
            mDesk.workspace().map().update();
        });
    }
    void clear() {
        mOutcome.reset();
        mDesk.forgetTryOut();
    }
    /// The areas are written in the corner of the map, so that they hide nothing; `beside` is ground whose names are known.
    void paint(QPainter& painter, const ViewTransform& view, Point beside) const {
        if (!mOutcome) return;
        if (!*mOutcome) {
            paintNote(painter, QPointF(12, 12), {QStringLiteral("✕ ") + reasonOf(mOutcome->error())});
            return;
        }
        paintApplied(painter, view, **mOutcome);
        const auto ground = mDesk.ground().at(beside);
        paintNote(painter, QPointF(12, 12),
                  linesOf(**mOutcome, [&](Fid fid) { return ground ? ground->nameOf(fid) : "#" + std::to_string(static_cast<std::int64_t>(fid)); }));
    }

private:
    EditDesk& mDesk;
    std::optional<coverage::Outcome<coverage::Applied>> mOutcome;
};

}  // namespace zonewright::desktop
