#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/plan/features.h"
#include "core/plan/source/encoding.h"

namespace zonewright::plan::source {

/// Where foreign data lies: `FILE` or `FILE|layername=L`, as QGIS writes it. `|crs=C` and `|encoding=E` state what the
/// file does not say; C may also be GCJ-02 or BD-09.
struct Spec {
    std::filesystem::path file;
    std::string layer;
    std::string crs;
    std::string encoding;
};

/// Errors: BadArgument for an unknown key.
[[nodiscard]] Result<Spec> parseSpec(std::string_view text);

enum class ColumnType { Text, Integer, Real };

struct Column {
    std::string name;
    ColumnType type = ColumnType::Text;
};

/// Columns of a table file that hold its coordinates; `text` is one that holds WKT.
struct CoordinateColumns {
    std::optional<std::size_t> x;
    std::optional<std::size_t> y;
    std::optional<std::size_t> wkt;
    [[nodiscard]] bool any() const { return wkt || (x && y); }
};

struct SourceLayer {
    std::string name;
    std::string geometryType;  ///< "MultiPolygon", "Point", "Unknown"; "None" for a table
    std::int64_t announced = -1;  ///< features by the file's own word; -1 when it does not say cheaply
    std::vector<Column> columns;
    std::string declaredCrs;  ///< "EPSG:4549" or WKT; empty when the file says nothing
    CoordinateColumns coordinates;
};

/// A row as the file holds it: text in the file's own bytes, geometry as WKB.
struct RawRow {
    std::int64_t number = 0;  ///< from 1, in the order of the file
    std::string wkb;
    std::vector<Value> values;  ///< aligned with SourceLayer::columns
    bool hasZ = false;
    bool hasCurves = false;
    std::string fault;  ///< what GDAL said about this row; empty when nothing
};

struct Row {
    std::int64_t number = 0;
    Geometry geometry;  ///< in the source's CRS
    std::vector<Value> values;  ///< text is UTF-8
    bool hasZ = false;      ///< z or m were there and are dropped
    bool hasCurves = false;  ///< arcs were there and are now short straight pieces
    std::string fault;      ///< why geometry or text could not be read; empty when all could
    std::string wkb;        ///< the geometry as the file holds it
};

/// A file from outside, opened with the formats on the allow-list only, without network and without following names
/// that the data hold. Reading is for one thread at a time; `decoded` is for any.
class Source {
public:
    /// Errors: FileNotFound, SourceEmpty (0 bytes, no layers), SourceUnreadable with GDAL's reason, SourceEncoding,
    /// UnknownLayer when `spec.layer` is not in the file.
    [[nodiscard]] static Result<Source> open(const Spec& spec);
    Source(Source&&) noexcept;
    Source& operator=(Source&&) noexcept;
    ~Source();

    [[nodiscard]] const std::filesystem::path& file() const;
    [[nodiscard]] const std::string& format() const;  ///< GDAL's short name, "ESRI Shapefile" ...
    /// All layers; when the spec names one, that one only.
    [[nodiscard]] const std::vector<SourceLayer>& layers() const;
    [[nodiscard]] const EncodingGuess& encoding() const;
    /// The layer to read when only one can be meant. Errors: UnknownLayer naming the layers when there are several.
    [[nodiscard]] Result<std::size_t> onlyLayer() const;

    /// Starts over at the first row of a layer.
    void rewind(std::size_t layer);
    /// The next rows, `most` at most; none at the end. Errors: SourceUnreadable when the file breaks off.
    [[nodiscard]] Result<std::vector<RawRow>> read(std::size_t layer, std::size_t most);
    /// `decoder` is the caller's own for its thread (`makeDecoder`).
    [[nodiscard]] Row decoded(std::size_t layer, RawRow&& raw, const Decoder& decoder) const;
    [[nodiscard]] Result<Decoder> makeDecoder() const;

    /// All rows from the first; `visit` returns false to stop early.
    [[nodiscard]] Result<void> forEachRow(std::size_t layer, const std::function<bool(Row&&)>& visit);

private:
    struct State;
    explicit Source(std::unique_ptr<State> state);
    std::vector<std::string> textSample();
    Result<void> decideEncoding(const std::string& stated);
    std::unique_ptr<State> mState;
};

/// Finds coordinate columns by their names: x/y, lon/lat, 经度/纬度, easting/northing, 横坐标/纵坐标, also with a prefix
/// as in `wgs84_lng`; a WKT column wins. Between several pairs, one that names WGS 84 or CGCS2000 comes first.
[[nodiscard]] CoordinateColumns findCoordinateColumns(const std::vector<Column>& columns);

}  // namespace zonewright::plan::source
