#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/parameters.h"
#include "core/geometry/crs.h"
#include "core/plan/features.h"
#include "core/plan/plan.h"
#include "core/plan/source/foreign.h"

namespace zonewright::analysis {

/// A row on its way in. `blob` (GeoPackage bytes, valid during the visit) or `geometry`, whichever the source
/// has.
struct SourceRow {
    std::int64_t fid = 0;
    std::string_view uuid;
    std::string_view blob;
    Geometry geometry;
    std::string fault;  ///< why the row cannot be read; empty when it can
    std::vector<plan::Value> values;
};

using RowVisitor = std::function<Result<void>(SourceRow&&)>;

/// Blocks of this many fids are read, hashed and worked on as one; fixed, so that hashes do not depend on the
/// machine.
inline constexpr std::int64_t kBlockFids = 16384;

/// A plan layer or a layer of a file, to be read in blocks of fids; a GeoPackage is read straight through
/// SQLite.
class LayerSource {
public:
    /// Errors: UnknownLayer, FileNotFound, SourceUnreadable, SourceCrs.
    [[nodiscard]] static Result<LayerSource> open(const plan::Plan* plan, const LayerReference& layer);

    [[nodiscard]] const std::string& name() const { return mName; }
    [[nodiscard]] const std::vector<std::string>& columns() const { return mColumns; }
    /// Nothing for a table without geometry.
    [[nodiscard]] const std::optional<Crs>& crs() const { return mCrs; }
    /// "GCJ-02" or "BD-09" when the reference states such a shift; coordinates are degrees then.
    [[nodiscard]] const std::string& shift() const { return mShift; }
    /// True when blocks may be read from several threads at once.
    [[nodiscard]] bool isParallel() const { return !mDatabaseFile.empty(); }

    /// First fids of the blocks that hold rows.
    [[nodiscard]] Result<std::vector<std::int64_t>> blocks() const;
    /// Visits the rows of one block in order of fid. Each thread passes its own `database` (see `connect`).
    [[nodiscard]] Result<void> readBlock(const plan::Database& database, std::int64_t block,
                                         const std::vector<std::string>& fields,
                                         const RowVisitor& visit) const;
    [[nodiscard]] Result<plan::Database> connect() const;
    /// All rows of a source that is not parallel.
    [[nodiscard]] Result<void> readAll(const std::vector<std::string>& fields, const RowVisitor& visit);

private:
    [[nodiscard]] static Result<LayerSource> openDatabase(const plan::Database& database,
                                                          const std::filesystem::path& file,
                                                          const std::string& layer);
    [[nodiscard]] static Result<LayerSource> openForeign(const plan::source::Spec& spec);

    std::string mName;
    std::vector<std::string> mColumns;
    std::optional<Crs> mCrs;
    std::string mShift;

    std::filesystem::path mDatabaseFile;
    std::string mTable;
    std::string mGeometryColumn;
    bool mHasUuid = false;
    std::shared_ptr<plan::source::Source> mForeign;
    std::size_t mForeignLayer = 0;
};

}  // namespace zonewright::analysis
