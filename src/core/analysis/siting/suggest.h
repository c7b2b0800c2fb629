#pragma once

#include <optional>
#include <vector>

#include "core/analysis/inputs.h"
#include "core/analysis/siting/trial.h"
#include "core/analysis/tables.h"
#include "core/base/progress.h"

namespace zonewright::analysis::siting {

/// Where a place for a project is looked for.
struct SuggestRequest {
    std::vector<Geometry> within;  ///< polygons; a candidate lies wholly inside one of them
    SquareMetres area;             ///< of a candidate, a square along the axes of the CRS
    Site project;                  ///< kind and attributes of what is to be built; its geometry is not used
    std::vector<Geometry> roads;   ///< for the distance; may be empty
    struct TimedCell {
        Geometry cell;
        double minutes;
    };
    std::vector<TimedCell> times;  ///< travel time by cell; may be empty
    std::size_t most = 10;         ///< candidates wanted
};

/// Layers that a search uses; plan layer ids or files.
struct SuggestLayers {
    std::string within;          ///< polygons to look in
    std::string roads = "roads";  ///< left out when it is not there
};

/// Areas to look in, roads, and the travel times that an accessibility run left in the plan; area, project and number are
/// left to who asks. Errors: those of reading; SourceEmpty; BadArgument when `within` holds no polygons; Cancelled.
[[nodiscard]] Result<SuggestRequest> readSuggestRequest(Inputs& inputs, const SuggestLayers& layers, Progress& progress);

/// A place free of prohibited rules.
struct Candidate {
    MultiPolygon shape;
    SquareMetres restricted;        ///< planar; parts in conflict with restricting rules, each rule on its own
    std::size_t advice = 0;         ///< rules that give advice against it
    std::optional<Metres> toRoad;   ///< from its edge
    std::optional<double> minutes;  ///< of the cell its centre lies in
};

/// What was looked at, so that nobody takes silence for "none".
struct Suggestions {
    std::vector<Candidate> candidates;  ///< best first
    std::size_t tried = 0;              ///< places on the lattice that lie wholly inside
    std::size_t free = 0;               ///< of them without prohibited rules
    Metres spacing;                     ///< of the lattice
};

/// Tries squares on a lattice a quarter of their side apart (farther where that would be more than 200,000 places).
/// Ranked by, in this order: less restricted area, fewer pieces of advice, shorter travel time, nearer to a road, then
/// from south-west; candidates do not overlap. Errors: BadArgument for an area that is none; BadGeometry; Cancelled.
[[nodiscard]] Result<Suggestions> suggest(const Trial& trial, const SuggestRequest& request, Progress& progress);

/// One row a candidate, aligned.
[[nodiscard]] Table suggestionsTable(const Suggestions& suggestions);

}  // namespace zonewright::analysis::siting
