#pragma once

#include <filesystem>

namespace zonewright::cartographer {

/// From now on every SQLite database that any library in this process opens is opened read-only, except below
/// `scratch`. QGIS and GDAL first try to open a GeoPackage for writing and may switch its journal mode on the way;
/// with this they cannot, and a plan is read without a trace while somebody else writes to it.
/// Call once, before the first database is opened.
void forbidSqliteWrites(const std::filesystem::path& scratch);

/// Lets one database be written to while it lives.
class SqliteWritePermit {
public:
    explicit SqliteWritePermit(const std::filesystem::path& database);
    SqliteWritePermit(const SqliteWritePermit&) = delete;
    SqliteWritePermit& operator=(const SqliteWritePermit&) = delete;
    ~SqliteWritePermit();
};

}  // namespace zonewright::cartographer
