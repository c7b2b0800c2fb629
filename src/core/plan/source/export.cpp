#include "core/plan/source/export.h"

#include <array>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include "core/geometry/wkt.h"
#include "core/plan/features.h"
#include "core/plan/source/gdal_errors.h"
#include "core/plan/source/ogr_row.h"

namespace zonewright::plan::source {
namespace {

namespace fs = std::filesystem;

enum class Holds { Everything, GeometryOnly, TableOnly };
/// Which coordinate systems a format's standard allows: any, WGS 84 alone, or WGS 84 unless both sides agree on another
/// (GeoJSON: RFC 7946, section 4).
enum class Frame { Any, Degrees, DegreesUnlessAgreed };

struct Format {
    std::string_view extension;
    const char* driver;
    Holds holds = Holds::Everything;
    Frame frame = Frame::Any;
    std::array<const char*, 4> options{};
};

constexpr const char* kWgs84 = "EPSG:4326";

constexpr std::array<Format, 11> kFormats{{
    {".gpkg", "GPKG", Holds::Everything, Frame::Any, {"FID=fid", "GEOMETRY_NAME=geom"}},
    {".geojson", "GeoJSON", Holds::Everything, Frame::DegreesUnlessAgreed, {}},
    {".json", "GeoJSON", Holds::Everything, Frame::DegreesUnlessAgreed, {}},
    {".geojsonl", "GeoJSONSeq", Holds::Everything, Frame::Degrees, {"COORDINATE_PRECISION=9"}},
    {".fgb", "FlatGeobuf", Holds::Everything, Frame::Any, {}},
    {".shp", "ESRI Shapefile", Holds::Everything, Frame::Any, {"ENCODING=UTF-8"}},
    {".kml", "LIBKML", Holds::Everything, Frame::Degrees, {}},
    {".kmz", "LIBKML", Holds::Everything, Frame::Degrees, {}},
    {".dxf", "DXF", Holds::GeometryOnly, Frame::Any, {}},
    {".csv", "CSV", Holds::TableOnly, Frame::Any, {"WRITE_BOM=YES", "GEOMETRY=NONE"}},
    {".xlsx", "XLSX", Holds::TableOnly, Frame::Any, {}},
}};

Result<const Format*> formatOf(const fs::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string known;
    for (const Format& format : kFormats) {
        if (format.extension == extension) return &format;
        known += (known.empty() ? "" : " ") + std::string(format.extension);
    }
    return failure(ErrorCode::BadArgument, fmt::format("'{}' is no known format; known are {}", extension, known), file.string());
}

using Dataset = GDALDatasetUniquePtr;
struct ReleaseSrs {
    void operator()(OGRSpatialReference* srs) const { srs->Release(); }
};
using Srs = std::unique_ptr<OGRSpatialReference, ReleaseSrs>;

/// A folder beside the destination in which the files grow; it goes with the object.
class Scratch {
public:
    explicit Scratch(const fs::path& destination)
        : mFolder(fs::absolute(destination).parent_path() / fmt::format(".zonewright-export-{}", getpid())) {}
    ~Scratch() {
        std::error_code none;
        fs::remove_all(mFolder, none);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] const fs::path& folder() const { return mFolder; }

    /// Every file of the scratch folder takes its place; a shapefile's old side files go.
    [[nodiscard]] Result<void> moveTo(const fs::path& destination) const {
        std::error_code error;
        const fs::path home = fs::absolute(destination).parent_path();
        if (destination.extension() == ".shp") {
            for (const char* side : {".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx"}) {
                fs::remove(fs::path(destination).replace_extension(side), error);
            }
        }
        for (const auto& entry : fs::directory_iterator(mFolder, error)) {
            fs::rename(entry.path(), home / entry.path().filename(), error);
            if (error) return failure(ErrorCode::FileUnwritable, error.message(), destination.string());
        }
        return {};
    }

private:
    fs::path mFolder;
};

tl::unexpected<Error> unwritable(const GdalErrors& errors, const fs::path& file) {
    const std::string& why = errors.firstFailure();
    const bool full = why.find("No space left") != std::string::npos || why.find("disk is full") != std::string::npos;
    return failure(full ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, why, file.string());
}

OGRwkbGeometryType wkbTypeOf(const std::string& name) {
    if (name.empty()) return wkbNone;
    return OGRFromOGCGeomType(name.c_str());
}

std::unique_ptr<OGRFieldDefn> fieldOf(const std::string& name, std::string_view sqlType) {
    auto field = std::make_unique<OGRFieldDefn>(name.c_str(), OFTString);
    if (sqlType.find("INT") != std::string_view::npos) field->SetType(OFTInteger64);
    if (sqlType == "REAL" || sqlType == "DOUBLE" || sqlType == "FLOAT") field->SetType(OFTReal);
    if (sqlType == "DATE") field->SetType(OFTDate);
    if (sqlType == "BOOLEAN") {
        field->SetType(OFTInteger);
        field->SetSubType(OFSTBoolean);
    }
    return field;
}

/// The file being written and how the plan's columns lie in it.
class Writer {
public:
    Writer(const Format& format, const Table& table) : mFormat(&format), mTable(&table) {}

    Result<void> open(const fs::path& file, const std::string& crs, GdalErrors& errors) {
        GDALAllRegister();
        GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(mFormat->driver);
        if (driver == nullptr) return failure(ErrorCode::Internal, std::string("GDAL lacks the driver ") + mFormat->driver);
        mDataset.reset(driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        if (!mDataset) return unwritable(errors, file);
        Srs srs(new OGRSpatialReference);
        srs->SetFromUserInput(crs.c_str());
        srs->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        CPLStringList options;
        for (const char* option : mFormat->options) {
            if (option != nullptr) options.AddString(option);
        }
        if (mFormat->frame == Frame::DegreesUnlessAgreed) {
            const bool degrees = crs == kWgs84;
            options.SetNameValue("RFC7946", degrees ? "YES" : "NO");
            options.SetNameValue("COORDINATE_PRECISION", degrees || srs->IsGeographic() != 0 ? "9" : "4");  // 0.1 mm
        }
        const bool table = mFormat->holds == Holds::TableOnly;
        mLayer = mDataset->CreateLayer(mTable->layer.c_str(), table ? nullptr : srs.get(), table ? wkbNone : wkbTypeOf(mTable->geometryType),
                                       options.List());
        if (mLayer == nullptr) return unwritable(errors, file);
        if (mFormat->holds == Holds::GeometryOnly) return {};
        return addFields(file, errors);
    }

    Result<void> write(const Feature& feature, const fs::path& file, GdalErrors& errors) {
        OGRFeature out(mLayer->GetLayerDefn());
        if (mFormat->holds == Holds::GeometryOnly) out.SetField("Layer", mTable->layer.c_str());
        else fill(out, feature);
        const bool hasShape = mFormat->holds != Holds::TableOnly && !std::holds_alternative<std::monostate>(feature.geometry);
        if (hasShape && !setGeometry(out, feature.geometry)) return unwritable(errors, file);
        return mLayer->CreateFeature(&out) == OGRERR_NONE ? Result<void>{} : unwritable(errors, file);
    }

    Result<void> close(const fs::path& file, GdalErrors& errors) {
        mDataset.reset();
        return errors.firstFailure().empty() ? Result<void>{} : unwritable(errors, file);
    }

    [[nodiscard]] std::vector<Localized> warnings() const {
        std::vector<Localized> all = mWarnings;
        if (mTooLong > 0) {
            all.push_back({fmt::format("{} 个要素的 WKT 超过单元格上限，已留空", mTooLong), fmt::format("the WKT of {} features exceeds what a cell holds and stays empty", mTooLong)});
        }
        if (mFormat->holds == Holds::GeometryOnly) all.push_back({"DXF 不带属性，只有几何", "DXF carries geometry without attributes"});
        return all;
    }

private:
    Result<void> addFields(const fs::path& file, GdalErrors& errors) {
        std::vector<std::unique_ptr<OGRFieldDefn>> fields;
        fields.push_back(fieldOf("uuid", "TEXT"));
        for (const Table::Column& column : mTable->fields) fields.push_back(fieldOf(column.name, column.sqlType));
        if (mFormat->holds == Holds::TableOnly && !mTable->geometryColumn.empty()) {
            mPoints = mTable->geometryType == "POINT";
            if (mPoints) {
                fields.push_back(fieldOf("X", "REAL"));
                fields.push_back(fieldOf("Y", "REAL"));
            } else {
                fields.push_back(fieldOf("WKT", "TEXT"));
            }
        }
        for (const auto& field : fields) {
            if (mLayer->CreateField(field.get()) != OGRERR_NONE) return unwritable(errors, file);
            // KML has a field Name already; a shapefile cuts names at ten bytes.
            const OGRFeatureDefn* definition = mLayer->GetLayerDefn();
            const int known = definition->GetFieldIndex(field->GetNameRef());
            mColumns.push_back(known >= 0 ? known : definition->GetFieldCount() - 1);
            const std::string name = definition->GetFieldDefn(mColumns.back())->GetNameRef();
            if (known >= 0) continue;
            mWarnings.push_back({fmt::format("字段 {} 在文件中名为 {}", field->GetNameRef(), name), fmt::format("field {} is called {} in the file", field->GetNameRef(), name)});
        }
        return {};
    }

    void fill(OGRFeature& out, const Feature& feature) {
        auto column = mColumns.begin();
        out.SetField(*column++, feature.id.text.c_str());
        for (const Value& value : feature.values) {
            if (!setValue(out, *column, value)) out.SetFieldNull(*column);
            ++column;
        }
        if (column == mColumns.end()) return;
        if (mPoints) {
            if (const auto* p = std::get_if<Point>(&feature.geometry)) {
                out.SetField(*column, p->x);
                out.SetField(*(column + 1), p->y);
            }
            return;
        }
        constexpr std::size_t kExcelCell = 32'767;
        const std::string wkt = toWkt(feature.geometry);
        if (mFormat->extension == ".xlsx" && wkt.size() > kExcelCell) ++mTooLong;
        else out.SetField(*column, wkt.c_str());
    }

    const Format* mFormat;
    const Table* mTable;
    Dataset mDataset;
    OGRLayer* mLayer = nullptr;
    std::vector<int> mColumns;  ///< of the file: uuid, then the table's fields, then coordinates
    bool mPoints = false;
    std::int64_t mTooLong = 0;
    std::vector<Localized> mWarnings;
};

/// Why the file is not in the plan's own system, and how it can be.
Localized movedNote(const Format& format, const std::string& own) {
    Localized note{fmt::format("{} 按其标准写为 WGS 84 经纬度（9 位小数，约 0.1 mm）", format.driver),
                   fmt::format("{} is written in WGS 84 degrees as its standard asks (9 decimals, about 0.1 mm)", format.driver)};
    if (format.frame == Frame::DegreesUnlessAgreed) {
        note.zh += fmt::format("；--crs {} 则原样保留规划坐标", own);
        note.en += fmt::format("; --crs {} keeps the plan's coordinates as they are", own);
    }
    return note;
}

}  // namespace

Result<ExportResult> exportLayer(const Plan& plan, const ExportOptions& options, Progress& progress) {
    const Result<const Format*> format = formatOf(options.file);
    if (!format) return tl::unexpected(format.error());
    const Result<Table> table = tableOf(plan, options.layer);
    if (!table) return tl::unexpected(table.error());
    std::error_code none;
    if (!options.overwrite && fs::exists(options.file, none)) return failure(ErrorCode::FileExists, "", options.file.string());
    if (fs::equivalent(options.file, plan.file(), none)) return failure(ErrorCode::BadArgument, "the plan itself", options.file.string());

    ExportResult result;
    result.format = (*format)->driver;
    const std::string own = plan.crs().code().empty() ? plan.crs().definition() : plan.crs().code();
    const Frame frame = (*format)->frame;
    if (frame == Frame::Degrees && !options.crs.empty() && options.crs != kWgs84) {
        return failure(ErrorCode::BadArgument, fmt::format("{} files are in EPSG:4326 alone, not in {}", (*format)->driver, options.crs), options.file.string());
    }
    result.crs = !options.crs.empty() ? options.crs : frame == Frame::Any ? own : kWgs84;
    const Result<Crs> crs = Crs::from(result.crs);
    if (!crs) return tl::unexpected(crs.error());
    const Result<Transform> transform = Transform::between(plan.crs(), *crs);
    if (!transform) return tl::unexpected(transform.error());
    const bool moves = result.crs != own;

    const Scratch scratch(options.file);
    if (!fs::create_directory(scratch.folder(), none)) return failure(ErrorCode::FileUnwritable, none.message(), options.file.string());
    const fs::path growing = scratch.folder() / options.file.filename();
    GdalErrors errors;
    Writer writer(**format, *table);
    if (auto opened = writer.open(growing, result.crs, errors); !opened) return tl::unexpected(opened.error());
    const auto total = plan.database().value("SELECT count(*) FROM " + sqlName(options.layer));
    if (!total) return tl::unexpected(total.error());
    const double expected = std::max(1.0, std::stod(total->value_or("1")));
    Result<void> written;
    const auto read = forEachFeature(plan, *table, {}, [&](Feature&& feature) {
        if (moves) transform->apply(feature.geometry);
        written = writer.write(feature, options.file, errors);
        if (++result.features % 1024 == 0 && written && !progress.report(static_cast<double>(result.features) / expected, options.layer)) {
            written = failure(ErrorCode::Cancelled, "");
        }
        return written.has_value();
    });
    if (!read) return tl::unexpected(read.error());
    if (!written) return tl::unexpected(written.error());
    if (auto closed = writer.close(options.file, errors); !closed) return tl::unexpected(closed.error());
    if (auto moved = scratch.moveTo(options.file); !moved) return tl::unexpected(moved.error());
    result.warnings = writer.warnings();
    if (moves && options.crs.empty()) result.warnings.push_back(movedNote(**format, own));
    return result;
}

}  // namespace zonewright::plan::source
