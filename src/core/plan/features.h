#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/units.h"
#include "core/geometry/types.h"
#include "core/plan/plan.h"

namespace zonewright::plan {

using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

[[nodiscard]] std::string asText(const Value& value);             ///< empty for no value
[[nodiscard]] std::optional<double> asNumber(const Value& value);  ///< also from text that is a number

/// The columns of a layer in this file. `fields` leaves out fid, geometry and uuid.
struct Table {
    std::string layer;
    std::string geometryColumn;  ///< empty for an attribute table
    std::string geometryType;    ///< "MULTIPOLYGON" ...
    struct Column {
        std::string name;
        std::string sqlType;  ///< TEXT, INTEGER, REAL ...
    };
    std::vector<Column> fields;

    /// Position in `fields`, or nothing.
    [[nodiscard]] std::optional<std::size_t> indexOf(std::string_view field) const;
};

/// Errors: UnknownLayer.
[[nodiscard]] Result<Table> tableOf(const Plan& plan, std::string_view layer);

struct Feature {
    Fid fid{};
    FeatureId id;
    Geometry geometry;
    std::vector<Value> values;  ///< aligned with Table::fields (or with Query::fields when that is given)
};

struct Query {
    std::optional<Box> box;           ///< only features whose envelope meets it (R-tree)
    std::vector<std::string> fields;  ///< only these, in this order; empty means all
    bool geometry = true;
    std::optional<Fid> fid;
    std::optional<FeatureId> id;
};

/// In order of fid. `visit` returns false to stop early.
[[nodiscard]] Result<void> forEachFeature(const Plan& plan, const Table& table, const Query& query,
                                          const std::function<bool(Feature&&)>& visit);
[[nodiscard]] Result<std::vector<Feature>> readFeatures(const Plan& plan, std::string_view layer, const Query& query = {});

/// Finds a feature by UUID or by fid in decimal. Errors: UnknownFeature.
[[nodiscard]] Result<Feature> findFeature(const Plan& plan, std::string_view layer, const std::string& reference);

/// Row changes; the caller holds an open ChangeSet. Geometry is written as it is given (snap it before), R-tree and
/// history follow by the file's triggers.
[[nodiscard]] Result<Fid> insertFeature(const Plan& plan, const Table& table, const Feature& feature);
[[nodiscard]] Result<void> updateGeometry(const Plan& plan, const Table& table, Fid fid, const Geometry& geometry);
[[nodiscard]] Result<void> updateValue(const Plan& plan, const Table& table, Fid fid, std::pair<std::string, Value> fieldValue);
[[nodiscard]] Result<void> removeFeature(const Plan& plan, const Table& table, Fid fid);

/// Appends many rows quickly: no history row by row, R-tree filled once at `finish`. The caller holds a ChangeSet of
/// kind "import".
class BulkInsert {
public:
    [[nodiscard]] static Result<BulkInsert> into(const Plan& plan, const Table& table);
    BulkInsert(BulkInsert&&) noexcept;
    ~BulkInsert();

    /// `values` aligned with Table::fields. Geometry as a value or ready GeoPackage bytes.
    [[nodiscard]] Result<Fid> add(const FeatureId& id, const Geometry& geometry, const std::vector<Value>& values);
    /// Rebuilds the R-tree and the extent in gpkg_contents. Without it the change-set must not be committed.
    [[nodiscard]] Result<void> finish();

private:
    struct State;
    explicit BulkInsert(std::unique_ptr<State> state);
    std::unique_ptr<State> mState;
};

/// Adds a feature table or attribute table to the plan (with uuid, R-tree, history triggers) as the catalogue describes
/// it; analysis results declare theirs in the same form. Errors: FileExists when the layer is there.
[[nodiscard]] Result<void> addLayer(Plan& plan, const catalogue::Layer& layer);
/// Drops the layer with its index, triggers and registrations; its history rows stay.
[[nodiscard]] Result<void> dropLayer(Plan& plan, std::string_view layer);

}  // namespace zonewright::plan
