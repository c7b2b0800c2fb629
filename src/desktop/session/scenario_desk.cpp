#include "desktop/session/scenario_desk.h"

#include <algorithm>
#include <array>
#include <cmath>


#include <fmt/format.h>

#include "core/analysis/class_breaks.h"
#include "core/plan/source/layer_file.h"
#include "desktop/session/language.h"
#include "desktop/session/module_registry.h"

namespace zonewright::desktop {
namespace {

constexpr const char* kLayer = "scenarios";
constexpr const char* kAfter = "_after";  ///< what a result says of a scenario stands in the field of this ending

struct Read {
    std::vector<analysis::Scenario> scenarios;
    std::map<std::string, analysis::transport::Project> projects;
};

Result<Read> readAll(const plan::Plan& plan, const catalogue::Catalogue& catalogue) {
    auto scenarios = analysis::scenarios(plan);
    if (!scenarios) return tl::unexpected(scenarios.error());
    Read out{std::move(*scenarios), {}};
    analysis::Inputs inputs(&plan, catalogue);
    Progress quiet;
    // A plan without roads has no projects to open, and scenarios all the same.
    if (auto network = analysis::transport::readNetwork({}, inputs, quiet)) out.projects = std::move(network->projects);
    return out;
}

bool isReadHere(const std::string& layer) {
    const analysis::transport::NetworkRequest network;
    const std::array read{std::string(kLayer), network.roads.text, network.lines.text, network.stations.text, network.turnBans.text};
    return std::ranges::find(read, layer) != read.end();
}

struct Run {
    ScenarioResult result;
    analysis::Outcome outcome;
};

/// A field with its value in each run, where a result has one for before and one for after.
struct SharedMeasure {
    std::string layer;
    const catalogue::Field* field = nullptr;
    std::size_t now = 0;
    std::size_t after = 0;
};

std::optional<SharedMeasure> measureOf(const analysis::Description& description) {
    for (const analysis::OutputDeclaration& output : description.outputs) {
        const auto& fields = output.definition.fields;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const auto after = std::ranges::find(fields, fields[i].name + kAfter, &catalogue::Field::name);
            if (after != fields.end() && fields[i].type == catalogue::FieldType::Real) return SharedMeasure{output.definition.id, &fields[i], i, static_cast<std::size_t>(after - fields.begin())};
        }
    }
    return std::nullopt;
}

/// The same classes on both maps, or one colour would mean two things.
void colourAlike(std::vector<Run>& runs, const SharedMeasure& measure) {
    std::vector<double> values;
    const auto columnOf = [&](const Run& run) { return run.result.scenario.parcels.empty() ? measure.now : measure.after; };
    for (const Run& run : runs) {
        for (const analysis::LayerResult& layer : run.outcome.layers) {
            if (layer.id != measure.layer) continue;
            for (const plan::Feature& feature : layer.features) values.push_back(plan::asNumber(feature.values[columnOf(run)]).value_or(std::nan("")));
        }
    }
    const bool isShare = measure.field->unit == "1";
    const analysis::Column column{measure.field->name, measure.field->title, isShare ? "%" : measure.field->unit, 1, {}};
    const double scale = isShare ? 100 : 1;
    const analysis::Choropleth classes = analysis::choroplethOf(values, column, scale);
    if (classes.classes.empty()) return;
    for (Run& run : runs) {
        const std::string field = run.result.scenario.parcels.empty() ? measure.field->name : measure.field->name + kAfter;
        for (cartographer::ExtraLayer& layer : run.result.layers) {
            if (layer.table != measure.layer) continue;
            layer.name = classes.title.in(language());
            layer.classes = {field, scale, column.decimals, column.unit, {}};
            for (const analysis::Choropleth::Class& one : classes.classes) layer.classes.classes.push_back({one.from, one.to, one.label, one.colour});
        }
    }
}

/// Half of what is to be reported.
class Part : public Progress {
public:
    Part(Progress& whole, double from, double share) : mWhole(whole), mFrom(from), mShare(share) {}
    bool report(double done, std::string_view what) override { return mWhole.report(mFrom + done * mShare, what); }

private:
    Progress& mWhole;
    double mFrom;
    double mShare;
};

}  // namespace

ScenarioDesk::ScenarioDesk(PlanDocument& document) : mDocument(document), mFolder(std::make_shared<QTemporaryDir>()), mWork(document) {
    connect(&document, &PlanDocument::opened, this, &ScenarioDesk::outdate);
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        if (change.layers.empty() || std::ranges::any_of(change.layers, isReadHere)) outdate();
    });
    connect(&document, &PlanDocument::closed, this, [this] {
        mWork.cancel();
        mScenarios.clear();
        mProjects.clear();
        emit changed();
    });
}

analysis::Scenario ScenarioDesk::today() { return {{}, {"现状", "Today"}, {}, 0, {}}; }

const analysis::Scenario* ScenarioDesk::find(const std::string& code) const {
    const auto found = std::ranges::find(mScenarios, code, &analysis::Scenario::code);
    return found == mScenarios.end() ? nullptr : &*found;
}

void ScenarioDesk::setWatched(bool watched) {
    mWatched = watched;
    if (mWatched && mStale) load();
}

void ScenarioDesk::outdate() {
    mStale = true;
    if (mWatched) load();
}

void ScenarioDesk::load() {
    if (!mDocument.isOpen()) return;
    mStale = false;
    mDocument.read(
        this, [catalogue = mDocument.sharedCatalogue()](const plan::Plan& plan) { return readAll(plan, *catalogue); },
        [this](Result<Read> read) {
            if (!read) {
                emit failed(read.error());
                return;
            }
            mScenarios = std::move(read->scenarios);
            mProjects = std::move(read->projects);
            emit changed();
        });
}

void ScenarioDesk::write(std::function<Result<std::int64_t>(plan::Plan&)> task) {
    mDocument.write(this, std::move(task), [this](Result<std::int64_t> changeSet) {
        if (!changeSet) {
            emit failed(changeSet.error());
            load();  // what was typed gives way to what is kept
            return;
        }
        if (*changeSet != 0) mDocument.announceImport(*changeSet);
    });
}

void ScenarioDesk::save(analysis::Scenario scenario) {
    // At once, so that a run that is asked for next is of what was just said; reading it anew follows.
    const auto known = std::ranges::find(mScenarios, scenario.code, &analysis::Scenario::code);
    if (known != mScenarios.end()) *known = scenario;
    write([scenario = std::move(scenario), catalogue = mDocument.sharedCatalogue()](plan::Plan& plan) { return analysis::saveScenario(plan, *catalogue, scenario); });
}

void ScenarioDesk::remove(const std::string& code) {
    write([code](plan::Plan& plan) { return analysis::removeScenario(plan, code); });
}

void ScenarioDesk::loadModules() {
    if (mRegistry || mLoading) return;
    mLoading = true;
    loadRegistry(this, [this](auto registry) {
        mRegistry = std::move(registry);
        emit ready();
    });
}

std::vector<const analysis::Module*> ScenarioDesk::modules() const {
    std::vector<const analysis::Module*> out;
    if (!mRegistry) return out;
    for (const analysis::Module* module : mRegistry->modules()) {
        if (analysis::withScenario(*module, today(), {})) out.push_back(module);
    }
    return out;
}

void ScenarioDesk::compare(const analysis::Module& module, const std::pair<analysis::Scenario, analysis::Scenario>& both) {
    const std::string stem = (mFolder->path() + QStringLiteral("/%1_").arg(++mRuns)).toStdString();
    const std::filesystem::path library = mRegistry->libraryOf(module);
    mWork.run(
        this,
        [registry = mRegistry, folder = mFolder, &module, both, stem, library, words = language()](const plan::Plan& plan, Progress& progress) -> Result<std::vector<ScenarioResult>> {
            std::vector<Run> runs;
            for (const analysis::Scenario* scenario : {&both.first, &both.second}) {
                Part part(progress, runs.empty() ? 0 : 0.5, 0.5);
                const auto parameters = analysis::stateOf(module, *scenario);
                if (!parameters) return tl::unexpected(parameters.error());
                auto computed = analysis::compute(module, &plan, {*parameters, false, {}}, part);
                if (!computed) return tl::unexpected(computed.error());
                Run run{{*scenario, computed->completed.outcome.finding, {}}, std::move(computed->completed.outcome)};
                const std::filesystem::path file = fmt::format("{}{}.gpkg", stem, runs.size());
                std::vector<plan::source::LayerRows> layers;
                for (const analysis::OutputDeclaration& output : module.description().outputs) {
                    const auto made = std::ranges::find(run.outcome.layers, output.definition.id, &analysis::LayerResult::id);
                    if (made == run.outcome.layers.end() || made->features.empty() || output.definition.geometry == catalogue::GeometryKind::None || !output.rowsOf.empty()) continue;
                    layers.push_back({&output.definition, &made->features});
                    cartographer::ExtraLayer extra;
                    extra.name = output.definition.title.in(words);
                    extra.source = file;
                    extra.table = output.definition.id;
                    extra.style = analysis::styleFile(output, library);
                    run.result.layers.push_back(std::move(extra));
                }
                if (auto written = plan::source::writeGeoPackage(file, layers, {.crs = computed->completed.crsDefinition, .overwrite = true}); !written) return tl::unexpected(written.error());
                runs.push_back(std::move(run));
            }
            if (const auto measure = measureOf(module.description())) colourAlike(runs, *measure);
            std::vector<ScenarioResult> out;
            for (Run& run : runs) out.push_back(std::move(run.result));
            return out;
        },
        [this](Result<std::vector<ScenarioResult>> both) {
            if (both) emit compared(*both);
            else emit failed(both.error());
        });
}

}  // namespace zonewright::desktop
