#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/coverage/network.h"

namespace zonewright::coverage {

/// Some edges of a network that are to be exchanged for others, checked without rebuilding anything.
///
/// Legal means: no new edge meets another edge but in a common end, around every end of a new edge the zones
/// still follow one another as the edges say, and no island or neighbouring zone changes sides. Together with
/// rings that keep their orientation (the caller's check) the zones then still do not overlap and leave no
/// new gap.
class BoundaryChange {
public:
    /// Requires: the network outlives this; `removed` ascending.
    BoundaryChange(const Network& network, std::vector<std::uint32_t> removed);

    enum class Verdict {
        Legal,
        Touches,  ///< a new edge meets old boundary where it did not before; only rebuilding can tell
        Illegal,
    };
    struct Finding {
        Verdict verdict = Verdict::Legal;
        ErrorCode code = ErrorCode::WouldCross;
        GridPoint place;
    };

    /// Cost: that of the edges near the new ones.
    [[nodiscard]] Finding check(std::span<const NetworkEdge> added) const;

    [[nodiscard]] const Network& network() const { return *mNetwork; }
    [[nodiscard]] const std::vector<std::uint32_t>& removed() const { return mRemoved; }
    [[nodiscard]] bool isRemoved(std::uint32_t edge) const;
    /// The network's edges with the removed ones exchanged for `added`.
    [[nodiscard]] std::vector<NetworkEdge> exchanged(std::span<const NetworkEdge> added) const;

private:
    struct Spoke {
        GridPoint end;
        Label left;
        Label right;
    };

    [[nodiscard]] Finding againstOld(const NetworkEdge& edge) const;
    [[nodiscard]] Finding amongNew(std::span<const NetworkEdge> added) const;
    [[nodiscard]] Finding aroundEnds(std::span<const NetworkEdge> added) const;
    [[nodiscard]] Finding islands(std::span<const NetworkEdge> added) const;

    const Network* mNetwork;
    std::vector<std::uint32_t> mRemoved;
    std::unordered_map<GridPoint, std::vector<Spoke>>
        mSites;                       ///< ends of the removed edges with the edges that stay
    std::vector<Label> mZones;        ///< beside the removed edges
    std::vector<GridPoint> mIslands;  ///< a vertex of each ring that the change does not meet
    GridBox mRemovedBox;
};

}  // namespace zonewright::coverage
