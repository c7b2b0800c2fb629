#include "core/network/cones.h"

namespace zonewright::network {
namespace {

/// A way no quicker than walking is left best where it is joined.
constexpr double kNoQuicker = 0.999;

double lengthOf(std::span<const Point> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return sum;
}

void addCones(const Network& network, const Stretch& stretch, const WalkOptions& options, std::vector<Cone>& cones) {
    const LineString line = lineOf(network, stretch.edge, stretch.start, stretch.end);
    const double metresPerMillisecond = metresPerSecond(options.speed) / 1000;
    const double whole = lengthOf(network.line(stretch.edge));
    double left = (options.limit.value - stretch.atStart.value) * metresPerMillisecond;
    const double loss = whole > 0 && stretch.wholeEdge < kUnreachable ? stretch.wholeEdge.value * metresPerMillisecond / whole : 1;
    if (loss >= kNoQuicker || lengthOf(line) <= 0) {
        cones.push_back({line.front(), {1, 0}, 0, left, 0, 0});
        return;
    }
    const double lean = loss / std::sqrt(1 - loss * loss);
    for (std::size_t i = 1; i < line.size(); ++i) {
        const double dx = line[i].x - line[i - 1].x;
        const double dy = line[i].y - line[i - 1].y;
        const double length = std::hypot(dx, dy);
        if (length <= 0) continue;
        // Rounding may leave a hair less than the stretch was cut for.
        if (left < 0) break;
        const double useful = loss > 0 ? std::min(length, left / loss) : length;
        cones.push_back({line[i - 1], {dx / length, dy / length}, useful, left, loss, lean});
        left -= loss * length;
    }
}

}  // namespace

std::vector<Cone> conesOf(const Network& network, const Scenario& scenario, const Arrivals& arrivals, const WalkOptions& options) {
    std::vector<Cone> cones;
    for (const Stretch& stretch : stretchesWithin(network, scenario, arrivals, options.limit)) {
        if (network.edge(stretch.edge).frontage) addCones(network, stretch, options, cones);
    }
    return cones;
}

}  // namespace zonewright::network
