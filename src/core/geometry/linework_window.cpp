#include <algorithm>
#include <array>

#include "core/geometry/linework.h"
#include "core/geometry/measure.h"
#include "core/geometry/overlay.h"

namespace zonewright {
namespace {

/// A stretch of a ring inside the window. `enter` and `leave` are places on the window's edge, counted counter-clockwise
/// from its lower left corner, a side a unit; negative where the stretch begins or ends inside.
struct Stretch {
    std::vector<Point> points;
    double enter = -1;
    double leave = -1;
};

double placeOnEdge(const Box& w, Point p) {
    const double toBottom = std::abs(p.y - w.minY), toTop = std::abs(p.y - w.maxY), toLeft = std::abs(p.x - w.minX), toRight = std::abs(p.x - w.maxX);
    const double least = std::min({toBottom, toTop, toLeft, toRight});
    if (least == toBottom) return (p.x - w.minX) / (w.maxX - w.minX);
    if (least == toRight) return 1 + (p.y - w.minY) / (w.maxY - w.minY);
    if (least == toTop) return 2 + (w.maxX - p.x) / (w.maxX - w.minX);
    return 3 + (w.maxY - p.y) / (w.maxY - w.minY);
}

Point corner(const Box& w, int number) {
    switch (number % 4) {
        case 0: return {w.minX, w.minY};
        case 1: return {w.maxX, w.minY};
        case 2: return {w.maxX, w.maxY};
        default: return {w.minX, w.maxY};
    }
}

/// The part [from, to] of a segment inside the window (Liang, Barsky 1984); false when there is none.
bool clip(const Box& w, Point a, Point b, double& from, double& to) {
    const std::array<std::pair<double, double>, 4> sides{{{a.x - b.x, a.x - w.minX}, {b.x - a.x, w.maxX - a.x}, {a.y - b.y, a.y - w.minY}, {b.y - a.y, w.maxY - a.y}}};
    from = 0;
    to = 1;
    for (const auto& [p, q] : sides) {
        if (p == 0) {
            if (q < 0) return false;
            continue;
        }
        const double t = q / p;
        if (p < 0) from = std::max(from, t);
        else to = std::min(to, t);
        if (from > to) return false;
    }
    return true;
}

}  // namespace

class Linework::Window {
public:
    Window(const Linework& lines, const Box& window) : mLines(lines), mWindow(window) {}

    std::optional<MultiPolygon> run() {
        if (!collect()) return std::nullopt;
        joinAlongEdge();
        if (!mCrossed && mLines.surrounds(corner(mWindow, 0))) {
            mRings.push_back(polygonOf(mWindow).polygons.front().rings.front());
        }
        return polygonsOf(std::move(mRings), std::move(mHoles));
    }

private:
    /// False when a vertex lies on the window's edge.
    bool collect() {
        std::vector<std::size_t> leaves;
        findLeaves(mLines.mLevels.size() - 1, 0, leaves);
        std::size_t ring = 0;
        std::vector<Stretch> own;
        for (const std::size_t leaf : leaves) {
            const std::size_t end = std::min((leaf + 1) * kFan, mLines.mSegments.size());
            for (std::size_t i = leaf * kFan; i < end; ++i) {
                if (i >= mLines.mFirst[ring + 1]) {
                    closeRing(own);
                    while (i >= mLines.mFirst[ring + 1]) ++ring;
                }
                if (!take(mLines.mSegments[i], own)) return false;
            }
        }
        closeRing(own);
        return true;
    }

    void findLeaves(std::size_t level, std::size_t node, std::vector<std::size_t>& leaves) const {
        if (!mLines.mLevels[level][node].intersects(mWindow)) return;
        if (level == 0) return leaves.push_back(node);
        const std::size_t end = std::min((node + 1) * kFan, mLines.mLevels[level - 1].size());
        for (std::size_t child = node * kFan; child < end; ++child) findLeaves(level - 1, child, leaves);
    }

    bool take(const Segment& s, std::vector<Stretch>& own) {
        for (const Point p : {s.a, s.b}) {
            const bool onSide = (p.x == mWindow.minX || p.x == mWindow.maxX) && p.y >= mWindow.minY && p.y <= mWindow.maxY;
            const bool onEnd = (p.y == mWindow.minY || p.y == mWindow.maxY) && p.x >= mWindow.minX && p.x <= mWindow.maxX;
            if (onSide || onEnd) return false;
        }
        double from = 0, to = 1;
        if (!clip(mWindow, s.a, s.b, from, to)) return true;
        if (from > 0 && from == to) return false;  // it passes through a corner
        const auto at = [&](double t) { return Point{s.a.x + t * (s.b.x - s.a.x), s.a.y + t * (s.b.y - s.a.y)}; };
        if (from > 0 || own.empty() || own.back().leave >= 0) {
            const Point start = from > 0 ? at(from) : s.a;
            own.push_back({{start}, from > 0 ? placeOnEdge(mWindow, start) : -1, -1});
        }
        const Point end = to < 1 ? at(to) : s.b;
        own.back().points.push_back(end);
        if (to < 1) own.back().leave = placeOnEdge(mWindow, end);
        return true;
    }

    void closeRing(std::vector<Stretch>& own) {
        if (!own.empty() && own.back().leave < 0) {  // it goes on where the ring began
            if (own.size() == 1 && own.front().enter < 0) {
                (signedArea(own.front().points).value > 0 ? mRings : mHoles).push_back(std::move(own.front().points));
                own.clear();
                return;
            }
            own.back().points.insert(own.back().points.end(), own.front().points.begin() + 1, own.front().points.end());
            own.back().leave = own.front().leave;
            own.erase(own.begin());
        }
        std::move(own.begin(), own.end(), std::back_inserter(mStretches));
        own.clear();
    }

    /// With the polygon on the left, its edge goes on counter-clockwise along the window from where a stretch leaves to
    /// where the next one enters.
    void joinAlongEdge() {
        mCrossed = !mStretches.empty();
        std::vector<std::size_t> byEnter(mStretches.size());
        for (std::size_t i = 0; i < byEnter.size(); ++i) byEnter[i] = i;
        std::sort(byEnter.begin(), byEnter.end(), [&](std::size_t a, std::size_t b) { return mStretches[a].enter < mStretches[b].enter; });
        std::vector<bool> used(mStretches.size(), false);
        for (std::size_t start = 0; start < mStretches.size(); ++start) {
            if (used[start]) continue;
            Ring ring;
            for (std::size_t now = start; !used[now];) {
                used[now] = true;
                ring.insert(ring.end(), mStretches[now].points.begin(), mStretches[now].points.end());
                const double leave = mStretches[now].leave;
                const auto next = std::find_if(byEnter.begin(), byEnter.end(), [&](std::size_t i) { return mStretches[i].enter > leave; });
                now = next == byEnter.end() ? byEnter.front() : *next;
                const double enter = mStretches[now].enter + (next == byEnter.end() ? 4 : 0);
                for (int c = static_cast<int>(leave) + 1; c < enter; ++c) ring.push_back(corner(mWindow, c));
            }
            ring.push_back(ring.front());
            mRings.push_back(std::move(ring));
        }
    }

    const Linework& mLines;
    Box mWindow;
    std::vector<Stretch> mStretches;
    std::vector<Ring> mRings;
    std::vector<Ring> mHoles;
    bool mCrossed = false;
};

std::optional<MultiPolygon> Linework::within(const Box& window) const {
    if (!mPolygonal) return std::nullopt;
    if (mSegments.empty() || !mBox.intersects(window)) return MultiPolygon{};
    return Window(*this, window).run();
}

}  // namespace zonewright
