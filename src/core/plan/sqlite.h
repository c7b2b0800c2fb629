#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

struct sqlite3;
struct sqlite3_stmt;

/// SQLite behind values: one deleter a handle, errors as ErrorCode.
namespace zonewright::plan {

/// How long a connection waits for another one's lock.
inline constexpr std::chrono::milliseconds kBusyTimeout{10'000};

class Statement {
public:
    /// Parameters count from 1, as in SQL.
    void bind(int index, std::int64_t value);
    void bind(int index, double value);
    void bind(int index, std::string_view text);
    void bindBlob(int index, std::string_view bytes);
    void bindNull(int index);

    /// True when there is a row; false at the end. The statement restarts by itself after its end.
    [[nodiscard]] Result<bool> step();
    /// Runs to the end, for statements without rows, and makes ready for the next run.
    [[nodiscard]] Result<void> run();
    void reset();

    /// Columns count from 0, as in SQLite. Text and blob views hold until the next step.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] int type(int column) const;  ///< SQLITE_INTEGER, SQLITE_FLOAT ...
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] int columns() const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* s) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> mHandle;
};

class Database {
public:
    enum class Access { Read, ReadWrite };

    /// Opens an existing file, with the GeoPackage functions its R-tree triggers call (ST_MinX ...).
    /// Errors: FileNotFound, FileUnreadable, NotAPlan (no SQLite file), PlanReadOnly.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Access access);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    [[nodiscard]] Result<void> execute(const std::string& sql) const;
    /// The first column of the first row, or nothing when there is no row or it is NULL.
    [[nodiscard]] Result<std::optional<std::string>> value(std::string_view sql) const;
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] sqlite3* handle() const { return mHandle.get(); }

private:
    struct Close {
        void operator()(sqlite3* db) const;
    };
    std::unique_ptr<sqlite3, Close> mHandle;
};

/// The name as a quoted SQL identifier.
[[nodiscard]] std::string sqlName(std::string_view name);
/// The text as an SQL string literal.
[[nodiscard]] std::string sqlText(std::string_view text);

/// Rolls back unless committed. Nested use is an error of the caller.
class Transaction {
public:
    [[nodiscard]] static Result<Transaction> begin(const Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(const Database& database) : mDatabase(&database) {}
    const Database* mDatabase;
};

}  // namespace zonewright::plan
