#include "core/network/osm.h"

#include <algorithm>
#include <unordered_map>

#include <osmium/handler.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/visitor.hpp>

#include "core/network/osm_tags.h"

namespace zonewright::network {
namespace {

using NodeRef = osmium::object_id_type;

struct Way {
    osmium::object_id_type id = 0;
    OsmRoad road;
    std::vector<NodeRef> nodes;
};

struct Restriction {
    osmium::object_id_type from = 0;
    osmium::object_id_type to = 0;
    NodeRef via = 0;
    bool only = false;  ///< only this turn is allowed
};

class WaysAndRestrictions : public osmium::handler::Handler {
public:
    explicit WaysAndRestrictions(const OsmOptions& options) : mOptions(options) {}

    void way(const osmium::Way& way) {
        if (!way.tags().has_key("highway")) return;
        ++read;
        std::optional<OsmRoad> road = roadOf(way.tags(), mOptions);
        if (!road || way.nodes().size() < 2) {
            ++closed;
            return;
        }
        Way taken{way.id(), *road, {}};
        for (const osmium::NodeRef& node : way.nodes()) {
            if (taken.nodes.empty() || taken.nodes.back() != node.ref()) taken.nodes.push_back(node.ref());
        }
        ways.push_back(std::move(taken));
    }

    void relation(const osmium::Relation& relation) {
        if (!relation.tags().has_tag("type", "restriction")) return;
        ++restrictionsRead;
        const char* value = relation.tags().get_value_by_key("restriction");
        if (value == nullptr && mOptions.profile == Profile::Car) value = relation.tags().get_value_by_key("restriction:motorcar");
        const std::string_view kind = value == nullptr ? "" : value;
        Restriction restriction;
        restriction.only = kind.starts_with("only_");
        int members = 0;
        for (const osmium::RelationMember& member : relation.members()) {
            const std::string_view role = member.role();
            if (role == "from" && member.type() == osmium::item_type::way) restriction.from = member.ref(), ++members;
            if (role == "to" && member.type() == osmium::item_type::way) restriction.to = member.ref(), ++members;
            if (role == "via" && member.type() == osmium::item_type::node) restriction.via = member.ref(), ++members;
        }
        const bool exempt = std::string_view(relation.tags().get_value_by_key("except", "")).find(mOptions.profile == Profile::Cycle ? "bicycle" : "motorcar") != std::string_view::npos;
        if (mOptions.profile == Profile::Walk || exempt || members != 3 || !(restriction.only || kind.starts_with("no_"))) return;
        restrictions.push_back(restriction);
    }

    std::vector<Way> ways;
    std::vector<Restriction> restrictions;
    std::size_t read = 0;
    std::size_t closed = 0;
    std::size_t restrictionsRead = 0;

private:
    const OsmOptions& mOptions;
};

/// Positions of the nodes that ways use.
class NodePlaces : public osmium::handler::Handler {
public:
    NodePlaces(const std::vector<Way>& ways, const Transform& toPlane) : mToPlane(toPlane) {
        for (const Way& way : ways) mIds.insert(mIds.end(), way.nodes.begin(), way.nodes.end());
        std::sort(mIds.begin(), mIds.end());
        mIds.erase(std::unique(mIds.begin(), mIds.end()), mIds.end());
        mPlaces.resize(mIds.size(), Point{std::nan(""), 0});
    }

    void node(const osmium::Node& node) {
        const auto it = std::lower_bound(mIds.begin(), mIds.end(), node.id());
        if (it == mIds.end() || *it != node.id() || !node.location().valid()) return;
        mPlaces[static_cast<std::size_t>(it - mIds.begin())] = mToPlane({node.location().lon(), node.location().lat()});
    }

    [[nodiscard]] std::optional<Point> of(NodeRef id) const {
        const auto it = std::lower_bound(mIds.begin(), mIds.end(), id);
        if (it == mIds.end() || *it != id) return std::nullopt;
        const Point p = mPlaces[static_cast<std::size_t>(it - mIds.begin())];
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) return std::nullopt;
        return p;
    }

private:
    const Transform& mToPlane;
    std::vector<NodeRef> mIds;
    std::vector<Point> mPlaces;
};

/// A way as the lines between its missing nodes.
void addLines(const Way& way, const NodePlaces& places, OsmWays& into) {
    RoadLine line;
    line.speed = way.road.speed;
    line.direction = way.road.direction;
    line.frontage = way.road.frontage;
    bool cut = false;
    const auto finish = [&] {
        if (line.line.size() >= 2) {
            into.lines.push_back(line);
            into.wayIds.push_back(way.id);
        }
        line.line.clear();
    };
    for (const NodeRef node : way.nodes) {
        if (const std::optional<Point> p = places.of(node)) {
            line.line.push_back(*p);
        } else {
            cut = true;
            finish();
        }
    }
    finish();
    if (cut) ++into.highwaysCut;
}

/// Restrictions whose ways end at the node they turn at; "only" becomes a ban of all other turns there.
void addBans(const WaysAndRestrictions& read, const NodePlaces& places, OsmWays& into) {
    std::unordered_map<osmium::object_id_type, std::vector<std::size_t>> rowsOf;  // way -> rows of its lines
    for (std::size_t row = 0; row < into.wayIds.size(); ++row) rowsOf[into.wayIds[row]].push_back(row);
    std::unordered_map<NodeRef, std::vector<osmium::object_id_type>> endingAt;
    for (const Way& way : read.ways) {
        endingAt[way.nodes.front()].push_back(way.id);
        if (way.nodes.back() != way.nodes.front()) endingAt[way.nodes.back()].push_back(way.id);
    }
    for (const Restriction& r : read.restrictions) {
        const auto at = endingAt.find(r.via);
        const std::optional<Point> via = places.of(r.via);
        const auto ends = [&](osmium::object_id_type way) { return std::find(at->second.begin(), at->second.end(), way) != at->second.end(); };
        if (at == endingAt.end() || !via || !ends(r.from) || !ends(r.to)) {
            ++into.restrictionsUnused;
            continue;
        }
        for (const osmium::object_id_type to : at->second) {
            if (r.only ? (to == r.to || to == r.from) : to != r.to) continue;
            for (const std::size_t fromRow : rowsOf[r.from]) {
                for (const std::size_t toRow : rowsOf[to]) into.bans.push_back({fromRow, toRow, *via});
            }
        }
    }
}

}  // namespace

Result<OsmWays> readOsm(const std::filesystem::path& file, const Crs& crs, const OsmOptions& options) {
    if (!std::filesystem::is_regular_file(file)) return failure(ErrorCode::FileNotFound, "no such file", file.string());
    const Result<Crs> lonLat = Crs::from("EPSG:4326");
    if (!lonLat) return tl::unexpected(lonLat.error());
    const Result<Transform> toPlane = Transform::between(*lonLat, crs);
    if (!toPlane) return tl::unexpected(toPlane.error());
    try {
        const osmium::io::File input(file.string(), "pbf");
        WaysAndRestrictions found(options);
        {
            osmium::io::Reader reader(input, osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation);
            osmium::apply(reader, found);
            reader.close();
        }
        NodePlaces places(found.ways, *toPlane);
        {
            osmium::io::Reader reader(input, osmium::osm_entity_bits::node);
            osmium::apply(reader, places);
            reader.close();
        }
        OsmWays ways;
        ways.highwaysRead = found.read;
        ways.highwaysClosed = found.closed;
        ways.restrictionsRead = found.restrictionsRead;
        ways.restrictionsUnused = found.restrictionsRead - found.restrictions.size();
        for (const Way& way : found.ways) addLines(way, places, ways);
        addBans(found, places, ways);
        if (ways.lines.empty()) return failure(ErrorCode::SourceEmpty, "no way for this profile", file.string());
        return ways;
    } catch (const std::exception& fault) {
        return failure(ErrorCode::SourceUnreadable, fault.what(), file.string());
    }
}

}  // namespace zonewright::network
