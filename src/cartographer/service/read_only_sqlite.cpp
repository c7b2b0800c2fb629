#include "cartographer/service/read_only_sqlite.h"

#include <mutex>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace zonewright::cartographer {
namespace {

std::mutex mutex;
std::string scratchFolder;
std::string permitted;

bool mayWrite(std::string_view file) {
    const std::lock_guard lock(mutex);
    if (!scratchFolder.empty() && file.starts_with(scratchFolder)) return true;
    // The journal's and the log's names begin with the database's.
    return !permitted.empty() && file.starts_with(permitted);
}

sqlite3_vfs* system() {
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* granted) {
    constexpr int kGuarded = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (name != nullptr && (flags & kGuarded) != 0 && !mayWrite(name)) {
        flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_DELETEONCLOSE);
        flags |= SQLITE_OPEN_READONLY;
    }
    return system()->xOpen(system(), name, file, flags, granted);
}

int remove(sqlite3_vfs*, const char* name, int sync) {
    return mayWrite(name) ? system()->xDelete(system(), name, sync) : SQLITE_OK;
}

}  // namespace

void forbidSqliteWrites(const std::filesystem::path& scratch) {
    scratchFolder = scratch.native();
    static sqlite3_vfs guarded = *system();
    guarded.zName = "zonewright-read-only";
    guarded.xOpen = open;
    guarded.xDelete = remove;
    sqlite3_vfs_register(&guarded, 1);
}

SqliteWritePermit::SqliteWritePermit(const std::filesystem::path& database) {
    const std::lock_guard lock(mutex);
    permitted = database.native();
}

SqliteWritePermit::~SqliteWritePermit() {
    const std::lock_guard lock(mutex);
    permitted.clear();
}

}  // namespace zonewright::cartographer
