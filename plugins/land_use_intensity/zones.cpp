#include "zones.h"

#include <cmath>
#include <mutex>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "apportion.h"
#include "core/geometry/geos.h"

namespace zonewright::intensity {
namespace {

/// The column that names a zone when the user names none.
std::string usualCodeField(const analysis::Inputs& inputs, const std::string& layer,
                           const std::vector<std::string>& columns) {
    std::vector<std::string> candidates;
    if (const catalogue::Layer* known = inputs.catalogue().find(layer); known != nullptr)
        candidates.push_back(known->keyField);
    for (const char* name : {"code", "zone_id", "zone", "id", "name"}) candidates.emplace_back(name);
    for (const std::string& name : candidates) {
        if (std::find(columns.begin(), columns.end(), name) != columns.end()) return name;
    }
    return {};
}

Ring cellRing(GridShape shape, double size, std::pair<std::int64_t, std::int64_t> at) {
    const auto [i, j] = at;
    if (shape == GridShape::Square) {
        const double x = static_cast<double>(i) * size;
        const double y = static_cast<double>(j) * size;
        const double x1 = static_cast<double>(i + 1) * size;
        const double y1 = static_cast<double>(j + 1) * size;
        return {{x, y}, {x1, y}, {x1, y1}, {x, y1}, {x, y}};
    }
    // Pointy-topped; every corner from integers, so that neighbours get the same doubles.
    const double half = size / 2;
    const double third = size / std::sqrt(3.0) / 2;  // half the side
    const std::int64_t column = 2 * i + (j & 1);     // in halves of the width
    const std::int64_t row = 3 * j;                  // in halves of the side
    const auto corner = [&](std::int64_t dx, std::int64_t dy) {
        return Point{static_cast<double>(column + dx) * half, static_cast<double>(row + dy) * third};
    };
    return {corner(1, 0), corner(2, 1), corner(2, 3), corner(1, 4), corner(0, 3), corner(0, 1), corner(1, 0)};
}

struct CellGrid {
    std::int64_t i0, i1, j0, j1;
};

CellGrid cellsOver(const Box& box, GridShape shape, double size) {
    const double rowHeight = shape == GridShape::Square ? size : size * std::sqrt(3.0) / 2;
    const auto down = [](double v) { return static_cast<std::int64_t>(std::floor(v)); };
    return {down(box.minX / size) - 1, down(box.maxX / size) + 1, down(box.minY / rowHeight) - 1,
            down(box.maxY / rowHeight) + 1};
}

}  // namespace

Result<Zones> readZones(analysis::Inputs& inputs, const ZoneRequest& request, Progress& progress) {
    const Result<std::vector<std::string>> columns = inputs.columns(request.layer);
    if (!columns) return tl::unexpected(columns.error());
    const std::string codeField =
        request.codeField.empty() ? usualCodeField(inputs, request.layer.text, *columns) : request.codeField;
    analysis::ReadRequest read{.parameter = request.parameter,
                               .layer = request.layer,
                               .fields = {},
                               .optionalFields = {"name", "name_en"},
                               .textFields = {"name", "name_en"}};
    if (!codeField.empty()) {
        read.fields.push_back(codeField);
        read.textFields.push_back(codeField);
    }
    Result<analysis::PolygonSnapshot> snapshot = inputs.readPolygons(read, progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    Zones out;
    out.layer = request.layer.text;
    makeValid(snapshot->table, out.layer, out.faults);
    for (const analysis::RejectedRow& row : snapshot->rejected) {
        out.faults.push_back({FaultKind::Unreadable, out.layer, row.fid, -1, 0, row.reason.en, {}});
    }
    const analysis::PolygonTable& table = snapshot->table;
    const std::size_t nameColumn = table.columns.size() - 2;
    for (std::size_t i = 0; i < table.fids.size(); ++i) {
        out.codes.push_back(codeField.empty() ? std::to_string(table.fids[i])
                                              : std::string(table.columns.front().text(i)));
        Localized name{std::string(table.columns[nameColumn].text(i)),
                       std::string(table.columns[nameColumn + 1].text(i))};
        if (name.zh.empty()) name.zh = out.codes.back();
        if (name.en.empty()) name.en = name.zh;
        out.names.push_back(std::move(name));
    }
    out.geometry = std::move(snapshot->table.geometry);
    if (out.size() == 0) return failure(ErrorCode::SourceEmpty, "no zones", out.layer);
    return out;
}

Result<Zones> crossed(const Zones& a, const Zones& b, Progress& progress) {
    const Result<Apportioning> pairs = apportion(a.geometry, b.geometry, progress);
    if (!pairs) return tl::unexpected(pairs.error());
    Zones out;
    out.layer = a.layer + " × " + b.layer;
    out.faults = a.faults;
    out.faults.insert(out.faults.end(), b.faults.begin(), b.faults.end());
    for (const Share& pair : pairs->shares) {
        if (pair.area <= kOverlapTolerance.value) continue;
        const Result<MultiPolygon> common =
            geos::intersection(a.geometry.polygons(pair.parcel), b.geometry.polygons(pair.zone));
        if (!common) return tl::unexpected(common.error());
        out.geometry.add(*common);
        out.codes.push_back(a.codes[pair.parcel] + " × " + b.codes[pair.zone]);
        const Localized& first = a.names[pair.parcel];
        const Localized& second = b.names[pair.zone];
        out.names.push_back({first.zh + " × " + second.zh, first.en + " × " + second.en});
    }
    return out;
}

Result<Zones> gridOver(const Zones& extent, GridShape shape, Metres size, Progress& progress) {
    Box box;
    for (std::size_t i = 0; i < extent.size(); ++i) box.add(boxOf(extent.geometry, i));
    const CellGrid g = cellsOver(box, shape, size.value);
    const double cells = static_cast<double>(g.i1 - g.i0 + 1) * static_cast<double>(g.j1 - g.j0 + 1);
    if (cells > 1e6)
        return failure(ErrorCode::BadArgument,
                       fmt::format("grid_size={}: {:.0f} cells, at most a million", size.value, cells));
    analysis::PolygonSet whole;
    std::vector<std::string> codes;
    for (std::int64_t j = g.j0; j <= g.j1; ++j) {
        for (std::int64_t i = g.i0; i <= g.i1; ++i) {
            whole.add(MultiPolygon{{Polygon{{cellRing(shape, size.value, {i, j})}}}});
            codes.push_back(fmt::format("{}-{}", i - g.i0, j - g.j0));
        }
    }
    const Result<Apportioning> within = apportion(whole, extent.geometry, progress);
    if (!within) return tl::unexpected(within.error());
    std::vector<MultiPolygon> clipped(within->shares.size());
    std::mutex guard;
    std::optional<Error> fault;
    tbb::parallel_for(std::size_t{0}, clipped.size(), [&](std::size_t s) {
        const Share& share = within->shares[s];
        clipped[s] = whole.polygons(share.parcel);
        if (share.area >= within->parcelArea[share.parcel] * (1 - 1e-12)) return;
        Result<MultiPolygon> part = geos::intersection(clipped[s], extent.geometry.polygons(share.zone));
        if (part) {
            clipped[s] = std::move(*part);
            return;
        }
        const std::lock_guard lock(guard);
        fault = part.error();
    });
    if (fault) return tl::unexpected(*fault);
    Zones out;
    out.layer = fmt::format("{} {} m", shape == GridShape::Square ? "square" : "hexagon", size.value);
    out.faults = extent.faults;
    for (std::size_t s = 0; s < clipped.size(); ++s) {
        if (clipped[s].polygons.empty()) continue;
        out.geometry.add(clipped[s]);
        out.codes.push_back(codes[within->shares[s].parcel]);
        out.names.push_back({out.codes.back(), out.codes.back()});
    }
    return out;
}

}  // namespace zonewright::intensity
