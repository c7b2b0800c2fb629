#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/geometry/crs.h"
#include "core/network/transit.h"

namespace zonewright::network {

struct GtfsOptions {
    std::string date;               ///< service day, YYYYMMDD; empty: the feed's day with most trips, the earliest of them
    Seconds windowStart{7 * 3600};  ///< departures from here, since midnight of the service day
    Seconds windowEnd{9 * 3600};    ///< up to, not including, here
};

/// Lines of a transit feed as a traveller meets them who comes to a stop at any moment of the window.
struct GtfsLines {
    std::vector<TransitLine> lines;  ///< CRS of places: the one asked for; stop codes are the feed's
    std::string date;
    std::size_t stopsRead = 0;
    std::size_t tripsRead = 0;          ///< = taken + not on the day + outside the window + rejected.size()
    std::size_t tripsTaken = 0;
    std::size_t tripsOtherDay = 0;
    std::size_t tripsOutsideWindow = 0;
    std::vector<Rejection> rejected;    ///< trips, by row of trips.txt
};

/// Reads a GTFS feed: a folder or a zip file.
///
/// Trips that call at the same stops in the same order under one route make one line. Its run times and dwells are the
/// means over the trips whose middle moment lies in the window; its expected wait is sum(h^2) / (2 * window) over the
/// gaps h between departures, the mean for arrivals spread evenly. Trips of `frequencies.txt` are repeated as stated.
/// Times missing at stops between are interpolated by distance.
/// Rejected trips: times that go backwards, no time at the first or last stop, unknown stops, fewer than two stops.
/// Each line is waited for alone: where several serve one road the wait is overstated, never understated.
/// Source: GTFS Schedule Reference, gtfs.org.
/// Errors: FileNotFound; SourceUnreadable naming a required file or column that is missing (agency.txt is not asked
/// for); BadArgument for a window that ends before it starts or a malformed date; SourceEmpty when no trip runs, naming
/// the hours in which most do.
[[nodiscard]] Result<GtfsLines> readGtfs(const std::filesystem::path& feed, const Crs& crs, const GtfsOptions& options = {});

}  // namespace zonewright::network
