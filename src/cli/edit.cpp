#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

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

constexpr std::array kPositions{"from", "to", "at", "a", "b"};

/// The position [x, y] under `key`, if there is one.
std::optional<Point> positionIn(const json& line, const char* key) {
    const auto found = line.find(key);
    if (found == line.end() || !found->is_array() || found->size() != 2 || !(*found)[0].is_number() || !(*found)[1].is_number()) return std::nullopt;
    return Point{(*found)[0].get<double>(), (*found)[1].get<double>()};
}

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

    /// `within` a change-set that the caller holds, or by itself.
    EditOutcome run(const json& line, bool within) {
        const Result<json> taken = snapped(line);
        if (!taken) return refused(taken.error());
        Result<EditOperation> operation = readOperation(mPlan, *taken);
        if (!operation) return refused(operation.error());
        const bool dryRun = mArguments.dryRun && !within;
        if (const auto* set = std::get_if<SetOperation>(&operation->what)) {
            const std::pair target{operation->layer, set->feature};
            Result<editing::EditReport> report = within ? editing::setValuesWithin(mPlan, mCatalogue, target, set->values)
                                                        : editing::setValues(mPlan, mCatalogue, target, set->values, {"", dryRun});
            if (!report) return refused(report.error());
            return std::move(*report);
        }
        const editing::EditOptions options{"", dryRun, mArguments.outer, operation->newZone};
        std::pair edit{operation->layer, std::get<coverage::Edit>(operation->what)};
        return within ? editing::editWithin(mPlan, mCatalogue, std::move(edit), options)
                      : editing::edit(mPlan, mCatalogue, std::move(edit), options);
    }

    static tl::unexpected<coverage::Refusal> refused(const Error& error) {
        coverage::Refusal out;
        static_cast<Error&>(out) = error;
        return tl::unexpected(std::move(out));
    }

private:
    /// Positions of the line taken to vertices, intersections and edges within --snap metres, of the layer and those
    /// linked with it.
    Result<json> snapped(const json& line) const {
        if (mArguments.snap <= 0 || !line.is_object() || !line.contains("layer") || !line["layer"].is_string()) return line;
        const Result<const catalogue::Layer*> layer = mCatalogue.layer(line["layer"].get<std::string>());
        if (!layer) return tl::unexpected(layer.error());
        LineString positions;
        for (const char* key : kPositions) {
            if (const auto at = positionIn(line, key)) positions.push_back(*at);
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
        for (const char* key : kPositions) {
            const auto at = positionIn(line, key);
            if (!at) continue;
            if (const auto best = snapper->best(*at, Metres(mArguments.snap))) out[key] = {best->place.x, best->place.y};
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
    std::map<std::string, std::string> names{{"", session.text("（未划分）", "(no zone)")}};
    for (const editing::ChangedFeature& one : report.changed) {
        names[one.id.text] = one.name.empty() ? one.id.text : one.name;
        text += fmt::format("  {} {} {}", one.layer, one.name, one.id.text);
        if (one.gained.value > 0 || one.lost.value > 0) {
            const auto area = [&](double planar, double ellipsoidal) {
                return fmt::format("{:.3f} m² ({}), {:.3f} m² ({})", planar, session.text("平面", "planar"), ellipsoidal, session.text("椭球", "ellipsoidal"));
            };
            if (one.gained.value > 0) text += session.text("  得到 ", "  gains ") + area(one.gained.value, one.gainedEllipsoidal.value);
            if (one.lost.value > 0) text += session.text("  让出 ", "  loses ") + area(one.lost.value, one.lostEllipsoidal.value);
        }
        text += '\n';
    }
    for (const editing::LandFlow& flow : report.flows) {
        text += fmt::format("  {} {} → {}: {:.3f} m² ({})\n", flow.layer, names[flow.from.text], names[flow.to.text], flow.area.value, session.text("平面", "planar"));
    }
    return text;
}

/// A line's result stands on stdout only when its transaction is on disk.
void acknowledge(std::int64_t number, const EditOutcome& outcome, Language language) {
    ordered_json line{{"line", number}};
    line.update(asJson(outcome, language));
    std::cout << line.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << std::endl;
}

/// A script's lines, taken one at a time so that a program may feed them as it goes.
class Script {
public:
    static Result<Script> open(const std::string& file) {
        Script script;
        script.mName = file;
        if (file == "-") return script;
        script.mFile = std::make_unique<std::ifstream>(file);
        std::error_code none;
        if (!*script.mFile || std::filesystem::is_directory(file, none)) return failure(ErrorCode::FileUnreadable, "", file);
        return script;
    }

    /// The next line that is not blank; discarded JSON for one that is no JSON. Nothing at the end.
    std::optional<json> next() {
        std::istream& in = mFile ? *mFile : std::cin;
        std::string text;
        while (std::getline(in, text)) {
            ++mNumber;
            if (text.find_first_not_of(" \t\r") != std::string::npos) return json::parse(text, nullptr, false);
        }
        return std::nullopt;
    }

    [[nodiscard]] std::int64_t number() const { return mNumber; }
    [[nodiscard]] std::string place(std::int64_t number) const { return fmt::format("{}:{}", mName, number); }
    [[nodiscard]] const std::string& name() const { return mName; }

private:
    std::string mName;
    std::unique_ptr<std::ifstream> mFile;
    std::int64_t mNumber = 0;
};

EditOutcome runLine(Editing& editing, const json& line, bool within) {
    if (line.is_discarded()) return Editing::refused({ErrorCode::BadArgument, "not JSON", ""});
    return editing.run(line, within);
}

/// What the file itself refuses, it would refuse again for every line.
bool isOfTheFile(ErrorCode code) {
    return code == ErrorCode::DiskFull || code == ErrorCode::PlanReadOnly || code == ErrorCode::FileUnwritable || code == ErrorCode::PlanDamaged ||
           code == ErrorCode::FileUnreadable || code == ErrorCode::FileNotFound || code == ErrorCode::PlanLocked;
}

struct Tally {
    std::int64_t lines = 0;
    std::int64_t refused = 0;
    std::int64_t firstRefused = 0;

    void count(std::int64_t number, bool taken) {
        ++lines;
        if (!taken && refused++ == 0) firstRefused = number;
    }
};

Result<Outcome> ended(const Session& session, const Script& script, const Tally& tally) {
    if (tally.refused == 0) return Outcome{};
    return failure(ErrorCode::BadArgument,
                   fmt::format("{} / {} {}", tally.refused, tally.lines, session.text("行被拒绝，其余有效", "lines were refused, the others hold")),
                   script.place(tally.firstRefused));
}

/// All lines or none: the first that is refused ends it, and its answer is the only one.
Result<Outcome> runAtomic(const Session& session, Editing& editing, Script& script) {
    Result<plan::ChangeSet> change = plan::ChangeSet::beginTrial(editing.plan(), {"script", script.name(), "edit", 0});
    if (!change) return tl::unexpected(change.error());
    std::vector<std::pair<std::int64_t, EditOutcome>> outcomes;
    while (const std::optional<json> line = script.next()) {
        EditOutcome outcome = runLine(editing, *line, true);
        if (!outcome) {
            acknowledge(script.number(), outcome, session.language);
            Error error = outcome.error();
            error.where = fmt::format("{} {}", script.place(script.number()), error.where);
            return tl::unexpected(error);
        }
        outcome->changeSet = change->id();
        outcomes.emplace_back(script.number(), std::move(outcome));
    }
    if (outcomes.empty()) return Outcome{};  // nothing done is no change-set
    if (auto done = change->commit(); !done) return tl::unexpected(done.error());
    for (const auto& [number, outcome] : outcomes) acknowledge(number, outcome, session.language);
    return Outcome{};
}

/// Every line on top of those before it, as it would be; then all is taken back.
Result<Outcome> runDry(const Session& session, Editing& editing, Script& script, bool atomic) {
    const Result<plan::ChangeSet> change = plan::ChangeSet::beginTrial(editing.plan(), {"script", script.name(), "edit", 0});
    if (!change) return tl::unexpected(change.error());
    Tally tally;
    while (const std::optional<json> line = script.next()) {
        const EditOutcome outcome = runLine(editing, *line, true);
        acknowledge(script.number(), outcome, session.language);
        tally.count(script.number(), outcome.has_value());
        if (!outcome && (atomic || isOfTheFile(outcome.error().code))) break;
    }
    return ended(session, script, tally);
}

Result<Outcome> runScript(const Session& session, Editing& editing, const EditArguments& arguments) {
    Result<Script> script = Script::open(arguments.script);
    if (!script) return tl::unexpected(script.error());
    if (arguments.dryRun) return runDry(session, editing, *script, arguments.atomic);
    if (arguments.atomic) return runAtomic(session, editing, *script);
    Tally tally;
    while (const std::optional<json> line = script->next()) {
        const EditOutcome outcome = runLine(editing, *line, false);
        acknowledge(script->number(), outcome, session.language);
        tally.count(script->number(), outcome.has_value());
        if (!outcome && isOfTheFile(outcome.error().code)) return tl::unexpected(static_cast<const Error&>(outcome.error()));
    }
    return ended(session, *script, tally);
}

Result<Outcome> runEdit(const Session& session, const EditArguments& arguments) {
    Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    Result<plan::Plan> plan = plan::Plan::open(arguments.plan, arguments.dryRun && arguments.script.empty() ? plan::OpenMode::Read : plan::OpenMode::Write);
    if (!plan) return tl::unexpected(plan.error());
    Editing editing(session, arguments, std::move(*catalogue), std::move(*plan));
    if (!arguments.script.empty()) return runScript(session, editing, arguments);
    if (arguments.operation.empty()) return failure(ErrorCode::BadArgument, session.text("缺少操作或 --script", "an operation or --script is needed"));
    const Result<json> line = asLine(arguments);
    if (!line) return tl::unexpected(line.error());
    const EditOutcome outcome = editing.run(*line, false);
    if (!outcome) {
        const std::optional<Point>& legal = outcome.error().legal;
        if (session.json) std::cout << asJson(outcome, session.language).dump(2) << std::endl;
        Error error = outcome.error();
        if (legal) error.detail += fmt::format(" ({} {:.3f} {:.3f})", session.text("可移至", "legal as far as"), legal->x, legal->y);
        return tl::unexpected(std::move(error));
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
