#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/analysis/parameters.h"

/// The transport network of a plan: read from its layers or from files, kept in the plan, built anew when they change.
namespace zonewright::analysis::transport {

/// What a network is made from; the values here are the defaults.
struct NetworkRequest {
    LayerReference roads{"roads"};
    LayerReference lines{"transport_lines"};
    LayerReference stations{"stations"};
    LayerReference turnBans{"turn_bans"};
    std::filesystem::path osm;
    std::filesystem::path gtfs;
    std::string gtfsDate;
    double windowStart = 7;  ///< hours
    double windowEnd = 9;
    std::string mode = "combined";
    FieldName speedField{"speed_kmh"};
    FieldName onewayField{"oneway"};
    FieldName classField{"class"};
    std::vector<std::string> classSpeeds{"expressway:100", "urban_expressway:70", "trunk:60", "primary:50",
                                         "secondary:40",   "town:30",             "ramp:40"};
    std::vector<std::string> closedClasses{"expressway", "urban_expressway", "ramp", "link", "motorway"};
    std::vector<std::string> outsideClasses{"link"};
    KilometresPerHour walkingSpeed{4.8};
    KilometresPerHour cyclingSpeed{15};

    [[nodiscard]] bool byCar() const { return mode == "drive" || mode == "combined"; }
    [[nodiscard]] bool byTransit() const { return mode == "transit" || mode == "combined"; }
};

/// Declares them all, each once.
void declareNetwork(ParameterSet& parameters, NetworkRequest& request);

/// "key:number" parts of a list. Errors: BadArgument naming the part.
[[nodiscard]] Result<std::vector<std::pair<std::string, double>>> pairsOf(const std::vector<std::string>& parts);

}  // namespace zonewright::analysis::transport
