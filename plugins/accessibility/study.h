#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/accessibility/world.h"

namespace zonewright::accessibility {

struct CutoffResult {
    double minutes = 0;
    MultiPolygon area;              ///< all within the cut-off
    SquareMetres planarArea;
    double people = 0;              ///< in cells whose centre lies within
    std::map<std::string, std::size_t> facilities;  ///< within, by kind
    std::size_t nodes = 0;
    network::ReachedNetwork reached;
    Metres directedLength;          ///< each direction of travel on its own
};

struct OriginResult {
    std::string code;
    Localized name;
    std::vector<CutoffResult> cutoffs;
    std::vector<network::Milliseconds> cellTimes;  ///< aligned with the cells; unreachable beyond the last cut-off
    std::vector<network::Milliseconds> facilityTimes;  ///< aligned with the facilities
    network::Misclassification misclassified;      ///< of the last cut-off's polygons
};

/// Isochrones of each origin, of all together when they are to be dissolved, or of each as far as it is the first to
/// reach a place when they are to be split; several cut-offs each. Origins that no way is near become notices; Errors:
/// NoNetwork when that is all of them.
struct Isochrones {
    std::vector<OriginResult> results;
    std::vector<analysis::Notice> notices;
};
[[nodiscard]] Result<Isochrones> isochrones(const Sources& sources, const World& world, Searcher& searcher, const Request& request);

struct CommitmentResult {
    const Commitment* commitment = nullptr;
    std::string destination;
    Localized destinationName;
    std::optional<double> minutes;       ///< in the run's scenario; nothing when there is no way
    std::optional<double> before, after;  ///< today and with the projects, when compared
    std::vector<network::Leg> legs;
    LineString way;                      ///< of the journey in the run's scenario, from place to place; empty when there is no way
    LineString wayBefore, wayAfter;      ///< today and with the projects, when compared
    [[nodiscard]] static bool holds(const std::optional<double>& minutes, double limit) { return minutes && *minutes <= limit; }
};

/// Each commitment, groups of destinations place by place. Faults (unknown places) become notices.
struct Commitments {
    std::vector<CommitmentResult> results;
    std::vector<analysis::Notice> notices;
};
[[nodiscard]] Commitments checkCommitments(const Sources& sources, Searcher& searcher);

/// What people have of facilities of one kind.
struct FacilityResult {
    std::string kind;
    std::size_t facilities = 0;
    double capacity = 0;
    network::WeightedMean nearest;                  ///< time to the nearest, over people
    std::vector<std::pair<double, double>> within;  ///< minutes, people
    std::vector<network::Milliseconds> cellTimes;   ///< to the nearest, aligned with the cells
    std::optional<network::FloatingCatchment> catchment;
    double closing = 0;  ///< sum of access x people; equals the catchment's supply in use
};
struct FacilityRequest {
    const Sources& sources;
    const World& world;
    const Searcher& searcher;
    const Request& request;
    const network::Hierarchy* hierarchy;  ///< of the searcher's scenario; may be null where there is no cell or no facility
};
[[nodiscard]] Result<std::vector<FacilityResult>> facilityAccess(const FacilityRequest& asked, Progress& progress);

/// Minutes between all places; nothing where there is no way.
[[nodiscard]] std::vector<std::vector<std::optional<double>>> placeTimes(const Sources& sources, Searcher& searcher);

struct ProjectGain {
    std::string code;
    Localized name;
    std::int64_t year = 0;
    double people = 0;              ///< gained within the limit by this project alone
    std::size_t commitments = 0;    ///< that it alone turns
    bool hasWays = false;           ///< false: nothing of it is drawn in the network
};

/// The network without the projects and with them.
struct Comparison {
    double minutes = 0;
    std::vector<std::string> projects;
    double peopleBefore = 0, peopleAfter = 0;
    std::vector<network::Milliseconds> cellsBefore, cellsAfter;
    MultiPolygon gained, lost;
    std::vector<std::size_t> placesGained;  ///< positions in `Sources::places`
    std::vector<ProjectGain> ranking;       ///< most people first
};
struct ComparisonRequest {
    const Sources& sources;
    const World& world;
    const Request& request;
    std::vector<std::string> projects;
};
[[nodiscard]] Result<Comparison> compare(const ComparisonRequest& request, std::vector<CommitmentResult>& commitments, Progress& progress);

}  // namespace zonewright::accessibility
