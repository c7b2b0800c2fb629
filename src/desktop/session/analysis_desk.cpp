#include "desktop/session/analysis_desk.h"

#include <algorithm>

#include <QThreadPool>

#include "core/plan/history.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kRestMilliseconds = 800;

using Shared = std::shared_ptr<analysis::Computed>;
using Changed = std::map<std::int64_t, std::vector<analysis::InputRecord>>;

std::string asText(const nlohmann::ordered_json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

}  // namespace

AnalysisDesk::AnalysisDesk(PlanDocument& document) : mDocument(document), mChecking(document), mWork(document) {
    // Libraries of others are tried in a process of their own first, which takes its time.
    QThreadPool::globalInstance()->start([guard = QPointer<AnalysisDesk>(this)] {
        auto registry = std::make_shared<const analysis::Registry>(analysis::Registry::standard());
        QMetaObject::invokeMethod(
            qApp,
            [guard, registry = std::move(registry)] {
                if (!guard) return;
                guard->mRegistry = registry;
                emit guard->ready();
            },
            Qt::QueuedConnection);
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
        mCompleted.clear();
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
        mCompleted[0] = std::move(computed->completed);
        emit finished(0);
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
            mCompleted[result] = std::move(computed->completed);
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

const analysis::Completed* AnalysisDesk::completed(std::int64_t result) const {
    const auto found = mCompleted.find(result);
    return found == mCompleted.end() ? nullptr : &found->second;
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

void AnalysisDesk::writeTables(std::int64_t result, const std::filesystem::path& file) {
    const analysis::Completed* found = completed(result);
    if (found == nullptr || found->outcome.tables.empty()) return;
    mWork.run(
        this,
        [tables = found->outcome.tables, file, words = language()](const plan::Plan&, Progress&) -> Result<bool> {
            const analysis::FileOptions options{words, true};  // the file dialog has asked
            const auto done = file.extension() == ".csv" ? analysis::writeCsv(tables.front(), file, options) : analysis::writeXlsx(tables, file, options);
            if (!done) return tl::unexpected(done.error());
            return true;
        },
        [this, file](Result<bool> done) {
            if (!done) emit failed(done.error());
            else emit written(QString::fromStdString(file.string()));
        });
}

}  // namespace zonewright::desktop
