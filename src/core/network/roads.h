#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/network/builder.h"

namespace zonewright::network {

enum class Direction : std::uint8_t { Both, AlongLine, AgainstLine };

/// A row of a road layer.
struct RoadLine {
    LineString line;
    KilometresPerHour speed;
    std::optional<Seconds> time;  ///< the whole line's, where a table gives it instead of a speed
    Direction direction = Direction::Both;
    int level = 0;          ///< grade separation; 0 is the ground
    bool frontage = true;   ///< a traveller can stop anywhere along it
    bool joinable = false;  ///< stands for ways not drawn, as those outside the district do
    std::string project;    ///< code of the project that opens it; empty: it stands
    Mode mode = Mode::Road;
};

/// "From this road to that road no turn here", as a table gives it.
struct RoadTurnBan {
    std::size_t from = 0;  ///< rows in the span of lines
    std::size_t to = 0;
    Point via;
};

struct RoadReport {
    std::size_t read = 0;
    std::size_t taken = 0;  ///< read = taken + rejected.size()
    std::vector<Rejection> rejected;
    std::size_t turnBansUnused = 0;  ///< their roads do not meet at the place named
};

/// Adds road lines to a network.
///
/// Two lines meet where they share a vertex on the 1 mm grid and are of one level there, or where both end (a bridge
/// joins the road it continues whatever its level). Lines that merely cross do not meet. Each stretch between
/// meetings becomes an edge; its time is length / speed to the millisecond, at least 1 ms.
/// Rejected: lines of one point, coordinates that are not numbers, no speed and no time, speeds beyond 500 km/h.
RoadReport addRoads(NetworkBuilder& builder, std::span<const RoadLine> lines, std::span<const RoadTurnBan> bans = {});

}  // namespace zonewright::network
