#include "core/geometry/linework.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/geometry/measure.h"

namespace zonewright {
namespace {

double squareOf(double v) { return v * v; }

double squaredDistance(const Box& a, const Box& b) {
    const double dx = std::max({0.0, a.minX - b.maxX, b.minX - a.maxX});
    const double dy = std::max({0.0, a.minY - b.maxY, b.minY - a.maxY});
    return dx * dx + dy * dy;
}

double side(Point a, Point b, Point p) { return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x); }

/// Where two segments cross in their insides.
std::optional<Point> crossing(Point a, Point b, Point c, Point d) {
    const double c1 = side(a, b, c);
    const double c2 = side(a, b, d);
    const double a1 = side(c, d, a);
    const double a2 = side(c, d, b);
    if (!((c1 > 0) != (c2 > 0) && (a1 > 0) != (a2 > 0)) || c1 == c2) return std::nullopt;
    const double t = c1 / (c1 - c2);
    return Point{c.x + t * (d.x - c.x), c.y + t * (d.y - c.y)};
}

}  // namespace

Linework::Linework(const Geometry& geometry) {
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        mPolygonal = true;
        for (const Polygon& polygon : polygons->polygons) {
            for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
                const bool counterClockwise = signedArea(polygon.rings[i]).value > 0;
                add(polygon.rings[i], counterClockwise != (i == 0));
            }
        }
    } else if (const auto* lines = std::get_if<MultiLineString>(&geometry)) {
        for (const LineString& line : lines->lines) add(line);
    } else if (const auto* line = std::get_if<LineString>(&geometry)) {
        add(*line);
    } else {
        forEachPoint(geometry, [&](const Point& p) { add({p}); });
    }
    pack();
}

void Linework::add(const std::vector<Point>& line, bool reversed) {
    if (line.empty()) return;
    mFirst.push_back(mSegments.size());
    mRepresentatives.push_back(line.front());
    if (line.size() == 1) mSegments.push_back({line.front(), line.front()});
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (reversed) mSegments.push_back({line[line.size() - i], line[line.size() - i - 1]});
        else mSegments.push_back({line[i - 1], line[i]});
    }
}

void Linework::pack() {
    mFirst.push_back(mSegments.size());
    std::vector<Box> boxes((mSegments.size() + kFan - 1) / kFan);
    for (std::size_t i = 0; i < mSegments.size(); ++i) {
        boxes[i / kFan].add(mSegments[i].a);
        boxes[i / kFan].add(mSegments[i].b);
    }
    mLevels.push_back(std::move(boxes));
    while (mLevels.back().size() > 1) {
        const std::vector<Box>& below = mLevels.back();
        std::vector<Box> above((below.size() + kFan - 1) / kFan);
        for (std::size_t i = 0; i < below.size(); ++i) above[i / kFan].add(below[i]);
        mLevels.push_back(std::move(above));
    }
    if (!mLevels.back().empty()) mBox = mLevels.back().front();
}

/// Walks down both trees, nearer pairs of boxes first, and drops what cannot beat the best so far.
struct Linework::Search {
    const Linework& own;
    const Linework& other;
    double best;  ///< squared
    std::optional<Nearness> found;

    void take(double squared, Point a, Point b) {
        if (squared > best || (squared == best && found)) return;
        best = squared;
        found = Nearness{Metres(std::sqrt(squared)), a, b};
    }

    void compare(const Segment& s, const Segment& t) {
        if (const auto at = crossing(s.a, s.b, t.a, t.b)) return take(0, *at, *at);
        const auto point = [&](Point p, const Segment& segment, bool ownPoint) {
            const Point q = nearestOnSegment(p, segment.a, segment.b).point;
            const double squared = squareOf(p.x - q.x) + squareOf(p.y - q.y);
            if (ownPoint) take(squared, p, q);
            else take(squared, q, p);
        };
        point(s.a, t, true);
        point(s.b, t, true);
        point(t.a, s, false);
        point(t.b, s, false);
    }

    void compareLeaves(std::size_t a, std::size_t b) {
        const std::size_t endA = std::min((a + 1) * kFan, own.mSegments.size());
        const std::size_t endB = std::min((b + 1) * kFan, other.mSegments.size());
        for (std::size_t i = a * kFan; i < endA; ++i) {
            const Segment& s = own.mSegments[i];
            const Box box{std::min(s.a.x, s.b.x), std::min(s.a.y, s.b.y), std::max(s.a.x, s.b.x), std::max(s.a.y, s.b.y)};
            if (squaredDistance(box, other.mLevels[0][b]) > best) continue;
            for (std::size_t j = b * kFan; j < endB; ++j) {
                compare(s, other.mSegments[j]);
                if (found && best == 0) return;
            }
        }
    }

    void visit(std::size_t levelA, std::size_t a, std::size_t levelB, std::size_t b) {
        if ((found && best == 0) || squaredDistance(own.mLevels[levelA][a], other.mLevels[levelB][b]) > best) return;
        if (levelA == 0 && levelB == 0) return compareLeaves(a, b);
        // The higher of the two is opened.
        const bool openOwn = levelA >= levelB;
        const std::size_t level = (openOwn ? levelA : levelB) - 1;
        const std::size_t first = (openOwn ? a : b) * kFan;
        const std::vector<Box>& boxes = (openOwn ? own : other).mLevels[level];
        const Box& facing = openOwn ? other.mLevels[levelB][b] : own.mLevels[levelA][a];
        const std::size_t count = std::min(kFan, boxes.size() - first);
        std::array<std::pair<double, std::size_t>, kFan> order;
        for (std::size_t i = 0; i < count; ++i) order[i] = {squaredDistance(boxes[first + i], facing), first + i};
        std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
        for (std::size_t i = 0; i < count; ++i) {
            if (openOwn) visit(level, order[i].second, levelB, b);
            else visit(levelA, a, level, order[i].second);
        }
    }
};

std::optional<Linework::Nearness> Linework::nearest(const Linework& other, Metres farthest) const {
    if (mSegments.empty() || other.mSegments.empty()) return std::nullopt;
    Search search{*this, other, squareOf(farthest.value), {}};
    search.visit(mLevels.size() - 1, 0, other.mLevels.size() - 1, 0);
    return search.found;
}

bool Linework::surrounds(Point p) const {
    if (!mPolygonal || mSegments.empty()) return false;
    bool inside = false;
    const auto descend = [&](const auto& self, std::size_t level, std::size_t node) -> void {
        const Box& box = mLevels[level][node];
        if (p.y < box.minY || p.y > box.maxY || p.x > box.maxX) return;
        if (level > 0) {
            const std::size_t end = std::min((node + 1) * kFan, mLevels[level - 1].size());
            for (std::size_t child = node * kFan; child < end; ++child) self(self, level - 1, child);
            return;
        }
        const std::size_t end = std::min((node + 1) * kFan, mSegments.size());
        for (std::size_t i = node * kFan; i < end; ++i) {
            const Segment& s = mSegments[i];
            if ((s.a.y > p.y) == (s.b.y > p.y)) continue;
            const bool upward = s.b.y > s.a.y;
            if ((side(s.a, s.b, p) > 0) == upward) inside = !inside;  // it crosses the ray towards greater x
        }
    };
    descend(descend, mLevels.size() - 1, 0);
    return inside;
}

}  // namespace zonewright
