#include "core/plan/source/foreign.h"

#include <array>
#include <charconv>
#include <fstream>
#include <limits>
#include <mutex>

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "core/geometry/wkb.h"
#include "core/geometry/wkt.h"
#include "core/plan/source/declared_encoding.h"
#include "core/plan/source/gdal_errors.h"

namespace zonewright::plan::source {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 64ULL << 30;
constexpr std::uintmax_t kLargestUnpacked = 4ULL << 30;
constexpr int kMostLayers = 10'000;
constexpr std::size_t kSampleRows = 1'000;
constexpr std::size_t kSampleBytes = 1 << 20;

/// GDAL's names of the formats that may be read; everything else, above all VRT and the network drivers, is left out.
constexpr std::array<const char*, 14> kAllowed{"ESRI Shapefile", "GPKG", "GeoJSON", "GeoJSONSeq", "TopoJSON", "FlatGeobuf", "LIBKML",
                                               "KML", "MapInfo File", "DXF", "OpenFileGDB", "CSV", "XLSX", nullptr};

std::string extensionOf(const fs::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

std::string headOf(const fs::path& file, std::size_t bytes) {
    std::ifstream in(file, std::ios::binary);
    std::string head(bytes, '\0');
    in.read(head.data(), static_cast<std::streamsize>(bytes));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return head;
}

/// A small archive may unpack to anything; its own table of contents is asked first.
Result<void> checkArchive(const fs::path& file) {
    const std::string name = "/vsizip/" + file.string();
    const std::unique_ptr<VSIDIR, decltype(&VSICloseDir)> folder(VSIOpenDir(name.c_str(), -1, nullptr), &VSICloseDir);
    if (!folder) return failure(ErrorCode::SourceUnreadable, "not a readable zip archive", file.string());
    std::uintmax_t total = 0;
    while (const VSIDIREntry* entry = VSIGetNextDirEntry(folder.get())) total += entry->nSize;
    if (total > kLargestUnpacked) return failure(ErrorCode::SourceUnreadable, "unpacks to more than 4 GiB", file.string());
    return {};
}

/// What can be said about a file before any driver touches it.
Result<void> checkFile(const fs::path& file) {
    std::error_code none;
    const std::string extension = extensionOf(file);
    if (!fs::exists(file, none)) return failure(ErrorCode::FileNotFound, "", file.string());
    if (fs::is_directory(file, none)) {
        if (extension == ".gdb") return {};
        return failure(ErrorCode::SourceUnreadable, "a folder that is no file geodatabase (.gdb)", file.string());
    }
    if (!fs::is_regular_file(file, none)) return failure(ErrorCode::SourceUnreadable, "not a regular file", file.string());
    const std::uintmax_t size = fs::file_size(file, none);
    if (size == 0) return failure(ErrorCode::SourceEmpty, "the file has 0 bytes", file.string());
    if (size > kLargestFile) return failure(ErrorCode::SourceUnreadable, "larger than 64 GiB", file.string());
    if (access(file.c_str(), R_OK) != 0) return failure(ErrorCode::FileUnreadable, "", file.string());
    const std::string head = headOf(file, 4);
    if (extension == ".shp" && !head.starts_with(std::string("\x00\x00\x27\x0A", 4))) {
        return failure(ErrorCode::SourceUnreadable, "named .shp but not a shapefile (file code 9994 is missing)", file.string());
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        return failure(ErrorCode::SourceEncoding, "UTF-16 text; save it as UTF-8", file.string());
    }
    if (extension == ".xlsx" || extension == ".kmz" || extension == ".shz" || extension == ".zip") return checkArchive(file);
    return {};
}

/// Settings under which GDAL hands over text as it lies in the file and keeps SQL inside data from calling out.
class Settings {
public:
    Settings() {
        for (const auto& [key, value] : kValues) CPLSetThreadLocalConfigOption(key, value);
    }
    ~Settings() {
        for (const auto& [key, value] : kValues) CPLSetThreadLocalConfigOption(key, nullptr);
    }
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

private:
    static constexpr std::array<std::pair<const char*, const char*>, 5> kValues{{{"DXF_ENCODING", "UTF-8"},
                                                                                 {"OGR_XLSX_HEADERS", "FORCE"},
                                                                                 {"OGR_SQLITE_PRAGMA", "trusted_schema=OFF"},
                                                                                 {"OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO"},
                                                                                 {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none"}}};
};

using Dataset = GDALDatasetUniquePtr;

Result<Dataset> openDataset(const fs::path& file, GdalErrors& errors) {
    static std::once_flag registered;
    std::call_once(registered, [] { GDALAllRegister(); });
    CPLStringList options;
    if (extensionOf(file) == ".shp" || extensionOf(file) == ".dbf") options.SetNameValue("ENCODING", "");
    if (extensionOf(file) == ".csv" || extensionOf(file) == ".tsv") {
        options.SetNameValue("AUTODETECT_TYPE", "NO");
        options.SetNameValue("EMPTY_STRING_AS_NULL", "YES");
    }
    std::error_code none;
    const fs::path absolute = fs::absolute(file, none);  // no prefix such as "CSV:" can stand in front of it
    Dataset dataset(GDALDataset::Open(absolute.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, kAllowed.data(),
                                      options.List()));
    if (!dataset) {
        std::string reason = errors.firstFailure();
        if (reason.find("not recognized as a supported") != std::string::npos) reason = "not a format that can be read";
        return failure(ErrorCode::SourceUnreadable, reason.empty() ? errors.firstWarning() : reason, file.string());
    }
    return dataset;
}

std::string crsOf(const OGRSpatialReference* srs) {
    if (srs == nullptr || srs->IsEmpty()) return {};
    const char* authority = srs->GetAuthorityName(nullptr);
    const char* code = srs->GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr) return std::string(authority) + ":" + code;
    char* wkt = nullptr;
    const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
    std::string text;
    if (srs->exportToWkt(&wkt, options.data()) == OGRERR_NONE && wkt != nullptr) text = wkt;
    CPLFree(wkt);
    return srs->IsLocal() != 0 ? std::string() : text;
}

ColumnType typeOf(const OGRFieldDefn& field) {
    switch (field.GetType()) {
        case OFTInteger: case OFTInteger64: return ColumnType::Integer;
        case OFTReal: return ColumnType::Real;
        default: return ColumnType::Text;
    }
}

SourceLayer describe(OGRLayer& layer) {
    SourceLayer out;
    out.name = layer.GetName();
    const OGRwkbGeometryType type = wkbFlatten(layer.GetGeomType());
    out.geometryType = type == wkbNone ? "None" : type == wkbUnknown ? "Unknown" : OGRToOGCGeomType(type);
    out.announced = layer.GetFeatureCount(FALSE);
    out.declaredCrs = crsOf(layer.GetSpatialRef());
    const OGRFeatureDefn* definition = layer.GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
        out.columns.push_back({definition->GetFieldDefn(i)->GetNameRef(), typeOf(*definition->GetFieldDefn(i))});
    }
    return out;
}

Value valueOf(const OGRFeature& feature, int index) {
    if (!feature.IsFieldSetAndNotNull(index)) return {};
    switch (feature.GetFieldDefnRef(index)->GetType()) {
        case OFTInteger: case OFTInteger64: return static_cast<std::int64_t>(feature.GetFieldAsInteger64(index));
        case OFTReal: return feature.GetFieldAsDouble(index);
        case OFTBinary: return {};
        default: return std::string(feature.GetFieldAsString(index));
    }
}

/// Plain points, lines and polygons: arcs become short straight pieces; a collection of one kind becomes that kind.
std::unique_ptr<OGRGeometry> plainGeometry(const OGRGeometry& given) {
    std::unique_ptr<OGRGeometry> g(given.hasCurveGeometry(TRUE) != 0 ? given.getLinearGeometry() : given.clone());
    const OGRwkbGeometryType type = wkbFlatten(g->getGeometryType());
    if (type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle) {
        g.reset(OGRGeometryFactory::forceToMultiPolygon(g.release()));
    }
    if (wkbFlatten(g->getGeometryType()) != wkbGeometryCollection) return g;
    for (const auto force : {OGRGeometryFactory::forceToMultiPolygon, OGRGeometryFactory::forceToMultiLineString, OGRGeometryFactory::forceToMultiPoint}) {
        g.reset(force(g.release()));
        if (wkbFlatten(g->getGeometryType()) != wkbGeometryCollection) break;
    }
    return g;
}

bool isLimit(const Value& value) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    return integer != nullptr && (*integer == std::numeric_limits<std::int64_t>::max() || *integer == std::numeric_limits<std::int64_t>::min());
}

bool isEmpty(const Geometry& geometry) {
    bool empty = true;
    forEachPoint(geometry, [&](const Point&) { empty = false; });
    return empty;
}

void takeGeometry(const OGRGeometry& geometry, RawRow& row) {
    row.hasZ = geometry.Is3D() != 0 || geometry.IsMeasured() != 0;
    row.hasCurves = geometry.hasCurveGeometry(TRUE) != 0;
    const OGRwkbGeometryType type = wkbFlatten(geometry.getGeometryType());
    std::unique_ptr<OGRGeometry> plain;
    if (row.hasCurves || type == wkbGeometryCollection || type >= wkbPolyhedralSurface) plain = plainGeometry(geometry);
    const OGRGeometry& g = plain ? *plain : geometry;
    row.wkb.resize(g.WkbSize());
    g.exportToWkb(wkbNDR, reinterpret_cast<unsigned char*>(row.wkb.data()), wkbVariantIso);
}

std::optional<double> numberOf(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        std::string_view trimmed(*text);
        while (!trimmed.empty() && trimmed.front() == ' ') trimmed.remove_prefix(1);
        while (!trimmed.empty() && trimmed.back() == ' ') trimmed.remove_suffix(1);
        if (!trimmed.empty() && trimmed.front() == '+') trimmed.remove_prefix(1);
        double number = 0;
        const auto [end, error] = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), number);
        if (error != std::errc{} || end != trimmed.data() + trimmed.size()) return std::nullopt;
        return number;
    }
    return asNumber(value);
}

}  // namespace

Result<Spec> parseSpec(std::string_view text) {
    Spec spec;
    std::size_t start = text.find('|');
    spec.file = std::string(text.substr(0, start));
    while (start != std::string_view::npos) {
        const std::size_t end = text.find('|', start + 1);
        const std::string_view part = text.substr(start + 1, end == std::string_view::npos ? end : end - start - 1);
        const std::size_t equals = part.find('=');
        const std::string_view key = part.substr(0, equals);
        const std::string value(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
        if (key == "layername") spec.layer = value;
        else if (key == "crs") spec.crs = value;
        else if (key == "encoding") spec.encoding = value;
        else return failure(ErrorCode::BadArgument, fmt::format("'{}' after the file name; known are layername, crs, encoding", part), std::string(text));
        start = end;
    }
    return spec;
}

struct Source::State {
    fs::path file;
    std::string format;
    Dataset dataset;
    std::vector<OGRLayer*> handles;  ///< aligned with layers
    std::vector<SourceLayer> layers;
    EncodingGuess encoding;
    std::string decodeFrom;
    bool numbersMayBeClamped = false;  ///< the JSON readers turn integers beyond 64 bits into the last that fits
    std::int64_t row = 0;
};

Source::Source(std::unique_ptr<State> state) : mState(std::move(state)) {}
Source::Source(Source&&) noexcept = default;
Source& Source::operator=(Source&&) noexcept = default;
Source::~Source() {
    if (!mState) return;
    const GdalErrors quiet;
    mState->dataset.reset();
}

const fs::path& Source::file() const { return mState->file; }
const std::string& Source::format() const { return mState->format; }
const std::vector<SourceLayer>& Source::layers() const { return mState->layers; }
const EncodingGuess& Source::encoding() const { return mState->encoding; }

Result<Source> Source::open(const Spec& spec) {
    if (auto usable = checkFile(spec.file); !usable) return tl::unexpected(usable.error());
    const Settings settings;
    GdalErrors errors;
    auto dataset = openDataset(spec.file, errors);
    if (!dataset) return tl::unexpected(dataset.error());
    auto state = std::make_unique<State>();
    state->file = spec.file;
    state->dataset = std::move(*dataset);
    state->format = state->dataset->GetDriverName();
    state->numbersMayBeClamped = state->format.find("JSON") != std::string::npos;
    const int count = state->dataset->GetLayerCount();
    if (count > kMostLayers) return failure(ErrorCode::SourceUnreadable, fmt::format("{} layers", count), spec.file.string());
    std::string names;
    for (int i = 0; i < count; ++i) {
        OGRLayer* layer = state->dataset->GetLayer(i);
        if (layer == nullptr) continue;
        if (i < 20) names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
        if (!spec.layer.empty() && spec.layer != layer->GetName()) continue;
        state->handles.push_back(layer);
        state->layers.push_back(describe(*layer));
    }
    if (!spec.layer.empty() && state->layers.empty()) {
        return failure(ErrorCode::UnknownLayer, fmt::format("'{}' (the file has: {})", spec.layer, names), spec.file.string());
    }
    if (state->layers.empty()) return failure(ErrorCode::SourceEmpty, "no layers", spec.file.string());
    Source source(std::move(state));

    if (auto decided = source.decideEncoding(spec.encoding); !decided) return tl::unexpected(decided.error());
    return source;
}

/// Column names and text of the first rows, as the bytes lie in the file.
std::vector<std::string> Source::textSample() {
    std::vector<std::string> sample;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < layers().size() && bytes < kSampleBytes; ++i) {
        for (const Column& column : layers()[i].columns) sample.push_back(column.name);
        rewind(i);
        const Result<std::vector<RawRow>> rows = read(i, kSampleRows);
        rewind(i);
        if (!rows) continue;  // a broken file is reported by whoever reads it through
        for (const RawRow& row : *rows) {
            for (const Value& value : row.values) {
                const auto* text = std::get_if<std::string>(&value);
                if (text == nullptr || isAscii(*text)) continue;
                bytes += text->size();
                sample.push_back(*text);
            }
        }
    }
    return sample;
}

Result<void> Source::decideEncoding(const std::string& stated) {
    State& s = *mState;
    std::vector<DeclaredEncoding> declared = declaredEncodings(s.file, s.format);
    if (isRecodedOnReading(s.file, s.format)) {
        s.encoding = EncodingGuess{canonicalEncoding(declared.front().encoding), declared.front().evidence};
        s.decodeFrom = "UTF-8";
    } else {
        if (!stated.empty()) declared = {{stated, {"由用户指定", "stated by the user"}}};
        Result<EncodingGuess> guess = guessEncoding(textSample(), declared);
        if (!guess) return failure(guess.error().code, guess.error().detail, s.file.string());
        if (!stated.empty() && guess->value != canonicalEncoding(stated)) {
            return failure(ErrorCode::SourceEncoding, fmt::format("'{}' does not fit: {}", stated, guess->evidence.en), s.file.string());
        }
        s.encoding = *guess;
        s.decodeFrom = guess->value;
    }
    const Result<Decoder> decoder = makeDecoder();
    if (!decoder) return tl::unexpected(decoder.error());
    for (SourceLayer& layer : s.layers) {
        for (std::size_t i = 0; i < layer.columns.size(); ++i) {
            layer.columns[i].name = decoder->decoded(layer.columns[i].name, true).value_or(fmt::format("column_{}", i + 1));
        }
        if (layer.geometryType == "None") layer.coordinates = findCoordinateColumns(layer.columns);
    }
    return {};
}

Result<std::size_t> Source::onlyLayer() const {
    if (layers().size() == 1) return std::size_t{0};
    std::string names;
    for (const SourceLayer& layer : layers()) names += (names.empty() ? "" : ", ") + layer.name;
    return failure(ErrorCode::UnknownLayer, fmt::format("name one of: {}", names), mState->file.string());
}

void Source::rewind(std::size_t layer) {
    const GdalErrors quiet;
    mState->handles[layer]->ResetReading();
    mState->row = 0;
}

Result<std::vector<RawRow>> Source::read(std::size_t layer, std::size_t most) {
    State& s = *mState;
    const Settings settings;
    GdalErrors errors;
    const std::vector<Column>& columns = s.layers[layer].columns;
    std::vector<RawRow> rows;
    rows.reserve(most);
    while (rows.size() < most) {
        const std::unique_ptr<OGRFeature> feature(s.handles[layer]->GetNextFeature());
        if (!feature) {
            if (errors.firstFailure().empty()) break;
            return failure(ErrorCode::SourceUnreadable, errors.firstFailure(), fmt::format("{} row {}", s.file.string(), s.row + 1));
        }
        RawRow& row = rows.emplace_back();
        row.number = ++s.row;
        if (const OGRGeometry* geometry = feature->GetGeometryRef()) takeGeometry(*geometry, row);
        row.values.reserve(columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            row.values.push_back(valueOf(*feature, static_cast<int>(i)));
            if (s.numbersMayBeClamped && isLimit(row.values.back())) row.fault = columns[i].name + ": number beyond 64 bits";
        }
        if (row.wkb.empty() && row.fault.empty()) row.fault = errors.firstFailure();
        errors.clear();
    }
    return rows;
}

Result<Decoder> Source::makeDecoder() const { return Decoder::from(mState->decodeFrom); }

Row Source::decoded(std::size_t layer, RawRow&& raw, const Decoder& decoder) const {
    const SourceLayer& shape = mState->layers[layer];
    Row row{raw.number, {}, std::move(raw.values), raw.hasZ, raw.hasCurves, std::move(raw.fault), std::move(raw.wkb)};
    const auto fail = [&](std::string why) {
        if (row.fault.empty()) row.fault = std::move(why);
    };
    for (std::size_t i = 0; i < row.values.size(); ++i) {
        auto* text = std::get_if<std::string>(&row.values[i]);
        if (text == nullptr || isAscii(*text)) continue;
        if (auto utf8 = decoder.decoded(*text, true)) {
            *text = std::move(*utf8);
        } else {
            fail(fmt::format("{}: text is not valid {}", shape.columns[i].name, mState->encoding.value));
            row.values[i] = Value{};
        }
    }
    Result<Geometry> geometry{Geometry{}};
    const CoordinateColumns& at = shape.coordinates;
    if (!row.wkb.empty()) {
        geometry = fromWkb(row.wkb);
        if (geometry && isEmpty(*geometry)) fail("Empty geometry");
    } else if (at.wkt) {
        if (const auto* text = std::get_if<std::string>(&row.values[*at.wkt])) geometry = fromWkt(*text);
    } else if (at.any()) {
        const auto x = numberOf(row.values[*at.x]);
        const auto y = numberOf(row.values[*at.y]);
        if (x && y && std::isfinite(*x) && std::isfinite(*y)) geometry = Geometry{Point{*x, *y}};
        else if (!asText(row.values[*at.x]).empty() || !asText(row.values[*at.y]).empty()) {
            fail(fmt::format("coordinates '{}', '{}' are no numbers", asText(row.values[*at.x]), asText(row.values[*at.y])));
        }
    }
    if (geometry) row.geometry = std::move(*geometry);
    else fail(geometry.error().detail);
    return row;
}

Result<void> Source::forEachRow(std::size_t layer, const std::function<bool(Row&&)>& visit) {
    const Result<Decoder> decoder = makeDecoder();
    if (!decoder) return tl::unexpected(decoder.error());
    rewind(layer);
    while (true) {
        Result<std::vector<RawRow>> rows = read(layer, 256);
        if (!rows) return tl::unexpected(rows.error());
        if (rows->empty()) return {};
        for (RawRow& raw : *rows) {
            if (!visit(decoded(layer, std::move(raw), *decoder))) return {};
        }
    }
}

}  // namespace zonewright::plan::source
