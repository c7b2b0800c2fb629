#include "desktop/session/live_check.h"

#include <algorithm>

#include "core/analysis/inputs.h"
#include "core/analysis/siting/check.h"
#include "core/base/paths.h"

namespace zonewright::desktop {
namespace {

namespace siting = analysis::siting;

using SharedTrial = std::shared_ptr<const siting::Trial>;

Result<SharedTrial> trialOf(const plan::Plan& plan, const catalogue::Catalogue& catalogue) {
    auto rules = siting::loadRules(productPaths().layers / "rules");
    if (!rules) return tl::unexpected(rules.error());
    std::erase_if(*rules, [](const siting::Rule& rule) { return rule.severity != siting::Severity::Prohibited; });
    analysis::Inputs inputs(&plan, catalogue);
    inputs.setHashing(false);
    siting::SiteSource source;
    source.drawn = Point{};  // a place that is asked about later
    Progress quiet;
    auto snapshot = siting::readSnapshot(inputs, *rules, source, quiet);
    if (!snapshot) return tl::unexpected(snapshot.error());
    return std::make_shared<const siting::Trial>(std::move(*snapshot), *rules, siting::today());
}

}  // namespace

LiveCheck::LiveCheck(PlanDocument& document) : mDocument(document) {
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        if (!mTrial) return;
        const auto& layers = mTrial->snapshot().layers;
        if (change.layers.empty() || std::ranges::any_of(change.layers, [&](const std::string& layer) { return layers.contains(layer); })) mTrial.reset();
    });
    connect(&document, &PlanDocument::closed, this, [this] {
        stop();
        mTrial.reset();
    });
}

LiveCheck::~LiveCheck() { mAsking.finish(); }

void LiveCheck::start(const std::string& layer) {
    stop();
    mActive = true;
    mLayer = layer;
    mFirst.reset();
    if (mTrial || mPreparing) return;
    mPreparing = true;
    mDocument.read(
        this, [&catalogue = mDocument.catalogue()](const plan::Plan& plan) { return trialOf(plan, catalogue); },
        [this, revision = mDocument.revision()](Result<SharedTrial> trial) {
            mPreparing = false;
            if (!trial || revision != mDocument.revision()) return;
            mTrial = std::move(*trial);
            next();
        });
}

void LiveCheck::stop() {
    mActive = false;
    mAsking.forget();
    mWaiting.reset();
    mTotals.clear();
    mConflicts.clear();
}

void LiveCheck::ask(std::vector<Place> places) {
    if (!mActive) return;
    // The first place is kept until it has been answered: the changes are counted from it.
    if (!mFirst && mWaiting) return;
    mWaiting = std::move(places);
    next();
}

void LiveCheck::next() {
    if (!mActive || mAsking.isBusy() || !mTrial || !mWaiting) return;
    mAsking.ask(
        this,
        [trial = mTrial, layer = mLayer, places = *std::exchange(mWaiting, std::nullopt)] {
            Answer answer;
            for (const auto& [name, place] : places) {
                siting::Site site;
                site.geometry = place;
                site.values.resize(trial->snapshot().siteFields.size());
                const auto hits = trial->hits(site, siting::Severity::Prohibited);
                if (!hits) continue;
                for (const siting::Hit& hit : *hits) {
                    if (hit.rule->layer == layer) continue;
                    Total& total = answer.totals[name + '\n' + hit.rule->id];
                    total.place = name;
                    total.title = hit.rule->title;
                    total.overlap += hit.overlap;
                    ++total.conflicts;
                    answer.conflicts.push_back(hit.geometry);
                }
            }
            return answer;
        },
        [this](Answer answer) { take(std::move(answer)); }, [this] { next(); });
}

void LiveCheck::take(Answer answer) {
    if (!mFirst) {
        mFirst.emplace();
        for (const auto& [rule, total] : answer.totals) (*mFirst)[rule] = total.overlap;
    }
    mTotals.clear();
    for (auto& [rule, total] : answer.totals) {
        total.change = total.overlap - (*mFirst)[rule];
        mTotals.push_back(std::move(total));
    }
    mConflicts = std::move(answer.conflicts);
    emit answered();
}

}  // namespace zonewright::desktop
