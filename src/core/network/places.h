#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/network/shortest_times.h"

namespace zonewright::network {

/// A position on an edge, `along` of its length from its first point (0..1).
struct EdgePosition {
    EdgeId edge{};
    double along = 0;
};

/// Where a place joins the network: the nearest point of an open edge with frontage (or one that
/// stands for ways not drawn).
struct Footing {
    EdgePosition position;
    Point point;
    Metres distance;  ///< straight from the place
};

/// A line to search among, by the edge it belongs to.
struct IndexedLine {
    EdgeId edge{};
    std::span<const Point> line;
};

/// Finds the nearest of many lines. Keeps a view of them. Safe from any thread once made.
class PlaceIndex {
public:
    /// Requires: lines of at least two points.
    explicit PlaceIndex(std::vector<IndexedLine> lines);
    /// The edges with frontage, and those that stand for others, that a scenario opens.
    PlaceIndex(const Network& network, const Scenario& scenario);

    /// Nothing within `farthest`: no value. Of two edges at one distance the one with the lower number.
    [[nodiscard]] std::optional<Footing> nearest(Point place, Metres farthest) const;

private:
    struct Segment {
        std::uint32_t line = 0;      ///< in `mLines`
        std::uint32_t position = 0;  ///< of its first point within the line
    };
    [[nodiscard]] std::int64_t column(double x) const;
    [[nodiscard]] std::int64_t row(double y) const;

    std::vector<IndexedLine> mLines;
    Box mBox;
    double mCell = 1;
    std::int64_t mColumns = 0;
    std::int64_t mRows = 0;
    std::vector<std::uint32_t> mFirst{0};
    std::vector<Segment> mSegments;
};

/// A place joined to the network: a search may start (or, for `Sense::To`, end) at it.
struct Origin {
    Point place;
    Footing footing;
    Milliseconds walk;         ///< from the place to its footing
    std::vector<Seed> seeds;   ///< the ends of the footing's edge that travel may go to
};

struct OriginOptions {
    KilometresPerHour walkingSpeed = kWalkingSpeed;
    Metres farthest{2000};
    Sense sense = Sense::From;
};

/// Errors: NoNetwork when no edge with frontage lies within `farthest`.
[[nodiscard]] Result<Origin> originAt(const Network& network, const PlaceIndex& index, Point place, const OriginOptions& options);

}  // namespace zonewright::network
