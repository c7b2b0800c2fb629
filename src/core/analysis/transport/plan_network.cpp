#include "core/analysis/transport/plan_network.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/plan/change_set.h"

namespace zonewright::analysis::transport {
namespace {

using Json = nlohmann::ordered_json;

/// The hash's part of the key changes with the way networks are made.
constexpr int kMaking = 2;
constexpr int kKept = 4;

constexpr const char* kCreate = R"sql(
CREATE TABLE IF NOT EXISTS zw_networks(
  id INTEGER PRIMARY KEY AUTOINCREMENT, inputs TEXT NOT NULL UNIQUE, time TEXT NOT NULL, mode TEXT NOT NULL,
  osm TEXT NOT NULL, gtfs TEXT NOT NULL, report TEXT NOT NULL, network BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS zw_hierarchies(
  inputs TEXT NOT NULL, projects TEXT NOT NULL, hierarchy BLOB NOT NULL, PRIMARY KEY(inputs, projects)))sql";

std::string keyOf(const std::string& inputHash) { return fmt::format("{}-{}", kMaking, inputHash); }

std::string scenarioOf(std::vector<std::string> projects) {
    std::sort(projects.begin(), projects.end());
    return fmt::format("{}", fmt::join(projects, "\n"));
}

Json toJson(const std::vector<network::Rejection>& rejected) {
    Json rows = Json::array();
    for (const network::Rejection& r : rejected) rows.push_back({r.row, r.reason.zh, r.reason.en});
    return rows;
}

std::vector<network::Rejection> rejectionsOf(const Json& rows) {
    std::vector<network::Rejection> rejected;
    for (const Json& row : rows) rejected.push_back({row.at(0).get<std::size_t>(), {row.at(1).get<std::string>(), row.at(2).get<std::string>()}});
    return rejected;
}

Json toJson(const BuiltNetwork& built) {
    const network::RoadReport& r = built.roads;
    const network::TransitReport& t = built.transit;
    return {{"roads", {{"read", r.read}, {"taken", r.taken}, {"rejected", toJson(r.rejected)}, {"bans_unused", r.turnBansUnused}}},
            {"transit",
             {{"read", t.linesRead}, {"taken", t.linesTaken}, {"rejected", toJson(t.rejected)}, {"stranded", t.strandedStops}, {"stops", t.stops}, {"transfers", t.transfers}, {"links", t.links}}}};
}

void readReports(const Json& json, BuiltNetwork& built) {
    const Json& r = json.at("roads");
    built.roads = {r.at("read").get<std::size_t>(), r.at("taken").get<std::size_t>(), rejectionsOf(r.at("rejected")), r.at("bans_unused").get<std::size_t>()};
    const Json& t = json.at("transit");
    built.transit = {t.at("read").get<std::size_t>(),      t.at("taken").get<std::size_t>(), rejectionsOf(t.at("rejected")), t.at("stranded").get<std::vector<std::string>>(),
                     t.at("stops").get<std::size_t>(), t.at("transfers").get<std::size_t>(), t.at("links").get<std::size_t>()};
}

/// Runs a query of one row; nothing when there is no such row, or no such table yet.
template <typename Read>
auto oneRow(const plan::Plan& plan, const char* table, const std::string& sql, const std::vector<std::string>& values, const Read& read)
    -> Result<std::optional<decltype(read(std::declval<plan::Statement&>()))>> {
    const auto there = plan.database().value(fmt::format("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '{}'", table));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    Result<plan::Statement> query = plan.database().prepare(sql);
    if (!query) return tl::unexpected(query.error());
    for (std::size_t i = 0; i < values.size(); ++i) query->bind(static_cast<int>(i) + 1, std::string_view(values[i]));
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    return read(*query);
}

}  // namespace

Result<BuiltNetwork> buildNetwork(const NetworkSources& sources, const NetworkRequest& request) {
    BuiltNetwork built;
    network::NetworkBuilder builder;
    built.roads = network::addRoads(builder, sources.roads, sources.bans);
    if (built.roads.taken == 0) {
        return failure(ErrorCode::NoNetwork,
                       built.roads.rejected.empty() ? "no road" : fmt::format("none of {} roads can be used: {}", built.roads.read, built.roads.rejected.front().reason.en),
                       request.osm.empty() ? request.roads.text : request.osm.string());
    }
    network::TransitOptions options;
    options.walkingSpeed = request.walkingSpeed;
    if (!request.gtfs.empty()) options.transferFarthest = Metres(0);  // stops are joined over the streets
    built.transit = network::addTransit(builder, sources.lines, options);
    built.network = std::move(builder).build().network;
    built.report = network::reportOn(built.network);
    return built;
}

std::vector<Notice> noticesOf(const NetworkSources& sources, const BuiltNetwork& built) {
    std::vector<Notice> notices = sources.notices;
    const auto warn = [&](std::string zh, std::string en) { notices.push_back({Notice::Weight::Warning, {std::move(zh), std::move(en)}}); };
    const auto rejected = [&](const std::vector<network::Rejection>& rows, const char* zh, const char* en) {
        std::map<std::string, std::pair<std::size_t, const network::Rejection*>> byReason;  // reason -> count, first row
        for (const network::Rejection& r : rows) ++byReason.try_emplace(r.reason.zh, 0, &r).first->second.first;
        for (const auto& [reason, counted] : byReason) {
            const auto& [count, first] = counted;
            warn(fmt::format("{}有 {} 条未采用，首条为第 {} 条：{}", zh, count, first->row + 1, first->reason.zh),
                 fmt::format("{} left out: {}, the first is number {}: {}", en, count, first->row + 1, first->reason.en));
        }
    };
    /// The first few by name, the rest by number.
    const auto listed = [&](const std::vector<std::string>& codes, const char* zh, const char* en) {
        if (codes.empty()) return;
        const std::vector<std::string> first(codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(codes.size(), 8)));
        const char* more = codes.size() > first.size() ? " …" : "";
        warn(fmt::format("{} 个车站{}：{}{}", codes.size(), zh, fmt::join(first, "、"), more), fmt::format("stations {}: {} ({}{})", en, codes.size(), fmt::join(first, ", "), more));
    };
    rejected(built.roads.rejected, "道路", "roads");
    rejected(built.transit.rejected, "线路", "lines");
    listed(built.transit.strandedStops, "附近没有道路", "without a road near them");
    listed(sources.strandedStations, "没有所属线路", "without a line");
    if (built.roads.turnBansUnused > 0) warn(fmt::format("{} 条转向限制未采用", built.roads.turnBansUnused), fmt::format("turn restrictions not used: {}", built.roads.turnBansUnused));
    if (built.report.components > 1) {
        const Point p = built.network.at(built.report.componentExamples.front());
        warn(fmt::format("路网分成 {} 个互不相连的部分，例如 {:.0f}, {:.0f} 处", built.report.components, p.x, p.y),
             fmt::format("the network falls into {} parts, one at {:.0f}, {:.0f}", built.report.components, p.x, p.y));
    }
    return notices;
}

std::vector<std::string> drawnProjects(const network::Network& network, const std::vector<std::string>& codes) {
    const auto known = network.projects();
    std::vector<std::string> drawn;
    std::copy_if(codes.begin(), codes.end(), std::back_inserter(drawn), [&](const std::string& code) { return std::find(known.begin(), known.end(), code) != known.end(); });
    return drawn;
}

Result<std::optional<BuiltNetwork>> keptNetwork(const plan::Plan& plan, const std::string& inputHash) {
    const auto row = oneRow(plan, "zw_networks", "SELECT report, network FROM zw_networks WHERE inputs = ?1", {keyOf(inputHash)},
                            [](const plan::Statement& query) -> std::optional<BuiltNetwork> {
                                Result<network::Network> network = network::Network::fromBytes(query.blob(1));
                                if (!network) return std::nullopt;
                                BuiltNetwork built;
                                try {
                                    readReports(Json::parse(query.text(0)), built);
                                } catch (const Json::exception&) {
                                    return std::nullopt;
                                }
                                built.network = std::move(*network);
                                built.report = network::reportOn(built.network);
                                return built;
                            });
    if (!row) return tl::unexpected(row.error());
    return row->value_or(std::nullopt);
}

Result<std::optional<network::Hierarchy>> keptHierarchy(const plan::Plan& plan, const std::string& inputHash, const std::vector<std::string>& projects) {
    const auto row = oneRow(plan, "zw_hierarchies", "SELECT hierarchy FROM zw_hierarchies WHERE inputs = ?1 AND projects = ?2", {keyOf(inputHash), scenarioOf(projects)},
                            [](const plan::Statement& query) -> std::optional<network::Hierarchy> {
                                Result<network::Hierarchy> hierarchy = network::Hierarchy::fromBytes(query.blob(0));
                                if (!hierarchy) return std::nullopt;
                                return std::move(*hierarchy);
                            });
    if (!row) return tl::unexpected(row.error());
    return row->value_or(std::nullopt);
}

Result<std::optional<NetworkRequest>> lastKeptRequest(const plan::Plan& plan) {
    return oneRow(plan, "zw_networks", "SELECT mode, osm, gtfs, report FROM zw_networks ORDER BY id DESC LIMIT 1", {}, [](const plan::Statement& query) {
        NetworkRequest request;
        ParameterSet parameters;
        declareNetwork(parameters, request);
        const Json report = Json::parse(query.text(3), nullptr, false);
        if (report.contains("request")) {
            for (const auto& [id, text] : report["request"].items()) {
                // What a later version no longer knows keeps its default.
                if (text.is_string()) static_cast<void>(parameters.assign(id, text.get<std::string>()));
            }
        }
        request.mode = query.text(0);
        request.osm = std::string(query.text(1));
        request.gtfs = std::string(query.text(2));
        return request;
    });
}

void complete(NetworkRequest& request, NetworkRequest kept) {
    NetworkRequest untouched;
    ParameterSet own, theirs, defaults;
    declareNetwork(own, request);
    declareNetwork(theirs, kept);
    declareNetwork(defaults, untouched);
    for (const Parameter* parameter : own.all()) {
        if (parameter->text() == defaults.find(parameter->id)->text()) static_cast<void>(parameter->assign(theirs.find(parameter->id)->text()));
    }
}

Result<void> takeKeptFiles(NetworkRequest& request, const plan::Plan& plan) {
    if (!request.osm.empty() || request.roads != NetworkRequest().roads) return {};
    const auto layers = plan.layers();
    if (!layers) return tl::unexpected(layers.error());
    if (std::any_of(layers->begin(), layers->end(), [&](const plan::LayerInfo& layer) { return layer.id == request.roads.text && layer.features > 0; })) return {};
    auto kept = lastKeptRequest(plan);
    if (!kept) return tl::unexpected(kept.error());
    if (*kept && !(*kept)->osm.empty()) complete(request, std::move(**kept));
    return {};
}

Result<void> keepNetwork(const plan::Plan& plan, const std::string& inputHash, const BuiltNetwork& built, const NetworkRequest& request) {
    const plan::Database& db = plan.database();
    if (auto done = db.execute(kCreate); !done) return done;
    Result<plan::Statement> insert = db.prepare("INSERT OR REPLACE INTO zw_networks(inputs, time, mode, osm, gtfs, report, network) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!insert) return tl::unexpected(insert.error());
    const auto absolute = [](const std::filesystem::path& path) {
        std::error_code none;
        return path.empty() ? std::string() : std::filesystem::absolute(path, none).string();
    };
    const std::string key = keyOf(inputHash);
    const std::string time = plan::timeStamp();
    const std::string osm = absolute(request.osm);
    const std::string gtfs = absolute(request.gtfs);
    Json told = toJson(built);
    NetworkRequest asked = request;
    ParameterSet parameters;
    declareNetwork(parameters, asked);
    for (const Parameter* parameter : parameters.all()) told["request"][parameter->id] = parameter->text();
    const std::string report = told.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string bytes = built.network.toBytes();
    insert->bind(1, std::string_view(key));
    insert->bind(2, std::string_view(time));
    insert->bind(3, std::string_view(request.mode));
    insert->bind(4, std::string_view(osm));
    insert->bind(5, std::string_view(gtfs));
    insert->bind(6, std::string_view(report));
    insert->bindBlob(7, bytes);
    if (auto done = insert->run(); !done) return done;
    if (auto done = db.execute(fmt::format("DELETE FROM zw_networks WHERE id NOT IN (SELECT id FROM zw_networks ORDER BY id DESC LIMIT {})", kKept)); !done) return done;
    return db.execute("DELETE FROM zw_hierarchies WHERE inputs NOT IN (SELECT inputs FROM zw_networks)");
}

Result<void> keepHierarchy(const plan::Plan& plan, const std::string& inputHash, const std::vector<std::string>& projects, const network::Hierarchy& hierarchy) {
    Result<plan::Statement> insert = plan.database().prepare("INSERT OR REPLACE INTO zw_hierarchies(inputs, projects, hierarchy) VALUES(?1, ?2, ?3)");
    if (!insert) return tl::unexpected(insert.error());
    const std::string key = keyOf(inputHash);
    const std::string scenario = scenarioOf(projects);
    const std::string bytes = hierarchy.toBytes();
    insert->bind(1, std::string_view(key));
    insert->bind(2, std::string_view(scenario));
    insert->bindBlob(3, bytes);
    return insert->run();
}

}  // namespace zonewright::analysis::transport
