#pragma once

#include <map>
#include <memory>
#include <optional>

#include <QObject>

#include "core/coverage/nearest.h"
#include "core/coverage/snapping.h"
#include "core/editing/neighbourhood.h"
#include "desktop/session/workspace.h"
#include "desktop/tools/tool.h"

namespace zonewright::desktop {

/// The ground around the pointer as editing needs it: the zones of the edited layer with their boundary network, and what
/// can be snapped to. Read in the background and replaced as the pointer moves on.
struct Ground {
    std::string layer;  ///< the edited one; may be empty, then there is only what can be snapped to
    std::uint64_t revision = 0;
    Box box;  ///< everything in it is there
    std::optional<editing::Neighbourhood> zones;
    std::optional<coverage::Network> network;
    std::optional<coverage::Snapper> snapper;
    std::map<Fid, std::string> names;
    bool tooMuch = false;  ///< too many features here to be edited by hand at this scale

    [[nodiscard]] std::string nameOf(Fid fid) const;
};

class EditGround : public QObject {
    Q_OBJECT
public:
    explicit EditGround(Workspace& workspace);

    /// The ground around the place, or nullptr while it is being read (`arrived` follows). The caller may keep it: it
    /// does not change any more.
    [[nodiscard]] std::shared_ptr<const Ground> at(Point place);

    [[nodiscard]] bool snapping() const { return mSnapping; }
    void setSnapping(bool on);
    /// Where the pointer snaps to, if anywhere; nothing when snapping is off.
    [[nodiscard]] std::optional<coverage::Snap> snap(const Pointer& pointer);
    /// The pointer's place, snapped if there is something, on the 1 mm grid.
    [[nodiscard]] Point placed(const Pointer& pointer);

    /// In metres at the present scale.
    [[nodiscard]] Metres reach() const;

signals:
    void arrived();
    void snappingChanged(bool on);

private:
    void load(const Box& box);

    Workspace& mWorkspace;
    std::shared_ptr<const Ground> mGround;
    std::optional<Box> mLoading;
    std::string mLoadingLayer;
    std::uint64_t mLoadingRevision = 0;
    bool mSnapping = true;
};

}  // namespace zonewright::desktop
