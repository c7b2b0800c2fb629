#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/analysis/parameters.h"
#include "core/analysis/polygons.h"
#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"
#include "core/geometry/crs.h"
#include "core/plan/features.h"
#include "core/plan/plan.h"

namespace zonewright::analysis {

/// What a result remembers of a layer it was made from.
struct InputRecord {
    std::string parameter;            ///< id of the layer parameter
    std::string source;               ///< plan layer id or file reference
    std::vector<std::string> fields;  ///< the columns that were read
    std::int64_t features = 0;
    std::string sha256;  ///< of geometry and those columns, in order of fid
};

/// A row that could not be taken; `taken + rejected` is what the layer holds.
struct RejectedRow {
    std::int64_t fid = 0;
    Localized reason;
};

/// What to read of a layer.
struct ReadRequest {
    std::string parameter;  ///< id of the layer parameter, for the record and for errors
    LayerReference layer;
    std::vector<std::string> fields;          ///< columns, in this order
    std::vector<std::string> optionalFields;  ///< read when there, no value otherwise; follow `fields`
    std::vector<std::string>
        textFields;  ///< readPolygons: those of the above kept as text; the others become numbers
};

/// A layer read whole, in the run's CRS.
struct LayerSnapshot {
    std::string name;                     ///< for people
    std::vector<std::string> fields;      ///< ReadRequest::fields, then optionalFields
    std::vector<bool> present;            ///< whether the layer has each of them
    std::vector<plan::Feature> features;  ///< values aligned with `fields`
    std::vector<RejectedRow> rejected;
};

/// The same for polygons, flat and many times faster than features; for layers of many parcels.
struct PolygonSnapshot {
    std::string name;
    std::vector<std::string> fields;
    std::vector<bool> present;
    PolygonTable table;
    std::vector<RejectedRow> rejected;
};

/// Where a run reads from: a plan, files, or both. Everything comes in one CRS in metres, and is recorded
/// with its hash.
class Inputs {
public:
    /// With a plan everything comes in the plan's CRS. Without one (null) the CRS of the first layer read is
    /// used, if it is projected in metres.
    Inputs(const plan::Plan* plan, const catalogue::Catalogue& catalogue)
        : mPlan(plan), mCatalogue(&catalogue) {}

    [[nodiscard]] const plan::Plan* plan() const { return mPlan; }
    [[nodiscard]] const catalogue::Catalogue& catalogue() const { return *mCatalogue; }
    /// Nothing before the first layer is read without a plan.
    [[nodiscard]] std::optional<Crs> crs() const;
    /// The CRS to use when there is no plan.
    void setCrs(Crs crs) { mCrs = std::move(crs); }
    /// False leaves out the hashes of inputs, for callers that keep no result.
    void setHashing(bool on) { mHashing = on; }

    /// True when the plan has a layer of this id or the reference is a file.
    [[nodiscard]] Result<bool> has(const LayerReference& layer) const;
    /// Column names of a layer. Errors: UnknownLayer, FileNotFound, SourceUnreadable.
    [[nodiscard]] Result<std::vector<std::string>> columns(const LayerReference& layer) const;

    /// Errors: UnknownLayer, UnknownField (naming the columns there are), FileNotFound, SourceUnreadable,
    /// SourceCrs.
    [[nodiscard]] Result<LayerSnapshot> read(const ReadRequest& request, Progress& progress);
    [[nodiscard]] Result<PolygonSnapshot> readPolygons(const ReadRequest& request, Progress& progress);

    [[nodiscard]] const std::vector<InputRecord>& records() const { return mRecords; }
    /// What happened on the way in: "parcels: transformed from EPSG:4326 to EPSG:4549".
    [[nodiscard]] const std::vector<Localized>& remarks() const { return mRemarks; }

private:
    class Reading;
    [[nodiscard]] Result<Crs> workingCrs(const Crs& ofLayer, const std::string& layer);

    const plan::Plan* mPlan;
    const catalogue::Catalogue* mCatalogue;
    std::optional<Crs> mCrs;
    std::vector<InputRecord> mRecords;
    std::vector<Localized> mRemarks;
    bool mHashing = true;
};

/// The hash an input has now, as an InputRecord keeps it; for comparing with a stored result.
[[nodiscard]] Result<std::string> contentHash(const plan::Plan* plan, const InputRecord& record);

}  // namespace zonewright::analysis
