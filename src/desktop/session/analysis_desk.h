#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include <QObject>
#include <QTimer>

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "desktop/session/background.h"

namespace zonewright::desktop {

/// The analysis modules and their results in the open plan: runs beside the user's work, writes a finished run in one
/// change-set, and knows which results are out of date.
class AnalysisDesk : public QObject {
    Q_OBJECT
public:
    explicit AnalysisDesk(PlanDocument& document);

    /// Nothing before `ready`.
    [[nodiscard]] const analysis::Registry* registry() const { return mRegistry.get(); }

    /// Computes, then writes into the plan; without write access the result is shown only. A run before it is cancelled.
    void run(const analysis::Module& module, analysis::Assignments parameters);
    /// What was written is complete or is not there.
    void cancel() { mWork.cancel(); }
    [[nodiscard]] Background& work() { return mWork; }

    struct Kept {
        analysis::StoredResult result;
        bool superseded = false;  ///< a later run of the module has taken its layers
        std::optional<std::vector<analysis::InputRecord>> changed;  ///< inputs that differ; nothing while not known
    };
    [[nodiscard]] const std::vector<Kept>& results() const { return mResults; }  ///< newest first
    /// The full outcome of a run of this session; nullptr for results of earlier ones.
    [[nodiscard]] const analysis::Completed* completed(std::int64_t result) const;

    /// The command line that repeats a result.
    [[nodiscard]] QString commandLine(const analysis::StoredResult& result) const;
    /// Its parameters as text, only those that differ from the defaults.
    [[nodiscard]] static analysis::Assignments assignmentsOf(const analysis::Module& module, const analysis::StoredResult& result);
    /// Writes its tables: .xlsx or .csv. Requires: `completed(result)`.
    void writeTables(std::int64_t result, const std::filesystem::path& file);

signals:
    void ready();
    void resultsChanged();
    void finished(qlonglong result);
    void written(const QString& file);
    void failed(const zonewright::Error& error);

private:
    void store(const analysis::Module& module, std::shared_ptr<analysis::Computed> computed);
    void load(std::function<void()> then = {});
    void checkInputs();

    PlanDocument& mDocument;
    std::shared_ptr<const analysis::Registry> mRegistry;
    std::vector<Kept> mResults;
    std::map<std::int64_t, analysis::Completed> mCompleted;
    QTimer mCheck;  ///< inputs are looked at when edits have come to rest
    Background mChecking;
    Background mWork;
};

}  // namespace zonewright::desktop
