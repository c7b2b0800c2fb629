#pragma once

#include <cmath>
#include <numbers>
#include <optional>
#include <random>

#include "core/coverage/coverage.h"
#include "core/coverage/edit.h"
#include "core/geometry/geos.h"
#include "core/geometry/measure.h"

namespace zonewright::coverage {

/// Draws edits of every kind around random places of a coverage, sized so that about half of them are legal.
class RandomEdits {
public:
    explicit RandomEdits(unsigned seed) : mRandom(seed) {}

    Edit next(const Coverage& coverage) {
        const std::vector<Fid> fids = coverage.fids();
        const Fid zone = fids[below(fids.size())];
        const MultiPolygon& geometry = *coverage.find(zone);
        const Ring& ring = anyRing(geometry);
        const std::size_t i = below(ring.size() - 1);
        const Point here = ring[i];
        const Point after = ring[i + 1];
        const Box box = boxOf(geometry);
        const double width = std::max(box.maxX - box.minX, box.maxY - box.minY);
        const Fid other = neighbour(coverage, zone, here);
        const bool many = fids.size() > 40;
        switch (below(15)) {
            case 0:
            case 1:
            case 2:
                return MoveVertex{here, near(here, reach())};
            case 3:
                return MoveEdge{here, after, near(here, reach() / 2)};
            case 4:
                return InsertVertex{between(here, after, uniform(0.1, 0.9))};
            case 5:
                return DeleteVertex{here};
            case 6:
            case 7:
            case 8:
                return Reshape{reshapeLine(ring, i), below(2) == 0 ? std::nullopt : std::optional(zone)};
            case 9:
                if (many) return Merge{{zone, other}, zone};
                return SplitByLine{zone, crossLine(box, width)};
            case 10:
                if (many) return Merge{{zone, other}, other};
                return SplitByAreas{
                    zone, {planarArea(geometry) * uniform(0.05, 0.6)}, Degrees(uniform(0, 360))};
            case 11:
                return fids.size() > 15 ? Edit(Merge{{zone, other}, zone})
                                        : Edit(SplitByLine{zone, crossLine(box, width)});
            case 12:
                return Transfer{zone, other, blob(here, uniform(5, 80))};
            case 13:
                return many ? Edit(Transfer{other, zone, blob(here, uniform(5, 80))})
                            : Edit(NewZone{blob(here, uniform(5, 120))});
            default:
                return partOf(coverage, other).value_or(Reshape{reshapeLine(ring, i), zone});
        }
    }

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(mRandom); }
    double uniform(double a, double b) { return std::uniform_real_distribution<double>(a, b)(mRandom); }

    Point near(Point p, double reach) { return {p.x + uniform(-reach, reach), p.y + uniform(-reach, reach)}; }

    /// A star-shaped polygon.
    MultiPolygon blob(Point centre, double radius) {
        Ring ring;
        const auto corners = 3 + below(9);
        for (std::size_t i = 0; i < corners; ++i) {
            const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
            const double r = radius * uniform(0.5, 1);
            ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
        }
        ring.push_back(ring.front());
        return {{Polygon{{ring}}}};
    }

private:
    double reach() {
        constexpr double reaches[] = {0.003, 0.5, 10, 60, 300};
        return reaches[below(5)];
    }

    static Point between(Point a, Point b, double t) {
        return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }

    const Ring& anyRing(const MultiPolygon& geometry) {
        const Polygon& polygon = geometry.polygons[below(geometry.polygons.size())];
        return polygon.rings[below(polygon.rings.size())];
    }

    static Fid neighbour(const Coverage& coverage, Fid zone, Point place) {
        const GridPoint p = toGrid(place);
        for (const Coverage::Slot slot : coverage.slotsNear(GridBox::of(p, p))) {
            if (coverage.fidAt(slot) != zone) return coverage.fidAt(slot);
        }
        return coverage.fids().front() == zone ? coverage.fids().back() : coverage.fids().front();
    }

    /// A part of some multi-part zone, given to `to`.
    std::optional<Edit> partOf(const Coverage& coverage, Fid to) {
        for (const Fid fid : coverage.fids()) {
            const MultiPolygon& geometry = *coverage.find(fid);
            if (fid == to || geometry.polygons.size() < 2) continue;
            const MultiPolygon part{{geometry.polygons[below(geometry.polygons.size())]}};
            return TransferPart{geos::pointInside(part).value(), to};
        }
        return std::nullopt;
    }

    /// From one place of a ring to another, by way of the land around.
    LineString reshapeLine(const Ring& ring, std::size_t i) {
        const std::size_t count = ring.size() - 1;
        const std::size_t step = 1 + below(std::max<std::size_t>(count / 3, 1));
        const std::size_t j = (i + step) % count;
        const Point from = between(ring[i], ring[i + 1], uniform(0, 1));
        const Point to = between(ring[j], ring[j + 1], uniform(0, 1));
        const double length = std::hypot(to.x - from.x, to.y - from.y);
        LineString out{from};
        const std::size_t bends = below(4);
        for (std::size_t k = 1; k <= bends; ++k) {
            out.push_back(near(between(from, to, static_cast<double>(k) / static_cast<double>(bends + 1)),
                               0.4 * length));
        }
        out.push_back(to);
        return out;
    }

    LineString crossLine(const Box& box, double width) {
        const Point centre = near({(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2}, width / 4);
        const double angle = uniform(0, 2 * std::numbers::pi);
        const double x = std::cos(angle) * width * 1.5;
        const double y = std::sin(angle) * width * 1.5;
        return {{centre.x - x, centre.y - y}, near(centre, width / 10), {centre.x + x, centre.y + y}};
    }

    std::mt19937 mRandom;
};

}  // namespace zonewright::coverage
