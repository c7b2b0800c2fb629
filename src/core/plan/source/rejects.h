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

/// Appends to the rejects layer within the caller's change-set. A layer cannot be made while a change-set is open, and
/// most imports reject nothing: the first reject that finds no layer fails and sets `isWanted`; the caller rolls back,
/// calls `make` and starts again.
class Rejects {
public:
    [[nodiscard]] static Result<Rejects> of(Plan& plan, const catalogue::Layer& layer);

    /// The caller's change-set is open.
    [[nodiscard]] Result<void> begin(std::int64_t changeSet, std::string source);
    [[nodiscard]] Result<void> add(const RejectedRow& row);
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] bool isWanted() const { return mWanted; }
    [[nodiscard]] Result<void> make();
    /// After the caller has given up: takes the layer away again if `make` made it.
    void discard();

private:
    Rejects(Plan& plan, catalogue::Layer layer, bool exists) : mPlan(&plan), mLayer(std::move(layer)), mExists(exists) {}
    Plan* mPlan;
    catalogue::Layer mLayer;
    bool mExists = false;
    bool mMade = false;
    bool mWanted = false;
    std::int64_t mChangeSet = 0;
    std::string mSource;
    Table mTable;
    std::optional<BulkInsert> mInsert;
};

}  // namespace zonewright::plan::source
