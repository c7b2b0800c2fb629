#include "core/network/gtfs_table.h"

#include <charconv>
#include <chrono>

#include <cpl_conv.h>
#include <cpl_csv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace zonewright::network::gtfs {
namespace {

struct CloseFile {
    void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

template <typename Number>
std::optional<Number> parsed(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string Feed::pathOf(const std::string& file) const {
    if (std::filesystem::is_directory(mPath)) return (mPath / file).string();
    return "/vsizip/{" + mPath.string() + "}/" + file;
}

bool Feed::has(const std::string& file) const {
    VSIStatBufL stat;
    return VSIStatL(pathOf(file).c_str(), &stat) == 0;
}

Result<void> Feed::read(const std::string& file, const Columns& columns, const std::function<void(const Row&)>& visit) const {
    const std::string where = mPath.string();
    const std::unique_ptr<VSILFILE, CloseFile> handle(VSIFOpenL(pathOf(file).c_str(), "rb"));
    if (!handle) return failure(ErrorCode::SourceUnreadable, "the feed has no " + file, where);
    // Quoting, line ends and the byte-order mark are GDAL's to know.
    const auto nextLine = [&] { return CPLStringList(CSVReadParseLine3L(handle.get(), 1 << 20, ",", true, false, false, true), true); };
    const CPLStringList heading = nextLine();
    const auto positionOf = [&](const std::string& name) -> std::optional<int> {
        for (int i = 0; i < heading.size(); ++i) {
            if (trimmed(heading[i]) == name) return i;
        }
        return std::nullopt;
    };
    std::vector<std::optional<int>> positions;
    for (const std::string& name : columns.required) {
        positions.push_back(positionOf(name));
        if (!positions.back()) return failure(ErrorCode::SourceUnreadable, fmt::format("{} has no column {}", file, name), where);
    }
    for (const std::string& name : columns.optional) positions.push_back(positionOf(name));
    Row row(positions.size());
    for (CPLStringList line = nextLine(); line.List() != nullptr; line = nextLine()) {
        if (line.size() == 0 || (line.size() == 1 && trimmed(line[0]).empty())) continue;
        for (std::size_t i = 0; i < positions.size(); ++i) {
            row[i] = positions[i] && *positions[i] < line.size() ? trimmed(line[*positions[i]]) : std::string_view();
        }
        visit(row);
    }
    return {};
}

std::optional<Seconds> timeOf(std::string_view text) {
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string_view::npos ? first : text.find(':', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    const auto hours = parsed<int>(text.substr(0, first));
    const auto minutes = parsed<int>(text.substr(first + 1, second - first - 1));
    const auto seconds = parsed<int>(text.substr(second + 1));
    if (!hours || !minutes || !seconds || *hours < 0 || *hours > 240 || *minutes < 0 || *minutes > 59 || *seconds < 0 || *seconds > 59) return std::nullopt;
    return Seconds(*hours * 3600.0 + *minutes * 60.0 + *seconds);
}

std::optional<double> numberOf(std::string_view text) { return parsed<double>(text); }

std::optional<int> dayOf(std::string_view text) {
    const auto value = parsed<int>(text);
    if (text.size() != 8 || !value) return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{year{*value / 10000}, month{static_cast<unsigned>(*value / 100 % 100)}, day{static_cast<unsigned>(*value % 100)}};
    if (!date.ok()) return std::nullopt;
    return static_cast<int>(sys_days(date).time_since_epoch().count());
}

std::string textOf(int dayNumber) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(dayNumber))};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

int weekdayOf(int dayNumber) { return ((dayNumber + 3) % 7 + 7) % 7; }

}  // namespace zonewright::network::gtfs
