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
#include "desktop/session/source_cell.h"

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
        analysis::StoredResult result;  ///< id 0: of this session, not in the plan
        bool superseded = false;        ///< a later run of the module has taken its layers
        std::optional<std::vector<analysis::InputRecord>> changed;  ///< inputs that differ; nothing while not known
    };
    [[nodiscard]] const std::vector<Kept>& results() const { return mResults; }  ///< newest first
    /// What a result said, of this session or an earlier one. Null while it is being read from the plan: `outcomeRead` tells
    /// when it is there.
    [[nodiscard]] std::shared_ptr<const analysis::Outcome> outcome(std::int64_t result);

    /// The command line that repeats a result.
    [[nodiscard]] QString commandLine(const analysis::StoredResult& result) const;
    /// Its parameters as text, only those that differ from the defaults.
    [[nodiscard]] static analysis::Assignments assignmentsOf(const analysis::Module& module, const analysis::StoredResult& result);
    /// Writes its tables: .xlsx, or .csv with a file a table. Requires: `outcome(result)`.
    void writeTables(std::int64_t result, const std::filesystem::path& file);
    /// A chart with where it comes from, as it is handed out: .svg, or .png at 300 dots an inch.
    void writeChart(const analysis::Drawing& chart, const std::filesystem::path& file);
    /// Of a result's chart: title, method and source as the command line would draw them.
    [[nodiscard]] analysis::Drawing withSource(analysis::Drawing chart, const analysis::StoredResult& result) const;
    /// Changes a cell that comes from a layer of the plan, there.
    void setCell(const analysis::Table& table, const SourceCell& cell);

signals:
    void ready();
    void resultsChanged();
    void outcomeRead(qlonglong result);
    void finished(qlonglong result);
    void written(const QString& file);
    void failed(const zonewright::Error& error);

private:
    void store(const analysis::Module& module, std::shared_ptr<analysis::Computed> computed);
    void load(std::function<void()> then = {});
    void checkInputs();
    void writeFile(std::function<Result<void>()> write, const std::filesystem::path& file);

    PlanDocument& mDocument;
    std::shared_ptr<const analysis::Registry> mRegistry;
    std::vector<Kept> mResults;
    std::optional<analysis::StoredResult> mUnsaved;  ///< the last run of this session in a plan that is open for reading
    std::map<std::int64_t, std::shared_ptr<const analysis::Outcome>> mOutcomes;  ///< null: being read
    QTimer mCheck;  ///< inputs are looked at when edits have come to rest
    Background mChecking;
    Background mWriting;
    Background mWork;
};

}  // namespace zonewright::desktop
