#include "plugins/accessibility/surface.h"

#include <cmath>

#include <fmt/format.h>

#include <gdal_priv.h>
#include <ogr_spatialref.h>

namespace zonewright::accessibility {

Result<void> writeSurface(const Sources& sources, Searcher& searcher, const Request& request, const std::optional<Crs>& crs) {
    const std::string file = request.surface.string();
    if (std::filesystem::exists(request.surface)) return failure(ErrorCode::FileExists, "", file);
    const auto minutes = minutesOf(request);
    if (!minutes) return tl::unexpected(minutes.error());
    std::vector<Point> origins;
    for (const Place& origin : sources.origins) origins.push_back(origin.point);
    const network::Milliseconds limit = toMilliseconds(minutes->back());
    const auto arrivals = searcher.search(origins, request.reverse ? network::Sense::To : network::Sense::From, limit);
    if (!arrivals) return tl::unexpected(arrivals.error());
    const network::Isochrone isochrone = searcher.isochrone(*arrivals, limit);
    const Result<MultiPolygon> region = isochrone.polygons(request.surfaceCell);
    if (!region) return tl::unexpected(region.error());
    Box box = boxOf(*region);
    if (box.empty()) return failure(ErrorCode::NoNetwork, "nothing within reach");

    const double side = request.surfaceCell.value;
    const double left = std::floor(box.minX / side) * side;
    const double top = std::ceil(box.maxY / side) * side;
    const auto columns = static_cast<std::int64_t>(std::ceil((box.maxX - left) / side));
    const auto rows = static_cast<std::int64_t>(std::ceil((top - box.minY) / side));
    if (columns * rows > 100'000'000) return failure(ErrorCode::BadArgument, fmt::format("surface_cell: {} x {} cells are too many", columns, rows));
    std::vector<Point> middles;
    middles.reserve(static_cast<std::size_t>(columns * rows));
    for (std::int64_t r = 0; r < rows; ++r) {
        for (std::int64_t c = 0; c < columns; ++c) middles.push_back({left + (static_cast<double>(c) + 0.5) * side, top - (static_cast<double>(r) + 0.5) * side});
    }
    std::vector<float> values;
    values.reserve(middles.size());
    for (const network::Milliseconds t : isochrone.timesAt(middles)) values.push_back(t >= network::kUnreachable ? std::nanf("") : static_cast<float>(network::toMinutes(t)));

    GDALAllRegister();
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GTiff");
    const char* options[] = {"COMPRESS=DEFLATE", "TILED=YES", nullptr};
    const std::unique_ptr<GDALDataset> dataset(driver == nullptr ? nullptr : driver->Create(file.c_str(), static_cast<int>(columns), static_cast<int>(rows), 1, GDT_Float32, const_cast<char**>(options)));
    if (!dataset) return failure(ErrorCode::FileUnwritable, CPLGetLastErrorMsg(), file);
    double transform[6] = {left, side, 0, top, 0, -side};
    dataset->SetGeoTransform(transform);
    if (crs) {
        OGRSpatialReference srs;
        if (srs.SetFromUserInput(crs->definition().c_str()) == OGRERR_NONE) dataset->SetSpatialRef(&srs);
    }
    GDALRasterBand* band = dataset->GetRasterBand(1);
    band->SetNoDataValue(std::nan(""));
    band->SetUnitType("min");
    if (band->RasterIO(GF_Write, 0, 0, static_cast<int>(columns), static_cast<int>(rows), values.data(), static_cast<int>(columns), static_cast<int>(rows), GDT_Float32, 0, 0, nullptr) != CE_None) {
        return failure(ErrorCode::FileUnwritable, CPLGetLastErrorMsg(), file);
    }
    return {};
}

}  // namespace zonewright::accessibility
