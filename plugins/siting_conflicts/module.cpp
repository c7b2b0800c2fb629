#include "core/analysis/module.h"

#include "core/analysis/siting/check.h"
#include "core/analysis/siting/waivers.h"
#include "core/base/paths.h"
#include "plugins/siting_conflicts/outcome.h"

namespace zonewright::plugins::siting_conflicts {
namespace {

namespace siting = analysis::siting;

class Conflicts final : public analysis::Run {
public:
    void declare(analysis::ParameterSet& p) override {
        p.add("sites", {"地块图层", "Sites"}, mSites).help({"要检查的项目用地", "The sites to check"});
        p.add("kind", {"项目类型", "Kind of project"}, mKind).help({"图层没有 kind 字段时使用", "Used where the layer has no field kind"});
        p.add("rules", {"规则文件或目录", "Rule file or folder"}, mRules).help({"留空用产品自带规则", "Empty: the product's own rules"}).advanced();
        p.add("on", {"规则有效日", "Rules in force on"}, mDay).help({"如 2021-09-30，留空为今天", "As 2021-09-30; empty: today"});
        p.add("nearest", {"最近约束查找范围", "Look for the nearest constraint within"}, mNearest).range(0, 100000).advanced();
    }

    Result<void> prepare(analysis::Inputs& inputs, Progress& progress) override {
        auto rules = siting::loadRules(mRules.empty() ? productPaths().layers / "rules" : std::filesystem::path(mRules));
        if (!rules) return tl::unexpected(rules.error());
        mRead = std::move(*rules);
        siting::SiteSource source;
        source.layer = mSites;
        source.kind = mKind;
        auto snapshot = siting::readSnapshot(inputs, mRead, source, progress);
        if (!snapshot) return tl::unexpected(snapshot.error());
        mSnapshot = std::move(*snapshot);
        if (inputs.plan() == nullptr) return {};
        auto waivers = siting::readWaivers(*inputs.plan());
        if (!waivers) return tl::unexpected(waivers.error());
        mWaivers = std::move(*waivers);
        return {};
    }

    Result<analysis::Outcome> run(Progress& progress) override {
        auto report = siting::check(mSnapshot, mRead, {.day = mDay.empty() ? siting::today() : mDay, .nearest = mNearest}, progress);
        if (!report) return tl::unexpected(report.error());
        siting::applyWaivers(*report, mWaivers);
        return outcomeOf(*report);
    }

private:
    analysis::LayerReference mSites{"projects"};
    std::string mKind;
    std::string mRules;
    std::string mDay;
    Metres mNearest{1000};
    std::vector<siting::Rule> mRead;
    std::vector<siting::Waiver> mWaivers;
    siting::Snapshot mSnapshot;
};

analysis::Description describeModule() {
    return {.id = "siting_conflicts",
            .version = "1",
            .title = {"选址冲突检查", "Siting conflicts"},
            .help = {"按规则检查项目用地与红线、农田、交通、河道等的冲突，给出条款与面积",
                     "Checks sites against red lines, farmland, transport, waterways and plan clauses, with article and area"},
            .shortName = "",
            .outputs = {findingsLayer()}};
}

}  // namespace
}  // namespace zonewright::plugins::siting_conflicts

ZONEWRIGHT_MODULE(zonewright::plugins::siting_conflicts::Conflicts, zonewright::plugins::siting_conflicts::describeModule)
