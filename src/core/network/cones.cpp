#include "core/network/cones.h"

#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// A way no quicker than walking is left best where it is joined.
constexpr double kNoQuicker = 0.999;

/// Quicker than std::hypot, whose care for huge numbers no plan needs.
double distance(Point a, Point b) { return std::sqrt((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)); }

double lengthOf(std::span<const Point> line) {
    double sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += distance(line[i - 1], line[i]);
    return sum;
}

void addCones(const Network& network, const Stretch& stretch, const WalkOptions& options, std::vector<Cone>& cones) {
    const auto line = network.line(stretch.edge);
    const bool forward = stretch.end >= stretch.start;
    const double metresPerMillisecond = metresPerSecond(options.speed) / 1000;
    const double whole = lengthOf(line);
    const double first = (forward ? stretch.start : 1 - stretch.start) * whole;
    const double last = (forward ? stretch.end : 1 - stretch.end) * whole;
    const double reach = (options.limit.value - stretch.atStart.value) * metresPerMillisecond;
    const double loss = whole > 0 && stretch.wholeEdge < kUnreachable ? stretch.wholeEdge.value * metresPerMillisecond / whole : 1;
    const bool onlyItsStart = loss >= kNoQuicker || last <= first;
    const double lean = onlyItsStart ? 0 : loss / std::sqrt(1 - loss * loss);
    double before = 0;
    for (std::size_t k = 1; k < line.size(); ++k) {
        const Point a = forward ? line[k - 1] : line[line.size() - k];
        const Point b = forward ? line[k] : line[line.size() - 1 - k];
        const double length = distance(a, b);
        const double from = std::max(first, before);
        const double to = std::min(last, before + length);
        const bool isLast = k + 1 == line.size();
        if (length > 0 && (to > from || (onlyItsStart && (first <= before + length || isLast)))) {
            const Point along{(b.x - a.x) / length, (b.y - a.y) / length};
            const Point start{a.x + along.x * (from - before), a.y + along.y * (from - before)};
            if (onlyItsStart) {
                cones.push_back({start, along, 0, reach, 0, 0, stretch.origin});
                return;
            }
            // Rounding may leave a hair less than the stretch was cut for.
            const double left = reach - loss * (from - first);
            if (left < 0) return;
            cones.push_back({start, along, loss > 0 ? std::min(to - from, left / loss) : to - from, left, loss, lean, stretch.origin});
        }
        before += length;
    }
}

}  // namespace

std::vector<Cone> conesOf(const Network& network, const Scenario& scenario, const Arrivals& arrivals, const WalkOptions& options) {
    return conesOf(network, stretchesWithin(network, scenario, arrivals, options.limit), options);
}

std::vector<Cone> conesOf(const Network& network, std::span<const Stretch> stretches, const WalkOptions& options) {
    constexpr std::size_t kChunk = 1 << 14;
    std::vector<std::vector<Cone>> parts((stretches.size() + kChunk - 1) / kChunk);
    inParallel({parts.size(), 1}, [&](std::size_t part, std::size_t) {
        parts[part].reserve(2 * kChunk);
        for (std::size_t i = part * kChunk; i < std::min((part + 1) * kChunk, stretches.size()); ++i) {
            if (network.edge(stretches[i].edge).frontage) addCones(network, stretches[i], options, parts[part]);
        }
    });
    std::vector<Cone> cones;
    std::size_t count = 0;
    for (const std::vector<Cone>& part : parts) count += part.size();
    cones.reserve(count);
    for (const std::vector<Cone>& part : parts) cones.insert(cones.end(), part.begin(), part.end());
    return cones;
}

}  // namespace zonewright::network
