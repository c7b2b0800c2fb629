#include "core/plan/source/shift_guess.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/plan/source/gcj02.h"

namespace zonewright::plan::source {
namespace {

constexpr std::array kDatums{Datum::Wgs84, Datum::Gcj02, Datum::Bd09};
constexpr std::size_t kMostSegments = 60'000;
constexpr std::size_t kProbes = 400;
constexpr double kNear = 1'500;  ///< metres; no hypothesis moves a boundary further
constexpr std::size_t kFewestProbes = 25;

struct Segment {
    Point a;
    Point b;
};

double squaredDistance(Point p, const Segment& s) {
    const Point q = nearestOnSegment(p, s.a, s.b).point;
    return (q.x - p.x) * (q.x - p.x) + (q.y - p.y) * (q.y - p.y);
}

/// Points at equal steps along the district's boundary.
std::vector<Point> probesOf(const MultiPolygon& district) {
    double length = 0;
    const auto eachEdge = [&](auto&& visit) {
        for (const Polygon& polygon : district.polygons) {
            for (const Ring& ring : polygon.rings) {
                for (std::size_t i = 0; i + 1 < ring.size(); ++i) visit(ring[i], ring[i + 1]);
            }
        }
    };
    eachEdge([&](Point a, Point b) { length += std::hypot(b.x - a.x, b.y - a.y); });
    const double step = length / static_cast<double>(kProbes);
    std::vector<Point> probes;
    double next = step / 2;
    eachEdge([&](Point a, Point b) {
        const double edge = std::hypot(b.x - a.x, b.y - a.y);
        while (edge > 0 && next <= edge) {
            probes.push_back({a.x + (b.x - a.x) * next / edge, a.y + (b.y - a.y) * next / edge});
            next += step;
        }
        next -= edge;
    });
    return probes;
}

/// From the source's coordinates, read as `datum`, into the reference's CRS.
class Hypothesis {
public:
    static std::optional<Hypothesis> of(const std::string& sourceCrs, const Crs& target) {
        const Result<Crs> source = Crs::from(sourceCrs);
        const Result<Crs> wgs84 = Crs::from("EPSG:4326");
        if (!source || !wgs84) return std::nullopt;
        Result<Transform> toLonLat = Transform::between(*source, *wgs84);
        Result<Transform> toTarget = Transform::between(*wgs84, target);
        if (!toLonLat || !toTarget) return std::nullopt;
        return Hypothesis{std::move(*toLonLat), std::move(*toTarget)};
    }
    [[nodiscard]] Point lonLat(Point p) const { return mToLonLat(p); }
    [[nodiscard]] Point operator()(Datum datum, Point p) const { return mToTarget(toWgs84(datum, mToLonLat(p))); }

private:
    Hypothesis(Transform toLonLat, Transform toTarget) : mToLonLat(std::move(toLonLat)), mToTarget(std::move(toTarget)) {}
    Transform mToLonLat;
    Transform mToTarget;
};

std::vector<Segment> boundarySegments(const std::vector<Geometry>& sample, const Box& area, const std::function<Point(Point)>& place) {
    std::vector<Segment> segments;
    for (const Geometry& geometry : sample) {
        const auto* polygons = std::get_if<MultiPolygon>(&geometry);
        if (polygons == nullptr) continue;
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) {
                Point before{};
                for (std::size_t i = 0; i < ring.size() && segments.size() < kMostSegments; ++i) {
                    const Point here = place(ring[i]);
                    if (i > 0) {
                        Box box;
                        box.add(before);
                        box.add(here);
                        if (box.intersects(area)) segments.push_back({before, here});
                    }
                    before = here;
                }
            }
        }
    }
    return segments;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

struct BoundaryFit {
    std::array<double, 3> metres{};  ///< median distance of the district's boundary to the sample's, by datum
    std::size_t probes = 0;
};

/// Compares only where the sample has a boundary near the district's under some hypothesis, so that a source which
/// covers part of the district, or more than it, is judged alike.
std::optional<BoundaryFit> boundaryFit(const std::vector<Geometry>& sample, const Hypothesis& hypothesis, const Reference& reference) {
    const std::vector<Point> probes = probesOf(reference.district);
    const Box area = boxOf(reference.district).grownBy(2 * kNear);
    std::array<std::vector<double>, 3> distances;
    for (std::size_t d = 0; d < kDatums.size(); ++d) {
        const auto segments = boundarySegments(sample, area, [&](Point p) { return hypothesis(kDatums[d], p); });
        if (segments.empty()) return std::nullopt;
        for (const Point& probe : probes) {
            double least = std::numeric_limits<double>::infinity();
            for (const Segment& segment : segments) least = std::min(least, squaredDistance(probe, segment));
            distances[d].push_back(std::sqrt(least));
        }
    }
    std::array<std::vector<double>, 3> near;
    for (std::size_t i = 0; i < probes.size(); ++i) {
        if (std::min({distances[0][i], distances[1][i], distances[2][i]}) > kNear) continue;
        for (std::size_t d = 0; d < 3; ++d) near[d].push_back(distances[d][i]);
    }
    if (near[0].size() < kFewestProbes) return std::nullopt;
    BoundaryFit fit;
    fit.probes = near[0].size();
    for (std::size_t d = 0; d < 3; ++d) fit.metres[d] = median(near[d]);
    return fit;
}

/// The verdict of the overlay, when one hypothesis fits clearly better than the next.
std::optional<ShiftGuess> byBoundary(const BoundaryFit& fit) {
    std::array<std::size_t, 3> order{0, 1, 2};
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return fit.metres[a] < fit.metres[b]; });
    const double best = std::max(fit.metres[order[0]], 0.1);
    const double second = std::max(fit.metres[order[1]], 0.1);
    if (best > 0.6 * second) return std::nullopt;
    const double confidence = std::min(0.99, 1 - best / second * 0.6);
    ShiftGuess guess;
    guess.datum = kDatums[order[0]];
    guess.confidence = guess.datum == Datum::Wgs84 ? 1 - confidence : confidence;
    const auto text = [&](const char* format, const char* separator) {
        std::string all;
        for (std::size_t d = 0; d < 3; ++d) {
            all += (d == 0 ? "" : separator) + fmt::format(fmt::runtime(format), nameOf(kDatums[d]), fit.metres[d]);
        }
        return all;
    };
    guess.evidence = {fmt::format("与本规划行政区边界 {} 处对比，中位距离：{}", fit.probes, text("{} {:.0f} 米", "，")),
                      fmt::format("median distance to the plan's district boundary at {} places: {}", fit.probes, text("{} {:.0f} m", ", "))};
    return guess;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool anyContains(const std::vector<std::string>& names, std::initializer_list<std::string_view> words) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return name.find(word) != std::string::npos; });
    });
}

/// True when the coordinates are degrees that end after at most six decimals, as the web map services deliver them.
bool hasSixDecimals(const std::vector<Geometry>& sample) {
    bool all = true;
    bool any = false;
    for (const Geometry& geometry : sample) {
        forEachPoint(geometry, [&](const Point& p) {
            any = true;
            for (const double v : {p.x, p.y}) all = all && std::abs(v) <= 180 && std::abs(v * 1e6 - std::round(v * 1e6)) < 1e-3;
        });
    }
    return any && all;
}

/// The verdict of one set of names, when they say anything.
std::optional<ShiftGuess> byNames(const std::vector<std::string>& names) {
    const auto has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    if (anyContains(names, {"bd09", "bd-09", "baidu", "百度"})) {
        return ShiftGuess{true, 0.9, Datum::Bd09, {}, {"文件名或列名提到百度坐标", "file or column names speak of Baidu"}};
    }
    if (anyContains(names, {"gcj", "amap", "高德", "腾讯", "tencent", "火星坐标", "datav"})) {
        return ShiftGuess{true, 0.9, Datum::Gcj02, {}, {"文件名或列名提到高德、腾讯或 GCJ-02", "file or column names speak of AMap, Tencent or GCJ-02"}};
    }
    if (has("adcode") && (has("level") || has("citycode") || has("center") || has("childrennum") || has("parent"))) {
        return ShiftGuess{true, 0.85, Datum::Gcj02, {},
                          {"列 adcode/level/citycode/center 为高德与阿里 DataV 行政区数据的标志，其坐标为 GCJ-02",
                           "the columns adcode/level/citycode/center mark AMap and DataV boundaries, which are GCJ-02"}};
    }
    if (anyContains(names, {"wgs84", "wgs_84", "cgcs2000", "国家2000", "osm_id", "osm_way_id"})) {
        return ShiftGuess{false, 0.05, Datum::Wgs84, {}, {"名称写明 WGS84/CGCS2000 或来自 OpenStreetMap", "names state WGS 84, CGCS2000 or OpenStreetMap"}};
    }
    return std::nullopt;
}

/// The verdict without anything to compare with; columns are nearer to the coordinates than the file's name.
ShiftGuess bySigns(const ShiftClues& clues) {
    std::vector<std::string> columns;
    for (const std::string& column : clues.columns) columns.push_back(lowered(column));
    if (const auto found = byNames(columns)) return *found;
    if (const auto found = byNames({lowered(clues.fileName)})) return *found;
    if (clues.crs.declared && clues.crs.value == "EPSG:4490") {
        return {false, 0.1, Datum::Wgs84, {}, {"文件写明 CGCS2000", "the file declares CGCS2000"}};
    }
    if (hasSixDecimals(clues.sample)) {
        return {false, 0.4, Datum::Wgs84, {},
                {"无法核对：坐标不多于六位小数，与网络地图服务一致，但不足为凭", "cannot be checked: at most six decimals, as web map services deliver, which alone proves nothing"}};
    }
    return {false, 0.25, Datum::Wgs84, {}, {"没有可供核对的边界或标志", "no boundary or sign to judge by"}};
}

}  // namespace

std::string_view nameOf(Datum datum) {
    switch (datum) {
        case Datum::Gcj02: return "GCJ-02";
        case Datum::Bd09: return "BD-09";
        case Datum::Wgs84: break;
    }
    return "WGS 84";
}

std::optional<Datum> shiftedDatum(std::string_view name) {
    std::string word;
    for (const char c : lowered(name)) {
        if (c != '-' && c != '_' && c != ' ') word += c;
    }
    if (word == "gcj02" || word == "gcj2") return Datum::Gcj02;
    if (word == "bd09" || word == "bd09ll" || word == "bd9") return Datum::Bd09;
    return std::nullopt;
}

Point toWgs84(Datum datum, Point p) {
    switch (datum) {
        case Datum::Gcj02: return wgs84FromGcj02(p);
        case Datum::Bd09: return wgs84FromGcj02(gcj02FromBd09(p));
        case Datum::Wgs84: break;
    }
    return p;
}

ShiftGuess guessShift(const ShiftClues& clues, const std::optional<Reference>& reference) {
    const Result<Crs> source = Crs::from(clues.crs.value);
    const Result<Crs> wgs84 = Crs::from("EPSG:4326");
    const Box typical = typicalBox(clues.sample);
    if (!source || !wgs84 || typical.empty()) {
        return {false, 0, Datum::Wgs84, {}, {"没有已知坐标系的坐标", "no coordinates in a known system"}};
    }
    const Result<Transform> toLonLat = Transform::between(*source, *wgs84);
    if (!toLonLat) return {false, 0, Datum::Wgs84, {}, {"坐标系无法换算为经纬度", "the CRS does not lead to longitude and latitude"}};
    const Point centre = (*toLonLat)({(typical.minX + typical.maxX) / 2, (typical.minY + typical.maxY) / 2});
    const Point shifted = gcj02FromWgs84(centre);
    if (!std::isfinite(centre.x) || shifted == centre) {
        return {false, 0, Datum::Wgs84, {}, {"不在中国范围内", "outside China"}};
    }
    constexpr double kMetresPerDegree = 111'320;
    const Metres shift(std::hypot((shifted.x - centre.x) * std::cos(centre.y * 0.017453292519943295), shifted.y - centre.y) * kMetresPerDegree);

    ShiftGuess guess;
    bool decided = false;
    if (reference) {
        if (const auto hypothesis = Hypothesis::of(clues.crs.value, reference->crs)) {
            if (const auto fit = boundaryFit(clues.sample, *hypothesis, *reference)) {
                if (const auto found = byBoundary(*fit)) {
                    guess = *found;
                    decided = true;
                }
            }
        }
    }
    const ShiftGuess signs = bySigns(clues);
    if (decided && signs.likely && signs.datum == guess.datum && signs.confidence > guess.confidence) {
        guess.confidence = signs.confidence;
        guess.evidence = {guess.evidence.zh + "；" + signs.evidence.zh, guess.evidence.en + "; " + signs.evidence.en};
    }
    if (!decided) {
        guess = signs;
        // Surveyed grids are made from surveyed coordinates; only names and overlays speak against that.
        if (!source->isGeographic() && guess.confidence < 0.5) guess.confidence = std::min(guess.confidence, 0.1);
    }
    guess.likely = guess.confidence >= 0.5;
    guess.shift = shift;
    return guess;
}

}  // namespace zonewright::plan::source
