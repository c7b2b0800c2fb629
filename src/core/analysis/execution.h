#pragma once

#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/module.h"

namespace zonewright::analysis {

/// Parameters as text, in the order given: {"zones", "clusters"}.
using Assignments = std::vector<std::pair<std::string, std::string>>;

struct ExecutionOptions {
    Assignments parameters;
    bool store = true;   ///< write layers, tables and the record into the plan
    std::string runCrs;  ///< without a plan: the CRS to work in; empty takes that of the first layer
};

/// A run with all that is needed to repeat and to distrust it.
struct Completed {
    std::string module;
    std::string version;
    std::string time;  ///< UTC, as the journal writes it
    std::string crs;   ///< code of the CRS all coordinates and areas are in
    std::string crsDefinition;  ///< the same as PROJ reads it, also when it has no code
    nlohmann::ordered_json parameters;
    std::vector<InputRecord> inputs;
    Outcome outcome;
    std::int64_t result = 0;  ///< row in zw_results; 0 when nothing was stored
};

/// A run that was worked out and is not written yet; nothing of it is in the plan.
struct Computed {
    Completed completed;
    std::unique_ptr<Run> run;
};

/// Declares, assigns, prepares and runs, reading only: beside other work, and to be dropped without a trace. `store` of
/// the options is not used. Errors: as `execute`.
[[nodiscard]] Result<Computed> compute(const Module& module, const plan::Plan* plan, const ExecutionOptions& options, Progress& progress);
/// Writes what was computed as one change-set; fills `Completed::result`. Errors: PlanReadOnly; those of the module.
[[nodiscard]] Result<void> store(const Module& module, plan::Plan& plan, Computed& computed);

/// Declares, assigns, prepares, runs and stores. `plan` may be null when every layer parameter is a file.
///
/// Errors: those of ParameterSet, Inputs and the module; PlanReadOnly when `store` and the plan is open for
/// reading; Cancelled. Guarantees: on any error the plan's contents are as before.
[[nodiscard]] Result<Completed> execute(const Module& module, plan::Plan* plan,
                                        const ExecutionOptions& options, Progress& progress);

/// "数据：乡镇（11）、地块（4321）": layers by their titles, files by their names, with the number of features read.
[[nodiscard]] Localized sourceLine(const std::vector<InputRecord>& inputs, const catalogue::Catalogue& catalogue);

/// The `--json` document: the module's own keys, then provenance: {module, version, time, crs, parameters,
/// inputs, outputs}.
[[nodiscard]] nlohmann::ordered_json document(const Completed& completed);

/// The command line that repeats the run: `zonewright run MODULE PLAN key=value ...` with only what differs
/// from defaults.
[[nodiscard]] std::string commandLine(const Module& module, const Completed& completed,
                                      const std::string& planFile);

/// A result kept in the plan.
struct StoredResult {
    std::int64_t id = 0;
    std::string module;
    std::string version;
    std::string time;
    nlohmann::ordered_json parameters;
    std::vector<InputRecord> inputs;
    std::vector<std::string> outputs;  ///< layers and tables it wrote
    Localized finding;
};

/// Newest first; none when the plan has no results yet.
[[nodiscard]] Result<std::vector<StoredResult>> storedResults(const plan::Plan& plan);

/// What a kept result said: finding, tables, charts and notices, as they were. Errors: UnknownFeature without such a result.
[[nodiscard]] Result<Outcome> storedOutcome(const plan::Plan& plan, std::int64_t result);

/// The charts of the newest result of every module, for sheets. Errors: those of reading the plan.
[[nodiscard]] Result<std::vector<Chart>> newestCharts(const plan::Plan& plan);

/// The inputs whose content is no longer what the result was made from (or that cannot be read any more).
[[nodiscard]] Result<std::vector<InputRecord>> changedInputs(const plan::Plan& plan,
                                                             const StoredResult& result);

}  // namespace zonewright::analysis
