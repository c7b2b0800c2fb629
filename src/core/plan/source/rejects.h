#pragma once

#include <optional>
#include <string>

#include "core/base/localized.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"
#include "core/plan/source/foreign.h"

namespace zonewright::plan::source {

/// Id of the layer that keeps what an import into `layer` could not take: "parcels_rejects".
[[nodiscard]] std::string rejectsLayerOf(const std::string& layer);

/// A row that could not be taken, with all that can be kept of it.
struct RejectedRow {
    std::int64_t row = 0;
    Localized reason;
    Geometry geometry;       ///< in the plan's CRS and of the layer's kind; none when it cannot be held so
    std::string sourceWkt;   ///< the geometry as the source has it, all digits
    std::string attributes;  ///< a JSON object, column to value
};

/// The source's WKB as WKT with all digits; empty when it cannot be read or is longer than 1 MB.
[[nodiscard]] std::string fullWkt(const std::string& wkb);
[[nodiscard]] std::string attributesAsJson(const std::vector<Column>& columns, const std::vector<Value>& values);

/// Appends to the rejects layer within the caller's change-set. The layer is made before the change-set begins
/// (`prepare`) and taken away again by `finish` when it is new and nothing was rejected.
class Rejects {
public:
    [[nodiscard]] static Result<Rejects> prepare(Plan& plan, const catalogue::Layer& layer);

    /// The caller's change-set is open.
    [[nodiscard]] Result<void> begin(std::int64_t changeSet, std::string source);
    [[nodiscard]] Result<void> add(const RejectedRow& row);
    [[nodiscard]] Result<void> finish();
    /// After a rollback: takes the layer away again if `prepare` made it.
    void discard();

private:
    Rejects(Plan& plan, std::string layer, bool isNew) : mPlan(&plan), mLayer(std::move(layer)), mIsNew(isNew) {}
    Plan* mPlan;
    std::string mLayer;
    bool mIsNew = false;
    std::int64_t mChangeSet = 0;
    std::string mSource;
    std::int64_t mCount = 0;
    Table mTable;
    std::optional<BulkInsert> mInsert;
};

}  // namespace zonewright::plan::source
