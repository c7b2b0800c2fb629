#include "core/analysis/module.h"

#include <algorithm>

#include <fmt/format.h>

#include "plugins/accessibility/report.h"
#include "plugins/accessibility/surface.h"

namespace zonewright::accessibility {
namespace {

class AccessRun final : public analysis::Run {
public:
    void declare(analysis::ParameterSet& parameters) override { accessibility::declare(parameters, mRequest); }

    Result<void> prepare(analysis::Inputs& inputs, Progress& progress) override {
        if (const auto minutes = minutesOf(mRequest); !minutes) return tl::unexpected(minutes.error());
        Result<Sources> sources = readSources(mRequest, inputs, progress);
        if (!sources) return tl::unexpected(sources.error());
        mSources = std::move(*sources);
        mCrs = inputs.crs();
        return {};
    }

    Result<analysis::Outcome> run(Progress& progress) override {
        if (!progress.report(0, "network")) return failure(ErrorCode::Cancelled, "");
        const Result<World> world = buildWorld(mSources, mRequest);
        if (!world) return tl::unexpected(world.error());
        const Result<std::vector<std::string>> open = openProjects(*world);
        if (!open) return tl::unexpected(open.error());
        const Result<network::Scenario> scenario = network::Scenario::of(world->network, drawn(*world, *open));
        if (!scenario) return tl::unexpected(scenario.error());
        Searcher searcher(*world, *scenario, mRequest);

        Findings findings;
        findings.scenario = open->empty() ? "today" : fmt::format("{}", fmt::join(*open, ","));
        if (!progress.report(0.1, "isochrones")) return failure(ErrorCode::Cancelled, "");
        Result<std::vector<OriginResult>> origins = isochrones(mSources, *world, searcher, mRequest);
        if (!origins) return tl::unexpected(origins.error());
        findings.origins = std::move(*origins);
        if (!progress.report(0.4, "commitments")) return failure(ErrorCode::Cancelled, "");
        Commitments commitments = checkCommitments(mSources, searcher);
        findings.commitments = std::move(commitments.results);
        mSources.notices.insert(mSources.notices.end(), commitments.notices.begin(), commitments.notices.end());
        findings.placeTimes = placeTimes(mSources, searcher);
        if (!progress.report(0.5, "facilities")) return failure(ErrorCode::Cancelled, "");
        Result<std::vector<FacilityResult>> facilities = facilityAccess(mSources, *world, searcher, mRequest, progress);
        if (!facilities) return tl::unexpected(facilities.error());
        findings.facilities = std::move(*facilities);
        if (const std::vector<std::string> compared = comparedProjects(*open); mRequest.compare && !compared.empty()) {
            Result<Comparison> comparison = compare({mSources, *world, mRequest, compared}, findings.commitments, progress);
            if (!comparison) return tl::unexpected(comparison.error());
            findings.comparison = std::move(*comparison);
        }
        if (!mRequest.surface.empty()) {
            if (auto written = writeSurface(mSources, searcher, mRequest, mCrs); !written) return tl::unexpected(written.error());
        }
        return report(mSources, *world, findings, mRequest);
    }

private:
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

    [[nodiscard]] static std::vector<std::string> drawn(const World& world, const std::vector<std::string>& codes) {
        std::vector<std::string> found;
        std::copy_if(codes.begin(), codes.end(), std::back_inserter(found),
                     [&](const std::string& code) { return std::find(world.network.projects().begin(), world.network.projects().end(), code) != world.network.projects().end(); });
        return found;
    }

    [[nodiscard]] std::vector<std::string> comparedProjects(const std::vector<std::string>& open) const {
        if (!open.empty()) return open;
        std::vector<std::string> all;
        for (const auto& [code, project] : mSources.projects) all.push_back(code);
        return all;
    }

    Request mRequest;
    Sources mSources;
    std::optional<Crs> mCrs;
};

}  // namespace
}  // namespace zonewright::accessibility

ZONEWRIGHT_MODULE(zonewright::accessibility::AccessRun, zonewright::accessibility::describe)
