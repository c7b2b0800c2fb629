#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/module.h"

namespace zonewright::accessibility {

using analysis::FieldName;
using analysis::LayerReference;

/// What a user may ask for; the values here are the defaults.
struct Request {
    // The network
    LayerReference roads{"roads"};
    LayerReference lines{"transport_lines"};
    LayerReference stations{"stations"};
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
    Metres farthest{2000};

    // From where, how far
    LayerReference origins{"places"};
    std::vector<std::string> originCodes;
    std::string originKind = "district_centre";
    std::optional<Point> point;
    std::vector<std::string> minutes{"15", "30", "45"};
    bool reverse = false;
    std::string shape = "disks";
    std::string merge = "separate";
    Metres tolerance{10};
    std::int64_t sample = 2000;

    // What is there
    LayerReference population{"population_grid"};
    FieldName populationField{"population"};
    LayerReference facilities{"public_facilities"};
    std::string facilityKind = "sports";
    std::vector<std::string> bands{"10:1", "20:0.68", "30:0.22"};
    LayerReference places{"places"};
    LayerReference commitments{"connectivity_targets"};

    // Before and after
    std::vector<std::string> projects;
    std::int64_t year = 0;
    bool compare = true;
    std::filesystem::path surface;
    Metres surfaceCell{100};
};

void declare(analysis::ParameterSet& parameters, Request& request);
[[nodiscard]] analysis::Description describe();

/// The cut-offs in rising order. Errors: BadArgument naming what is no positive number.
[[nodiscard]] Result<std::vector<double>> minutesOf(const Request& request);

/// "key:number" parts of a list. Errors: BadArgument naming the part.
[[nodiscard]] Result<std::vector<std::pair<std::string, double>>> pairsOf(const std::vector<std::string>& parts);

}  // namespace zonewright::accessibility
