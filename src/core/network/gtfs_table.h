#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"

namespace zonewright::network::gtfs {

/// One row of a feed's file, by the columns asked for.
using Row = std::vector<std::string_view>;

/// Which columns to read; `optional` ones come as empty text when the file lacks them and follow `required`.
struct Columns {
    std::vector<std::string> required;
    std::vector<std::string> optional;
};

/// A folder or zip file of comma-separated tables.
class Feed {
public:
    explicit Feed(std::filesystem::path path) : mPath(std::move(path)) {}

    [[nodiscard]] bool has(const std::string& file) const;
    /// Calls `visit(row)` for every row in order. Errors: SourceUnreadable naming a missing file or column.
    [[nodiscard]] Result<void> read(const std::string& file, const Columns& columns, const std::function<void(const Row&)>& visit) const;

private:
    [[nodiscard]] std::string pathOf(const std::string& file) const;

    std::filesystem::path mPath;
};

/// "7:05:00", "25:10:00"; nothing for empty or malformed text.
[[nodiscard]] std::optional<Seconds> timeOf(std::string_view text);
[[nodiscard]] std::optional<double> numberOf(std::string_view text);

/// Days since 1970-01-01 of a date written YYYYMMDD; nothing when it is none.
[[nodiscard]] std::optional<int> dayOf(std::string_view text);
[[nodiscard]] std::string textOf(int day);
/// Monday is 0.
[[nodiscard]] int weekdayOf(int day);

}  // namespace zonewright::network::gtfs
