#include "core/network/osm_tags.h"

#include <array>
#include <charconv>

namespace zonewright::network {
namespace {

struct Class {
    std::string_view highway;
    double kmh;
    bool onFoot;
    bool byCycle;
    bool byCar = true;
};

/// Usual speeds by class where no `maxspeed` stands, and who may use the class where no access tag says otherwise.
constexpr std::array kClasses{
    Class{"motorway", 110, false, false},      Class{"motorway_link", 60, false, false}, Class{"trunk", 85, false, false},
    Class{"trunk_link", 50, false, false},     Class{"primary", 65, true, true},         Class{"primary_link", 45, true, true},
    Class{"secondary", 55, true, true},        Class{"secondary_link", 40, true, true},  Class{"tertiary", 45, true, true},
    Class{"tertiary_link", 35, true, true},    Class{"unclassified", 35, true, true},    Class{"residential", 30, true, true},
    Class{"living_street", 10, true, true},    Class{"service", 15, true, true},         Class{"road", 30, true, true},
    Class{"track", 15, true, true, false},     Class{"pedestrian", 5, true, false, false}, Class{"footway", 5, true, false, false},
    Class{"path", 5, true, true, false},       Class{"steps", 3, true, false, false},    Class{"cycleway", 15, true, true, false},
    Class{"bridleway", 5, true, false, false}, Class{"corridor", 5, true, false, false},
};

enum class Access : std::uint8_t { Unsaid, Yes, No };

Access accessOf(const char* value) {
    if (value == nullptr) return Access::Unsaid;
    const std::string_view v = value;
    if (v == "no" || v == "private" || v == "agricultural" || v == "forestry" || v == "delivery" || v == "emergency" || v == "military") return Access::No;
    return Access::Yes;
}

/// The most particular key that says anything wins.
template <std::size_t N>
Access accessBy(const osmium::TagList& tags, const std::array<const char*, N>& keysParticularFirst) {
    for (const char* key : keysParticularFirst) {
        const Access access = accessOf(tags.get_value_by_key(key));
        if (access != Access::Unsaid) return access;
    }
    return Access::Unsaid;
}

Access accessFor(const osmium::TagList& tags, Profile profile) {
    switch (profile) {
        case Profile::Car: return accessBy(tags, std::array{"motorcar", "motor_vehicle", "vehicle", "access"});
        case Profile::Walk: return accessBy(tags, std::array{"foot", "access"});
        case Profile::Cycle: return accessBy(tags, std::array{"bicycle", "vehicle", "access"});
    }
    return Access::Unsaid;
}

Direction directionOf(const osmium::TagList& tags, std::string_view highway, Profile profile) {
    const auto value = [&](const char* key) { return std::string_view(tags.get_value_by_key(key, "")); };
    if (profile == Profile::Walk) return Direction::Both;
    if (profile == Profile::Cycle && (value("oneway:bicycle") == "no" || value("cycleway").starts_with("opposite"))) return Direction::Both;
    const std::string_view oneway = value("oneway");
    if (oneway == "yes" || oneway == "true" || oneway == "1") return Direction::AlongLine;
    if (oneway == "-1" || oneway == "reverse") return Direction::AgainstLine;
    if (oneway == "no" || oneway == "false" || oneway == "0") return Direction::Both;
    const bool implied = value("junction") == "roundabout" || value("junction") == "circular" || highway == "motorway" || highway == "motorway_link";
    return implied ? Direction::AlongLine : Direction::Both;
}

}  // namespace

std::optional<KilometresPerHour> speedOf(std::string_view text) {
    if (text == "walk") return KilometresPerHour(6);
    if (text == "none") return KilometresPerHour(130);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !(number > 0) || number > 400) return std::nullopt;
    std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    while (unit.starts_with(' ')) unit.remove_prefix(1);
    if (unit.empty() || unit == "km/h" || unit == "kmh") return KilometresPerHour(number);
    if (unit == "mph") return KilometresPerHour(number * 1.609344);
    return std::nullopt;
}

std::optional<OsmRoad> roadOf(const osmium::TagList& tags, const OsmOptions& options) {
    const std::string_view highway = tags.get_value_by_key("highway", "");
    const auto known = std::find_if(kClasses.begin(), kClasses.end(), [&](const Class& c) { return c.highway == highway; });
    if (known == kClasses.end() || tags.has_tag("area", "yes")) return std::nullopt;
    const Access access = accessFor(tags, options.profile);
    const bool usual = options.profile == Profile::Car ? known->byCar : options.profile == Profile::Walk ? known->onFoot : known->byCycle;
    if (access == Access::No || (access == Access::Unsaid && !usual)) return std::nullopt;
    // "access=yes" on a footway opens it to all on foot, not to cars.
    if (options.profile == Profile::Car && !known->byCar && accessBy(tags, std::array{"motorcar", "motor_vehicle"}) != Access::Yes) return std::nullopt;

    OsmRoad road;
    road.frontage = !highway.starts_with("motorway");
    road.direction = directionOf(tags, highway, options.profile);
    switch (options.profile) {
        case Profile::Walk: road.speed = options.walkingSpeed; break;
        case Profile::Cycle: road.speed = highway == "steps" || highway == "footway" || highway == "pedestrian" ? options.walkingSpeed : options.cyclingSpeed; break;
        case Profile::Car: road.speed = speedOf(tags.get_value_by_key("maxspeed", "")).value_or(KilometresPerHour(known->kmh)); break;
    }
    return road;
}

}  // namespace zonewright::network
