#include "counted_once.h"

#include <map>
#include <tuple>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "overlaps.h"
#include "validity.h"

namespace zonewright::intensity {
namespace {

using analysis::PolygonSet;
using analysis::PolygonTable;

/// The set with some of its polygons replaced.
PolygonSet replaced(const PolygonSet& set, const std::map<std::uint32_t, MultiPolygon>& changes) {
    PolygonSet out;
    out.reserve(set.size(), set.points());
    for (std::uint32_t f = 0; f < set.size(); ++f) {
        if (const auto change = changes.find(f); change != changes.end()) {
            out.add(change->second);
            continue;
        }
        const auto [first, last] = set.ringsOf(f);
        for (std::size_t r = first; r < last; ++r) out.addRing(set.ring(r), set.isShell(r));
        out.endFeature();
    }
    return out;
}

struct Trimmed {
    MultiPolygon rest;
    std::vector<Fault> faults;
};

/// One polygon without the ground of the earlier ones.
Trimmed trimmed(const PolygonTable& table, std::uint32_t feature, const std::vector<Overlap>& with,
                std::pair<const std::string&, OverlapRule> layerAndRule) {
    const auto& [layer, rule] = layerAndRule;
    Trimmed out{table.geometry.polygons(feature), {}};
    const double before = planarArea(out.rest).value;
    for (const Overlap& overlap : with) {
        const MultiPolygon earlier = table.geometry.polygons(overlap.first);
        const Result<MultiPolygon> common = geos::intersection(out.rest, earlier);
        const Result<MultiPolygon> rest = geos::difference(out.rest, earlier);
        if (!rest || !common) continue;
        out.rest = *rest;
        out.faults.push_back({FaultKind::Overlap, layer, table.fids[feature], table.fids[overlap.first],
                              overlap.area, "", *common});
    }
    const double left = planarArea(out.rest).value;
    if (rule == OverlapRule::Keep) return out;
    if (left > kOverlapTolerance.value && left > before * 1e-9) return out;
    const Fault last{FaultKind::Duplicate,
                     layer,
                     table.fids[feature],
                     table.fids[with.front().first],
                     before,
                     "",
                     table.geometry.polygons(feature)};
    return {MultiPolygon{}, {last}};
}

Result<void> trimOverlaps(PolygonTable& table, const std::string& layer, OverlapRule rule,
                          std::pair<std::vector<Fault>&, Progress&> to) {
    const Result<std::vector<Overlap>> pairs = overlaps(table.geometry, kOverlapTolerance, to.second);
    if (!pairs) return tl::unexpected(pairs.error());
    std::map<std::uint32_t, std::vector<Overlap>> bySecond;
    for (const Overlap& pair : *pairs) bySecond[pair.second].push_back(pair);
    std::vector<std::pair<std::uint32_t, std::vector<Overlap>>> work(bySecond.begin(), bySecond.end());
    std::vector<Trimmed> results(work.size());
    tbb::parallel_for(std::size_t{0}, work.size(), [&](std::size_t i) {
        results[i] = trimmed(table, work[i].first, work[i].second, {layer, rule});
    });
    std::map<std::uint32_t, MultiPolygon> changes;
    for (std::size_t i = 0; i < work.size(); ++i) {
        to.first.insert(to.first.end(), results[i].faults.begin(), results[i].faults.end());
        changes[work[i].first] = std::move(results[i].rest);
    }
    if (rule == OverlapRule::Once && !changes.empty()) table.geometry = replaced(table.geometry, changes);
    return {};
}

}  // namespace

std::string_view nameOf(FaultKind kind) {
    switch (kind) {
        case FaultKind::Unreadable:
            return "unreadable";
        case FaultKind::Invalid:
            return "invalid";
        case FaultKind::Unrepairable:
            return "unrepairable";
        case FaultKind::Overlap:
            return "overlap";
        case FaultKind::Duplicate:
            return "duplicate";
        case FaultKind::ZoneOverlap:
            return "zone_overlap";
        case FaultKind::UnknownCode:
            return "unknown_code";
        case FaultKind::NegativeValue:
            return "negative_value";
        case FaultKind::NotANumber:
            return "not_a_number";
        case FaultKind::AreaDiffers:
            return "area_differs";
    }
    return "";
}

Localized titleOf(FaultKind kind) {
    switch (kind) {
        case FaultKind::Unreadable:
            return {"无法读取，未计入", "unreadable, left out"};
        case FaultKind::Invalid:
            return {"几何无效，修复后计入", "invalid geometry, counted after repair"};
        case FaultKind::Unrepairable:
            return {"几何无效且无法修复，未计入", "no usable geometry, left out"};
        case FaultKind::Overlap:
            return {"与其他图斑重叠，重叠部分只计一次",
                    "overlaps another, the common ground is counted once"};
        case FaultKind::Duplicate:
            return {"与其他图斑重复，未再计入", "lies wholly on others, left out"};
        case FaultKind::ZoneOverlap:
            return {"分区相互重叠，重叠部分分别计入", "zones overlap, each counts the common ground"};
        case FaultKind::UnknownCode:
            return {"用地代码不在分类中", "land-use code not in the classification"};
        case FaultKind::NegativeValue:
            return {"负值，按 0 计", "negative value, counted as 0"};
        case FaultKind::NotANumber:
            return {"不是数字，按缺失计", "not a number, counted as missing"};
        case FaultKind::AreaDiffers:
            return {"登记面积与图形面积不符，按图形计", "stated area differs from the geometry, which counts"};
    }
    return {};
}

void makeValid(PolygonTable& table, const std::string& layer, std::vector<Fault>& faults) {
    const std::vector<InvalidPolygon> invalid = invalidPolygons(table.geometry);
    std::map<std::uint32_t, MultiPolygon> changes;
    for (const InvalidPolygon& bad : invalid) {
        const MultiPolygon before = table.geometry.polygons(bad.feature);
        Result<MultiPolygon> valid = geos::madeValid(before);
        const double area = valid ? planarArea(*valid).value : 0;
        const std::string detail = fmt::format("{} ({:.3f} {:.3f})", bad.reason, bad.place.x, bad.place.y);
        faults.push_back({area > 0 ? FaultKind::Invalid : FaultKind::Unrepairable, layer,
                          table.fids[bad.feature], -1, area, detail, area > 0 ? *valid : before});
        changes[bad.feature] = area > 0 ? std::move(*valid) : MultiPolygon{};
    }
    for (std::uint32_t f = 0; f < table.geometry.size(); ++f) {
        if (!table.geometry.pointsOf(f).empty() || changes.contains(f)) continue;
        faults.push_back(
            {FaultKind::Unrepairable, layer, table.fids[f], -1, 0, "empty or without extent", {}});
    }
    if (!changes.empty()) table.geometry = replaced(table.geometry, changes);
}

Result<std::vector<Fault>> countOnce(PolygonTable& table, const std::string& layer, OverlapRule rule,
                                     Progress& progress) {
    std::vector<Fault> faults;
    makeValid(table, layer, faults);
    if (auto done = trimOverlaps(table, layer, rule, {faults, progress}); !done)
        return tl::unexpected(done.error());
    std::stable_sort(faults.begin(), faults.end(), [](const Fault& a, const Fault& b) {
        return std::tuple(a.kind, a.fid, a.other) < std::tuple(b.kind, b.fid, b.other);
    });
    return faults;
}

}  // namespace zonewright::intensity
