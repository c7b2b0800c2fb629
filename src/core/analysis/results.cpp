#include "core/analysis/results.h"

#include <algorithm>

#include "core/analysis/outcome_json.h"
#include "core/base/uuid.h"
#include "core/plan/change_set.h"

namespace zonewright::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kCreateResults = R"sql(
CREATE TABLE IF NOT EXISTS zw_results(
  id INTEGER PRIMARY KEY AUTOINCREMENT, module TEXT NOT NULL, version TEXT NOT NULL, time TEXT NOT NULL,
  changeset INTEGER NOT NULL, parameters TEXT NOT NULL, inputs TEXT NOT NULL, outputs TEXT NOT NULL,
  finding_zh TEXT NOT NULL, finding_en TEXT NOT NULL, tables TEXT NOT NULL, charts TEXT, notices TEXT))sql";

/// Plans of earlier versions kept neither charts nor notices.
Result<void> ensureResults(const plan::Plan& plan) {
    if (auto done = plan.database().execute(kCreateResults); !done) return done;
    for (const std::string column : {"charts", "notices"}) {
        const auto there = plan.database().value("SELECT 1 FROM pragma_table_info('zw_results') WHERE name = '" + column + "'");
        if (!there) return tl::unexpected(there.error());
        if (*there) continue;
        if (auto done = plan.database().execute("ALTER TABLE zw_results ADD COLUMN " + column + " TEXT"); !done) return done;
    }
    return {};
}

const OutputDeclaration* find(const Description& description, std::string_view id) {
    for (const OutputDeclaration& output : description.outputs) {
        if (output.definition.id == id) return &output;
    }
    return nullptr;
}

bool sameColumns(const plan::Table& table, const catalogue::Layer& layer) {
    if (table.fields.size() != layer.fields.size() ||
        table.geometryColumn.empty() != (layer.geometry == catalogue::GeometryKind::None)) {
        return false;
    }
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
        if (table.fields[i].name != layer.fields[i].name) return false;
    }
    return true;
}

/// Makes the layer's table as it is declared; a table of another shape is a result of an older version and
/// gives way.
Result<void> ensureLayer(plan::Plan& plan, const catalogue::Layer& layer) {
    const Result<bool> known = plan.hasLayer(layer.id);
    if (!known) return tl::unexpected(known.error());
    if (*known) {
        const Result<plan::Table> table = plan::tableOf(plan, layer.id);
        if (!table) return tl::unexpected(table.error());
        if (sameColumns(*table, layer)) return {};
        if (auto dropped = plan::dropLayer(plan, layer.id); !dropped) return dropped;
    }
    return plan::addLayer(plan, layer);
}

Result<void> writeLayer(const plan::Plan& plan, const LayerResult& result) {
    const Result<plan::Table> table = plan::tableOf(plan, result.id);
    if (!table) return tl::unexpected(table.error());
    // The bulk writer first: it sets the journal's triggers aside, results are made again rather than undone.
    Result<plan::BulkInsert> insert = plan::BulkInsert::into(plan, *table);
    if (!insert) return tl::unexpected(insert.error());
    if (auto done = plan.database().execute("DELETE FROM " + plan::sqlName(result.id)); !done) return done;
    std::size_t row = 0;
    for (const plan::Feature& feature : result.features) {
        const FeatureId id =
            feature.id.text.empty() ? namedFeatureId(fmt::format("{}/{}", result.id, row)) : feature.id;
        ++row;
        if (auto added = insert->add(id, feature.geometry, feature.values); !added)
            return tl::unexpected(added.error());
    }
    return insert->finish();
}

Result<std::int64_t> writeRecord(const plan::Plan& plan, const Completed& completed, std::int64_t changeSet) {
    if (auto done = ensureResults(plan); !done) return tl::unexpected(done.error());
    Result<plan::Statement> insert = plan.database().prepare(
        "INSERT INTO zw_results(module, version, time, changeset, parameters, inputs, outputs, finding_zh, "
        "finding_en, tables, charts, notices) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    if (!insert) return tl::unexpected(insert.error());
    Json outputs = Json::array();
    for (const LayerResult& layer : completed.outcome.layers) outputs.push_back(layer.id);
    insert->bind(1, std::string_view(completed.module));
    insert->bind(2, std::string_view(completed.version));
    insert->bind(3, std::string_view(completed.time));
    insert->bind(4, changeSet);
    insert->bind(5, completed.parameters.dump());
    insert->bind(6, toJson(completed.inputs).dump());
    insert->bind(7, outputs.dump());
    insert->bind(8, std::string_view(completed.outcome.finding.zh));
    insert->bind(9, std::string_view(completed.outcome.finding.en));
    insert->bind(10, detail::tablesJson(completed.outcome.tables).dump());
    insert->bind(11, detail::chartsJson(completed.outcome.charts).dump());
    insert->bind(12, detail::noticesJson(completed.outcome.notices).dump());
    if (auto done = insert->run(); !done) return tl::unexpected(done.error());
    return plan.database().lastRowId();
}

std::vector<InputRecord> recordsFrom(const Json& json) {
    std::vector<InputRecord> out;
    for (const Json& item : json) {
        out.push_back({item.value("parameter", ""), item.value("source", ""),
                       item.value("fields", std::vector<std::string>{}),
                       item.value("features", std::int64_t{0}), item.value("sha256", "")});
    }
    return out;
}

}  // namespace

nlohmann::ordered_json toJson(const std::vector<InputRecord>& inputs) {
    Json out = Json::array();
    for (const InputRecord& input : inputs) {
        out.push_back({{"parameter", input.parameter},
                       {"source", input.source},
                       {"fields", input.fields},
                       {"features", input.features},
                       {"sha256", input.sha256}});
    }
    return out;
}

Result<std::int64_t> detail::storeResult(plan::Plan& plan, const Description& description,
                                         const Completed& completed, Run& run) {
    for (const LayerResult& layer : completed.outcome.layers) {
        const OutputDeclaration* declared = find(description, layer.id);
        if (declared == nullptr)
            return failure(ErrorCode::ModuleUnusable, "writes a layer it does not declare: " + layer.id,
                           description.id);
        if (auto done = ensureLayer(plan, declared->definition); !done) return tl::unexpected(done.error());
    }
    Result<plan::ChangeSet> changes = plan::ChangeSet::begin(
        plan,
        {.tool = description.id, .title = completed.outcome.finding.zh, .kind = "analysis", .target = 0});
    if (!changes) return tl::unexpected(changes.error());
    for (const LayerResult& layer : completed.outcome.layers) {
        if (auto done = writeLayer(plan, layer); !done) return tl::unexpected(done.error());
    }
    if (auto done = run.finish(plan, completed.outcome); !done) return tl::unexpected(done.error());
    const Result<std::int64_t> row = writeRecord(plan, completed, changes->id());
    if (!row) return row;
    if (auto done = changes->commit(); !done) return tl::unexpected(done.error());
    return row;
}

Result<std::vector<StoredResult>> storedResults(const plan::Plan& plan) {
    std::vector<StoredResult> out;
    const auto there =
        plan.database().value("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'zw_results'");
    if (!there) return tl::unexpected(there.error());
    if (!*there) return out;
    Result<plan::Statement> rows = plan.database().prepare(
        "SELECT id, module, version, time, parameters, inputs, outputs, finding_zh, finding_en FROM "
        "zw_results ORDER BY id DESC");
    if (!rows) return tl::unexpected(rows.error());
    while (true) {
        const Result<bool> row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return out;
        StoredResult result;
        result.id = rows->integer(0);
        result.module = rows->text(1);
        result.version = rows->text(2);
        result.time = rows->text(3);
        result.parameters = Json::parse(rows->text(4), nullptr, false);
        const Json inputs = Json::parse(rows->text(5), nullptr, false);
        const Json outputs = Json::parse(rows->text(6), nullptr, false);
        if (result.parameters.is_discarded() || !inputs.is_array() || !outputs.is_array()) {
            return failure(ErrorCode::PlanDamaged, fmt::format("zw_results row {}", result.id),
                           plan.file().string());
        }
        result.inputs = recordsFrom(inputs);
        for (const Json& output : outputs)
            result.outputs.push_back(output.is_string() ? output.get<std::string>() : std::string());
        result.finding = {std::string(rows->text(7)), std::string(rows->text(8))};
        out.push_back(std::move(result));
    }
}

Result<Outcome> storedOutcome(const plan::Plan& plan, std::int64_t result) {
    const auto damaged = [&] { return failure(ErrorCode::PlanDamaged, fmt::format("zw_results row {}", result), plan.file().string()); };
    const auto charts = plan.database().value("SELECT 1 FROM pragma_table_info('zw_results') WHERE name = 'charts'");
    if (!charts) return tl::unexpected(charts.error());
    Result<plan::Statement> row = plan.database().prepare(fmt::format("SELECT finding_zh, finding_en, tables, {} FROM zw_results WHERE id = ?1", *charts ? "charts, notices" : "NULL, NULL"));
    if (!row) return tl::unexpected(row.error());
    row->bind(1, result);
    const Result<bool> found = row->step();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return failure(ErrorCode::UnknownFeature, fmt::format("zw_results row {}", result), plan.file().string());
    Outcome out;
    out.finding = {std::string(row->text(0)), std::string(row->text(1))};
    try {
        const auto parsed = [&](int column) { return row->text(column).empty() ? Json() : Json::parse(row->text(column)); };
        out.tables = detail::tablesFrom(parsed(2));
        out.charts = detail::chartsFrom(parsed(3));
        out.notices = detail::noticesFrom(parsed(4));
    } catch (const Json::exception&) {
        return damaged();
    }
    return out;
}

Result<std::vector<Chart>> newestCharts(const plan::Plan& plan) {
    const auto results = storedResults(plan);
    if (!results) return tl::unexpected(results.error());
    std::vector<Chart> out;
    std::vector<std::string> seen;
    for (const StoredResult& result : *results) {
        if (std::find(seen.begin(), seen.end(), result.module) != seen.end()) continue;
        seen.push_back(result.module);
        auto outcome = storedOutcome(plan, result.id);
        if (!outcome) return tl::unexpected(outcome.error());
        for (Chart& chart : outcome->charts) out.push_back(std::move(chart));
    }
    return out;
}

Result<std::vector<InputRecord>> changedInputs(const plan::Plan& plan, const StoredResult& result) {
    std::vector<InputRecord> out;
    for (const InputRecord& input : result.inputs) {
        const Result<std::string> now = contentHash(&plan, input);
        if (!now || *now != input.sha256) out.push_back(input);
    }
    return out;
}

}  // namespace zonewright::analysis
