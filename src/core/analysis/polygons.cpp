#include "core/analysis/polygons.h"

namespace zonewright::analysis {
namespace {

/// Twice the signed area about the ring's first point, which keeps the products small.
double twiceArea(std::span<const Point> ring) {
    if (ring.size() < 3) return 0;
    const Point o = ring.front();
    double sum = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (ring[i].x - o.x) * (ring[i + 1].y - o.y) - (ring[i + 1].x - o.x) * (ring[i].y - o.y);
    }
    return sum;
}

}  // namespace

bool PolygonSet::addRing(std::span<const Point> ring, bool shell) {
    if (ring.size() > 1 && ring.front() == ring.back()) ring = ring.first(ring.size() - 1);
    const std::size_t start = mPoints.size();
    for (const Point& p : ring) {
        if (mPoints.size() == start || mPoints.back() != p) mPoints.push_back(p);
    }
    while (mPoints.size() > start + 1 && mPoints.back() == mPoints[start]) mPoints.pop_back();
    if (mPoints.size() - start < 3) {
        mPoints.resize(start);
        return false;
    }
    const std::span<const Point> kept{mPoints.data() + start, mPoints.size() - start};
    if ((twiceArea(kept) > 0) != shell)
        std::reverse(mPoints.begin() + static_cast<std::ptrdiff_t>(start) + 1, mPoints.end());
    mRingStart.push_back(static_cast<std::uint32_t>(mPoints.size()));
    mShell.push_back(shell ? 1 : 0);
    return true;
}

void PolygonSet::endFeature() {
    mFeatureStart.push_back(static_cast<std::uint32_t>(rings()));
}

void PolygonSet::dropOpenRings() {
    mRingStart.resize(mFeatureStart.back() + 1);
    mShell.resize(mFeatureStart.back());
    mPoints.resize(mRingStart.back());
}

void PolygonSet::add(const MultiPolygon& polygons) {
    for (const Polygon& polygon : polygons.polygons) {
        for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
            if (!addRing(polygon.rings[i], i == 0) && i == 0) break;
        }
    }
    endFeature();
}

MultiPolygon PolygonSet::polygons(std::size_t feature) const {
    MultiPolygon out;
    const auto [first, last] = ringsOf(feature);
    for (std::size_t r = first; r < last; ++r) {
        if (isShell(r) || out.polygons.empty()) out.polygons.emplace_back();
        const std::span<const Point> points = ring(r);
        Ring closed(points.begin(), points.end());
        closed.push_back(closed.front());
        out.polygons.back().rings.push_back(std::move(closed));
    }
    return out;
}

void PolygonSet::append(PolygonSet&& other) {
    if (size() == 0 && mPoints.capacity() == 0) {
        *this = std::move(other);
        return;
    }
    const auto points = static_cast<std::uint32_t>(mPoints.size());
    const auto ringsBefore = static_cast<std::uint32_t>(rings());
    mPoints.insert(mPoints.end(), other.mPoints.begin(), other.mPoints.end());
    for (std::size_t i = 1; i < other.mRingStart.size(); ++i)
        mRingStart.push_back(other.mRingStart[i] + points);
    for (std::size_t i = 1; i < other.mFeatureStart.size(); ++i)
        mFeatureStart.push_back(other.mFeatureStart[i] + ringsBefore);
    mShell.insert(mShell.end(), other.mShell.begin(), other.mShell.end());
    other = PolygonSet();
}

void PolygonSet::reserve(std::size_t features, std::size_t points) {
    mPoints.reserve(points);
    mRingStart.reserve(features + 1);
    mFeatureStart.reserve(features + 1);
    mShell.reserve(features);
}

std::uint32_t TextIndex::idOf(std::string_view text, std::vector<std::string>& texts) {
    if (const auto found = mIds.find(text); found != mIds.end()) return found->second;
    const auto id = static_cast<std::uint32_t>(texts.size());
    texts.emplace_back(text);
    mIds.emplace(text, id);
    return id;
}

void PolygonTable::append(PolygonTable&& other) {
    if (other.fids.empty()) return;
    geometry.append(std::move(other.geometry));
    fids.insert(fids.end(), other.fids.begin(), other.fids.end());
    for (std::size_t c = 0; c < columns.size(); ++c) {
        PolygonColumn& mine = columns[c];
        const PolygonColumn& theirs = other.columns[c];
        mine.numbers.insert(mine.numbers.end(), theirs.numbers.begin(), theirs.numbers.end());
        mine.unreadable += theirs.unreadable;
        if (!mine.isText) continue;
        TextIndex index;
        std::vector<std::string> known;
        for (const std::string& text : mine.texts) index.idOf(text, known);
        std::vector<std::uint32_t> translated;
        for (const std::string& text : theirs.texts) translated.push_back(index.idOf(text, known));
        mine.texts = std::move(known);
        for (const std::uint32_t code : theirs.codes) mine.codes.push_back(translated[code]);
    }
    other = PolygonTable();
}

SquareMetres areaOf(const PolygonSet& set, std::size_t feature) {
    double sum = 0;
    const auto [first, last] = set.ringsOf(feature);
    for (std::size_t r = first; r < last; ++r) sum += twiceArea(set.ring(r));
    return SquareMetres(sum / 2);
}

Box boxOf(const PolygonSet& set, std::size_t feature) {
    Box box;
    for (const Point& p : set.pointsOf(feature)) box.add(p);
    return box;
}

}  // namespace zonewright::analysis
