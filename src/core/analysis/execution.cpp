#include "core/analysis/execution.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/analysis/results.h"
#include "core/base/paths.h"
#include "core/plan/change_set.h"

namespace zonewright::analysis {
namespace {

/// A stretch of a longer task.
class Stretch final : public Progress {
public:
    Stretch(Progress& whole, double from, double to) : mWhole(whole), mFrom(from), mTo(to) {}
    bool report(double done, std::string_view what) override {
        return mWhole.report(mFrom + done * (mTo - mFrom), what);
    }

private:
    Progress& mWhole;
    double mFrom;
    double mTo;
};

std::string shellWord(const std::string& text) {
    const bool plain =
        !text.empty() &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%") ==
            std::string::npos;
    if (plain) return text;
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

Result<Inputs> inputsFor(const plan::Plan* plan, const catalogue::Catalogue& catalogue,
                         const std::string& runCrs) {
    Inputs inputs(plan, catalogue);
    if (plan != nullptr || runCrs.empty()) return inputs;
    const Result<Crs> crs = Crs::from(runCrs);
    if (!crs) return tl::unexpected(crs.error());
    if (!crs->isProjectedInMetres())
        return failure(ErrorCode::SourceCrs, runCrs + " is not projected in metres");
    inputs.setCrs(*crs);
    return inputs;
}

}  // namespace

Result<Computed> compute(const Module& module, const plan::Plan* plan, const ExecutionOptions& options, Progress& progress) {
    Result<std::unique_ptr<Run>> run = module.newRun();
    if (!run) return tl::unexpected(run.error());
    ParameterSet parameters;
    const Result<void> declared = detail::guarded([&]() -> Result<void> {
        (*run)->declare(parameters);
        return {};
    });
    if (!declared) return tl::unexpected(declared.error());
    for (const auto& [id, value] : options.parameters) {
        if (auto done = parameters.assign(id, value); !done) return tl::unexpected(done.error());
    }
    if (auto complete = parameters.checkComplete(); !complete) return tl::unexpected(complete.error());

    const Result<catalogue::Catalogue> catalogue = catalogue::load(productPaths().layers);
    if (!catalogue) return tl::unexpected(catalogue.error());
    Result<Inputs> inputs = inputsFor(plan, *catalogue, options.runCrs);
    if (!inputs) return tl::unexpected(inputs.error());

    Stretch preparing(progress, 0, 0.45);
    if (auto done = (*run)->prepare(*inputs, preparing); !done) return tl::unexpected(done.error());
    Stretch running(progress, 0.45, 0.9);
    Result<Outcome> outcome = (*run)->run(running);
    if (!outcome) return tl::unexpected(outcome.error());
    std::vector<Notice> remarks;
    for (const Localized& remark : inputs->remarks())
        remarks.push_back({Notice::Weight::Information, remark});
    outcome->notices.insert(outcome->notices.begin(), remarks.begin(), remarks.end());

    Completed completed;
    completed.module = module.description().id;
    completed.version = module.description().version;
    completed.time = plan::timeStamp();
    completed.parameters = parameters.values();
    completed.inputs = inputs->records();
    if (const auto crs = inputs->crs()) {
        completed.crs = crs->title();
        completed.crsDefinition = crs->definition();
    }
    const Localized source = sourceLine(completed.inputs, *catalogue);
    for (Chart& chart : outcome->charts) notesOf(chart.drawing).push_back(source);
    completed.outcome = std::move(*outcome);
    return Computed{std::move(completed), std::move(*run)};
}

Result<void> store(const Module& module, plan::Plan& plan, Computed& computed) {
    if (plan.mode() != plan::OpenMode::Write) return failure(ErrorCode::PlanReadOnly, "", plan.file().string());
    const Result<std::int64_t> row = detail::storeResult(plan, module.description(), computed.completed, *computed.run);
    if (!row) return tl::unexpected(row.error());
    computed.completed.result = *row;
    return {};
}

Result<Completed> execute(const Module& module, plan::Plan* plan, const ExecutionOptions& options,
                          Progress& progress) {
    const bool keep = options.store && plan != nullptr;
    if (keep && plan->mode() != plan::OpenMode::Write)
        return failure(ErrorCode::PlanReadOnly, "", plan->file().string());
    Result<Computed> computed = compute(module, plan, options, progress);
    if (!computed) return tl::unexpected(computed.error());
    if (!keep) return std::move(computed->completed);
    if (!progress.report(0.9, module.description().id)) return failure(ErrorCode::Cancelled, "");
    if (auto done = store(module, *plan, *computed); !done) return tl::unexpected(done.error());
    return std::move(computed->completed);
}

Localized sourceLine(const std::vector<InputRecord>& inputs, const catalogue::Catalogue& catalogue) {
    Localized out{"数据：", "Data: "};
    std::vector<std::string> said;
    for (const InputRecord& input : inputs) {
        if (std::find(said.begin(), said.end(), input.source) != said.end()) continue;
        const catalogue::Layer* layer = catalogue.find(input.source);
        const std::string file = std::filesystem::path(input.source.substr(0, input.source.find('|'))).filename().string();
        const Localized title = layer != nullptr ? layer->title : Localized{file, file};
        out.zh += fmt::format("{}{}（{}）", said.empty() ? "" : "、", title.zh, input.features);
        out.en += fmt::format("{}{} ({})", said.empty() ? "" : ", ", title.en, input.features);
        said.push_back(input.source);
    }
    return out;
}

nlohmann::ordered_json document(const Completed& completed) {
    nlohmann::ordered_json out = completed.outcome.document;
    out["finding"] = {{"zh", completed.outcome.finding.zh}, {"en", completed.outcome.finding.en}};
    auto& notices = out["notices"] = nlohmann::ordered_json::array();
    for (const Notice& notice : completed.outcome.notices) {
        notices.push_back({{"weight", notice.weight == Notice::Weight::Warning ? "warning" : "information"},
                           {"zh", notice.text.zh},
                           {"en", notice.text.en}});
    }
    auto& run = out["provenance"];
    run = {{"module", completed.module},
           {"version", completed.version},
           {"time", completed.time},
           {"crs", completed.crs},
           {"parameters", completed.parameters},
           {"inputs", toJson(completed.inputs)}};
    auto& outputs = run["outputs"] = nlohmann::ordered_json::array();
    for (const LayerResult& layer : completed.outcome.layers) outputs.push_back(layer.id);
    if (completed.result != 0) run["result"] = completed.result;
    return out;
}

std::string commandLine(const Module& module, const Completed& completed, const std::string& planFile) {
    std::string line = "zonewright run " + module.description().id;
    if (!planFile.empty()) line += " " + shellWord(planFile);
    const auto run = module.newRun();
    if (!run) return line;
    ParameterSet defaults;
    (*run)->declare(defaults);
    const nlohmann::ordered_json standard = defaults.values();
    for (const auto& [id, value] : completed.parameters.items()) {
        if (standard.contains(id) && standard[id] == value) continue;
        line += " " + shellWord(id + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    }
    return line;
}

}  // namespace zonewright::analysis
