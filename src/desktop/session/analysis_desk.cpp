#include "desktop/session/analysis_desk.h"

#include <algorithm>

#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgRenderer>

#include "core/plan/history.h"
#include "desktop/session/language.h"
#include "desktop/session/module_registry.h"

namespace zonewright::desktop {
namespace {

constexpr int kRestMilliseconds = 800;

using Shared = std::shared_ptr<analysis::Computed>;
using Changed = std::map<std::int64_t, std::vector<analysis::InputRecord>>;

constexpr double kPaperDots = 300.0 / 96;  ///< of a pixel of the chart

Result<void> writeDrawing(const std::string& svg, const std::filesystem::path& file) {
    const auto unwritable = [&](const QString& why) { return failure(ErrorCode::FileUnwritable, why.toStdString(), file.string()); };
    QByteArray bytes = QByteArray::fromStdString(svg);
    QSaveFile out(QString::fromStdString(file.string()));
    if (!out.open(QIODevice::WriteOnly)) return unwritable(out.errorString());
    if (file.extension() == ".png") {
        QSvgRenderer renderer(bytes);
        QImage image(renderer.defaultSize() * kPaperDots, QImage::Format_RGB32);
        image.fill(Qt::white);
        constexpr int kDotsPerMetre = 11811;  // 300 an inch
        image.setDotsPerMeterX(kDotsPerMetre);
        image.setDotsPerMeterY(kDotsPerMetre);
        QPainter painter(&image);
        renderer.render(&painter);
        painter.end();
        if (!image.save(&out, "PNG")) return unwritable(out.errorString());
    } else {
        out.write(bytes);
    }
    if (!out.commit()) return unwritable(out.errorString());
    return {};
}

std::string asText(const nlohmann::ordered_json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

}  // namespace

AnalysisDesk::AnalysisDesk(PlanDocument& document) : mDocument(document), mChecking(document), mWriting(document), mWork(document) {
    loadRegistry(this, [this](auto registry) {
        mRegistry = std::move(registry);
        emit ready();
    });
    mCheck.setSingleShot(true);
    mCheck.setInterval(kRestMilliseconds);
    connect(&mCheck, &QTimer::timeout, this, &AnalysisDesk::checkInputs);
    connect(&document, &PlanDocument::opened, this, [this] { load(); });
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        if (change.external) load();
        else mCheck.start();
    });
    connect(&document, &PlanDocument::closed, this, [this] {
        mCheck.stop();
        mResults.clear();
        mOutcomes.clear();
        mUnsaved.reset();
        emit resultsChanged();
    });
}

void AnalysisDesk::run(const analysis::Module& module, analysis::Assignments parameters) {
    mWork.run(
        this,
        [&module, parameters = std::move(parameters)](const plan::Plan& plan, Progress& progress) -> Result<Shared> {
            auto computed = analysis::compute(module, &plan, {parameters, true, {}}, progress);
            if (!computed) return tl::unexpected(computed.error());
            return std::make_shared<analysis::Computed>(std::move(*computed));
        },
        [this, &module](Result<Shared> computed) {
            if (!computed) {
                emit failed(computed.error());
                return;
            }
            store(module, std::move(*computed));
        });
}

void AnalysisDesk::store(const analysis::Module& module, Shared computed) {
    if (!mDocument.isWritable()) {
        const analysis::Completed& run = computed->completed;
        mUnsaved = analysis::StoredResult{0, run.module, run.version, run.time, run.parameters, run.inputs, {}, run.outcome.finding};
        mOutcomes[0] = std::make_shared<analysis::Outcome>(std::move(computed->completed.outcome));
        load([this] { emit finished(0); });
        return;
    }
    mDocument.write(
        this,
        [&module, computed](plan::Plan& plan) -> Result<std::int64_t> {
            if (auto done = analysis::store(module, plan, *computed); !done) return tl::unexpected(done.error());
            return plan::newestChangeSet(plan);
        },
        [this, computed](Result<std::int64_t> changeSet) {
            if (!changeSet) {
                emit failed(changeSet.error());
                return;
            }
            const std::int64_t result = computed->completed.result;
            mOutcomes[result] = std::make_shared<analysis::Outcome>(std::move(computed->completed.outcome));
            mDocument.announce(*changeSet);
            load([this, result] { emit finished(result); });
        });
}

void AnalysisDesk::load(std::function<void()> then) {
    mDocument.read(
        this, [](const plan::Plan& plan) { return analysis::storedResults(plan); },
        [this, then = std::move(then)](Result<std::vector<analysis::StoredResult>> results) {
            if (!results) {
                emit failed(results.error());
                return;
            }
            std::vector<Kept> kept;
            std::set<std::string> seen;
            if (mUnsaved) kept.push_back({*mUnsaved, false, {}});
            for (analysis::StoredResult& result : *results) {
                const bool superseded = !seen.insert(result.module).second;
                kept.push_back({std::move(result), superseded, {}});
            }
            mResults = std::move(kept);
            emit resultsChanged();
            mCheck.start();
            if (then) then();
        });
}

/// Inputs are compared by content, so that an edit that was undone makes a result good again.
void AnalysisDesk::checkInputs() {
    std::vector<analysis::StoredResult> results;
    for (const Kept& kept : mResults) {
        if (!kept.superseded) results.push_back(kept.result);
    }
    if (results.empty()) return;
    mChecking.run(
        this,
        [results = std::move(results)](const plan::Plan& plan, Progress& progress) -> Result<Changed> {
            Changed changed;
            for (const analysis::StoredResult& result : results) {
                if (!progress.report(0, "")) return failure(ErrorCode::Cancelled, "");
                auto inputs = analysis::changedInputs(plan, result);
                if (!inputs) return tl::unexpected(inputs.error());
                changed[result.id] = std::move(*inputs);
            }
            return changed;
        },
        [this](Result<Changed> changed) {
            if (!changed) return;
            for (Kept& kept : mResults) {
                if (const auto found = changed->find(kept.result.id); found != changed->end()) kept.changed = std::move(found->second);
            }
            emit resultsChanged();
        });
}

std::shared_ptr<const analysis::Outcome> AnalysisDesk::outcome(std::int64_t result) {
    const auto [at, wanted] = mOutcomes.try_emplace(result);
    if (!wanted) return at->second;
    using Read = std::shared_ptr<analysis::Outcome>;
    mDocument.read(
        this,
        [result](const plan::Plan& plan) -> Result<Read> {
            auto read = analysis::storedOutcome(plan, result);
            if (!read) return tl::unexpected(read.error());
            return std::make_shared<analysis::Outcome>(std::move(*read));
        },
        [this, result](Result<Read> read) {
            const auto place = mOutcomes.find(result);
            if (place == mOutcomes.end()) return;  // another plan by now
            if (read) {
                place->second = std::move(*read);
                emit outcomeRead(result);
            } else {
                mOutcomes.erase(place);
                emit failed(read.error());
            }
        });
    return nullptr;
}

analysis::Assignments AnalysisDesk::assignmentsOf(const analysis::Module& module, const analysis::StoredResult& result) {
    analysis::Assignments out;
    const auto run = module.newRun();
    if (!run) return out;
    analysis::ParameterSet defaults;
    (*run)->declare(defaults);
    const auto standard = defaults.values();
    for (const auto& [id, value] : result.parameters.items()) {
        if (defaults.find(id) != nullptr && !(standard.contains(id) && standard[id] == value)) out.emplace_back(id, asText(value));
    }
    return out;
}

QString AnalysisDesk::commandLine(const analysis::StoredResult& result) const {
    if (!mRegistry) return {};
    const auto module = mRegistry->find(result.module);
    if (!module) return {};
    analysis::Completed completed;
    completed.module = result.module;
    completed.parameters = result.parameters;
    return QString::fromStdString(analysis::commandLine(**module, completed, mDocument.file().string()));
}

void AnalysisDesk::writeFile(std::function<Result<void>()> write, const std::filesystem::path& file) {
    mWriting.run(
        this,
        [write = std::move(write)](const plan::Plan&, Progress&) -> Result<bool> {
            if (const auto done = write(); !done) return tl::unexpected(done.error());
            return true;
        },
        [this, file](Result<bool> done) {
            if (!done) emit failed(done.error());
            else emit written(QString::fromStdString(file.string()));
        });
}

void AnalysisDesk::writeTables(std::int64_t result, const std::filesystem::path& file) {
    const auto found = outcome(result);
    if (found == nullptr || found->tables.empty()) return;
    writeFile(
        [found, file, words = language()]() -> Result<void> {
            const analysis::FileOptions options{words, true};  // the file dialog has asked
            if (file.extension() != ".csv") return analysis::writeXlsx(found->tables, file, options);
            for (const analysis::Table& table : found->tables) {
                if (table.sheetOnly) continue;
                const auto own = &table == &found->tables.front() ? file : analysis::besideFile(file, table.id);
                if (auto done = analysis::writeCsv(table, own, options); !done) return done;
            }
            return {};
        },
        file);
}

void AnalysisDesk::writeChart(const analysis::Drawing& chart, const std::filesystem::path& file) {
    writeFile([svg = analysis::toSvg(chart, language()), file] { return writeDrawing(svg, file); }, file);
}

analysis::Drawing AnalysisDesk::withSource(analysis::Drawing chart, const analysis::StoredResult& result) const {
    analysis::notesOf(chart).push_back(analysis::sourceLine(result.inputs, mDocument.catalogue()));
    return chart;
}

void AnalysisDesk::setCell(const analysis::Table& table, const SourceCell& cell) {
    mDocument.write(
        this, [catalogue = mDocument.sharedCatalogue(), table, cell](plan::Plan& plan) { return writeSourceCell(plan, *catalogue, table, cell); },
        [this](Result<std::int64_t> changeSet) {
            if (!changeSet) emit failed(changeSet.error());
            else mDocument.announce(*changeSet);
        });
}

}  // namespace zonewright::desktop
