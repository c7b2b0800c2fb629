#include "core/coverage/even_odd.h"

#include <algorithm>

#include "core/coverage/noding.h"
#include "core/coverage/subdivision.h"

namespace zonewright::coverage {

std::vector<ZoneEdge> evenOddEdges(const std::vector<GridRing>& rings, Label zone) {
    std::vector<NodingInput> inputs;
    for (const GridRing& ring : rings) {
        for (std::size_t i = 0; i < ring.points.size(); ++i) {
            inputs.push_back({ring.points[i], ring.points[i + 1 == ring.points.size() ? 0 : i + 1], {}});
        }
    }
    const auto chains = noded(inputs);
    if (!chains) return {};
    std::vector<std::pair<GridPoint, GridPoint>> pieces;
    for (const std::vector<GridPoint>& chain : *chains) {
        for (std::size_t k = 0; k + 1 < chain.size(); ++k)
            pieces.push_back(std::minmax(chain[k], chain[k + 1]));
    }
    std::sort(pieces.begin(), pieces.end());
    std::vector<Subdivision::Segment> odd;
    for (std::size_t i = 0; i < pieces.size();) {
        std::size_t j = i;
        while (j < pieces.size() && pieces[j] == pieces[i]) ++j;
        if ((j - i) % 2 == 1) odd.push_back({pieces[i].first, pieces[i].second});
        i = j;
    }
    // Each edge left now changes between inside and outside.
    const Subdivision faces(odd);
    std::vector<int> inside(faces.faceCount(), -1);
    std::vector<std::vector<Subdivision::Face>> beside(faces.faceCount());
    for (Subdivision::HalfEdge h = 0; h < faces.halfEdgeCount(); ++h)
        beside[faces.faceOf(h)].push_back(faces.faceOf(Subdivision::twin(h)));
    std::vector<Subdivision::Face> open{0};
    inside[0] = 0;
    while (!open.empty()) {
        const Subdivision::Face f = open.back();
        open.pop_back();
        for (const Subdivision::Face g : beside[f]) {
            if (inside[g] >= 0) continue;
            inside[g] = 1 - inside[f];
            open.push_back(g);
        }
    }
    std::vector<ZoneEdge> out;
    for (Subdivision::HalfEdge h = 0; h < faces.halfEdgeCount(); ++h) {
        if (inside[faces.faceOf(h)] == 1) out.push_back({faces.from(h), faces.to(h), zone});
    }
    return out;
}

}  // namespace zonewright::coverage
