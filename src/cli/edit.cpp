#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/edit_operation.h"
#include "cli/session.h"
#include "core/coverage/snapping.h"
#include "core/geometry/wkt.h"
#include "core/plan/change_set.h"
#include "core/plan/features.h"

namespace zonewright::cli {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using EditOutcome = coverage::Outcome<editing::EditReport>;

struct EditArguments {
    std::string plan;
    std::string operation;
    std::string layer;
    std::string script;
    std::map<std::string, std::vector<double>> points;  ///< from, to, at, a, b
    std::map<std::string, std::string> texts;           ///< feature, keep, line, area ...
    std::vector<std::string> features;
    std::vector<double> areas;
    double bearing = 90;
    std::vector<std::string> values;
    double snap = 0;
    bool atomic = false;
    bool dryRun = false;
    bool outer = false;
};

/// The operation given by options, in the form of a script's line.
Result<json> asLine(const EditArguments& arguments) {
    json line{{"op", arguments.operation}, {"layer", arguments.layer}};
    for (const auto& [key, point] : arguments.points) {
        if (point.size() == 2) line[key] = point;
    }
    for (const auto& [key, text] : arguments.texts) {
        if (!text.empty()) line[key] = text;
    }
    if (!arguments.features.empty()) line["features"] = arguments.features;
    if (!arguments.areas.empty()) {
        line["areas"] = arguments.areas;
        line["bearing"] = arguments.bearing;
    }
    for (const std::string& pair : arguments.values) {
        const std::size_t equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) return failure(ErrorCode::BadArgument, "--value wants FIELD=VALUE", pair);
        line["values"][pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return line;
}

class Editing {
public:
    Editing(const Session& session, const EditArguments& arguments, catalogue::Catalogue catalogue, plan::Plan plan)
        : mSession(session), mArguments(arguments), mCatalogue(std::move(catalogue)), mPlan(std::move(plan)) {}

    [[nodiscard]] const plan::Plan& plan() const { return mPlan; }

    EditOutcome run(const json& line, bool within) {
        const Result<json> taken = snapped(line);
        if (!taken) return refused(taken.error());
        Result<EditOperation> operation = readOperation(mPlan, *taken);
        if (!operation) return refused(operation.error());
        if (const auto* set = std::get_if<SetOperation>(&operation->what)) {
            if (mArguments.dryRun) return refused({ErrorCode::BadArgument, "set has no dry run", ""});
            const std::pair target{operation->layer, set->feature};
            Result<editing::EditReport> report = within ? editing::setValuesWithin(mPlan, mCatalogue, target, set->values)
                                                        : editing::setValues(mPlan, mCatalogue, target, set->values);
            if (!report) return refused(report.error());
            return std::move(*report);
        }
        const editing::EditOptions options{"", mArguments.dryRun, mArguments.outer, operation->newZone};
        std::pair edit{operation->layer, std::get<coverage::Edit>(operation->what)};
        return within ? editing::editWithin(mPlan, mCatalogue, std::move(edit), options)
                      : editing::edit(mPlan, mCatalogue, std::move(edit), options);
    }

private:
    static tl::unexpected<coverage::Refusal> refused(const Error& error) {
        coverage::Refusal out;
        static_cast<Error&>(out) = error;
        return tl::unexpected(std::move(out));
    }

    /// Positions of the line taken to vertices, intersections and edges within --snap metres, of the layer and those
    /// linked with it.
    Result<json> snapped(const json& line) const {
        if (mArguments.snap <= 0 || !line.is_object() || !line.contains("layer") || !line["layer"].is_string()) return line;
        const Result<const catalogue::Layer*> layer = mCatalogue.layer(line["layer"].get<std::string>());
        if (!layer) return tl::unexpected(layer.error());
        LineString positions;
        for (const char* key : {"from", "to", "at", "a", "b"}) {
            if (line.contains(key) && line[key].is_array() && line[key].size() == 2) positions.push_back({line[key][0], line[key][1]});
        }
        std::optional<LineString> drawn;
        if (line.contains("line") && line["line"].is_string()) {
            const Result<Geometry> parsed = fromWkt(line["line"].get<std::string>());
            if (parsed && std::holds_alternative<LineString>(*parsed)) drawn = std::get<LineString>(*parsed);
        }
        if (drawn) positions.insert(positions.end(), drawn->begin(), drawn->end());
        if (positions.empty()) return line;
        const Result<coverage::Snapper> snapper = snapperAround(**layer, boxOf(positions).grownBy(mArguments.snap));
        if (!snapper) return tl::unexpected(snapper.error());
        json out = line;
        for (const char* key : {"from", "to", "at", "a", "b"}) {
            if (!line.contains(key) || !line[key].is_array() || line[key].size() != 2) continue;
            const Point at{line[key][0], line[key][1]};
            if (const auto best = snapper->best(at, Metres(mArguments.snap))) out[key] = {best->place.x, best->place.y};
        }
        if (out.contains("from") && out.contains("to") && out["from"] == out["to"]) out["to"] = line["to"];  // not back onto itself
        if (drawn) out["line"] = toWkt(snapper->snapped(*drawn, Metres(mArguments.snap)));
        return out;
    }

    Result<coverage::Snapper> snapperAround(const catalogue::Layer& layer, Box box) const {
        std::vector<std::string> ids{layer.id};
        for (const catalogue::Link& link : layer.links) ids.push_back(link.layer);
        if (!layer.topology.of.empty()) ids.push_back(layer.topology.of);
        std::vector<coverage::SnapLayer> layers;
        plan::Query query;
        query.box = box;
        for (const std::string& id : ids) {
            const Result<std::vector<plan::Feature>> features = plan::readFeatures(mPlan, id, query);
            if (!features) return tl::unexpected(features.error());
            coverage::SnapLayer one{id, {}};
            for (const plan::Feature& feature : *features) one.features.emplace_back(feature.fid, feature.geometry);
            layers.push_back(std::move(one));
        }
        return coverage::Snapper(layers);
    }

    const Session& mSession;
    const EditArguments& mArguments;
    catalogue::Catalogue mCatalogue;
    plan::Plan mPlan;
};

std::string asText(const Session& session, const editing::EditReport& report) {
    std::string text = report.changeSet != 0 ? fmt::format("#{}\n", report.changeSet) : session.text("试算，未写入\n", "Dry run, nothing written\n");
    for (const editing::ChangedFeature& one : report.changed) {
        text += fmt::format("  {} {} {}  +{:.3f} m² -{:.3f} m² ({}), +{:.3f} m² -{:.3f} m² ({})\n", one.layer, one.name, one.id.text, one.gained.value,
                            one.lost.value, session.text("平面", "planar"), one.gainedEllipsoidal.value, one.lostEllipsoidal.value,
                            session.text("椭球", "ellipsoidal"));
    }
    return text;
}

/// A line's result stands on stdout only when its transaction is on disk.
void acknowledge(std::int64_t number, const EditOutcome& outcome, Language language) {
    ordered_json line{{"line", number}};
    line.update(asJson(outcome, language));
    std::cout << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << std::endl;
}

struct ScriptLine {
    std::int64_t number = 0;
    json content;
};

Result<std::vector<ScriptLine>> readScript(const std::string& file) {
    std::ifstream opened;
    if (file != "-") {
        opened.open(file);
        if (!opened) return failure(ErrorCode::FileUnreadable, "", file);
    }
    std::istream& in = file == "-" ? std::cin : opened;
    std::vector<ScriptLine> lines;
    std::string text;
    for (std::int64_t number = 1; std::getline(in, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
        json content = json::parse(text, nullptr, false);
        if (content.is_discarded()) return failure(ErrorCode::BadArgument, "not JSON", fmt::format("{}:{}", file, number));
        lines.push_back({number, std::move(content)});
    }
    return lines;
}

Result<Outcome> runAtomic(const Session& session, Editing& editing, const std::vector<ScriptLine>& lines, const std::string& file) {
    Result<plan::ChangeSet> change = plan::ChangeSet::begin(editing.plan(), {"script", file, "edit", 0});
    if (!change) return tl::unexpected(change.error());
    std::vector<EditOutcome> outcomes;
    for (const ScriptLine& line : lines) {
        EditOutcome outcome = editing.run(line.content, true);
        if (!outcome) {
            Error error = outcome.error();
            error.where = fmt::format("{}:{} {}", file, line.number, error.where);
            return tl::unexpected(error);
        }
        outcome->changeSet = change->id();
        outcomes.push_back(std::move(outcome));
    }
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    for (std::size_t i = 0; i < lines.size(); ++i) acknowledge(lines[i].number, outcomes[i], session.language);
    return Outcome{};
}

Result<Outcome> runScript(const Session& session, Editing& editing, const EditArguments& arguments) {
    const Result<std::vector<ScriptLine>> lines = readScript(arguments.script);
    if (!lines) return tl::unexpected(lines.error());
    if (arguments.atomic) return runAtomic(session, editing, *lines, arguments.script);
    std::int64_t refused = 0;
    std::int64_t first = 0;
    for (const ScriptLine& line : *lines) {
        const EditOutcome outcome = editing.run(line.content, false);
        acknowledge(line.number, outcome, session.language);
        if (outcome) continue;
        if (refused++ == 0) first = line.number;
        // What the file itself refuses, it would refuse again for every line.
        const ErrorCode code = outcome.error().code;
        if (code == ErrorCode::DiskFull || code == ErrorCode::PlanReadOnly || code == ErrorCode::FileUnwritable || code == ErrorCode::PlanDamaged) {
            return tl::unexpected(static_cast<const Error&>(outcome.error()));
        }
    }
    if (refused > 0) {
        return failure(ErrorCode::BadArgument,
                       fmt::format("{} / {} {}", refused, lines->size(), session.text("行被拒绝，其余已写入", "lines were refused, the others are written")),
                       fmt::format("{}:{}", arguments.script, first));
    }
    return Outcome{};
}

Result<Outcome> runEdit(const Session& session, const EditArguments& arguments) {
    Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    Result<plan::Plan> plan = plan::Plan::open(arguments.plan, arguments.dryRun ? plan::OpenMode::Read : plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    Editing editing(session, arguments, std::move(*catalogue), std::move(*plan));
    if (!arguments.script.empty()) return runScript(session, editing, arguments);
    if (arguments.operation.empty()) return failure(ErrorCode::BadArgument, session.text("缺少操作或 --script", "an operation or --script is needed"));
    const Result<json> line = asLine(arguments);
    if (!line) return tl::unexpected(line.error());
    const EditOutcome outcome = editing.run(*line, false);
    if (!outcome) {
        if (session.json) std::cout << asJson(outcome, session.language).dump(2) << std::endl;
        return tl::unexpected(static_cast<const Error&>(outcome.error()));
    }
    return Outcome{asJson(outcome, session.language), asText(session, *outcome), 0};
}

}  // namespace

void addEdit(CLI::App& app, Session& session) {
    auto a = std::make_shared<EditArguments>();
    CLI::App* command = addCommand(app, session, "edit", session.text("编辑分区边界和属性", "Edit zone boundaries and attributes"),
                                   [&session, a] { return runEdit(session, *a); });
    command->add_option("PLAN", a->plan, session.text("规划文件", "Plan file"))->required();
    command->add_option("OPERATION", a->operation,
                        "move-vertex --from --to | move-edge --a --b --to | insert-vertex --at | delete-vertex --at | reshape --line | "
                        "split --feature --line | split-areas --feature --areas [--bearing] | merge --features --keep | "
                        "transfer --from-feature --to-feature --area | transfer-part --at --to-feature | new --area --value | "
                        "fill-gap --at | remove --feature | set --feature --value");
    command->add_option("LAYER", a->layer, session.text("图层", "Layer"));
    for (const char* key : {"from", "to", "at", "a", "b"}) {
        command->add_option(std::string("--") + key, a->points[key], "X,Y")->delimiter(',')->expected(2);
    }
    command->add_option("--line", a->texts["line"], "WKT LINESTRING");
    command->add_option("--area", a->texts["area"], "WKT POLYGON");
    command->add_option("--feature", a->texts["feature"], session.text("要素 UUID 或 fid", "Feature: UUID or fid"));
    command->add_option("--keep", a->texts["keep"], session.text("合并后保留的要素", "Feature that stays after merge"));
    command->add_option("--from-feature", a->texts["from_feature"], session.text("让出的要素", "Feature that gives"));
    command->add_option("--to-feature", a->texts["to_feature"], session.text("得到的要素", "Feature that gets"));
    command->add_option("--features", a->features, session.text("要素列表", "Features"))->delimiter(',');
    command->add_option("--areas", a->areas, session.text("面积列表（平方米，平面）", "Areas, m2, planar"))->delimiter(',');
    command->add_option("--bearing", a->bearing, session.text("方向（自北顺时针，度）", "Direction, degrees clockwise from north"))->capture_default_str();
    command->add_option("--value", a->values, session.text("属性 字段=值，可重复", "Attribute FIELD=VALUE, repeatable"));
    command->add_option("--script", a->script, session.text("编辑脚本：每行一个 JSON 对象", "Edit script: one JSON object a line"));
    command->add_option("--snap", a->snap, session.text("捕捉容差（米）", "Snapping tolerance, m"))->check(CLI::Range(0.0, 10000.0));
    command->add_flag("--atomic", a->atomic, session.text("脚本全部成功才写入", "All lines of the script or none"));
    command->add_flag("--dry-run", a->dryRun, session.text("只试算", "Report only, write nothing"));
    command->add_flag("--outer", a->outer, session.text("允许移动外边界（上级随动）", "Let the outer boundary move, with its parent"));
}

}  // namespace zonewright::cli
