#pragma once

#include <filesystem>
#include <vector>

#include "core/geometry/crs.h"
#include "core/network/roads.h"

namespace zonewright::network {

enum class Profile : std::uint8_t { Car, Walk, Cycle };

struct OsmOptions {
    Profile profile = Profile::Car;
    KilometresPerHour walkingSpeed = kWalkingSpeed;
    KilometresPerHour cyclingSpeed{15};
};

/// Ways of an OpenStreetMap extract that a profile may use, ready for `addRoads`.
struct OsmWays {
    std::vector<RoadLine> lines;       ///< CRS: the one asked for
    std::vector<std::int64_t> wayIds;  ///< OpenStreetMap ids, aligned with `lines`
    std::vector<RoadTurnBan> bans;
    std::size_t highwaysRead = 0;
    std::size_t highwaysClosed = 0;     ///< not for this profile: by class or access
    std::size_t highwaysCut = 0;        ///< lack nodes, as at the edge of an extract; what is left of them is kept
    std::size_t restrictionsRead = 0;
    std::size_t restrictionsUnused = 0;  ///< over several ways, of another profile, or with members missing
};

/// Reads a `.osm.pbf` file.
///
/// Speeds: `maxspeed` where it is a number (km/h or mph), else a default by class; access by the most particular of
/// `access`, `vehicle`, `motor_vehicle`, `foot`, `bicycle`; one-way by `oneway`, roundabouts and motorways. Ways meet
/// where they share a node, whatever their `layer`.
/// Source: OpenStreetMap wiki, Key:highway, Key:access, Key:maxspeed, Relation:restriction.
/// Errors: FileNotFound; SourceUnreadable naming the fault for truncated or foreign files; SourceEmpty when the extract
/// holds no way for the profile.
[[nodiscard]] Result<OsmWays> readOsm(const std::filesystem::path& file, const Crs& crs, const OsmOptions& options = {});

}  // namespace zonewright::network
