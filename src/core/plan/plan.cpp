#include "core/plan/plan.h"

#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "core/plan/change_set.h"
#include "core/plan/lock.h"
#include "core/plan/migrations.h"
#include "core/plan/schema.h"

namespace zonewright::plan {
namespace {

namespace fs = std::filesystem;

/// Removes the unfinished file of a failed creation.
struct Unfinished {
    fs::path file;
    ~Unfinished() {
        std::error_code none;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file.string() + suffix, none);
    }
};

Result<void> writeMeta(const Database& db, const CreateOptions& options) {
    auto done = db.execute(
        "CREATE TABLE zw_meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);"
        "INSERT INTO zw_meta VALUES('schema_version', '1');");
    if (!done) return done;
    Result<Statement> insert = db.prepare("INSERT OR REPLACE INTO zw_meta VALUES(?1, ?2)");
    if (!insert) return tl::unexpected(insert.error());
    for (const auto& [key, value] : options.meta) {
        insert->bind(1, std::string_view(key));
        insert->bind(2, std::string_view(value));
        if (done = insert->run(); !done) return done;
    }
    return {};
}

Result<void> makeReadyForEditing(const Database& db, const fs::path& file) {
    const bool network = isOnNetworkFileSystem(file);
    if (auto mode = db.value(network ? "PRAGMA journal_mode = DELETE" : "PRAGMA journal_mode = WAL"); !mode) return tl::unexpected(mode.error());
    // A crashed change-set was rolled back with its transaction, so nothing is current at opening.
    return db.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536");
}

Result<void> backUpAndMigrate(const Database& db, const fs::path& file, int version) {
    const fs::path backup = fmt::format("{}.v{}.bak", file.string(), version);
    std::error_code error;
    if (!fs::exists(backup, error)) {
        Result<Statement> copy = db.prepare("VACUUM INTO ?1");
        if (!copy) return tl::unexpected(copy.error());
        copy->bind(1, std::string_view(backup.string()));
        if (auto done = copy->run(); !done) return done;
    }
    return migrate(db, version);
}

}  // namespace

struct Plan::State {
    fs::path file;
    OpenMode mode = OpenMode::Read;
    std::optional<WriterLock> lock;  // outlives the database: given up last
    std::optional<Database> database;
    std::optional<Crs> crs;
    std::int32_t srsId = 0;
    int version = 0;
    bool readyForChanges = false;

    ~State() {
        if (readyForChanges && database) (void)database->value("PRAGMA journal_mode = DELETE");
        database.reset();
    }
};

namespace {

/// The CRS of the spatial layers, from the file itself.
Result<void> readCrs(const Database& db, const fs::path& file, std::optional<Crs>& crs, std::int32_t& srsId) {
    Result<Statement> query = db.prepare(
        "SELECT s.srs_id, s.organization, s.organization_coordsys_id, s.definition FROM gpkg_spatial_ref_sys s "
        "JOIN gpkg_geometry_columns g USING(srs_id) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1");
    if (!query) return tl::unexpected(query.error());
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return failure(ErrorCode::PlanDamaged, "no spatial layer", file.string());
    srsId = static_cast<std::int32_t>(query->integer(0));
    Result<Crs> byCode = Crs::from(fmt::format("{}:{}", query->text(1), query->integer(2)));
    if (!byCode) byCode = Crs::from(std::string(query->text(3)));
    if (!byCode) return tl::unexpected(byCode.error());
    crs = *byCode;
    return {};
}

}  // namespace

Plan::Plan(std::unique_ptr<State> state) : mState(std::move(state)) {}
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

Result<Plan> Plan::create(const fs::path& file, const catalogue::Catalogue& catalogue, const CreateOptions& options) {
    std::error_code error;
    if (fs::exists(file, error) && !options.overwrite) return failure(ErrorCode::FileExists, "", file.string());
    const Result<Crs> crs = Crs::from(options.crs);
    if (!crs) return tl::unexpected(crs.error());
    if (!crs->isProjectedInMetres()) return failure(ErrorCode::SourceCrs, options.crs + " is not projected in metres");
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error)) return failure(ErrorCode::FileUnwritable, "no such folder", folder.string());
    // The finished file takes its name only at the end, beside its final place so that the move is one step.
    const Unfinished unfinished{folder / fmt::format(".{}.{}.gpkg", file.filename().string(), getpid())};
    if (auto made = createGeoPackage(unfinished.file, catalogue, options.crs); !made) return tl::unexpected(made.error());
    {
        Result<Database> db = Database::open(unfinished.file, Database::Access::ReadWrite);
        if (!db) return tl::unexpected(db.error());
        if (auto done = writeMeta(*db, options); !done) return tl::unexpected(done.error());
        if (auto done = migrate(*db, 1); !done) return tl::unexpected(done.error());
    }
    if (fs::exists(file, error)) {
        Result<WriterLock> lock = WriterLock::acquire(file);  // never pull a plan from under its editor
        if (!lock) return tl::unexpected(lock.error());
        for (const char* suffix : {"-wal", "-shm", "-journal"}) fs::remove(file.string() + suffix, error);
        fs::rename(unfinished.file, file, error);
    } else {
        fs::rename(unfinished.file, file, error);
    }
    if (error) return failure(ErrorCode::FileUnwritable, error.message(), file.string());
    return open(file, OpenMode::Write);
}

Result<Plan> Plan::open(const fs::path& file, OpenMode mode) {
    auto state = std::make_unique<State>();
    state->file = file;
    state->mode = mode;
    std::error_code none;
    if (!fs::is_regular_file(file, none)) return failure(fs::exists(file, none) ? ErrorCode::NotAPlan : ErrorCode::FileNotFound, "", file.string());
    if (mode == OpenMode::Write) {
        if (access(file.c_str(), W_OK) != 0) return failure(ErrorCode::PlanReadOnly, "", file.string());
        Result<WriterLock> lock = WriterLock::acquire(file);
        if (!lock) return tl::unexpected(lock.error());
        state->lock = std::move(*lock);
    }
    Result<Database> db = Database::open(file, mode == OpenMode::Write ? Database::Access::ReadWrite : Database::Access::Read);
    if (!db) return tl::unexpected(db.error());
    state->database = std::move(*db);
    Result<int> version = schemaVersionOf(*state->database);
    if (!version) {
        Error error = version.error();
        error.where = file.string();
        return tl::unexpected(error);
    }
    if (*version > kSchemaVersion) {
        return failure(ErrorCode::PlanTooNew, fmt::format("schema version {}, this program knows {}", *version, kSchemaVersion), file.string());
    }
    if (auto crs = readCrs(*state->database, file, state->crs, state->srsId); !crs) return tl::unexpected(crs.error());
    if (mode == OpenMode::Write) {
        if (*version < kSchemaVersion) {
            if (auto done = backUpAndMigrate(*state->database, file, *version); !done) return tl::unexpected(done.error());
            version = kSchemaVersion;
        }
    }
    state->version = *version;
    return Plan(std::move(state));
}

Result<void> Plan::prepareForChanges() const {
    if (mState->readyForChanges) return {};
    if (auto ready = makeReadyForEditing(*mState->database, mState->file); !ready) return ready;
    mState->readyForChanges = true;
    return {};
}

const fs::path& Plan::file() const { return mState->file; }
OpenMode Plan::mode() const { return mState->mode; }
const Crs& Plan::crs() const { return *mState->crs; }
std::int32_t Plan::srsId() const { return mState->srsId; }
int Plan::schemaVersion() const { return mState->version; }
const Database& Plan::database() const { return *mState->database; }

Result<std::vector<LayerInfo>> Plan::layers() const {
    Result<Statement> query = database().prepare(
        "SELECT c.table_name, c.identifier, coalesce(g.geometry_type_name, '') FROM gpkg_contents c "
        "LEFT JOIN gpkg_geometry_columns g USING(table_name) WHERE c.data_type IN ('features', 'attributes') "
        "AND c.table_name NOT IN ('layer_styles', 'qgis_projects') ORDER BY 1");
    if (!query) return tl::unexpected(query.error());
    std::vector<LayerInfo> out;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        out.push_back({std::string(query->text(0)), std::string(query->text(1)), std::string(query->text(2)), 0});
    }
    for (LayerInfo& layer : out) {
        const auto count = database().value("SELECT count(*) FROM " + sqlName(layer.id));
        if (!count) return tl::unexpected(count.error());
        layer.features = std::atoll(count->value_or("0").c_str());
    }
    return out;
}

Result<bool> Plan::hasLayer(std::string_view layer) const {
    Result<Statement> query = database().prepare("SELECT 1 FROM gpkg_contents WHERE table_name = ?1");
    if (!query) return tl::unexpected(query.error());
    query->bind(1, layer);
    return query->step();
}

std::string Plan::meta(std::string_view key) const {
    Result<Statement> query = database().prepare("SELECT value FROM zw_meta WHERE key = ?1");
    if (!query) return {};
    query->bind(1, key);
    const Result<bool> row = query->step();
    return row && *row ? std::string(query->text(0)) : std::string();
}

Result<void> Plan::setMeta(std::string_view key, std::string_view value) {
    Result<Statement> insert = database().prepare("INSERT OR REPLACE INTO zw_meta VALUES(?1, ?2)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(1, key);
    insert->bind(2, value);
    return insert->run();
}

}  // namespace zonewright::plan
