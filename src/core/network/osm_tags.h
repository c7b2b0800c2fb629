#pragma once

#include <optional>

#include <osmium/osm/tag.hpp>

#include "core/network/osm.h"

namespace zonewright::network {

/// What the tags of a highway say for one profile.
struct OsmRoad {
    KilometresPerHour speed;
    Direction direction = Direction::Both;
    bool frontage = true;
};

/// Nothing when the profile may not use the way.
[[nodiscard]] std::optional<OsmRoad> roadOf(const osmium::TagList& tags, const OsmOptions& options);

/// "50", "50 km/h", "30 mph", "walk"; nothing for words that a country's law would have to explain.
[[nodiscard]] std::optional<KilometresPerHour> speedOf(std::string_view maxspeed);

}  // namespace zonewright::network
