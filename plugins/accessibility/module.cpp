#include "core/analysis/module.h"

#include <algorithm>

#include <fmt/format.h>

#include "plugins/accessibility/report.h"
#include "plugins/accessibility/surface.h"

namespace zonewright::accessibility {
namespace {

namespace transport = analysis::transport;

class AccessRun final : public analysis::Run {
public:
    void declare(analysis::ParameterSet& parameters) override { accessibility::declare(parameters, mRequest); }

    Result<void> prepare(analysis::Inputs& inputs, Progress& progress) override {
        if (const auto minutes = minutesOf(mRequest); !minutes) return tl::unexpected(minutes.error());
        if (inputs.plan() != nullptr) {
            if (auto done = transport::takeKeptFiles(mRequest, *inputs.plan()); !done) return done;
        }
        Result<Sources> sources = readSources(mRequest, inputs, progress);
        if (!sources) return tl::unexpected(sources.error());
        mSources = std::move(*sources);
        mCrs = inputs.crs();
        return obtainNetwork(inputs.plan(), progress);
    }

    Result<analysis::Outcome> run(Progress& progress) override {
        if (!progress.report(0, "network")) return failure(ErrorCode::Cancelled, "");
        const Result<network::Scenario> scenario = network::Scenario::of(mWorld.network, transport::drawnProjects(mWorld.network, mOpen));
        if (!scenario) return tl::unexpected(scenario.error());
        Searcher searcher(mWorld, *scenario, mRequest);

        Findings findings;
        findings.scenario = mOpen.empty() ? "today" : fmt::format("{}", fmt::join(mOpen, ","));
        if (!progress.report(0.1, "isochrones")) return failure(ErrorCode::Cancelled, "");
        Result<Isochrones> found = isochrones(mSources, mWorld, searcher, mRequest);
        if (!found) return tl::unexpected(found.error());
        findings.origins = std::move(found->results);
        mSources.notices.insert(mSources.notices.end(), found->notices.begin(), found->notices.end());
        if (!progress.report(0.4, "commitments")) return failure(ErrorCode::Cancelled, "");
        Commitments commitments = checkCommitments(mSources, searcher);
        findings.commitments = std::move(commitments.results);
        mSources.notices.insert(mSources.notices.end(), commitments.notices.begin(), commitments.notices.end());
        findings.placeTimes = placeTimes(mSources, searcher);
        if (!progress.report(0.5, "facilities")) return failure(ErrorCode::Cancelled, "");
        if (auto done = makeHierarchy(*scenario, progress); !done) return tl::unexpected(done.error());
        Result<std::vector<FacilityResult>> facilities = facilityAccess({mSources, mWorld, searcher, mRequest, mHierarchy ? &*mHierarchy : nullptr}, progress);
        if (!facilities) return tl::unexpected(facilities.error());
        findings.facilities = std::move(*facilities);
        if (const std::vector<std::string> compared = comparedProjects(mOpen); mRequest.compare && !compared.empty()) {
            Result<Comparison> comparison = compare({mSources, mWorld, mRequest, compared}, findings.commitments, progress);
            if (!comparison) return tl::unexpected(comparison.error());
            findings.comparison = std::move(*comparison);
        }
        if (!mRequest.surface.empty()) {
            if (auto written = writeSurface(mSources, searcher, mRequest, mCrs); !written) return tl::unexpected(written.error());
        }
        return report(mSources, mWorld, findings, mRequest);
    }

    /// Keeps the network and the hierarchy that were made for this run.
    Result<void> finish(const plan::Plan& plan, const analysis::Outcome&) override {
        if (mNetworkIsNew) {
            if (auto done = transport::keepNetwork(plan, mSources.inputHash, mWorld, mRequest); !done) return done;
        }
        if (!mHierarchyIsNew) return {};
        return transport::keepHierarchy(plan, mSources.inputHash, transport::drawnProjects(mWorld.network, mOpen), *mHierarchy);
    }

private:
    /// From the plan where it keeps the network of these inputs; made otherwise.
    Result<void> obtainNetwork(const plan::Plan* plan, Progress& progress) {
        std::optional<World> world;
        if (plan != nullptr) {
            auto kept = transport::keptNetwork(*plan, mSources.inputHash);
            if (!kept) return tl::unexpected(kept.error());
            world = std::move(*kept);
        }
        mNetworkIsNew = !world;
        if (!world) {
            if (!progress.report(0.5, "network")) return failure(ErrorCode::Cancelled, "");
            Result<World> built = transport::buildNetwork(mSources, mRequest);
            if (!built) return tl::unexpected(built.error());
            world = std::move(*built);
        }
        mWorld = std::move(*world);
        Result<std::vector<std::string>> open = openProjects(mWorld);
        if (!open) return tl::unexpected(open.error());
        mOpen = std::move(*open);
        if (mNetworkIsNew || plan == nullptr) return {};
        auto hierarchy = transport::keptHierarchy(*plan, mSources.inputHash, transport::drawnProjects(mWorld.network, mOpen));
        if (!hierarchy) return tl::unexpected(hierarchy.error());
        mHierarchy = std::move(*hierarchy);
        return {};
    }

    /// Made only where it saves time: for the many origins of facility access.
    Result<void> makeHierarchy(const network::Scenario& scenario, Progress& progress) {
        if (mHierarchy || mSources.cells.empty() || mSources.facilities.empty()) return {};
        Result<network::Hierarchy> made = network::Hierarchy::of(network::Graph(mWorld.network, scenario), progress);
        if (!made) return tl::unexpected(made.error());
        mHierarchy = std::move(*made);
        mHierarchyIsNew = true;
        return {};
    }

    /// What the run's scenario opens: as named, all, and those due by the year.
    [[nodiscard]] Result<std::vector<std::string>> openProjects(const World& world) const {
        std::vector<std::string> open;
        const bool all = mRequest.projects == std::vector<std::string>{"all"};
        for (const std::string& code : mRequest.projects) {
            const auto inNetwork = std::find(world.network.projects().begin() + 1, world.network.projects().end(), code);
            if (!all && mSources.projects.count(code) == 0 && inNetwork == world.network.projects().end()) {
                std::vector<std::string> known;
                for (const auto& [name, project] : mSources.projects) known.push_back(name);
                return failure(ErrorCode::BadArgument, fmt::format("projects: no project '{}'; there are {}", code, fmt::join(known, ", ")));
            }
            if (!all) open.push_back(code);
        }
        for (const auto& [code, project] : mSources.projects) {
            const bool due = mRequest.year > 0 && project.year > 0 && project.year <= mRequest.year;
            if ((all || due) && std::find(open.begin(), open.end(), code) == open.end()) open.push_back(code);
        }
        std::sort(open.begin(), open.end());
        return open;
    }

    [[nodiscard]] std::vector<std::string> comparedProjects(const std::vector<std::string>& open) const {
        if (!open.empty()) return open;
        std::vector<std::string> all;
        for (const auto& [code, project] : mSources.projects) all.push_back(code);
        return all;
    }

    Request mRequest;
    Sources mSources;
    World mWorld;
    std::vector<std::string> mOpen;
    std::optional<network::Hierarchy> mHierarchy;
    bool mNetworkIsNew = false;
    bool mHierarchyIsNew = false;
    std::optional<Crs> mCrs;
};

}  // namespace
}  // namespace zonewright::accessibility

ZONEWRIGHT_MODULE(zonewright::accessibility::AccessRun, zonewright::accessibility::describe)
