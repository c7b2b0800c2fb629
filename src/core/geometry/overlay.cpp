#include "core/geometry/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/geometry/measure.h"

namespace zonewright {
namespace {

constexpr double kTooNear = 1e-6;        ///< m; beyond what doubles tell of coordinates in metres by a factor of 1000
constexpr std::size_t kMostTries = 400'000;

bool isInside(const Ring& ring, Point p) {
    bool inside = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const Point a = ring[i - 1], b = ring[i];
        if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) inside = !inside;
    }
    return inside;
}

struct Edge {
    Point a;
    Point b;
    Box box;
    std::size_t ring;
    std::size_t number;  ///< in its ring
};

/// The rings of one area, with the area on their left.
struct Outline {
    std::vector<Ring> rings;
    std::vector<std::vector<std::size_t>> crossings;  ///< of each ring, in its order

    explicit Outline(const MultiPolygon& polygons) {
        for (const Polygon& polygon : polygons.polygons) {
            for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
                Ring& ring = rings.emplace_back(polygon.rings[i]);
                if ((signedArea(ring).value > 0) != (i == 0)) std::reverse(ring.begin(), ring.end());
            }
        }
        crossings.resize(rings.size());
    }

    [[nodiscard]] std::vector<Edge> edgesIn(const Box& box) const {
        std::vector<Edge> out;
        for (std::size_t r = 0; r < rings.size(); ++r) {
            for (std::size_t i = 1; i < rings[r].size(); ++i) {
                Edge edge{rings[r][i - 1], rings[r][i], {}, r, i - 1};
                edge.box.add(edge.a);
                edge.box.add(edge.b);
                if (edge.box.intersects(box)) out.push_back(edge);
            }
        }
        return out;
    }

    [[nodiscard]] bool surrounds(Point p) const {
        return std::ranges::count_if(rings, [&](const Ring& ring) { return isInside(ring, p); }) % 2 == 1;
    }
};

/// Where two boundaries cross; on [0] and [1] of them.
struct Crossing {
    Point place;
    std::array<std::size_t, 2> ring;
    std::array<std::size_t, 2> edge;
    std::array<double, 2> along;  ///< m from the edge's beginning
    bool firstEnters;  ///< the first boundary comes into the second's area; the second one then leaves the first's
    std::array<std::size_t, 2> next{};
    bool used = false;
};

/// Left of the line positive, in metres from it.
double offset(const Edge& line, Point p) {
    const double dx = line.b.x - line.a.x, dy = line.b.y - line.a.y;
    return (dx * (p.y - line.a.y) - dy * (p.x - line.a.x)) / std::hypot(dx, dy);
}

bool isOnEdge(const Edge& edge, double offset, Point p) {
    const Box near = edge.box.grownBy(kTooNear);
    return std::abs(offset) < kTooNear && p.x >= near.minX && p.x <= near.maxX && p.y >= near.minY && p.y <= near.maxY;
}

class Tracer {
public:
    Tracer(const MultiPolygon& a, const MultiPolygon& b) : mOutlines{Outline(a), Outline(b)} {}

    std::optional<MultiPolygon> run() {
        if (!findCrossings() || !order(0) || !order(1)) return std::nullopt;
        for (Crossing& crossing : mCrossings) {
            if (crossing.firstEnters && !crossing.used && !trace(crossing)) return std::nullopt;
        }
        addWholeRings(0);
        addWholeRings(1);
        return polygonsOf(std::move(mShells), std::move(mHoles));
    }

private:
    bool findCrossings() {
        const std::vector<Edge> first = mOutlines[0].edgesIn(boxOfRings(1).grownBy(kTooNear)), second = mOutlines[1].edgesIn(boxOfRings(0).grownBy(kTooNear));
        if (first.size() * second.size() > kMostTries) return false;
        for (const Edge& s : first) {
            const Box near = s.box.grownBy(kTooNear);
            for (const Edge& t : second) {
                if (t.box.intersects(near) && !cross(s, t)) return false;
            }
        }
        return true;
    }

    [[nodiscard]] Box boxOfRings(std::size_t which) const {
        Box box;
        for (const Ring& ring : mOutlines[which].rings) box.add(boxOf(ring));
        return box;
    }

    /// False where they meet otherwise than in a crossing.
    bool cross(const Edge& s, const Edge& t) {
        if (s.a == s.b || t.a == t.b) return false;
        const double t1 = offset(s, t.a), t2 = offset(s, t.b), s1 = offset(t, s.a), s2 = offset(t, s.b);
        if (isOnEdge(s, t1, t.a) || isOnEdge(s, t2, t.b) || isOnEdge(t, s1, s.a) || isOnEdge(t, s2, s.b)) return false;
        if ((t1 > 0) == (t2 > 0) || (s1 > 0) == (s2 > 0)) return true;
        const double alongT = t1 / (t1 - t2), alongS = s1 / (s1 - s2);
        const Point place{t.a.x + alongT * (t.b.x - t.a.x), t.a.y + alongT * (t.b.y - t.a.y)};
        mOutlines[0].crossings[s.ring].push_back(mCrossings.size());
        mOutlines[1].crossings[t.ring].push_back(mCrossings.size());
        mCrossings.push_back({place, {s.ring, t.ring}, {s.number, t.number}, {alongS * std::hypot(s.b.x - s.a.x, s.b.y - s.a.y), alongT * std::hypot(t.b.x - t.a.x, t.b.y - t.a.y)}, s2 > 0});
        return true;
    }

    /// Crossings along each ring; false where two of them are too near each other, or do not lead in and out in turn.
    bool order(std::size_t which) {
        for (std::vector<std::size_t>& ring : mOutlines[which].crossings) {
            std::ranges::sort(ring, [&](std::size_t i, std::size_t k) {
                const Crossing &a = mCrossings[i], &b = mCrossings[k];
                return std::tie(a.edge[which], a.along[which]) < std::tie(b.edge[which], b.along[which]);
            });
            for (std::size_t i = 0; i < ring.size(); ++i) {
                Crossing& now = mCrossings[ring[i]];
                const Crossing& next = mCrossings[ring[(i + 1) % ring.size()]];
                if (now.firstEnters == next.firstEnters) return false;
                if (i + 1 < ring.size() && now.edge[which] == next.edge[which] && next.along[which] - now.along[which] < kTooNear) return false;
                now.next[which] = ring[(i + 1) % ring.size()];
            }
        }
        return true;
    }

    /// Follows whichever boundary is inside the other area from crossing to crossing.
    bool trace(Crossing& start) {
        Ring ring;
        Crossing* now = &start;
        std::size_t which = 0;
        do {
            if (which == 0 && std::exchange(now->used, true)) return false;
            ring.push_back(now->place);
            Crossing& next = mCrossings[now->next[which]];
            addBetween(which, *now, next, ring);
            now = &next;
            which = 1 - which;
        } while (now != &start);
        ring.push_back(ring.front());
        (signedArea(ring).value > 0 ? mShells : mHoles).push_back(std::move(ring));
        return true;
    }

    void addBetween(std::size_t which, const Crossing& from, const Crossing& to, Ring& into) const {
        const Ring& ring = mOutlines[which].rings[from.ring[which]];
        const std::size_t edges = ring.size() - 1;
        const bool around = std::tie(to.edge[which], to.along[which]) <= std::tie(from.edge[which], from.along[which]);
        const std::size_t last = to.edge[which] + (around ? edges : 0);
        for (std::size_t i = from.edge[which] + 1; i <= last; ++i) into.push_back(ring[i % edges]);
    }

    /// Rings that nothing crosses are in the other area as a whole, or outside of it.
    void addWholeRings(std::size_t which) {
        for (std::size_t i = 0; i < mOutlines[which].rings.size(); ++i) {
            Ring& ring = mOutlines[which].rings[i];
            if (!mOutlines[which].crossings[i].empty() || !mOutlines[1 - which].surrounds(ring.front())) continue;
            (signedArea(ring).value > 0 ? mShells : mHoles).push_back(ring);
        }
    }

    std::array<Outline, 2> mOutlines;
    std::vector<Crossing> mCrossings;
    std::vector<Ring> mShells;
    std::vector<Ring> mHoles;
};

}  // namespace

std::optional<MultiPolygon> crossingIntersection(const MultiPolygon& a, const MultiPolygon& b) { return Tracer(a, b).run(); }

MultiPolygon polygonsOf(std::vector<Ring> shells, std::vector<Ring> holes) {
    MultiPolygon out;
    for (Ring& shell : shells) out.polygons.push_back({{std::move(shell)}});
    for (Ring& hole : holes) {
        // The smallest ring around it holds it.
        Polygon* holder = nullptr;
        for (Polygon& polygon : out.polygons) {
            if (!isInside(polygon.rings.front(), hole.front())) continue;
            if (holder == nullptr || signedArea(polygon.rings.front()) < signedArea(holder->rings.front())) holder = &polygon;
        }
        if (holder != nullptr) holder->rings.push_back(std::move(hole));
    }
    return out;
}

}  // namespace zonewright
