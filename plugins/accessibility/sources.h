#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/analysis/transport/sources.h"
#include "plugins/accessibility/request.h"

namespace zonewright::accessibility {

/// A named position: a town, a city, a facility.
struct Place {
    std::string code;
    Localized name;
    std::string kind;
    Point point;
    double amount = 0;  ///< people or capacity
};

/// A cell of the population grid.
struct Cell {
    std::string code;
    MultiPolygon shape;
    Point centre;  ///< of its box; stands for all its people
    double people = 0;
};

struct Commitment {
    std::string code;
    Localized title;
    std::string origin;       ///< code of a place
    std::string destination;  ///< code of a place, "group:KIND" of places, or "LAYER:KIND" of facilities
    double limitMinutes = 0;
    std::string clause;
};

/// Everything a run reads, in one CRS.
struct Sources : analysis::transport::NetworkSources {
    std::vector<Place> origins;
    std::vector<Place> places;
    std::vector<Cell> cells;
    std::vector<Place> facilities;
    std::vector<Commitment> commitments;
    std::map<std::string, Localized> kindNames;  ///< of facilities, by code

    /// A kind of facilities in words; its code where no word is known.
    [[nodiscard]] Localized kindName(const std::string& code) const {
        const auto known = kindNames.find(code);
        return known == kindNames.end() ? Localized{code, code} : known->second;
    }
};

/// Errors: those of `Inputs`; NoNetwork when there is no road at all; SourceEmpty when no origin is found.
[[nodiscard]] Result<Sources> readSources(const Request& request, analysis::Inputs& inputs, Progress& progress);

}  // namespace zonewright::accessibility
