#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/network/builder.h"

namespace zonewright::network {

/// A stop of a line. Lines that call at a stop of one code and place share it; stops of one interchange are joined by
/// transfers.
struct TransitStop {
    Point place;
    std::string code;
    std::string interchange;  ///< code of the group; empty: none
    Seconds dwell;
};

/// A line that runs in both directions, stop by stop in order.
struct TransitLine {
    std::string code;
    Mode mode = Mode::Metro;
    KilometresPerHour speed;        ///< between stops, along the track
    Seconds headway;                ///< between departures; the expected wait is half of it
    std::vector<TransitStop> stops;
    std::vector<Seconds> runTimes;  ///< between neighbouring stops, where a table gives them; else empty
    MultiLineString track;          ///< empty: straight from stop to stop
    std::string project;
    bool bothWays = true;
};

struct TransitOptions {
    KilometresPerHour walkingSpeed = kWalkingSpeed;
    Metres linkFarthest{1000};      ///< from a stop to the way it is reached by
    Metres joinFarthest{100};       ///< from a stop to a way that stands for others not drawn
    Metres transferFarthest{300};   ///< stops nearer to one another than this are joined, whatever their interchange
    Seconds transferTime{120};      ///< least time of a transfer
};

struct TransitReport {
    std::size_t linesRead = 0;
    std::size_t linesTaken = 0;  ///< linesRead = linesTaken + rejected.size()
    std::vector<Rejection> rejected;
    std::vector<std::string> strandedStops;  ///< codes of stops with neither way nor transfer near them
    std::size_t stops = 0;
    std::size_t transfers = 0;
    std::size_t links = 0;
};

/// Adds lines to a network that holds its ways already. A stop is joined on foot to the nearest way with frontage that
/// stands without any project, and to the nearest that stands for ways not drawn.
///
/// A ride costs half the headway, the run times and the dwell at stops between; alighting costs nothing.
/// Rejected: lines of fewer than two stops, without headway, without speed and run times, with negative times.
TransitReport addTransit(NetworkBuilder& builder, std::span<const TransitLine> lines, const TransitOptions& options = {});

}  // namespace zonewright::network
