#include "core/analysis/siting/layer_files.h"

#include <array>
#include <ctime>
#include <memory>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/analysis/siting/documents.h"
#include "core/plan/source/ogr_row.h"

namespace zonewright::analysis::siting {
namespace {

tl::unexpected<Error> gdalFailure(const std::filesystem::path& file) { return failure(ErrorCode::FileUnwritable, CPLGetLastErrorMsg(), file.string()); }

OGRFieldType typeOf(const Table& table, std::size_t column) {
    for (const auto& row : table.rows) {
        if (std::holds_alternative<double>(row[column])) return OFTReal;
        if (std::holds_alternative<std::int64_t>(row[column])) return OFTInteger64;
    }
    return OFTString;
}

bool addFields(OGRLayer& layer, const Table& table) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        OGRFieldDefn field(table.columns[i].id.c_str(), table.rows.empty() && !table.columns[i].unit.empty() ? OFTReal : typeOf(table, i));
        if (layer.CreateField(&field) != OGRERR_NONE) return false;
    }
    return true;
}

bool addRow(OGRLayer& layer, const std::vector<Cell>& row, const Geometry& geometry) {
    const OGRFeatureUniquePtr feature(OGRFeature::CreateFeature(layer.GetLayerDefn()));
    for (int i = 0; i < static_cast<int>(row.size()); ++i) {
        const Cell& cell = row[static_cast<std::size_t>(i)];
        if (const auto* d = std::get_if<double>(&cell)) feature->SetField(i, *d);
        else if (const auto* n = std::get_if<std::int64_t>(&cell)) feature->SetField(i, static_cast<GIntBig>(*n));
        else if (const auto* s = std::get_if<std::string>(&cell)) feature->SetField(i, s->c_str());
        else if (const auto* l = std::get_if<Localized>(&cell)) feature->SetField(i, l->zh.c_str());
    }
    if (!boxOf(geometry).empty() && !plan::source::setGeometry(*feature, geometry)) return false;
    return layer.CreateFeature(feature.get()) == OGRERR_NONE;
}

bool addLayer(GDALDataset& dataset, OGRSpatialReference& srs, const TableLayer& content) {
    const auto& shapes = content.geometries;
    const Table& table = content.table;
    OGRLayer* layer = dataset.CreateLayer(table.id.c_str(), shapes ? &srs : nullptr, shapes ? wkbUnknown : wkbNone, nullptr);
    if (layer == nullptr || !addFields(*layer, table)) return false;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        if (!addRow(*layer, table.rows[i], shapes ? (*shapes)[i] : Geometry())) return false;
    }
    return true;
}

Result<void> writeLayers(const std::vector<TableLayer>& layers, const Crs& crs, const std::filesystem::path& file) {
    GDALAllRegister();
    CPLErrorHandlerPusher quiet(CPLQuietErrorHandler);
    const bool isPackage = file.extension() == ".gpkg";
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(isPackage ? "GPKG" : "GeoJSON");
    std::filesystem::path unfinished = file;
    unfinished.replace_filename("." + file.stem().string() + ".part" + file.extension().string());
    std::error_code none;
    std::filesystem::remove(unfinished, none);
    std::unique_ptr<OGRSpatialReference, void (*)(OGRSpatialReference*)> srs(new OGRSpatialReference, [](OGRSpatialReference* s) { s->Release(); });
    if (srs->SetFromUserInput(crs.definition().c_str()) != OGRERR_NONE) return failure(ErrorCode::SourceCrs, crs.definition());
    srs->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
    GDALDatasetUniquePtr dataset(driver->Create(unfinished.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!dataset) return gdalFailure(file);
    if (isPackage && dataset->StartTransaction() != OGRERR_NONE) return gdalFailure(file);
    for (const TableLayer& layer : layers) {
        if (!addLayer(*dataset, *srs, layer)) return gdalFailure(file);
    }
    if (isPackage && dataset->CommitTransaction() != OGRERR_NONE) return gdalFailure(file);
    dataset.reset();
    std::filesystem::rename(unfinished, file, none);
    if (none) return failure(ErrorCode::FileUnwritable, none.message(), file.string());
    return {};
}

}  // namespace

Result<void> writeReportFile(const Report& report, const Crs& crs, const std::filesystem::path& file, const FileOptions& options) {
    const std::string suffix = file.extension().string();
    const LongTable findings = findingsTable(report);
    const LongTable checked = checkedTable(report);
    if (suffix == ".csv") {
        if (auto done = writeCsv(findings, file, options); !done) return done;
        return writeCsv(checked, besideFile(file, "checked"), options);
    }
    if (suffix == ".xlsx") return writeXlsx(std::vector<Table>{findings.whole(), checked.whole(), rulesTable(report)}, file, options);
    const Table rows = findings.whole();
    std::vector<Geometry> geometries;
    for (const Finding& finding : report.findings) geometries.push_back(finding.geometry);
    if (suffix != ".gpkg") {
        if (auto done = writeLayers({{rows, geometries}}, crs, file); !done) return done;
        return writeCsv(checked, besideFile(file, "checked").replace_extension(".csv"), options);
    }
    const Table all = checked.whole();
    return writeLayers({{rows, geometries}, {all, std::nullopt}}, crs, file);
}

Result<void> writeLayerFile(const TableLayer& content, const Crs& crs, const std::filesystem::path& file) {
    return writeLayers({content}, crs, file);
}

}  // namespace zonewright::analysis::siting
