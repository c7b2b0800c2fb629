#include "core/plan/source/crs_guess.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/geometry/geos.h"
#include "core/plan/features.h"

namespace zonewright::plan::source {
namespace {

bool within(double v, double low, double high) { return v >= low && v <= high; }

bool isDegrees(const Box& b) { return within(b.minX, -180, 180) && within(b.maxX, -180, 180) && within(b.minY, -90, 90) && within(b.maxY, -90, 90); }
bool isChinaLonLat(const Box& b) { return b.minX >= 73 && b.maxX <= 136 && b.minY >= 3 && b.maxY <= 54; }

Box exchanged(const Box& b) { return {b.minY, b.minX, b.maxY, b.maxX}; }

struct Candidate {
    std::string crs;
    Localized why;
};

// EPSG's CGCS2000 Gauss-Krueger blocks. 3-degree zones 25-45: with zone prefix 4513-4533, without (CM 75E-135E)
// 4534-4554. 6-degree zones 13-23: with prefix 4491-4501, without 4502-4512.
std::string threeDegreeZone(int zone) { return fmt::format("EPSG:{}", 4513 + zone - 25); }
std::string sixDegreeZone(int zone) { return fmt::format("EPSG:{}", 4491 + zone - 13); }

/// What projected coordinates in x = easting, y = northing order could be.
std::vector<Candidate> projectedCandidates(const Box& b) {
    std::vector<Candidate> found;
    if (!within(b.minY, 300'000, 7'100'000) || !within(b.maxY, 300'000, 7'100'000)) return found;
    const int zone = static_cast<int>(b.minX / 1e6);
    const bool prefixed = b.minX >= 13e6 && b.maxX < 46e6 && static_cast<int>(b.maxX / 1e6) == zone &&
                          within(b.minX - zone * 1e6, 100'000, 900'000) && within(b.maxX - zone * 1e6, 100'000, 900'000);
    if (prefixed && zone >= 25) {
        found.push_back({threeDegreeZone(zone),
                         {fmt::format("横坐标带号 {}：3 度带，中央经线 {}°E", zone, zone * 3),
                          fmt::format("the easting starts with zone {}: 3-degree zone, central meridian {} E", zone, zone * 3)}});
    }
    if (prefixed && zone <= 23) {
        found.push_back({sixDegreeZone(zone),
                         {fmt::format("横坐标带号 {}：6 度带，中央经线 {}°E", zone, zone * 6 - 3),
                          fmt::format("the easting starts with zone {}: 6-degree zone, central meridian {} E", zone, zone * 6 - 3)}});
    }
    if (b.minX >= 8.1e6 && b.maxX <= 15.2e6) {
        found.push_back({"EPSG:3857", {"数值符合 Web 墨卡托", "the numbers fit Web Mercator"}});
    }
    if (within(b.minX, 100'000, 900'000) && within(b.maxX, 100'000, 900'000)) {
        for (int meridian = 75; meridian <= 135; meridian += 3) {
            found.push_back({fmt::format("EPSG:{}", 4534 + (meridian - 75) / 3),
                             {fmt::format("6 位横坐标无带号，3 度带中央经线 {}°E", meridian),
                              fmt::format("six-digit easting without zone, 3-degree zone, central meridian {} E", meridian)}});
        }
    }
    return found;
}

/// True when the box, brought into the reference's CRS, lies on the district or right beside it.
bool liesOn(const Reference& reference, const std::string& crs, const Box& box) {
    const Result<Crs> from = Crs::from(crs);
    if (!from) return false;
    const Result<Transform> transform = Transform::between(*from, reference.crs);
    if (!transform) return false;
    const Point centre = (*transform)({(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2});
    Box area = boxOf(reference.district);
    const double margin = std::max(area.maxX - area.minX, area.maxY - area.minY);
    area = area.grownBy(margin / 2);
    return std::isfinite(centre.x) && within(centre.x, area.minX, area.maxX) && within(centre.y, area.minY, area.maxY);
}

/// False when a declared CRS cannot have produced these numbers.
bool fits(const Crs& crs, const Box& b) {
    if (crs.isGeographic()) return isDegrees(b);
    if (!crs.isProjectedInMetres()) return true;
    if (isDegrees(b)) return false;  // a whole data set within 180 m of the origin
    const Result<Crs> geographic = Crs::from("EPSG:4326");
    const Result<Transform> transform = Transform::between(crs, *geographic);
    if (!transform) return true;
    const Point p = (*transform)({(b.minX + b.maxX) / 2, (b.minY + b.maxY) / 2});
    return std::isfinite(p.x) && std::isfinite(p.y);
}

const Localized kNoDatum{"数值不能区分基准面，按 CGCS2000", "numbers cannot tell the datum; CGCS2000 is assumed"};

CrsGuess fromNumbers(const Box& b, const std::optional<Reference>& reference, Localized before) {
    CrsGuess guess;
    const std::string numbers = shown(b);
    const auto say = [&](const std::string& zh, const std::string& en) {
        guess.evidence = {before.zh + zh + "（" + numbers + "）", before.en + en + " (" + numbers + ")"};
    };
    if (isDegrees(b) && isChinaLonLat(b)) {
        guess.value = "EPSG:4490";
        say("数值为中国范围的经纬度；" + kNoDatum.zh, "degrees, longitude and latitude in China; " + kNoDatum.en);
        return guess;
    }
    if (isChinaLonLat(exchanged(b))) {
        guess.value = "EPSG:4490";
        guess.latitudeFirst = true;
        say("数值为中国范围的经纬度，但纬度在前；" + kNoDatum.zh, "degrees in China, but latitude comes first; " + kNoDatum.en);
        return guess;
    }
    if (isDegrees(b)) {
        guess.value = "EPSG:4326";
        say("数值像经纬度，不在中国", "the numbers look like degrees outside China");
        return guess;
    }
    for (const bool swap : {false, true}) {
        const Box box = swap ? exchanged(b) : b;
        std::vector<Candidate> candidates = projectedCandidates(box);
        if (candidates.size() > 1 && reference) {
            std::vector<Candidate> near;
            for (const Candidate& candidate : candidates) {
                if (liesOn(*reference, candidate.crs, box)) near.push_back(candidate);
            }
            if (near.size() == 1) {
                near.front().why.zh += "，唯一落在本规划范围内";
                near.front().why.en += ", the only one that falls on the plan's district";
                candidates = near;
            }
        }
        if (candidates.empty()) continue;
        const Localized order = swap ? Localized{"北坐标在前；", "northing comes first; "} : Localized{};
        guess.latitudeFirst = swap;
        if (candidates.size() == 1) {
            guess.value = candidates.front().crs;
            say(order.zh + candidates.front().why.zh + "；" + kNoDatum.zh, order.en + candidates.front().why.en + "; " + kNoDatum.en);
            return guess;
        }
        for (const Candidate& candidate : candidates) guess.candidates.push_back(candidate.crs);
        say(order.zh + fmt::format("{} 个坐标系都可能：{}", candidates.size(), fmt::join(guess.candidates, "、")),
            order.en + fmt::format("{} systems are possible: {}", candidates.size(), fmt::join(guess.candidates, ", ")));
        return guess;
    }
    say("数值不符合任何已知坐标系，可能是地方坐标", "the numbers fit no known system; perhaps local coordinates, for --control-points");
    return guess;
}

}  // namespace

std::string shown(const Box& b) {
    const auto number = [](double v) { return std::abs(v) < 1000 ? fmt::format("{:.4f}", v) : fmt::format("{:.0f}", v); };
    return fmt::format("x {}..{}, y {}..{}", number(b.minX), number(b.maxX), number(b.minY), number(b.maxY));
}

Result<std::optional<Reference>> referenceOf(const Plan& plan) {
    const Result<bool> known = plan.hasLayer("district");
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::optional<Reference>{};
    const Result<std::vector<Feature>> features = readFeatures(plan, "district");
    if (!features) return tl::unexpected(features.error());
    Reference reference{{}, plan.crs()};
    for (const Feature& feature : *features) {
        if (const auto* polygons = std::get_if<MultiPolygon>(&feature.geometry)) {
            reference.district.polygons.insert(reference.district.polygons.end(), polygons->polygons.begin(), polygons->polygons.end());
        }
    }
    if (reference.district.polygons.empty()) return std::optional<Reference>{};
    return std::optional<Reference>(std::move(reference));
}

Box typicalBox(const std::vector<Geometry>& sample) {
    std::vector<double> xs;
    std::vector<double> ys;
    for (const Geometry& geometry : sample) {
        forEachPoint(geometry, [&](const Point& p) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y)) return;
            xs.push_back(p.x);
            ys.push_back(p.y);
        });
    }
    if (xs.empty()) return {};
    const auto quantile = [](std::vector<double>& v, double share) {
        const auto k = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(v.size() - 1)));
        std::nth_element(v.begin(), v.begin() + k, v.end());
        return v[static_cast<std::size_t>(k)];
    };
    return {quantile(xs, 0.02), quantile(ys, 0.02), quantile(xs, 0.98), quantile(ys, 0.98)};
}

CrsGuess guessCrs(const std::string& declared, const Box& typical, const std::optional<Reference>& reference) {
    const Result<Crs> stated = declared.empty() ? Result<Crs>(failure(ErrorCode::SourceCrs, "")) : Crs::from(declared);
    if (typical.empty()) {
        CrsGuess guess{stated ? declared : "", stated.has_value(), false, {"没有坐标可供核对", "no coordinates to judge by"}, {}};
        return guess;
    }
    if (!declared.empty() && !stated) {
        return fromNumbers(typical, reference, {"文件写明的坐标系无法识别；", "the declared CRS is not understood; "});
    }
    if (!stated) return fromNumbers(typical, reference, {"文件未写明坐标系；", "the file declares no CRS; "});
    const std::string name = stated->code().empty() ? stated->name() : stated->code() + " " + stated->name();
    if (fits(*stated, typical)) {
        // In a geographic CRS both orders may be possible numbers; in China only one is a place there.
        if (stated->isGeographic() && !isChinaLonLat(typical) && isChinaLonLat(exchanged(typical)) && typical.maxY > 60) {
            CrsGuess guess = fromNumbers(typical, reference, {"文件写明 " + name + "；", "the file declares " + name + "; "});
            guess.value = declared;
            guess.declared = true;
            return guess;
        }
        return {declared, true, false, {"文件写明 " + name, "the file declares " + name}, {}};
    }
    CrsGuess guess = fromNumbers(typical, reference,
                                 {"文件写明 " + name + "，但与数值不符；", "the file declares " + name + ", which the numbers contradict; "});
    if (guess.latitudeFirst && stated->isGeographic()) guess.value = declared;
    return guess;
}

}  // namespace zonewright::plan::source
