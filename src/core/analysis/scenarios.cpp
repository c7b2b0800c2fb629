#include "core/analysis/scenarios.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/uuid.h"
#include "core/plan/change_set.h"
#include "core/plan/features.h"

namespace zonewright::analysis {
namespace {

constexpr const char* kLayer = "scenarios";
const std::vector<std::string> kFields{"code", "name", "name_en", "projects", "year", "parcels"};

std::string textIn(const plan::Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : std::string();
}

/// "a, b" in its parts.
std::vector<std::string> listed(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + ",") {
        if (c == ',') {
            if (!part.empty()) parts.push_back(std::move(part));
            part.clear();
        } else if (c != ' ') {
            part += c;
        }
    }
    return parts;
}

std::map<std::string, plan::Value> valuesOf(const Scenario& scenario) {
    const auto orNothing = [](const std::string& text) { return text.empty() ? plan::Value() : plan::Value(text); };
    return {{"code", scenario.code},
            {"name", scenario.name.zh},
            {"name_en", orNothing(scenario.name.en == scenario.name.zh ? std::string() : scenario.name.en)},
            {"projects", orNothing(fmt::format("{}", fmt::join(scenario.projects, ",")))},
            {"year", scenario.year > 0 ? plan::Value(scenario.year) : plan::Value()},
            {"parcels", orNothing(scenario.parcels)}};
}

/// A row with its scenario, for those of a plan that has the layer.
struct Row {
    Fid fid;
    Scenario scenario;
};

Result<std::vector<Row>> rowsOf(const plan::Plan& plan) {
    const Result<bool> known = plan.hasLayer(kLayer);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return std::vector<Row>();
    plan::Query query;
    query.fields = kFields;
    const auto features = plan::readFeatures(plan, kLayer, query);
    if (!features) return tl::unexpected(features.error());
    std::vector<Row> rows;
    for (const plan::Feature& feature : *features) {
        Scenario one{textIn(feature.values[0]), {textIn(feature.values[1]), textIn(feature.values[2])}, listed(textIn(feature.values[3])), 0, textIn(feature.values[5])};
        if (one.name.en.empty()) one.name.en = one.name.zh;
        if (const auto* year = std::get_if<std::int64_t>(&feature.values[4])) one.year = *year;
        rows.push_back({feature.fid, std::move(one)});
    }
    return rows;
}

Result<std::set<std::string>> parametersOf(const Module& module) {
    const auto run = module.newRun();
    if (!run) return tl::unexpected(run.error());
    ParameterSet declared;
    (*run)->declare(declared);
    std::set<std::string> ids;
    for (const Parameter* one : declared.all()) ids.insert(one->id);
    return ids;
}

bool isCalled(const Scenario& scenario, std::string_view name) { return scenario.code == name || scenario.name.zh == name || scenario.name.en == name; }

}  // namespace

Result<std::vector<Scenario>> scenarios(const plan::Plan& plan) {
    Result<std::vector<Row>> rows = rowsOf(plan);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Scenario> all;
    for (Row& row : *rows) all.push_back(std::move(row.scenario));
    return all;
}

Result<Scenario> findScenario(const plan::Plan& plan, std::string_view name) {
    Result<std::vector<Scenario>> all = scenarios(plan);
    if (!all) return tl::unexpected(all.error());
    std::vector<std::string> names;
    for (Scenario& one : *all) {
        if (isCalled(one, name)) return std::move(one);
        names.push_back(one.code + " " + one.name.zh);
    }
    return failure(ErrorCode::BadArgument, fmt::format("scenario: no scenario '{}'; there are {}", name, names.empty() ? std::string("none") : fmt::format("{}", fmt::join(names, ", "))));
}

Result<Assignments> stateOf(const Module& module, const Scenario& scenario) {
    const auto declared = parametersOf(module);
    if (!declared) return tl::unexpected(declared.error());
    Assignments alone;
    if (declared->contains("compare")) alone.emplace_back("compare", "false");
    return withScenario(module, scenario, std::move(alone));
}

Result<Assignments> withScenario(const Module& module, const Scenario& scenario, Assignments parameters) {
    const auto declared = parametersOf(module);
    if (!declared) return tl::unexpected(declared.error());
    const auto has = [&](const char* id) { return declared->contains(id); };
    Assignments out;
    const bool opens = has("projects");
    const bool changes = has("scenario");
    if (!opens && !changes) return failure(ErrorCode::BadArgument, fmt::format("scenario: {} has no projects to open and no parcels to change", module.description().id));
    if (opens) {
        out.emplace_back("projects", fmt::format("{}", fmt::join(scenario.projects, ",")));
        if (has("year")) out.emplace_back("year", std::to_string(scenario.year));
    }
    if (changes && !scenario.parcels.empty()) out.emplace_back("scenario", scenario.parcels);
    std::erase_if(out, [&](const auto& one) { return one.second.empty() || std::ranges::any_of(parameters, [&](const auto& said) { return said.first == one.first; }); });
    out.insert(out.end(), std::make_move_iterator(parameters.begin()), std::make_move_iterator(parameters.end()));
    return out;
}

Result<std::int64_t> saveScenario(plan::Plan& plan, const catalogue::Catalogue& catalogue, const Scenario& scenario) {
    if (scenario.code.empty() || scenario.name.zh.empty()) return failure(ErrorCode::BadArgument, "scenario: it needs a code and a name");
    if (plan.mode() != plan::OpenMode::Write) return failure(ErrorCode::PlanReadOnly, "", plan.file().string());
    const Result<std::vector<Row>> rows = rowsOf(plan);
    if (!rows) return tl::unexpected(rows.error());
    const Row* known = nullptr;
    for (const Row& row : *rows) {
        if (row.scenario.code == scenario.code) known = &row;
        else if (isCalled(row.scenario, scenario.name.zh)) return failure(ErrorCode::BadArgument, fmt::format("scenario: there is one called '{}' already", scenario.name.zh));
    }
    if (known != nullptr && known->scenario == scenario) return 0;
    const Result<bool> made = plan.hasLayer(kLayer);
    if (!made) return tl::unexpected(made.error());
    if (!*made) {
        const catalogue::Layer* layer = catalogue.find(kLayer);
        if (layer == nullptr) return failure(ErrorCode::UnknownLayer, kLayer);
        if (auto added = plan::addLayer(plan, *layer); !added) return tl::unexpected(added.error());
    }
    const Result<plan::Table> table = plan::tableOf(plan, kLayer);
    if (!table) return tl::unexpected(table.error());
    auto changes = plan::ChangeSet::begin(plan, {"scenario", fmt::format("情景 {}", scenario.name.zh)});
    if (!changes) return tl::unexpected(changes.error());
    const std::map<std::string, plan::Value> values = valuesOf(scenario);
    if (known == nullptr) {
        plan::Feature feature;
        feature.id = randomFeatureId();
        for (const auto& field : table->fields) feature.values.push_back(values.contains(field.name) ? values.at(field.name) : plan::Value());
        if (auto added = plan::insertFeature(plan, *table, feature); !added) return tl::unexpected(added.error());
    } else {
        const std::map<std::string, plan::Value> old = valuesOf(known->scenario);
        for (const auto& [field, value] : values) {
            if (old.at(field) == value) continue;
            if (auto set = plan::updateValue(plan, *table, known->fid, {field, value}); !set) return tl::unexpected(set.error());
        }
    }
    const std::int64_t id = changes->id();
    if (auto done = changes->commit(); !done) return tl::unexpected(done.error());
    return id;
}

Result<std::int64_t> removeScenario(plan::Plan& plan, const std::string& code) {
    const Result<std::vector<Row>> rows = rowsOf(plan);
    if (!rows) return tl::unexpected(rows.error());
    const auto row = std::ranges::find(*rows, code, [](const Row& one) { return one.scenario.code; });
    if (row == rows->end()) return failure(ErrorCode::BadArgument, fmt::format("scenario: no scenario '{}'", code));
    const Result<plan::Table> table = plan::tableOf(plan, kLayer);
    if (!table) return tl::unexpected(table.error());
    auto changes = plan::ChangeSet::begin(plan, {"scenario", fmt::format("删除情景 {}", row->scenario.name.zh)});
    if (!changes) return tl::unexpected(changes.error());
    if (auto removed = plan::removeFeature(plan, *table, row->fid); !removed) return tl::unexpected(removed.error());
    const std::int64_t id = changes->id();
    if (auto done = changes->commit(); !done) return tl::unexpected(done.error());
    return id;
}

std::string freeCode(const std::vector<Scenario>& scenarios) {
    for (int number = 1;; ++number) {
        std::string code = fmt::format("s{}", number);
        if (std::ranges::none_of(scenarios, [&](const Scenario& one) { return one.code == code; })) return code;
    }
}

}  // namespace zonewright::analysis
