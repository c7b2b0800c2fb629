#include "core/plan/source/layer_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/plan/schema.h"
#include "core/plan/source/ogr_row.h"

namespace zonewright::plan::source {
namespace {

namespace fs = std::filesystem;

using Dataset = GDALDatasetUniquePtr;

tl::unexpected<Error> gdalFailure(const fs::path& file) {
    const std::string why = CPLGetLastErrorMsg();
    const bool full = why.find("disk is full") != std::string::npos;
    return failure(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, why, file.string());
}

bool write(OGRLayer& table, const Feature& feature) {
    const OGRFeatureUniquePtr row(OGRFeature::CreateFeature(table.GetLayerDefn()));
    if (!feature.id.text.empty()) row->SetField("uuid", feature.id.text.c_str());
    int column = 1;  // after the uuid
    for (const Value& value : feature.values) setValue(*row, column++, value);
    if (!std::holds_alternative<std::monostate>(feature.geometry) && !setGeometry(*row, feature.geometry)) return false;
    return table.CreateFeature(row.get()) == OGRERR_NONE;
}

bool fill(GDALDataset& dataset, const std::vector<LayerRows>& layers) {
    if (dataset.StartTransaction() != OGRERR_NONE) return false;
    for (const LayerRows& rows : layers) {
        OGRLayer* table = dataset.GetLayerByName(rows.layer->id.c_str());
        if (table == nullptr) return false;
        for (const Feature& feature : *rows.features) {
            if (!write(*table, feature)) return false;
        }
    }
    return dataset.CommitTransaction() == OGRERR_NONE;
}

}  // namespace

Result<void> writeGeoPackage(const fs::path& file, const std::vector<LayerRows>& layers, const LayerFileOptions& options) {
    std::error_code error;
    if (!options.overwrite && fs::exists(file, error)) return failure(ErrorCode::FileExists, "", file.string());
    catalogue::Catalogue made;
    for (const LayerRows& rows : layers) {
        made.layers.push_back(*rows.layer);
        for (catalogue::Field& field : made.layers.back().fields) field.domain.clear();  // code lists stay with the plan
    }
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    const fs::path unfinished = folder / fmt::format(".{}.{}.gpkg", file.filename().string(), getpid());
    const auto cleanedUp = [&](tl::unexpected<Error> why) {
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(unfinished.string() + suffix, error);
        return why;
    };
    CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    if (auto created = createGeoPackage(unfinished, made, options.crs); !created)
        return cleanedUp(tl::unexpected(created.error()));
    {
        const std::array<const char*, 2> drivers{"GPKG", nullptr};
        const Dataset dataset(GDALDataset::Open(unfinished.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, drivers.data()));
        if (!dataset || !fill(*dataset, layers)) return cleanedUp(gdalFailure(file));
    }
    fs::rename(unfinished, file, error);
    if (error) return cleanedUp(failure(ErrorCode::FileUnwritable, error.message(), file.string()));
    return {};
}

}  // namespace zonewright::plan::source
