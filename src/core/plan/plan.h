#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/catalogue/catalogue.h"
#include "core/geometry/crs.h"
#include "core/plan/sqlite.h"

/// The plan file: one GeoPackage that holds layers, history, findings, styles and the QGIS project.
namespace zonewright::plan {

enum class OpenMode {
    Read,   ///< never blocked by a writer and never blocks one
    Write,  ///< the one writer; takes the lock that names its holder
};

/// What `new` may set. Errors of an unusable CRS come from `Plan::create`.
struct CreateOptions {
    std::string crs = "EPSG:4549";  ///< CGCS2000 / 3-degree Gauss-Kruger CM 120E; any projected CRS in metres
    bool overwrite = false;
    std::map<std::string, std::string> meta;  ///< title_zh, title_en, office_zh, office_en, date, note_zh, note_en, source_zh, source_en
};

/// A layer as it is in the file, whether the catalogue knows it or not.
struct LayerInfo {
    std::string id;
    std::string title;  ///< gpkg_contents.identifier
    std::string geometryType;  ///< "MULTIPOLYGON" ... as in the file; empty for an attribute table
    std::int64_t features = 0;
};

class Plan {
public:
    /// Makes an empty plan with every layer of the catalogue.
    ///
    /// Errors: FileExists without `overwrite`, SourceCrs (unknown, or not projected in metres), FileUnwritable.
    /// Guarantees: the file appears whole or not at all.
    [[nodiscard]] static Result<Plan> create(const std::filesystem::path& file, const catalogue::Catalogue& catalogue,
                                             const CreateOptions& options);

    /// Errors: FileNotFound, NotAPlan, PlanDamaged, PlanTooNew, PlanLocked (names the holder), PlanReadOnly.
    /// An older plan opened for writing is migrated step by step after a backup copy `FILE.v<N>.bak`.
    [[nodiscard]] static Result<Plan> open(const std::filesystem::path& file, OpenMode mode);

    Plan(Plan&&) noexcept;
    Plan& operator=(Plan&&) noexcept;
    ~Plan();  ///< checkpoints back to one file and gives up the lock

    [[nodiscard]] const std::filesystem::path& file() const;
    [[nodiscard]] OpenMode mode() const;
    [[nodiscard]] const Crs& crs() const;
    [[nodiscard]] std::int32_t srsId() const;  ///< gpkg_spatial_ref_sys.srs_id of the plan's CRS
    [[nodiscard]] int schemaVersion() const;
    [[nodiscard]] const Database& database() const;

    [[nodiscard]] Result<std::vector<LayerInfo>> layers() const;
    [[nodiscard]] Result<bool> hasLayer(std::string_view layer) const;

    /// Free text facts of the plan; empty when not set.
    [[nodiscard]] std::string meta(std::string_view key) const;
    [[nodiscard]] Result<void> setMeta(std::string_view key, std::string_view value);

    /// Makes the file ready for its first change (journal mode, durability); until then an opened plan keeps its bytes.
    /// ChangeSet calls it.
    [[nodiscard]] Result<void> prepareForChanges() const;

private:
    struct State;
    explicit Plan(std::unique_ptr<State> state);
    std::unique_ptr<State> mState;
};

/// Schema version this program writes.
inline constexpr int kSchemaVersion = 2;

}  // namespace zonewright::plan
