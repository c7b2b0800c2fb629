#include "cli/analysis_command.h"

#include <fstream>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "core/analysis/execution.h"
#include "core/analysis/scenarios.h"
#include "core/analysis/tables.h"
#include "core/plan/source/layer_file.h"

namespace zonewright::cli {
namespace {

namespace fs = std::filesystem;

std::string suffixOf(const std::string& file) {
    std::string suffix = fs::path(file).extension().string();
    for (char& c : suffix) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return suffix;
}

/// Looked at before any work is done.
Result<void> checkFiles(const AnalysisCommand& options) {
    for (const std::string& file : options.files) {
        const std::string suffix = suffixOf(file);
        if (suffix != ".csv" && suffix != ".xlsx" && suffix != ".json" && suffix != ".svg" &&
            suffix != ".gpkg") {
            return failure(ErrorCode::BadArgument,
                           fmt::format("--out {}: known are .csv .xlsx .json .svg .gpkg", file), file);
        }
        std::error_code none;
        if (!options.overwrite && fs::exists(file, none)) return failure(ErrorCode::FileExists, "", file);
        const fs::path folder = fs::path(file).parent_path();
        if (!folder.empty() && !fs::is_directory(folder, none))
            return failure(ErrorCode::FileUnwritable, "no such folder", folder.string());
    }
    return {};
}

Result<void> writeText(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) return failure(ErrorCode::FileUnwritable, "", file);
    return {};
}

/// The layers and tables of the result as they would stand in a plan.
Result<void> writeLayers(const std::string& file, const analysis::Module& module,
                         const analysis::Completed& completed, bool overwrite) {
    std::vector<plan::source::LayerRows> layers;
    for (const analysis::OutputDeclaration& output : module.description().outputs) {
        for (const analysis::LayerResult& result : completed.outcome.layers) {
            if (result.id == output.definition.id) layers.push_back({&output.definition, &result.features});
        }
    }
    if (module.description().outputs.empty())
        return failure(ErrorCode::BadArgument, "this module makes no layer", file);
    return plan::source::writeGeoPackage(file, layers, {.crs = completed.crsDefinition, .overwrite = overwrite});
}

using Written = std::vector<std::string>;

Result<Written> writeTables(const std::string& file, const analysis::Outcome& outcome, const analysis::FileOptions& options) {
    if (outcome.tables.empty()) return failure(ErrorCode::BadArgument, "this module makes no table", file);
    Written out;
    for (std::size_t i = 0; i < outcome.tables.size(); ++i) {
        if (outcome.tables[i].sheetOnly) continue;
        out.push_back(i == 0 ? file : analysis::besideFile(file, outcome.tables[i].id).string());
        if (auto done = analysis::writeCsv(outcome.tables[i], out.back(), options); !done) return tl::unexpected(done.error());
    }
    return out;
}

Result<Written> writeCharts(const std::string& file, const analysis::Outcome& outcome, const analysis::FileOptions& options) {
    if (outcome.charts.empty()) return failure(ErrorCode::BadArgument, "this module draws no chart", file);
    Written out;
    for (std::size_t i = 0; i < outcome.charts.size(); ++i) {
        out.push_back(i == 0 ? file : analysis::besideFile(file, outcome.charts[i].id).string());
        std::error_code none;
        if (!options.overwrite && fs::exists(out.back(), none)) return failure(ErrorCode::FileExists, "", out.back());
        if (auto done = writeText(out.back(), analysis::toSvg(outcome.charts[i].drawing, options.language)); !done) return tl::unexpected(done.error());
    }
    return out;
}

/// The files written, of which there may be several.
Result<Written> writeFile(const std::string& file, const analysis::Module& module, const analysis::Completed& completed,
                          const analysis::FileOptions& options) {
    const analysis::Outcome& outcome = completed.outcome;
    const std::string suffix = suffixOf(file);
    if (suffix == ".csv") return writeTables(file, outcome, options);
    if (suffix == ".svg") return writeCharts(file, outcome, options);
    Result<void> done;
    if (suffix == ".gpkg") done = writeLayers(file, module, completed, options.overwrite);
    else if (suffix == ".xlsx") done = analysis::writeXlsx(outcome.tables, file, options);
    else done = writeText(file, analysis::document(completed).dump(2) + "\n");
    if (!done) return tl::unexpected(done.error());
    return Written{file};
}

struct Arguments {
    std::string plan;
    analysis::Assignments parameters;
};

Result<Arguments> parsed(const std::vector<std::string>& words) {
    Arguments out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::error_code none;
        if (i == 0 && (words[i].find('=') == std::string::npos || fs::exists(words[i], none))) {
            out.plan = words[i];
            continue;
        }
        auto assignment = assignmentOf(words[i]);
        if (!assignment) return tl::unexpected(assignment.error());
        out.parameters.push_back(std::move(*assignment));
    }
    return out;
}

Result<analysis::Assignments> inScenario(const analysis::Module& module, const plan::Plan* plan, const std::string& name,
                                         const analysis::Assignments& parameters) {
    if (name.empty()) return parameters;
    if (plan == nullptr) return failure(ErrorCode::BadArgument, "--scenario needs the plan that keeps it", name);
    const auto scenario = analysis::findScenario(*plan, name);
    if (!scenario) return tl::unexpected(scenario.error());
    return analysis::withScenario(module, *scenario, parameters);
}

std::string textOf(const Session& session, const analysis::Completed& completed,
                   const std::vector<std::string>& files) {
    const analysis::Outcome& outcome = completed.outcome;
    std::string text = outcome.finding.in(session.language) + "\n";
    if (!outcome.tables.empty()) text += "\n" + analysis::toText(outcome.tables.front(), session.language);
    if (!outcome.notices.empty()) text += "\n";
    text += cli::textOf(session, outcome.notices);
    if (completed.result != 0) {
        std::string layers;
        for (const analysis::LayerResult& layer : outcome.layers)
            layers += (layers.empty() ? "" : ", ") + layer.id;
        text += fmt::format(
            "{}\n", session.language == Language::Chinese
                        ? fmt::format("已写入规划：{}（结果 {}）", layers, completed.result)
                        : fmt::format("written into the plan: {} (result {})", layers, completed.result));
    }
    for (const std::string& file : files)
        text += fmt::format("{}: {}\n", session.text("已写", "written"), file);
    return text;
}

}  // namespace

void addAnalysisOptions(CLI::App& command, const Session& session, AnalysisCommand& options) {
    command
        .add_option("ARGUMENTS", options.arguments,
                    session.text("规划文件，然后 参数=值；全部用文件时可不给规划",
                                 "The plan, then KEY=VALUE; no plan when all layers are files"))
        ->type_name("[PLAN] [KEY=VALUE]...");
    command
        .add_option("--out", options.files,
                    session.text("报告文件：.csv .xlsx .json .svg，图层文件：.gpkg，可多次",
                                 "Report: .csv .xlsx .json .svg; layers: .gpkg; may be repeated"))
        ->type_name("FILE");
    command.add_option("--crs", options.crs,
                       session.text("无规划时的工作坐标系", "CRS to work in without a plan"));
    command.add_option("--scenario", options.scenario,
                       session.text("规划所存情景（代码或名称）：开通的项目、变更的图斑；写明的参数优先",
                                    "A scenario of the plan (code or name): projects that open, parcels that change; parameters said outright win"));
    command.add_flag("!--no-store", options.keep,
                     session.text("不把结果写入规划", "Do not write the result into the plan"));
    command.add_flag("--overwrite", options.overwrite,
                     session.text("覆盖已有的报告文件", "Overwrite report files"));
}

void addModuleCommand(CLI::App& app, Session& session, const ModuleCommand& module) {
    auto options = std::make_shared<AnalysisCommand>();
    options->module = module.module;
    CLI::App* command = addCommand(app, session, module.name, module.help.in(session.language),
                                   [&session, options] { return runAnalysis(session, *options); });
    addAnalysisOptions(*command, session, *options);
}

Result<analysis::Assignments::value_type> assignmentOf(const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) return failure(ErrorCode::BadArgument, fmt::format("'{}' is not KEY=VALUE", word), word);
    return analysis::Assignments::value_type(word.substr(0, equals), word.substr(equals + 1));
}

std::string textOf(const Session& session, const std::vector<analysis::Notice>& notices) {
    std::string text;
    for (const analysis::Notice& notice : notices) {
        const bool warning = notice.weight == analysis::Notice::Weight::Warning;
        text += fmt::format("{}: {}\n", warning ? session.text("警告", "warning") : session.text("说明", "note"), notice.text.in(session.language));
    }
    return text;
}

Result<Outcome> runAnalysis(const Session& session, const AnalysisCommand& options) {
    if (auto fit = checkFiles(options); !fit) return tl::unexpected(fit.error());
    const Result<Arguments> arguments = parsed(options.arguments);
    if (!arguments) return tl::unexpected(arguments.error());
    const analysis::Registry registry = analysis::Registry::standard();
    const Result<const analysis::Module*> module = registry.find(options.module);
    if (!module) return tl::unexpected(module.error());
    std::optional<plan::Plan> plan;
    if (!arguments->plan.empty()) {
        Result<plan::Plan> opened =
            plan::Plan::open(arguments->plan, options.keep ? plan::OpenMode::Write : plan::OpenMode::Read);
        if (!opened) return tl::unexpected(opened.error());
        plan = std::move(*opened);
    }
    const auto parameters = inScenario(**module, plan ? &*plan : nullptr, options.scenario, arguments->parameters);
    if (!parameters) return tl::unexpected(parameters.error());
    const std::unique_ptr<Progress> progress = session.progress();
    const Result<analysis::Completed> completed =
        analysis::execute(**module, plan ? &*plan : nullptr, {*parameters, options.keep, options.crs}, *progress);
    if (!completed) return tl::unexpected(completed.error());
    Written files;
    for (const std::string& file : options.files) {
        Result<Written> written = writeFile(file, **module, *completed, {session.language, options.overwrite});
        if (!written) return tl::unexpected(written.error());
        files.insert(files.end(), written->begin(), written->end());
    }
    Outcome out;
    out.document = analysis::document(*completed);
    out.document["provenance"]["command"] = analysis::commandLine(**module, *completed, arguments->plan);
    out.document["files"] = files;
    out.text = textOf(session, *completed, files);
    return out;
}

}  // namespace zonewright::cli
