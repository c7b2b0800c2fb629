// How long a step of a dragged origin takes, as the desktop asks for it: drag_step PLAN [STEPS]
// Each step moves the origin 40 m along a line through the district's centre; prints ms as JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

#include "core/analysis/transport/live_network.h"
#include "core/base/paths.h"
#include "core/geometry/measure.h"
#include "core/plan/features.h"

namespace {

using namespace zonewright;

double now() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

Point centreOf(const plan::Plan& plan) {
    Box box;
    const auto features = plan::readFeatures(plan, "district");
    if (features) {
        for (const plan::Feature& feature : *features) box.add(boxOf(feature.geometry));
    }
    return {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
}

int run(const std::string& file, int steps) {
    const auto plan = plan::Plan::open(file, plan::OpenMode::Read);
    const auto catalogue = catalogue::load(productPaths().layers);
    if (!plan || !catalogue) return 1;
    Progress quiet;
    const double begin = now();
    const auto live = analysis::transport::liveNetwork(*plan, *catalogue, quiet);
    if (!live) {
        fmt::print(stderr, "drag_step: {}\n", describe(live.error(), Language::English));
        return 1;
    }
    const double ready = now();
    const Point centre = centreOf(*plan);
    for (const double metres : {25.0, 50.0}) {
        network::LiveOptions options;
        options.tolerance = Metres(metres);
        std::vector<double> times;
        double area = 0;
        for (int i = 0; i < steps; ++i) {
            const double start = now();
            const auto answer = live->isochrone->at({centre.x + 40.0 * i, centre.y + 15.0 * i}, options);
            times.push_back(now() - start);
            if (answer) area += planarArea(answer->area).value;
        }
        std::sort(times.begin(), times.end());
        fmt::print("{{\"nodes\":{},\"ready_ms\":{:.0f},\"tolerance_m\":{},\"median_ms\":{:.1f},\"p90_ms\":{:.1f},\"most_ms\":{:.1f},\"mean_km2\":{:.1f}}}\n", live->isochrone->network().nodeCount(), ready - begin, metres,
                   times[times.size() / 2], times[times.size() * 9 / 10], times.back(), area / 1e6 / steps);
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        fmt::print(stderr, "drag_step PLAN [STEPS]\n");
        return 2;
    }
    return run(arguments[1], count > 2 ? std::atoi(arguments[2]) : 100);
}
