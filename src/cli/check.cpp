#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/check_files.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "core/analysis/siting/check.h"
#include "core/analysis/siting/documents.h"
#include "core/geometry/wkt.h"
#include "core/plan/history.h"

namespace zonewright::cli {
namespace {

namespace siting = analysis::siting;

constexpr int kFoundSomething = 3;

struct CheckCommand {
    std::string plan;
    std::string sites = "projects";
    std::vector<std::string> only;
    std::string wkt;
    std::string kind;
    std::vector<std::string> rules;
    std::vector<std::string> layers;
    std::string day;
    std::string failOn;
    double nearest = 1000;
    std::optional<double> accuracy;
    std::vector<std::string> files;
    bool overwrite = false;
};

Result<std::vector<siting::Rule>> rulesFor(const Session& session, const CheckCommand& command) {
    if (command.rules.empty()) return siting::loadRules(session.paths.layers / "rules");
    std::vector<siting::Rule> all;
    for (const std::string& place : command.rules) {
        Result<std::vector<siting::Rule>> some = siting::loadRules(place);
        if (!some) return some;
        all.insert(all.end(), some->begin(), some->end());
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].id == all[i - 1].id) return failure(ErrorCode::BadRule, fmt::format("rule \"{}\" is there twice", all[i].id));
    }
    return all;
}

Result<siting::SiteSource> sitesFor(const CheckCommand& command) {
    siting::SiteSource source;
    source.layer.text = command.sites;
    source.only = command.only;
    source.kind = command.kind;
    if (command.accuracy) source.accuracy = Metres(*command.accuracy);
    if (!command.wkt.empty()) {
        Result<Geometry> drawn = fromWkt(command.wkt);
        if (!drawn) return tl::unexpected(drawn.error());
        if (boxOf(*drawn).empty()) return failure(ErrorCode::BadGeometry, "the geometry is empty", "--site");
        source.drawn = std::move(*drawn);
    }
    for (const std::string& text : command.layers) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) return failure(ErrorCode::BadArgument, text + ": LAYER=FILE is expected", "--layer");
        source.replaced[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return source;
}

Result<Outcome> check(const Session& session, const CheckCommand& command) {
    Result<siting::Severity> failOn = siting::Severity::Prohibited;
    if (!command.failOn.empty()) failOn = siting::severityOf(command.failOn);
    if (!failOn) return tl::unexpected(failOn.error());
    if (const auto free = checkFiles(command.files, command.overwrite); !free) return tl::unexpected(free.error());
    const auto rules = rulesFor(session, command);
    if (!rules) return tl::unexpected(rules.error());
    const auto source = sitesFor(command);
    if (!source) return tl::unexpected(source.error());
    const auto catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto plan = plan::Plan::open(command.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());

    const auto progress = session.progress();
    analysis::Inputs inputs(&*plan, *catalogue);
    inputs.setHashing(false);
    const auto snapshot = siting::readSnapshot(inputs, *rules, *source, *progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    const siting::CheckOptions options{.day = command.day.empty() ? siting::today() : command.day, .nearest = Metres(command.nearest)};
    const auto report = siting::check(*snapshot, *rules, options, *progress);
    if (!report) return tl::unexpected(report.error());

    Outcome out;
    const std::string run = siting::runId(*report);
    out.document = siting::toJson(*report, run);
    out.text = siting::toText(*report, session.language);
    const auto written = writeFiles(session, {*plan, *report, run, command.files, command.overwrite});
    if (!written) return tl::unexpected(written.error());
    for (const std::string& file : command.files) {
        out.document["files"].push_back(file);
        out.text += file + "\n";
    }
    for (const std::string& warning : *written) out.document["warnings"].push_back(warning);
    if (!command.failOn.empty() && siting::countOpen(*report, *failOn) > 0) out.exitStatus = kFoundSomething;
    return out;
}

}  // namespace

void addCheck(CLI::App& app, Session& session) {
    auto options = std::make_shared<CheckCommand>();
    CLI::App* command = addCommand(app, session, "check", session.text("选址检查：地块与规则冲突", "Check sites against the siting rules"),
                                   [&session, options] { return check(session, *options); });
    command->add_option("PLAN", options->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("SITES", options->sites, session.text("地块图层或文件（缺省 projects）", "Layer or file of sites (projects)"));
    command->add_option("--only", options->only, session.text("只查这些地块（代码、UUID 或 fid）", "Only these sites (code, UUID or fid)"))->delimiter(',');
    command->add_option("--site", options->wkt, session.text("绘制的地块，WKT，规划坐标", "A drawn site as WKT in the plan's CRS"));
    command->add_option("--kind", options->kind, session.text("项目类型（图层未注明时）", "Kind of project where the layer does not say"));
    command->add_option("--rules", options->rules, session.text("规则文件或目录", "Rule file or folder"));
    command->add_option("--layer", options->layers, session.text("以文件代替约束图层：LAYER=FILE", "Use a file as constraint layer: LAYER=FILE"));
    command->add_option("--on", options->day, session.text("按这一天有效的规则，如 2021-09-30", "Rules in force on this day, as 2021-09-30"))
        ->check([&session](const std::string& day) {
            return day.size() == 10 && day[4] == '-' && day[7] == '-' ? "" : session.text("日期写作 2021-09-30", "write the day as 2021-09-30");
        });
    command->add_option("--fail-on", options->failOn, session.text("有此级别及以上未豁免的冲突或无法判定项时退出码为 3", "Exit 3 when a finding, conflict or undecidable, of this severity or above is not waived"))
        ->check(CLI::IsMember({"prohibited", "restricted", "advice"}));
    command->add_option("--nearest", options->nearest, session.text("无冲突时查找最近约束的范围，米", "How far the nearest constraint is looked for, metres"))->check(CLI::Range(0.0, 100000.0));
    command->add_option("--accuracy", options->accuracy, session.text("地块位置精度，米（缺省按图层）", "Positional accuracy of the sites, metres"))->check(CLI::Range(0.0, 10000.0));
    command->add_option("--out", options->files, session.text("报告：.pdf .csv .xlsx .geojson .gpkg", "Report: .pdf .csv .xlsx .geojson .gpkg"));
    command->add_flag("--overwrite", options->overwrite, session.text("覆盖已有文件", "Replace existing files"));
}

}  // namespace zonewright::cli
