#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/check_files.h"
#include "cli/check_question.h"
#include "cli/check_suggest.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "core/analysis/siting/check.h"
#include "core/analysis/siting/documents.h"
#include "core/analysis/siting/runs.h"
#include "core/analysis/siting/trial.h"
#include "core/analysis/siting/waivers.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"
#include "core/plan/change_set.h"

namespace zonewright::cli {
namespace {

namespace siting = analysis::siting;

constexpr int kFoundSomething = 3;

struct CheckCommand : CheckQuestion {
    std::string failOn;
    double nearest = 1000;
    std::optional<double> clearWithin;  ///< look for shifts this far
    std::vector<std::string> files;
    bool overwrite = false;
    std::optional<std::string> keep;  ///< name to keep the run under; empty: its own id
};

/// What waive adds to a check.
struct WaiveCommand {
    CheckCommand check;
    std::string key;
    siting::Waiver waiver;
};

struct DiffCommand {
    CheckCommand check;
    std::string against;
};

/// What a question asks about, read once.
struct Asked {
    std::vector<siting::Rule> rules;
    siting::Snapshot snapshot;
};

Result<Asked> read(const Session& session, const CheckCommand& command, const plan::Plan& plan) {
    auto rules = rulesFor(session, command);
    if (!rules) return tl::unexpected(rules.error());
    const auto source = sitesFor(command);
    if (!source) return tl::unexpected(source.error());
    const auto catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    analysis::Inputs inputs(&plan, *catalogue);
    inputs.setHashing(false);
    auto snapshot = siting::readSnapshot(inputs, *rules, *source, *session.progress());
    if (!snapshot) return tl::unexpected(snapshot.error());
    return Asked{std::move(*rules), std::move(*snapshot)};
}

/// The check itself, with the plan's waivers applied.
Result<siting::Report> report(const Session& session, const CheckCommand& command, const plan::Plan& plan, const Asked& asked) {
    const bool tablesOnly = session.quiet && !session.json && !command.files.empty() && std::all_of(command.files.begin(), command.files.end(), [](const std::string& file) { return file.ends_with(".csv"); });
    const siting::CheckOptions options{.day = command.day.empty() ? siting::today() : command.day, .nearest = Metres(command.nearest), .siteAreas = !tablesOnly};
    auto report = siting::check(asked.snapshot, asked.rules, options, *session.progress());
    if (!report) return report;
    const auto waivers = siting::readWaivers(plan);
    if (!waivers) return tl::unexpected(waivers.error());
    siting::applyWaivers(*report, *waivers);
    return report;
}

Result<siting::Report> report(const Session& session, const CheckCommand& command, const plan::Plan& plan) {
    const auto asked = read(session, command, plan);
    if (!asked) return tl::unexpected(asked.error());
    return report(session, command, plan, *asked);
}

/// What would clear the sites that something prohibited speaks against: the smallest shift and the smallest cut.
Result<void> addClearing(const Session& session, const siting::Trial& trial, Metres farthest, Outcome& out) {
    auto& rows = out.document["clearing"] = nlohmann::ordered_json::array();
    for (const siting::Site& site : trial.snapshot().sites) {
        const auto shift = trial.smallestShift(site, farthest);
        if (!shift) return tl::unexpected(shift.error());
        if (*shift && (*shift)->distance == Metres(0)) continue;  // nothing prohibited speaks against it
        nlohmann::ordered_json row{{"site", site.key}, {"within_m", farthest.value}, {"shift", nullptr}, {"cut", nullptr}};
        std::string text = site.name.in(session.language) + ": ";
        if (*shift) {
            row["shift"] = {{"distance_m", (*shift)->distance.value}, {"east_m", (*shift)->east.value}, {"north_m", (*shift)->north.value}};
            text += fmt::format(fmt::runtime(session.text("最小移动 {:.2f} m（东 {:.2f}，北 {:.2f}）", "smallest shift {:.2f} m (east {:.2f}, north {:.2f})")), (*shift)->distance.value, (*shift)->east.value, (*shift)->north.value);
        } else {
            text += fmt::format(fmt::runtime(session.text("{:g} m 内移动无解", "no shift within {:g} m clears it")), farthest.value);
        }
        if (std::holds_alternative<MultiPolygon>(site.geometry)) {
            const auto cut = trial.smallestCut(site);
            if (!cut) return tl::unexpected(cut.error());
            const double left = planarArea(cut->left).value;
            row["cut"] = {{"removed_m2", cut->removed.value}, {"left_m2", left}, {"area_method", "planar"}, {"parts_left", cut->left.polygons.size()}, {"wkt", toWkt(cut->left)}};
            text += fmt::format(fmt::runtime(session.text("；或切去 {:.1f} m²（平面），余 {:.1f} m²", "; or cut off {:.1f} m2 (planar), {:.1f} m2 are left")), cut->removed.value, left);
        }
        rows.push_back(std::move(row));
        if (!session.quiet) out.text += text + "\n";
    }
    return {};
}

Result<Outcome> check(const Session& session, const CheckCommand& command) {
    if (const auto free = checkFiles(command.files, command.overwrite); !free) return tl::unexpected(free.error());
    auto plan = plan::Plan::open(command.plan, command.keep ? plan::OpenMode::Write : plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    auto asked = read(session, command, *plan);
    if (!asked) return tl::unexpected(asked.error());
    const auto found = report(session, command, *plan, *asked);
    if (!found) return tl::unexpected(found.error());
    if (command.keep) {
        if (const auto kept = siting::keepRun(*plan, *found, *command.keep); !kept) return tl::unexpected(kept.error());
    }
    Outcome out;
    const std::string run = siting::runId(*found);
    if (session.json) out.document = siting::toJson(*found, run);
    else if (!session.quiet) out.text = siting::toText(*found, session.language);
    if (command.clearWithin) {
        const siting::Trial trial(std::move(asked->snapshot), asked->rules, found->day);
        if (auto cleared = addClearing(session, trial, Metres(*command.clearWithin), out); !cleared) return tl::unexpected(cleared.error());
    }
    const auto written = writeFiles(session, {*plan, *found, command.files, command.overwrite});
    if (!written) return tl::unexpected(written.error());
    for (const std::string& file : command.files) {
        out.document["files"].push_back(file);
        out.text += file + "\n";
    }
    for (const std::string& warning : *written) out.document["warnings"].push_back(warning);
    if (command.failOn.empty()) return out;
    const auto severity = siting::severityOf(command.failOn);
    if (severity && siting::countOpen(*found, *severity) > 0) out.exitStatus = kFoundSomething;
    return out;
}

Result<Outcome> waive(const Session& session, const WaiveCommand& command) {
    auto plan = plan::Plan::open(command.check.plan, plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    const auto found = report(session, command.check, *plan);
    if (!found) return tl::unexpected(found.error());
    const auto finding = siting::findingOf(*found, command.key);
    if (!finding) return tl::unexpected(finding.error());
    siting::Waiver waiver = command.waiver;
    waiver.key = (*finding)->key;
    waiver.fingerprint = (*finding)->fingerprint;
    waiver.time = plan::timeStamp();
    if (const auto added = siting::addWaiver(*plan, waiver); !added) return tl::unexpected(added.error());
    Outcome out;
    out.document = {{"key", waiver.key}, {"site", found->sites[(*finding)->site].key}, {"rule", found->rules[(*finding)->rule].id}, {"feature", (*finding)->feature},
                    {"by", waiver.by}, {"reason", waiver.reason}, {"document", waiver.document}, {"until", waiver.until}};
    out.text = fmt::format("{} {}: {} / {}\n", session.text("已豁免", "Waived"), waiver.key.substr(0, 12), found->sites[(*finding)->site].name.in(session.language),
                           found->rules[(*finding)->rule].title.in(session.language));
    return out;
}

Result<Outcome> diff(const Session& session, const DiffCommand& command) {
    const auto plan = plan::Plan::open(command.check.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const auto against = siting::keptRun(*plan, command.against);
    if (!against) return tl::unexpected(against.error());
    const auto found = report(session, command.check, *plan);
    if (!found) return tl::unexpected(found.error());
    const auto changes = siting::compare(against->findings, siting::keptFindings(*found));
    Outcome out;
    out.document = siting::toJson(*against, changes);
    out.text = analysis::toText(siting::changesTable(changes), session.language);
    return out;
}

/// Which sites against which rules: the same for check, waive and diff.
void addQuestion(CLI::App& command, const Session& session, CheckCommand& options) {
    command.add_option("--only", options.only, session.text("只查这些地块（代码、UUID 或 fid）", "Only these sites (code, UUID or fid)"))->delimiter(',');
    command.add_option("--site", options.wkt, session.text("绘制的地块，WKT，规划坐标", "A drawn site as WKT in the plan's CRS"));
    addRuleOptions(command, session, options);
    command.add_option("--nearest", options.nearest, session.text("无冲突时查找最近约束的范围，米", "How far the nearest constraint is looked for, metres"))->check(CLI::Range(0.0, 100000.0));
    command.add_option("--accuracy", options.accuracy, session.text("地块位置精度，米（缺省按图层）", "Positional accuracy of the sites, metres"))->check(CLI::Range(0.0, 10000.0));
}

void addWaive(CLI::App& check, Session& session) {
    auto options = std::make_shared<WaiveCommand>();
    CLI::App* command = addCommand(check, session, "waive", session.text("豁免一项冲突，记入规划", "Waive a finding, kept in the plan"), [&session, options] { return waive(session, *options); });
    command->add_option("PLAN", options->check.plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("KEY", options->key, session.text("验收键（前 8 位以上）", "Acceptance key, its first 8 characters or more"))->required();
    command->add_option("--sites", options->check.sites, session.text("地块图层或文件（缺省 projects）", "Layer or file of sites (projects)"));
    command->add_option("--by", options->waiver.by, session.text("批准人", "Who gives it"))->required();
    command->add_option("--reason", options->waiver.reason, session.text("理由", "Why"))->required();
    command->add_option("--document", options->waiver.document, session.text("批准文件", "The document that says so"))->required();
    command->add_option("--until", options->waiver.until, session.text("有效期至", "Last day it holds"))
        ->check([&session](const std::string& day) { return isDay(day) ? std::string() : std::string(session.text("日期写作 2021-09-30", "write the day as 2021-09-30")); });
    addQuestion(*command, session, options->check);
}

void addRunDiff(CLI::App& check, Session& session) {
    auto options = std::make_shared<DiffCommand>();
    CLI::App* command = addCommand(check, session, "diff", session.text("与保存的检查比较", "Compare with a kept run"), [&session, options] { return diff(session, *options); });
    command->add_option("PLAN", options->check.plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("SITES", options->check.sites, session.text("地块图层或文件（缺省 projects）", "Layer or file of sites (projects)"));
    command->add_option("--against", options->against, session.text("保存的检查名称（缺省为最近一次）", "Name of the kept run (the newest)"));
    addQuestion(*command, session, options->check);
}

}  // namespace

void addCheck(CLI::App& app, Session& session) {
    auto options = std::make_shared<CheckCommand>();
    CLI::App* command = addCommand(app, session, "check", session.text("选址检查：地块与规则冲突", "Check sites against the siting rules"),
                                   [&session, options] { return check(session, *options); });
    addWaive(*command, session);
    addRunDiff(*command, session);
    addSuggest(*command, session);
    command->add_option("PLAN", options->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"));
    command->add_option("SITES", options->sites, session.text("地块图层或文件（缺省 projects）", "Layer or file of sites (projects)"));
    addQuestion(*command, session, *options);
    command->add_option("--fail-on", options->failOn, session.text("有此级别及以上未豁免的冲突或无法判定项时退出码为 3", "Exit 3 when a finding, conflict or undecidable, of this severity or above is not waived"))
        ->check(CLI::IsMember({"prohibited", "restricted", "advice"}));
    command->add_option("--clear", options->clearWithin, session.text("对禁止性冲突，在此距离（米）内求最小移动和最小切割", "For prohibited conflicts, the smallest shift within this many metres and the smallest cut"))->check(CLI::Range(1.0, 20000.0));
    command->add_option("--keep", options->keep, session.text("把结果以此名保存在规划中，供 check diff 比较", "Keep the findings in the plan under this name, for check diff"));
    command->add_option("--out", options->files, session.text("报告：.pdf .csv .xlsx .geojson .gpkg", "Report: .pdf .csv .xlsx .geojson .gpkg"));
    command->add_flag("--overwrite", options->overwrite, session.text("覆盖已有文件", "Replace existing files"));
    command->parse_complete_callback([command, options] {
        if (options->plan.empty() && command->get_subcommands().empty()) throw CLI::RequiredError("PLAN");
    });
}

}  // namespace zonewright::cli
