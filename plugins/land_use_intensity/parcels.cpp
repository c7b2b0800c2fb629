#include "parcels.h"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "apportion.h"
#include "core/geometry/geos.h"

namespace zonewright::intensity {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A number column without values below zero; each of those is a fault.
Amounts checkedAmounts(const analysis::PolygonColumn& column, const std::string& field, Parcels& parcels,
                       double unit) {
    Amounts out = column.numbers;
    if (unit != 1) {
        for (double& value : out) value *= unit;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (!(out[i] < 0)) continue;
        parcels.faults.push_back({FaultKind::NegativeValue, parcels.layer, parcels.fids[i], -1, 0,
                                  fmt::format("{} = {}", field, out[i]), parcels.geometry.polygons(i)});
        out[i] = 0;
    }
    if (column.unreadable > 0) {
        parcels.faults.push_back({FaultKind::NotANumber,
                                  parcels.layer,
                                  -1,
                                  -1,
                                  0,
                                  fmt::format("{}: {}", field, column.unreadable),
                                  {}});
    }
    return out;
}

void classify(Parcels& parcels, const analysis::PolygonColumn& column, const LandUse& landUse) {
    for (const std::string& code : column.texts) parcels.classes.push_back(landUse.classify(code));
    parcels.classOf = column.codes;
    std::vector<std::size_t> count(column.texts.size(), 0);
    std::vector<std::size_t> first(column.texts.size(), 0);
    for (std::size_t i = 0; i < column.codes.size(); ++i) {
        if (count[column.codes[i]]++ == 0) first[column.codes[i]] = i;
    }
    for (std::size_t c = 0; c < count.size(); ++c) {
        if (parcels.classes[c].known) continue;
        parcels.faults.push_back({FaultKind::UnknownCode,
                                  parcels.layer,
                                  parcels.fids[first[c]],
                                  -1,
                                  0,
                                  fmt::format("'{}': {}", parcels.classes[c].code, count[c]),
                                  {}});
    }
}

/// Compares, and adds a fault for every parcel beyond the tolerance.
void checkAreas(Parcels& parcels, const std::vector<double>& areas, double tolerance) {
    AreaCheck check;
    for (const double upTo : {0.01, 0.05, 0.2, std::numeric_limits<double>::infinity()})
        check.bins.push_back({upTo, 0, 0, 0});
    std::vector<double> ratios;
    for (std::size_t i = 0; i < parcels.size(); ++i) {
        const double stated = parcels.statedArea[i];
        if (!(stated > 0) || !(areas[i] > 0)) {
            ++check.without;
            continue;
        }
        const double difference = std::abs(stated / areas[i] - 1);
        ratios.push_back(stated / areas[i]);
        const auto bin = std::find_if(check.bins.begin(), check.bins.end(),
                                      [&](const AreaCheck::Bin& b) { return difference <= b.upTo; });
        ++bin->parcels;
        bin->stated += stated;
        bin->geometry += areas[i];
        if (difference <= tolerance) continue;
        parcels.faults.push_back({FaultKind::AreaDiffers, parcels.layer, parcels.fids[i], -1,
                                  std::abs(stated - areas[i]),
                                  fmt::format("{:.2f} / {:.2f} m2", stated, areas[i]),
                                  parcels.geometry.polygons(i)});
    }
    const auto middle = ratios.begin() + static_cast<std::ptrdiff_t>(ratios.size() / 2);
    if (!ratios.empty()) std::nth_element(ratios.begin(), middle, ratios.end());
    check.medianRatio = ratios.empty() ? kNone : *middle;
    parcels.areaCheck = std::move(check);
}

Localized notMeasured(const std::string& field, const Localized& what) {
    return {fmt::format("没有字段 {}，不计算{}", field, what.zh),
            fmt::format("no column {}: {} not computed", field, what.en)};
}

}  // namespace

Result<Parcels> readParcels(analysis::Inputs& inputs, const ParcelRequest& request, const LandUse& landUse,
                            Progress& progress) {
    struct Wanted {
        const std::string& field;
        Amounts Parcels::*target;
        Localized measures;
        double unit = 1;
    };
    const ParcelFields& f = request.fields;
    const std::vector<Wanted> wanted{
        {f.floorArea, &Parcels::floorArea, {"容积率", "floor area ratio"}, f.squareMetres},
        {f.footprint, &Parcels::footprint, {"建筑密度", "building density"}, f.squareMetres},
        {f.output, &Parcels::output, {"亩均产出", "output per mu"}},
        {f.tax, &Parcels::tax, {"亩均税收", "tax per mu"}},
        {f.permittedFar, &Parcels::permittedFar, {"规划容积率建成情形", "build-out"}},
        {f.statedArea, &Parcels::statedArea, {"登记面积核对", "plausibility of stated areas"}, f.squareMetres}};
    analysis::ReadRequest read{.parameter = request.parameter,
                               .layer = request.layer,
                               .fields = {},
                               .optionalFields = {},
                               .textFields = {}};
    const bool hasCodes = !f.landUse.empty();
    if (hasCodes) {
        read.fields = {f.landUse};
        read.textFields = {f.landUse};
    }
    for (const Wanted& w : wanted) read.optionalFields.push_back(w.field);
    Result<analysis::PolygonSnapshot> snapshot = inputs.readPolygons(read, progress);
    if (!snapshot) return tl::unexpected(snapshot.error());

    if (snapshot->table.fids.empty() && snapshot->rejected.empty())
        return failure(ErrorCode::SourceEmpty, "no parcels", request.layer.text);
    std::vector<double> areas;
    if (snapshot->present.back()) {
        for (std::size_t i = 0; i < snapshot->table.geometry.size(); ++i)
            areas.push_back(areaOf(snapshot->table.geometry, i).value);
    }
    Parcels out;
    out.layer = request.layer.text;
    Result<std::vector<Fault>> faults = countOnce(snapshot->table, out.layer, request.overlaps, progress);
    if (!faults) return tl::unexpected(faults.error());
    out.faults = std::move(*faults);
    for (const analysis::RejectedRow& row : snapshot->rejected) {
        out.faults.push_back({FaultKind::Unreadable, out.layer, row.fid, -1, 0, row.reason.en, {}});
    }
    out.geometry = std::move(snapshot->table.geometry);
    out.fids = std::move(snapshot->table.fids);
    out.read = out.fids.size() + snapshot->rejected.size();
    out.rejected = snapshot->rejected.size();
    for (std::size_t i = 0; i < out.size(); ++i) out.rejected += out.geometry.pointsOf(i).empty() ? 1 : 0;
    analysis::PolygonColumn all;
    all.texts = {""};
    all.codes.assign(hasCodes ? 0 : out.size(), 0);
    if (hasCodes)
        classify(out, snapshot->table.columns.front(), landUse);
    else {
        out.classes.push_back(landUse.classify(""));
        out.classOf = std::move(all.codes);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::size_t column = i + (hasCodes ? 1 : 0);
        if (snapshot->present[column])
            out.*wanted[i].target = checkedAmounts(snapshot->table.columns[column], wanted[i].field, out,
                                                    wanted[i].unit);
        else if (!wanted[i].field.empty())
            out.missing.push_back(notMeasured(wanted[i].field, wanted[i].measures));
    }
    if (!areas.empty()) checkAreas(out, areas, f.areaTolerance);
    return out;
}

Result<Parcels> withChanges(const Parcels& before, const Parcels& changes, Progress& progress) {
    const Result<Apportioning> taken = apportion(before.geometry, changes.geometry, progress);
    if (!taken) return tl::unexpected(taken.error());
    std::map<std::uint32_t, MultiPolygon> rests;
    for (const Share& share : taken->shares) {
        if (share.area <= kOverlapTolerance.value) continue;
        const auto [rest, fresh] = rests.try_emplace(share.parcel);
        if (fresh) rest->second = before.geometry.polygons(share.parcel);
        Result<MultiPolygon> left = geos::difference(rest->second, changes.geometry.polygons(share.zone));
        if (!left) return tl::unexpected(left.error());
        rest->second = std::move(*left);
    }
    Parcels out;
    out.layer = before.layer;
    out.fids = before.fids;
    out.classes = before.classes;
    out.classOf = before.classOf;
    std::vector<double> kept(before.size(), 1);
    for (std::uint32_t i = 0; i < before.size(); ++i) {
        const auto rest = rests.find(i);
        out.geometry.add(rest != rests.end() ? rest->second : before.geometry.polygons(i));
        if (rest != rests.end()) kept[i] = areaOf(out.geometry, i).value / taken->parcelArea[i];
    }
    for (std::uint32_t i = 0; i < changes.size(); ++i) out.geometry.add(changes.geometry.polygons(i));
    out.fids.insert(out.fids.end(), changes.fids.begin(), changes.fids.end());
    const auto offset = static_cast<std::uint32_t>(out.classes.size());
    out.classes.insert(out.classes.end(), changes.classes.begin(), changes.classes.end());
    for (const std::uint32_t c : changes.classOf) out.classOf.push_back(c + offset);
    const auto joined = [&](Amounts Parcels::*which, bool scales) {
        const Amounts& old = before.*which;
        const Amounts& fresh = changes.*which;
        if (old.empty() && fresh.empty()) return;
        Amounts& all = out.*which;
        for (std::size_t i = 0; i < before.size(); ++i)
            all.push_back(old.empty() ? kNone : scales ? old[i] * kept[i] : old[i]);
        for (std::size_t i = 0; i < changes.size(); ++i) all.push_back(fresh.empty() ? kNone : fresh[i]);
    };
    for (const auto which : {&Parcels::floorArea, &Parcels::footprint, &Parcels::output, &Parcels::tax})
        joined(which, true);
    joined(&Parcels::permittedFar, false);
    out.read = before.read + changes.read;
    out.rejected = before.rejected + changes.rejected;
    return out;
}

Parcels builtOut(Parcels parcels) {
    if (parcels.permittedFar.empty()) return parcels;
    if (parcels.floorArea.empty()) parcels.floorArea.assign(parcels.size(), 0);
    for (std::size_t i = 0; i < parcels.size(); ++i) {
        const double permitted = parcels.permittedFar[i] * areaOf(parcels.geometry, i).value;
        if (std::isfinite(permitted) && !(parcels.floorArea[i] > permitted)) parcels.floorArea[i] = permitted;
    }
    return parcels;
}

}  // namespace zonewright::intensity
