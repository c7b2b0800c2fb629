#include "plugins/accessibility/sources.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/analysis/row_view.h"

namespace zonewright::accessibility {
namespace {

using analysis::LayerSnapshot;
using analysis::RowView;
using plan::Feature;

class Reader {
public:
    Reader(const Request& request, analysis::Inputs& inputs, Progress& progress) : mRequest(request), mInputs(inputs), mProgress(progress) {}

    Result<Sources> run() {
        Result<analysis::transport::NetworkSources> network = analysis::transport::readNetwork(mRequest, mInputs, mProgress);
        if (!network) return tl::unexpected(network.error());
        static_cast<analysis::transport::NetworkSources&>(mSources) = std::move(*network);
        for (const auto step : {&Reader::readPlaces, &Reader::readOrigins, &Reader::readCells,
                                &Reader::readFacilities, &Reader::readCommitments}) {
            if (Result<void> done = (this->*step)(); !done) return tl::unexpected(done.error());
        }
        return std::move(mSources);
    }

private:
    Result<std::optional<LayerSnapshot>> read(const analysis::transport::WantedLayer& wanted) { return analysis::transport::readLayer(wanted, mInputs, mSources.notices, mProgress); }

    Result<std::vector<Place>> readPoints(const analysis::transport::WantedLayer& wanted) {
        std::vector<Place> places;
        auto snapshot = read(wanted);
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return places;
        for (const Feature& feature : (*snapshot)->features) {
            const RowView row(**snapshot, feature);
            const std::optional<Point> point = analysis::pointOf(feature.geometry);
            if (!point) continue;
            const double amount = row.number("capacity").value_or(row.number("population").value_or(0));
            places.push_back({row.code(), row.name(), row.text("kind"), *point, amount});
        }
        return places;
    }

    Result<void> readPlaces() {
        Result<std::vector<Place>> places = readPoints({"places", mRequest.places, {"code", "name", "name_en", "kind", "population"}, false});
        if (!places) return tl::unexpected(places.error());
        mSources.places = std::move(*places);
        return {};
    }

    Result<void> readOrigins() {
        if (mRequest.point) {
            mSources.origins = {{"point", {fmt::format("{:.0f}, {:.0f}", mRequest.point->x, mRequest.point->y), fmt::format("{:.0f}, {:.0f}", mRequest.point->x, mRequest.point->y)}, "", *mRequest.point, 0}};
            return {};
        }
        std::vector<Place> all = mSources.places;
        if (mRequest.origins != mRequest.places) {
            Result<std::vector<Place>> read = readPoints({"origins", mRequest.origins, {"code", "name", "name_en", "kind"}, true});
            if (!read) return tl::unexpected(read.error());
            all = std::move(*read);
        }
        for (const std::string& code : mRequest.originCodes) {
            const auto it = std::find_if(all.begin(), all.end(), [&](const Place& p) { return p.code == code; });
            if (it == all.end()) return failure(ErrorCode::UnknownFeature, "no origin of code " + code, mRequest.origins.text);
            mSources.origins.push_back(*it);
        }
        if (mRequest.originCodes.empty()) {
            std::copy_if(all.begin(), all.end(), std::back_inserter(mSources.origins), [&](const Place& p) { return p.kind == mRequest.originKind; });
            if (mSources.origins.empty()) mSources.origins = std::move(all);
        }
        if (mSources.origins.empty()) return failure(ErrorCode::SourceEmpty, "no origin: give point=x,y or a layer", mRequest.origins.text);
        return {};
    }

    Result<void> readCells() {
        auto snapshot = read({"population", mRequest.population, {"code", mRequest.populationField.text}, false});
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return {};
        for (Feature& feature : (*snapshot)->features) {
            const RowView row(**snapshot, feature);
            Cell cell;
            cell.code = row.code();
            cell.people = std::max(0.0, row.number(mRequest.populationField.text).value_or(0));
            const Box box = boxOf(feature.geometry);
            if (box.empty()) continue;
            cell.centre = {(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2};
            if (auto* shape = std::get_if<MultiPolygon>(&feature.geometry)) cell.shape = std::move(*shape);
            mSources.cells.push_back(std::move(cell));
        }
        return {};
    }

    Result<void> readFacilities() {
        Result<std::vector<Place>> places = readPoints({"facilities", mRequest.facilities, {"code", "name", "name_en", "kind", "capacity"}, false});
        if (!places) return tl::unexpected(places.error());
        mSources.facilities = std::move(*places);
        if (const catalogue::Domain* kinds = mInputs.catalogue().findDomain("facility_kind")) {
            for (const catalogue::DomainValue& kind : kinds->values) mSources.kindNames[kind.code] = kind.title;
        }
        return {};
    }

    Result<void> readCommitments() {
        auto snapshot = read({"commitments", mRequest.commitments, {"code", "title", "title_en", "origin", "destination", "limit_min", "clause"}, false});
        if (!snapshot) return tl::unexpected(snapshot.error());
        if (!*snapshot) return {};
        for (const Feature& feature : (*snapshot)->features) {
            const RowView row(**snapshot, feature);
            const std::string en = row.text("title_en");
            mSources.commitments.push_back({row.code(), {row.text("title"), en.empty() ? row.text("title") : en}, row.text("origin"), row.text("destination"),
                                            row.number("limit_min").value_or(0), row.text("clause")});
        }
        return {};
    }

    const Request& mRequest;
    analysis::Inputs& mInputs;
    Progress& mProgress;
    Sources mSources;
};

}  // namespace

Result<Sources> readSources(const Request& request, analysis::Inputs& inputs, Progress& progress) { return Reader(request, inputs, progress).run(); }

}  // namespace zonewright::accessibility
