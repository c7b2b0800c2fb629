#include <array>

#include "core/plan/source/foreign.h"

namespace zonewright::plan::source {
namespace {

struct Pair {
    std::string_view x;
    std::string_view y;
};

constexpr std::array<Pair, 15> kPairs{{{"lon", "lat"},
                                       {"lng", "lat"},
                                       {"long", "lat"},
                                       {"longitude", "latitude"},
                                       {"经度", "纬度"},
                                       {"easting", "northing"},
                                       {"east", "north"},
                                       {"横坐标", "纵坐标"},
                                       {"东坐标", "北坐标"},
                                       {"x", "y"},
                                       {"point_x", "point_y"},
                                       {"coord_x", "coord_y"},
                                       {"x坐标", "y坐标"},
                                       {"x_coord", "y_coord"},
                                       {"xcoord", "ycoord"}}};

std::string lowered(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte > 0x20) out += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    }
    return out;
}

/// What stands before `suffix` and its underscore, when `name` ends so; "" for the bare name.
std::optional<std::string> prefixBefore(const std::string& name, std::string_view suffix) {
    if (name == suffix) return std::string();
    if (name.size() > suffix.size() + 1 && name.ends_with(suffix) && name[name.size() - suffix.size() - 1] == '_') {
        return name.substr(0, name.size() - suffix.size() - 1);
    }
    return std::nullopt;
}

/// Lower is better: true coordinates before bare names before any other prefix.
int rankOf(const std::string& prefix) {
    if (prefix.find("wgs") != std::string::npos || prefix.find("cgcs") != std::string::npos) return 0;
    return prefix.empty() ? 1 : 2;
}

}  // namespace

CoordinateColumns findCoordinateColumns(const std::vector<Column>& columns) {
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const Column& column : columns) names.push_back(lowered(column.name));
    CoordinateColumns found;
    for (std::size_t i = 0; i < names.size() && !found.wkt; ++i) {
        if (names[i] == "wkt" || names[i] == "geom_wkt" || names[i] == "geometry_wkt" || names[i] == "the_geom") found.wkt = i;
    }
    if (found.wkt) return found;
    int best = 3;
    for (const Pair& pair : kPairs) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const auto prefix = prefixBefore(names[i], pair.x);
            if (!prefix || rankOf(*prefix) >= best) continue;
            const std::string partner = prefix->empty() ? std::string(pair.y) : *prefix + "_" + std::string(pair.y);
            const auto other = std::find(names.begin(), names.end(), partner);
            if (other == names.end()) continue;
            best = rankOf(*prefix);
            found.x = i;
            found.y = static_cast<std::size_t>(other - names.begin());
        }
    }
    return found;
}

}  // namespace zonewright::plan::source
