#include "core/coverage/cleaning.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/coverage/box_tree.h"
#include "core/coverage/noding.h"
#include "core/coverage/settle.h"

namespace zonewright::coverage {
namespace {

using Face = Subdivision::Face;
using HalfEdge = Subdivision::HalfEdge;
using Cover = std::vector<Label>;  // zones on a face, ascending

constexpr Label kParent = -2;

BoxTree treeOf(std::span<const GridZone> zones) {
    std::vector<GridBox> boxes;
    for (const GridZone& zone : zones) boxes.push_back(zone.box);
    return BoxTree(boxes);
}

bool holds(const Cover& cover, Label label) {
    return std::binary_search(cover.begin(), cover.end(), label);
}

void toggle(Cover& cover, Label label) {
    const auto at = std::lower_bound(cover.begin(), cover.end(), label);
    if (at != cover.end() && *at == label) {
        cover.erase(at);
    } else {
        cover.insert(at, label);
    }
}

class Cleaning {
public:
    Cleaning(const CleaningInput& input, std::span<const GridBox> places, double maxWidth)
        : mInput(input), mPlaces(places), mMaxWidth(maxWidth), mTree(treeOf(input.zones)) {}

    std::vector<std::pair<Label, std::optional<MultiPolygon>>> run() {
        gatherZones();
        if (!buildFaces()) return {};
        coverFaces();
        decide();
        std::vector<std::pair<Label, std::optional<MultiPolygon>>> out;
        for (const Label zone : mChanged) {
            if (auto geometry = geometryOf(zone)) out.emplace_back(zone, std::move(*geometry));
        }
        return out;
    }

private:
    void gatherZones() {
        for (const GridBox& place : mPlaces) {
            mTree.query(place.grownBy(2), [&](std::uint32_t i) { mZones.insert(static_cast<Label>(i)); });
        }
    }

    bool buildFaces() {
        std::vector<ZoneEdge> sides;
        for (const Label zone : mZones)
            addZoneEdges(mInput.zones[static_cast<std::size_t>(zone)].rings, zone, sides);
        if (mInput.parent != nullptr) addZoneEdges(mInput.parent->rings, kParent, sides);
        std::vector<NodingInput> inputs;
        for (const ZoneEdge& e : sides) inputs.push_back({e.from, e.to, {}});
        const auto chains = noded(inputs);
        if (!chains) return false;
        std::map<std::pair<GridPoint, GridPoint>, std::vector<Label>>
            bounding;  // zones whose cover changes there
        for (std::size_t i = 0; i < sides.size(); ++i) {
            const std::vector<GridPoint>& chain = (*chains)[i];
            for (std::size_t k = 0; k + 1 < chain.size(); ++k) {
                toggle(bounding[{std::min(chain[k], chain[k + 1]), std::max(chain[k], chain[k + 1])}],
                       sides[i].zone);
                if (k > 0 && sides[i].zone != kParent && isInPlace(chain[k])) mChanged.insert(sides[i].zone);
            }
        }
        std::vector<Subdivision::Segment> segments;
        for (auto& [place, labels] : bounding) {
            if (labels.empty()) continue;
            segments.push_back({place.first, place.second});
            mBounding.push_back(std::move(labels));
        }
        mFaces.emplace(segments);
        return true;
    }

    [[nodiscard]] bool isInPlace(GridPoint p) const {
        return std::any_of(mPlaces.begin(), mPlaces.end(),
                           [&](const GridBox& place) { return place.grownBy(1).contains(p); });
    }

    void coverFaces() {
        mCover.resize(mFaces->faceCount());
        std::vector<bool> known(mCover.size(), false);
        std::vector<std::vector<HalfEdge>> leaving(mCover.size());
        for (HalfEdge h = 0; h < mFaces->halfEdgeCount(); ++h) leaving[mFaces->faceOf(h)].push_back(h);
        std::vector<Face> open{0};
        known[0] = true;
        while (!open.empty()) {
            const Face from = open.back();
            open.pop_back();
            for (const HalfEdge h : leaving[from]) {
                const Face to = mFaces->faceOf(Subdivision::twin(h));
                if (known[to]) continue;
                known[to] = true;
                mCover[to] = mCover[from];
                for (const Label zone : mBounding[h / 2]) toggle(mCover[to], zone);
                open.push_back(to);
            }
        }
    }

    void decide() {
        mNewCover = mCover;
        for (Face face = 1; face < mCover.size(); ++face) {
            const bool inParent = mInput.parent == nullptr || holds(mCover[face], kParent);
            const auto zones = static_cast<std::size_t>(std::count_if(
                mCover[face].begin(), mCover[face].end(), [](Label l) { return l != kParent; }));
            const bool gap = zones == 0 && mInput.partition && inParent;
            const bool outside = zones > 0 && mInput.partition && !inParent;
            if ((!gap && !outside && zones < 2) || !isThin(face)) continue;
            if (gap && !isReallyEmpty(face)) continue;
            std::optional<Label> winner;
            if (!outside) winner = longestBeside(face);
            if (gap && !winner) continue;
            std::erase_if(mNewCover[face], [](Label l) { return l != kParent; });
            if (winner) toggle(mNewCover[face], *winner);
            for (const Label zone : mCover[face]) {
                if (zone != kParent && zone != winner) mChanged.insert(zone);
            }
            if (winner && !holds(mCover[face], *winner)) mChanged.insert(*winner);
        }
    }

    template <typename Visit>
    void forEachEdge(Face face, Visit&& visit) const {
        for (const HalfEdge start : mFaces->boundaries(face)) {
            HalfEdge h = start;
            do {
                visit(h);
                h = mFaces->next(h);
            } while (h != start);
        }
    }

    [[nodiscard]] double lengthOf(HalfEdge h) const {
        const GridPoint a = mFaces->from(h);
        const GridPoint b = mFaces->to(h);
        return std::hypot(static_cast<double>(b.x - a.x), static_cast<double>(b.y - a.y));
    }

    [[nodiscard]] bool isThin(Face face) const {
        double perimeter = 0;
        forEachEdge(face, [&](HalfEdge h) { perimeter += lengthOf(h); });
        return static_cast<double>(mFaces->twiceArea(face)) <= mMaxWidth * perimeter;
    }

    /// False when a zone that is not looked at may lie in the face.
    [[nodiscard]] bool isReallyEmpty(Face face) const {
        GridBox box;
        forEachEdge(face, [&](HalfEdge h) { box.add(mFaces->from(h)); });
        bool empty = true;
        mTree.query(box, [&](std::uint32_t i) { empty = empty && mZones.contains(static_cast<Label>(i)); });
        return empty;
    }

    [[nodiscard]] std::optional<Label> longestBeside(Face face) const {
        const Cover& here = mCover[face];
        const bool overlap = std::any_of(here.begin(), here.end(), [](Label l) { return l != kParent; });
        std::map<std::pair<Fid, Label>, double> shared;
        forEachEdge(face, [&](HalfEdge h) {
            for (const Label zone : mCover[mFaces->faceOf(Subdivision::twin(h))]) {
                if (zone == kParent || (overlap && !holds(here, zone))) continue;
                shared[{mInput.fids[static_cast<std::size_t>(zone)], zone}] += lengthOf(h);
            }
        });
        const auto longest = std::max_element(
            shared.begin(), shared.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (longest != shared.end()) return longest->first.second;
        const auto any = std::find_if(here.begin(), here.end(), [](Label l) { return l != kParent; });
        return any == here.end() ? std::nullopt : std::optional(*any);
    }

    /// No value if the zone's own boundary does not settle.
    [[nodiscard]] std::optional<std::optional<MultiPolygon>> geometryOf(Label zone) const {
        std::vector<NetworkEdge> edges;
        for (HalfEdge h = 0; h < mFaces->halfEdgeCount(); h += 2) {
            const bool left = holds(mNewCover[mFaces->faceOf(h)], zone);
            const bool right = holds(mNewCover[mFaces->faceOf(h + 1)], zone);
            if (left != right)
                edges.push_back(directed(mFaces->from(h), mFaces->to(h), left ? zone : kUnzoned,
                                         right ? zone : kUnzoned));
        }
        if (edges.empty()) return std::optional<MultiPolygon>{};
        const auto settled = Settlement::of(edges);
        if (!settled) return std::nullopt;
        return settled->polygons(zone, mInput.zones[static_cast<std::size_t>(zone)].rings);
    }

    const CleaningInput& mInput;
    std::span<const GridBox> mPlaces;
    double mMaxWidth;
    BoxTree mTree;
    std::set<Label> mZones;
    std::set<Label> mChanged;
    std::vector<std::vector<Label>> mBounding;  ///< by edge of mFaces
    std::optional<Subdivision> mFaces;
    std::vector<Cover> mCover;
    std::vector<Cover> mNewCover;
};

}  // namespace

std::vector<std::pair<Label, std::optional<MultiPolygon>>> cleaned(const CleaningInput& input,
                                                                   std::span<const GridBox> places,
                                                                   double maxWidthMm) {
    return Cleaning(input, places, maxWidthMm).run();
}

}  // namespace zonewright::coverage
