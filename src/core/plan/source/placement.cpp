#include "core/plan/source/placement.h"

#include <fmt/format.h>

namespace zonewright::plan::source {
namespace {

/// What the user states about the system, checked against the numbers.
Result<void> takeStated(const std::string& stated, const Survey& survey, Placement& placement) {
    placement.name = stated;
    if (const auto datum = shiftedDatum(stated)) {
        placement.datum = *datum;
        placement.name = nameOf(*datum);
        placement.crs = survey.crs.value.empty() ? "EPSG:4326" : survey.crs.value;
        placement.exchange = survey.crs.latitudeFirst;
        const bool degrees = std::abs(survey.typical.minX) <= 180 && std::abs(survey.typical.maxX) <= 180;
        if (survey.crs.value.empty() && !degrees) {
            return failure(ErrorCode::SourceCrs, fmt::format("stated {}, but {}", placement.name, survey.crs.evidence.en));
        }
        return {};
    }
    const Result<Crs> crs = Crs::from(stated);
    if (!crs) return tl::unexpected(crs.error());
    const CrsGuess judged = guessCrs(stated, survey.typical, std::nullopt);
    if (!judged.declared && !survey.typical.empty() && !judged.latitudeFirst) {
        return failure(ErrorCode::SourceCrs, fmt::format("stated {}, which cannot have the coordinates {}", stated, shown(survey.typical)));
    }
    placement.crs = stated;
    placement.name = crsTitle(stated);
    placement.exchange = judged.latitudeFirst;
    if (survey.shift.likely && survey.shift.confidence > 0.8) {
        placement.notes.push_back({"按用户指定的坐标系导入，但数据像 " + std::string(nameOf(survey.shift.datum)) + "：" + survey.shift.evidence.zh,
                                   "imported as stated, though the data look like " + std::string(nameOf(survey.shift.datum)) + ": " + survey.shift.evidence.en});
    }
    return {};
}

/// What the file itself tells; `fitted` says that control points will be applied.
Result<void> takeFound(const Survey& survey, bool fitted, Placement& placement) {
    if (survey.crs.value.empty()) {
        if (!fitted) return failure(ErrorCode::SourceCrs, survey.crs.evidence.en);
        placement.name = "control points";
        placement.notes.push_back({"坐标系未知，仅按控制点定位", "the CRS is unknown; control points alone place the data"});
        return {};
    }
    if (survey.shift.likely && !fitted) {
        return failure(ErrorCode::SourceShifted,
                       fmt::format("{}, {:.0f} % sure, about {:.0f} m: {}", nameOf(survey.shift.datum), survey.shift.confidence * 100,
                                   survey.shift.shift.value, survey.shift.evidence.en));
    }
    placement.crs = survey.crs.value;
    placement.name = crsTitle(survey.crs.value);
    placement.exchange = survey.crs.latitudeFirst;
    if (!survey.crs.declared) {
        placement.notes.push_back({"坐标系为推断：" + survey.crs.evidence.zh, "the CRS is inferred: " + survey.crs.evidence.en});
    }
    return {};
}

Result<void> fitTo(const PlacementWishes& wishes, const Crs& target, Placement& placement) {
    const Result<Placer> unfitted = Placer::from(placement, target);
    if (!unfitted) return tl::unexpected(unfitted.error());
    std::vector<ControlPoint> points = wishes.controlPoints;
    for (ControlPoint& point : points) point.source = (*unfitted)(point.source);
    Result<ControlFit> fit = fitControlPoints(points);
    if (!fit) return tl::unexpected(fit.error());
    placement.fit = std::move(*fit);
    return {};
}

}  // namespace

Result<Placement> decidePlacement(const Survey& survey, const PlacementWishes& wishes, const Crs& target) {
    Placement placement;
    const bool fitted = !wishes.controlPoints.empty();
    const auto taken = wishes.stated.empty() ? takeFound(survey, fitted, placement) : takeStated(wishes.stated, survey, placement);
    if (!taken) return tl::unexpected(taken.error());
    if (placement.exchange) {
        placement.notes.push_back({"坐标顺序为先纬度（北）后经度（东），已对调", "latitude (northing) came first; x and y were exchanged"});
    }
    if (fitted) {
        if (auto done = fitTo(wishes, target, placement); !done) return tl::unexpected(done.error());
    }
    return placement;
}

Result<Placer> Placer::from(const Placement& placement, const Crs& target) {
    Placer placer;
    placer.mExchange = placement.exchange;
    placer.mDatum = placement.datum;
    if (placement.fit) placer.mFit = placement.fit->transform;
    if (!placement.crs.empty()) {
        const Result<Crs> source = Crs::from(placement.crs);
        if (!source) return tl::unexpected(source.error());
        const Result<Crs> wgs84 = Crs::from("EPSG:4326");
        if (!wgs84) return tl::unexpected(wgs84.error());
        const bool same = placement.datum == Datum::Wgs84 && !source->code().empty() && source->code() == target.code();
        if (!same) {
            Result<Transform> first = Transform::between(*source, placement.datum == Datum::Wgs84 ? target : *wgs84);
            if (!first) return tl::unexpected(first.error());
            placer.mFirst = std::move(*first);
        }
        if (placement.datum != Datum::Wgs84) {
            Result<Transform> second = Transform::between(*wgs84, target);
            if (!second) return tl::unexpected(second.error());
            placer.mSecond = std::move(*second);
        }
    }
    placer.mIdentity = !placer.mExchange && !placer.mFirst && !placer.mSecond && !placer.mFit;
    return placer;
}

Point Placer::operator()(Point p) const {
    if (mExchange) std::swap(p.x, p.y);
    if (mFirst) p = (*mFirst)(p);
    if (mSecond) p = (*mSecond)(toWgs84(mDatum, p));
    if (mFit) p = (*mFit)(p);
    return p;
}

void Placer::apply(Geometry& geometry) const {
    if (mIdentity) return;
    forEachPoint(geometry, [&](Point& p) { p = (*this)(p); });
}

}  // namespace zonewright::plan::source
