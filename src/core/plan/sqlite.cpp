#include "core/plan/sqlite.h"

#include <array>
#include <cerrno>

#include <sqlite3.h>

#include "core/geometry/wkb.h"

namespace zonewright::plan {
namespace {

/// SQLite's result as our error; its place is the file, or `where` (the statement or the file) when SQLite knows none or
/// the statement is at fault.
tl::unexpected<Error> failed(sqlite3* db, int code, std::string where) {
    const std::string message = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    const char* name = db != nullptr ? sqlite3_db_filename(db, "main") : nullptr;
    const std::string file = name != nullptr && *name != '\0' ? name : where;
    switch (code & 0xFF) {
        case SQLITE_FULL: return failure(ErrorCode::DiskFull, "", file);
        case SQLITE_READONLY:
            return failure(ErrorCode::PlanReadOnly, code == SQLITE_READONLY_ROLLBACK ? "a write that was cut off has to be rolled back first" : "", file);
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return failure(ErrorCode::PlanLocked, message, file);
        case SQLITE_NOTADB: return failure(ErrorCode::NotAPlan, "", file);
        case SQLITE_CORRUPT: return failure(ErrorCode::PlanDamaged, message, file);
        case SQLITE_CANTOPEN: return failure(ErrorCode::FileUnreadable, message, file);
        case SQLITE_IOERR:
            if (db != nullptr && sqlite3_system_errno(db) == ENOSPC) return failure(ErrorCode::DiskFull, "", file);
            return failure(ErrorCode::FileUnwritable, message, file);
        default: return failure(ErrorCode::Internal, message, std::move(where));
    }
}

enum BoxPart : std::intptr_t { kMinX, kMaxX, kMinY, kMaxY };

/// ST_MinX and its three siblings (OGC 12-128r18, Annex F.3), which the R-tree triggers of every GeoPackage call.
void boxFunction(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(arguments[0]));
    const auto box = boxOfGeoPackage({bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
    if (bytes == nullptr || !box || box->empty()) return sqlite3_result_null(context);
    switch (reinterpret_cast<std::intptr_t>(sqlite3_user_data(context))) {
        case kMinX: return sqlite3_result_double(context, box->minX);
        case kMaxX: return sqlite3_result_double(context, box->maxX);
        case kMinY: return sqlite3_result_double(context, box->minY);
        default: return sqlite3_result_double(context, box->maxY);
    }
}

void isEmptyFunction(sqlite3_context* context, int, sqlite3_value** arguments) {
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(arguments[0]));
    if (bytes == nullptr) return sqlite3_result_null(context);
    const auto box = boxOfGeoPackage({bytes, static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]))});
    sqlite3_result_int(context, !box || box->empty() ? 1 : 0);
}

void addGeoPackageFunctions(sqlite3* db) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    constexpr std::array<std::pair<const char*, BoxPart>, 4> kParts{
        {{"ST_MinX", kMinX}, {"ST_MaxX", kMaxX}, {"ST_MinY", kMinY}, {"ST_MaxY", kMaxY}}};
    for (const auto& [name, part] : kParts) {
        sqlite3_create_function(db, name, 1, kFlags, reinterpret_cast<void*>(part), boxFunction, nullptr, nullptr);
    }
    sqlite3_create_function(db, "ST_IsEmpty", 1, kFlags, nullptr, isEmptyFunction, nullptr, nullptr);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
void Database::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

void Statement::bind(int index, std::int64_t value) { sqlite3_bind_int64(mHandle.get(), index, value); }
void Statement::bind(int index, double value) { sqlite3_bind_double(mHandle.get(), index, value); }
void Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(mHandle.get(), index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}
void Statement::bindBlob(int index, std::string_view bytes) {
    sqlite3_bind_blob64(mHandle.get(), index, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
}
void Statement::bindNull(int index) { sqlite3_bind_null(mHandle.get(), index); }

Result<bool> Statement::step() {
    const int code = sqlite3_step(mHandle.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    auto error = failed(sqlite3_db_handle(mHandle.get()), code, sqlite3_sql(mHandle.get()));
    reset();
    return error;
}

Result<void> Statement::run() {
    while (true) {
        const Result<bool> row = step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
    }
}

void Statement::reset() { sqlite3_reset(mHandle.get()); }

bool Statement::isNull(int column) const { return type(column) == SQLITE_NULL; }
int Statement::type(int column) const { return sqlite3_column_type(mHandle.get(), column); }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(mHandle.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(mHandle.get(), column); }

std::string_view Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(mHandle.get(), column));
    return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(mHandle.get(), column))};
}

std::string_view Statement::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(mHandle.get(), column));
    return {bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_column_bytes(mHandle.get(), column))};
}

int Statement::columns() const { return sqlite3_column_count(mHandle.get()); }

namespace {

/// A writer that was killed, or that found the disk full, leaves its rollback journal behind. Until somebody with the right
/// to write has rolled it back no reader gets in (SQLite, "Atomic Commit", section 4.5).
Result<void> rollBackWhatWasCutOff(sqlite3* reader, const std::filesystem::path& file) {
    const auto read = [](sqlite3* db) { return sqlite3_exec(db, "PRAGMA schema_version", nullptr, nullptr, nullptr); };
    const int code = read(reader);
    if (code != SQLITE_READONLY_ROLLBACK && code != SQLITE_READONLY_RECOVERY) return {};
    sqlite3* writer = nullptr;
    if (sqlite3_open_v2(file.c_str(), &writer, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK) read(writer);
    sqlite3_close(writer);
    const int now = read(reader);
    if (now != SQLITE_OK) return failed(reader, now, file.string());
    return {};
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& file, Access access) {
    std::error_code none;
    if (!std::filesystem::exists(file, none)) return failure(ErrorCode::FileNotFound, "", file.string());
    if (!std::filesystem::is_regular_file(file, none)) return failure(ErrorCode::NotAPlan, "not a file", file.string());
    sqlite3* raw = nullptr;
    const int flags = (access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    Database database;
    database.mHandle.reset(raw);
    if (code != SQLITE_OK) return failed(raw, code, file.string());
    if (access == Access::ReadWrite && sqlite3_db_readonly(raw, "main") == 1) {
        return failure(ErrorCode::PlanReadOnly, "", file.string());
    }
    sqlite3_busy_timeout(raw, static_cast<int>(kBusyTimeout.count()));
    sqlite3_extended_result_codes(raw, 1);
    if (access == Access::Read) {
        if (auto readable = rollBackWhatWasCutOff(raw, file); !readable) return tl::unexpected(readable.error());
    }
    // A plan comes from outside. Its triggers must run (the journal is made of them), but none may rewrite the schema.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    addGeoPackageFunctions(raw);
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(mHandle.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return failed(mHandle.get(), code, std::string(sql));
    Statement statement;
    statement.mHandle.reset(raw);
    return statement;
}

Result<void> Database::execute(const std::string& sql) const {
    const int code = sqlite3_exec(mHandle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failed(mHandle.get(), code, sql.substr(0, 120));
    return {};
}

Result<std::optional<std::string>> Database::value(std::string_view sql) const {
    Result<Statement> statement = prepare(sql);
    if (!statement) return tl::unexpected(statement.error());
    const Result<bool> row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || statement->isNull(0)) return std::nullopt;
    return std::string(statement->text(0));
}

std::int64_t Database::lastRowId() const { return sqlite3_last_insert_rowid(mHandle.get()); }
std::int64_t Database::changes() const { return sqlite3_changes64(mHandle.get()); }

namespace {

std::string between(char quote, std::string_view content) {
    std::string text(1, quote);
    for (const char c : content) {
        text += c;
        if (c == quote) text += c;
    }
    return text + quote;
}

}  // namespace

std::string sqlName(std::string_view name) { return between('"', name); }
std::string sqlText(std::string_view text) { return between('\'', text); }

Result<Transaction> Transaction::begin(const Database& database) {
    if (auto begun = database.execute("BEGIN IMMEDIATE"); !begun) return tl::unexpected(begun.error());
    return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : mDatabase(std::exchange(other.mDatabase, nullptr)) {}

Transaction::~Transaction() {
    if (mDatabase != nullptr) (void)mDatabase->execute("ROLLBACK");
}

Result<void> Transaction::commit() {
    Result<void> done = mDatabase->execute("COMMIT");
    if (done) mDatabase = nullptr;
    return done;
}

}  // namespace zonewright::plan
