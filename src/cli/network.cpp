#include <algorithm>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/analysis_command.h"
#include "cli/commands.h"
#include "core/analysis/transport/plan_network.h"

namespace zonewright::cli {
namespace {

namespace transport = analysis::transport;
using Json = nlohmann::ordered_json;

struct NetworkCommand {
    std::string plan;
    std::string action;  ///< build is the only one
    std::string osm;
    std::string gtfs;
    std::vector<std::string> parameters;
    bool anew = false;
};

Result<transport::NetworkRequest> requestOf(const NetworkCommand& command) {
    transport::NetworkRequest request;
    analysis::ParameterSet parameters;
    transport::declareNetwork(parameters, request);
    for (const std::string& word : command.parameters) {
        const auto assignment = assignmentOf(word);
        if (!assignment) return tl::unexpected(assignment.error());
        if (auto done = parameters.assign(assignment->first, assignment->second); !done) return tl::unexpected(done.error());
    }
    if (!command.osm.empty()) request.osm = command.osm;
    if (!command.gtfs.empty()) request.gtfs = command.gtfs;
    return request;
}

/// The network and its hierarchy of today, from the plan where it keeps them.
struct Made {
    transport::NetworkSources sources;
    transport::BuiltNetwork built;
    std::size_t links = 0;  ///< of the hierarchy
    bool kept = false;      ///< was there already
};

Result<Made> make(const NetworkCommand& command, const catalogue::Catalogue& catalogue, const plan::Plan& plan, Progress& progress) {
    const Result<transport::NetworkRequest> asked = requestOf(command);
    if (!asked) return tl::unexpected(asked.error());
    const transport::NetworkRequest& request = *asked;
    analysis::Inputs inputs(&plan, catalogue);
    Result<transport::NetworkSources> sources = transport::readNetwork(request, inputs, progress);
    if (!sources) return tl::unexpected(sources.error());
    const std::string& hash = sources->inputHash;
    if (!command.anew) {
        auto kept = transport::keptNetwork(plan, hash);
        if (!kept) return tl::unexpected(kept.error());
        const auto hierarchy = transport::keptHierarchy(plan, hash, {});
        if (!hierarchy) return tl::unexpected(hierarchy.error());
        if (*kept && *hierarchy) return Made{std::move(*sources), std::move(**kept), (*hierarchy)->linkCount(), true};
    }
    Result<transport::BuiltNetwork> built = transport::buildNetwork(*sources, request);
    if (!built) return tl::unexpected(built.error());
    const network::Graph graph(built->network, network::Scenario::none(built->network));
    const Result<network::Hierarchy> hierarchy = network::Hierarchy::of(graph, progress);
    if (!hierarchy) return tl::unexpected(hierarchy.error());
    if (auto ready = plan.prepareForChanges(); !ready) return tl::unexpected(ready.error());
    Result<plan::Transaction> transaction = plan::Transaction::begin(plan.database());
    if (!transaction) return tl::unexpected(transaction.error());
    if (auto done = transport::keepNetwork(plan, hash, *built, request); !done) return tl::unexpected(done.error());
    if (auto done = transport::keepHierarchy(plan, hash, {}, *hierarchy); !done) return tl::unexpected(done.error());
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    return Made{std::move(*sources), std::move(*built), hierarchy->linkCount(), false};
}

Json placesOf(const network::Network& network, const std::vector<network::NodeId>& nodes) {
    constexpr std::size_t kMost = 100;
    Json places = Json::array();
    for (std::size_t i = 0; i < std::min(nodes.size(), kMost); ++i) {
        const Point p = network.at(nodes[i]);
        places.push_back(fmt::format("POINT ({:.3f} {:.3f})", p.x, p.y));
    }
    return places;
}

Json documentOf(const Made& made) {
    const network::NetworkReport& report = made.built.report;
    Json projects = Json::array();
    for (const std::string& code : made.built.network.projects()) {
        if (!code.empty()) projects.push_back(code);
    }
    return {{"nodes", report.nodes},
            {"arcs", report.arcs},
            {"components", report.components},
            {"length_m", report.length.value},
            {"component_places", placesOf(made.built.network, report.componentExamples)},
            {"dead_ends", report.deadEnds.size()},
            {"dead_end_places", placesOf(made.built.network, report.deadEnds)},
            {"roads", {{"read", made.built.roads.read}, {"taken", made.built.roads.taken}, {"rejected", made.built.roads.rejected.size()}}},
            {"lines", {{"read", made.built.transit.linesRead}, {"taken", made.built.transit.linesTaken}, {"rejected", made.built.transit.rejected.size()}}},
            {"stations", made.built.transit.stops},
            {"stranded_stations", made.built.transit.strandedStops},
            {"stations_without_line", made.sources.strandedStations},
            {"projects", projects},
            {"hierarchy_links", made.links},
            {"input_hash", made.sources.inputHash},
            {"reused", made.kept}};
}

std::string textOf(const Session& session, const Made& made, const std::vector<analysis::Notice>& notices) {
    const network::NetworkReport& r = made.built.report;
    std::string text = session.language == Language::Chinese
                           ? fmt::format("路网：{} 个节点，{} 条有向路段，长 {:.1f} km；{} 个连通部分，{} 个断头；{} 个车站，{} 个附近无道路\n", r.nodes, r.arcs, r.length.value / 1000, r.components,
                                         r.deadEnds.size(), made.built.transit.stops, made.built.transit.strandedStops.size())
                           : fmt::format("Network: {} nodes, {} arcs, {:.1f} km; {} connected parts, {} dead ends; {} stations, {} without a road near them\n", r.nodes, r.arcs,
                                         r.length.value / 1000, r.components, r.deadEnds.size(), made.built.transit.stops, made.built.transit.strandedStops.size());
    text += cli::textOf(session, notices);
    return text + (made.kept ? session.text("规划中已有，数据未变\n", "already in the plan, nothing has changed\n") : session.text("已存入规划\n", "kept in the plan\n"));
}

Result<Outcome> build(const Session& session, const NetworkCommand& command) {
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const Result<plan::Plan> plan = plan::Plan::open(command.plan, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const std::unique_ptr<Progress> progress = session.progress();
    const Result<Made> made = make(command, *catalogue, *plan, *progress);
    if (!made) return tl::unexpected(made.error());
    const std::vector<analysis::Notice> notices = transport::noticesOf(made->sources, made->built);
    Outcome out;
    out.document = documentOf(*made);
    Json& told = out.document["notices"] = Json::array();
    for (const analysis::Notice& notice : notices) {
        told.push_back({{"weight", notice.weight == analysis::Notice::Weight::Warning ? "warning" : "information"}, {"zh", notice.text.zh}, {"en", notice.text.en}});
    }
    out.text = textOf(session, *made, notices);
    return out;
}

}  // namespace

void addNetwork(CLI::App& app, Session& session) {
    auto options = std::make_shared<NetworkCommand>();
    CLI::App* command = addCommand(app, session, "network", session.text("由道路、线路、OpenStreetMap 或 GTFS 建路网，存入规划", "Build the transport network from roads, lines, OpenStreetMap or GTFS and keep it in the plan"),
                                   [&session, options] { return build(session, *options); });
    command->add_option("PLAN", options->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("ACTION", options->action, session.text("build：建路网；数据未变时沿用已存的", "build: make the network; what is kept is used again while nothing has changed"))
        ->required()
        ->check(CLI::IsMember({"build"}));
    command->add_option("PARAMETERS", options->parameters, session.text("参数=值，如 mode=walk（见 modules accessibility）", "KEY=VALUE, as mode=walk (see modules accessibility)"))->type_name("[KEY=VALUE]...");
    command->add_option("--osm", options->osm, session.text("OpenStreetMap 文件 (.osm.pbf)，代替道路图层", "OpenStreetMap file (.osm.pbf) instead of the road layer"))->type_name("FILE");
    command->add_option("--gtfs", options->gtfs, session.text("GTFS 文件夹或 zip", "GTFS folder or zip file"))->type_name("DIR|ZIP");
    command->add_flag("--anew", options->anew, session.text("即使数据未变也重建", "Build again even when nothing has changed"));
}

}  // namespace zonewright::cli
