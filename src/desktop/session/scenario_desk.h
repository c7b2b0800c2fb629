#pragma once

#include <map>
#include <memory>
#include <vector>

#include <QObject>
#include <QTemporaryDir>

#include "cartographer/protocol/messages.h"
#include "core/analysis/registry.h"
#include "core/analysis/scenarios.h"
#include "core/analysis/transport/sources.h"
#include "desktop/session/background.h"

namespace zonewright::desktop {

/// What a module found in one scenario, with its layers in a file of their own: the plan keeps one result of a module, and
/// two are to be seen at once.
struct ScenarioResult {
    analysis::Scenario scenario;
    Localized finding;
    std::vector<cartographer::ExtraLayer> layers;  ///< named in the language of the run
};

/// The scenarios of the open plan: kept in its layer of that name, run beside the work, two at a time.
class ScenarioDesk : public QObject {
    Q_OBJECT
public:
    explicit ScenarioDesk(PlanDocument& document);

    /// Today, which is never kept and has no code.
    [[nodiscard]] static analysis::Scenario today();
    [[nodiscard]] const std::vector<analysis::Scenario>& scenarios() const { return mScenarios; }
    [[nodiscard]] const analysis::Scenario* find(const std::string& code) const;
    /// Transport projects that may open, by code.
    [[nodiscard]] const std::map<std::string, analysis::transport::Project>& projects() const { return mProjects; }

    /// Read while somebody looks: the network that projects belong to is large.
    void setWatched(bool watched);
    void save(analysis::Scenario scenario);
    void remove(const std::string& code);

    /// Modules that a scenario says something to; nothing before `ready`, which follows `loadModules`.
    [[nodiscard]] std::vector<const analysis::Module*> modules() const;
    void loadModules();

    /// Runs a module in two scenarios and writes nothing into the plan. Where a measure has a value for each, both are
    /// coloured by the same classes.
    void compare(const analysis::Module& module, const std::pair<analysis::Scenario, analysis::Scenario>& both);
    [[nodiscard]] Background& work() { return mWork; }

signals:
    void changed();
    void ready();
    void compared(const std::vector<zonewright::desktop::ScenarioResult>& both);
    void failed(const zonewright::Error& error);

private:
    void outdate();
    void load();
    void write(std::function<Result<std::int64_t>(plan::Plan&)> task);

    PlanDocument& mDocument;
    std::shared_ptr<const analysis::Registry> mRegistry;
    std::vector<analysis::Scenario> mScenarios;
    std::map<std::string, analysis::transport::Project> mProjects;
    std::shared_ptr<QTemporaryDir> mFolder;  ///< work may outlast the window
    int mRuns = 0;
    bool mLoading = false;
    bool mWatched = false;
    bool mStale = false;  ///< the plan has changed since it was read
    Background mWork;
};

}  // namespace zonewright::desktop
