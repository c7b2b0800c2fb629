#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/module.h"
#include "core/analysis/transport/request.h"

namespace zonewright::accessibility {

using analysis::FieldName;
using analysis::LayerReference;
using analysis::transport::pairsOf;

/// What a user may ask for; the values here are the defaults.
struct Request : analysis::transport::NetworkRequest {
    Metres farthest{2000};

    // From where, how far
    LayerReference origins{"places"};
    std::vector<std::string> originCodes;
    std::string originKind = "district_centre";
    std::optional<Point> point;
    std::vector<std::string> minutes{"15", "30", "45"};
    bool reverse = false;
    std::string shape = "disks";
    std::string merge = "separate";  ///< "dissolved"; "nearest": each place belongs to the origin that reaches it first
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

}  // namespace zonewright::accessibility
