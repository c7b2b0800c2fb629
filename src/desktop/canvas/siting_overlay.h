#pragma once

#include <optional>
#include <vector>

#include <QRgb>

#include "core/geometry/types.h"
#include "desktop/canvas/overlay.h"

namespace zonewright::desktop {

/// A siting answer over the map: sites in black, conflicts hatched in the colour of their weight, the picked one strong,
/// and where a site could be moved to.
class SitingOverlay : public Overlay {
public:
    struct Conflict {
        Geometry geometry;
        QRgb colour = 0;
    };
    void setAnswer(std::vector<Geometry> sites, std::vector<Conflict> conflicts);
    void pick(std::optional<Conflict> conflict) { mPicked = std::move(conflict); }
    /// Where a site would be clear.
    void propose(Geometry place) { mProposed = std::move(place); }
    void clear();

    void paint(QPainter& painter, const ViewTransform& view) override;

private:
    std::vector<Geometry> mSites;
    std::vector<Conflict> mConflicts;
    std::optional<Conflict> mPicked;
    Geometry mProposed;
};

}  // namespace zonewright::desktop
