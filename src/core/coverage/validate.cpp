#include "core/coverage/validate.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/coverage/balance.h"
#include "core/coverage/even_odd.h"
#include "core/coverage/land.h"
#include "core/coverage/ring_check.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"

namespace zonewright::coverage {
namespace {

constexpr std::array kNames{"invalid_ring", "gap", "overlap", "sliver", "duplicate_vertex", "outside_parent"};

void addKey(Fault& fault) {
    std::string text{nameOf(fault.kind)};
    for (const Fid fid : fault.features) text += fmt::format(" {}", static_cast<std::int64_t>(fid));
    fault.key = sha256(text + ' ' + toWkt(fault.geometry)).substr(0, 16);
}

bool isRepresentable(const MultiPolygon& geometry) {
    bool good = true;
    forEachPoint(geometry, [&](const Point& p) { good = good && isPosition(p); });
    return good;
}

MultiPoint repeatedVertices(const MultiPolygon& geometry) {
    MultiPoint out;
    for (const Polygon& polygon : geometry.polygons) {
        for (const Ring& ring : polygon.rings) {
            for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
                if (toGrid(ring[i]) == toGrid(ring[i + 1])) out.points.push_back(snapped(ring[i]));
            }
        }
    }
    return out;
}

class Validator {
public:
    Validator(std::span<const Zone> zones, const Validation& options) : mZones(zones), mOptions(options) {}

    std::vector<Fault> run() {
        mGrid.resize(mZones.size());
        std::vector<ZoneEdge> edges;
        for (std::size_t i = 0; i < mZones.size(); ++i) checkZone(i, edges);
        std::vector<ZoneEdge> parent;
        mHasParent = mOptions.kind == Kind::Partition && mOptions.parent && isRepresentable(*mOptions.parent);
        if (mHasParent) {
            const GridZone grid = gridZone(*mOptions.parent);
            if (ringFault(*mOptions.parent, grid)) {
                parent = evenOddEdges(grid.rings, 0);
            } else {
                addZoneEdges(grid.rings, 0, parent);
            }
        }
        const Land land(std::move(edges), std::move(parent));
        for (Land::Face face = 1; face < land.faces().faceCount(); ++face) checkFace(land, face);
        for (Fault& fault : mFaults) addKey(fault);
        std::sort(mFaults.begin(), mFaults.end(), [](const Fault& a, const Fault& b) {
            return std::tie(a.kind, a.features, a.key) < std::tie(b.kind, b.features, b.key);
        });
        return std::move(mFaults);
    }

private:
    void checkZone(std::size_t i, std::vector<ZoneEdge>& edges) {
        const Zone& zone = mZones[i];
        const auto label = static_cast<Label>(i);
        if (!isRepresentable(zone.geometry)) {
            mFaults.push_back(
                {FaultKind::InvalidRing, {zone.fid}, {}, std::monostate{}, "Invalid Coordinate", {}});
            return;
        }
        mGrid[i] = gridZone(zone.geometry);
        if (MultiPoint repeated = repeatedVertices(zone.geometry); !repeated.points.empty()) {
            mFaults.push_back({FaultKind::DuplicateVertex, {zone.fid}, {}, std::move(repeated), {}, {}});
        }
        if (const auto fault = ringFault(zone.geometry, mGrid[i])) {
            mFaults.push_back({FaultKind::InvalidRing, {zone.fid}, {}, fault->place, fault->reason, {}});
            const std::vector<ZoneEdge> odd = evenOddEdges(mGrid[i].rings, label);
            edges.insert(edges.end(), odd.begin(), odd.end());
            return;
        }
        addZoneEdges(mGrid[i].rings, label, edges);
        for (const Polygon& polygon : zone.geometry.polygons) {
            const MultiPolygon part{{polygon}};
            double perimeter = 0;
            for (const Ring& ring : polygon.rings) perimeter += planarLength(ring).value;
            const SquareMetres area = areaOf(part);
            if (2 * area.value < mOptions.sliverWidth.value * perimeter)
                mFaults.push_back({FaultKind::Sliver, {zone.fid}, area, part, {}, {}});
        }
    }

    void checkFace(const Land& land, Land::Face face) {
        const int zones = land.zonesOn(face);
        if (zones >= 2) addLand(land, face, FaultKind::Overlap);
        if (mOptions.kind != Kind::Partition) return;
        if (zones <= 0 && (!mHasParent || land.isInParent(face))) addLand(land, face, FaultKind::Gap);
        if (zones >= 1 && mHasParent && !land.isInParent(face)) addLand(land, face, FaultKind::OutsideParent);
    }

    void addLand(const Land& land, Land::Face face, FaultKind kind) {
        Fault fault{kind,
                    {},
                    SquareMetres(land.grid().squareMetres(land.faces().twiceArea(face))),
                    land.polygonOf(face),
                    {},
                    {}};
        const Land::Beside beside = land.beside(face);
        std::vector<Label> labels = kind == FaultKind::Gap ? beside.ending : beside.covering;
        if (kind != FaultKind::Gap) addZonesAround(land, face, beside, labels);
        for (const Label label : labels)
            fault.features.push_back(mZones[static_cast<std::size_t>(label)].fid);
        std::sort(fault.features.begin(), fault.features.end());
        fault.features.erase(std::unique(fault.features.begin(), fault.features.end()), fault.features.end());
        mFaults.push_back(std::move(fault));
    }

    /// Zones that cover the face although their open boundary does not run along it.
    void addZonesAround(const Land& land, Land::Face face, const Land::Beside& beside,
                        std::vector<Label>& labels) {
        if (!mTreeBuilt) {
            std::vector<GridBox> boxes;
            for (const GridZone& zone : mGrid) boxes.push_back(zone.box);
            mTree = BoxTree(boxes);
            mTreeBuilt = true;
        }
        const FineGrid& grid = land.grid();
        const std::int64_t unit = 4 * grid.scale;
        for (const GridPoint& q : land.quartersInside(face)) {
            const GridPoint near{grid.origin.x + q.x / unit, grid.origin.y + q.y / unit};
            mTree.query(GridBox::of(near, near).grownBy(1), [&](std::uint32_t i) {
                const auto label = static_cast<Label>(i);
                if (std::binary_search(beside.ending.begin(), beside.ending.end(), label)) return;
                if (std::find(labels.begin(), labels.end(), label) == labels.end() &&
                    isAround(mGrid[i], grid, q))
                    labels.push_back(label);
            });
        }
    }

    static bool isAround(const GridZone& zone, const FineGrid& grid, GridPoint quarters) {
        int crossings = 0;
        for (const GridRing& ring : zone.rings) {
            const auto scaled = [&](GridPoint p) {
                const GridPoint fine = grid(p);
                return GridPoint{4 * fine.x, 4 * fine.y};
            };
            GridPoint last = scaled(ring.points.back());
            for (const GridPoint& p : ring.points) {
                const GridPoint here = scaled(p);
                crossings += rayCrossing(quarters, last, here);
                last = here;
            }
        }
        return crossings % 2 != 0;
    }

    std::span<const Zone> mZones;
    const Validation& mOptions;
    bool mHasParent = false;
    std::vector<GridZone> mGrid;
    std::vector<Fault> mFaults;
    BoxTree mTree;
    bool mTreeBuilt = false;
};

}  // namespace

std::string_view nameOf(FaultKind kind) {
    return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Fault> validate(std::span<const Zone> zones, const Validation& options) {
    return Validator(zones, options).run();
}

}  // namespace zonewright::coverage
