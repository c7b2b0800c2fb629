#include "desktop/session/plan_document.h"

#include <algorithm>
#include <set>

#include "core/geometry/measure.h"

namespace zonewright::desktop {
namespace {

constexpr int kWatchMilliseconds = 500;  ///< an edit of another program shows within two seconds

/// What the change-sets after `from` did, up to `to`.
Result<Change> changeBetween(const plan::Plan& plan, std::int64_t from, std::int64_t to) {
    Change change;
    change.changeSet = to;
    const auto differences = plan::diff(plan, from, to);
    if (!differences) return tl::unexpected(differences.error());
    std::set<std::string> layers;
    change.geometry = false;
    for (const plan::FeatureChange& one : *differences) {
        layers.insert(one.layer);
        if (!one.geometryChanged && one.kind == plan::ChangeKind::Changed) continue;
        change.geometry = true;
        change.area.add(boxOfDifference(one.before, one.after));
    }
    if (differences->empty()) change.geometry = true;  // an import is not journaled row by row: anything may have changed
    change.layers.assign(layers.begin(), layers.end());
    return change;
}

}  // namespace

PlanDocument::PlanDocument(std::shared_ptr<const catalogue::Catalogue> catalogue, QObject* parent)
    : QObject(parent), mCatalogue(std::move(catalogue)), mHome(qApp) {
    mWatch.setInterval(kWatchMilliseconds);
    connect(&mWatch, &QTimer::timeout, this, &PlanDocument::lookOutside);
}

PlanDocument::~PlanDocument() = default;

void PlanDocument::open(const std::filesystem::path& file) {
    close();
    mFile = file;
    mWriter.post([this, file, guard = QPointer<QObject>(this), home = mHome](std::optional<plan::Plan>& plan) {
        Result<Opened> opened = Opened{};
        auto made = plan::Plan::open(file, plan::OpenMode::Write);
        if (!made && (made.error().code == ErrorCode::PlanLocked || made.error().code == ErrorCode::PlanReadOnly)) {
            opened->whyReadOnly = made.error();
            made = plan::Plan::open(file, plan::OpenMode::Read);
        }
        if (!made) {
            opened = tl::unexpected(made.error());
        } else {
            opened->writable = made->mode() == plan::OpenMode::Write;
            opened->crs = made->crs();
            if (auto newest = plan::newestChangeSet(*made)) opened->newest = *newest;
            if (auto step = plan::nextUndo(*made)) opened->nextUndo = *step;
            if (auto step = plan::nextRedo(*made)) opened->nextRedo = *step;
            if (auto layers = made->layers()) opened->layers = std::move(*layers);
            plan = std::move(*made);
        }
        QMetaObject::invokeMethod(
            home,
            [this, guard, file, opened = std::move(opened)]() mutable {
                if (!guard || file != mFile) return;
                if (!opened) {
                    emit openFailed(opened.error());
                    return;
                }
                takeOver(std::move(*opened));
            },
            Qt::QueuedConnection);
    });
}

void PlanDocument::takeOver(Opened opened) {
    mOutside = std::make_shared<std::optional<plan::ChangeWatch>>();
    mReader.post([file = mFile, outside = mOutside](std::optional<plan::Plan>& plan) {
        auto made = plan::Plan::open(file, plan::OpenMode::Read);
        if (!made) return;
        plan = std::move(*made);
        if (auto watch = plan::ChangeWatch::begin(*plan)) *outside = std::move(*watch);
    });
    mOpen = true;
    mWritable = opened.writable;
    mWhyReadOnly = std::move(opened.whyReadOnly);
    mCrs = std::move(opened.crs);
    mLayers = std::move(opened.layers);
    mNextUndo = std::move(opened.nextUndo);
    mNextRedo = std::move(opened.nextRedo);
    mNewest = opened.newest;
    ++mRevision;
    mWatch.start();
    emit this->opened();
    emit historyChanged();
}

void PlanDocument::close() {
    if (!mOpen) return;
    emit aboutToClose();
    mWatch.stop();
    mOpen = false;
    mWritable = false;
    mWhyReadOnly.reset();
    mNextUndo.reset();
    mNextRedo.reset();
    mLayers.clear();
    mReader.forget();
    mReader.post([outside = mOutside](std::optional<plan::Plan>& plan) {
        outside->reset();
        plan.reset();
    });
    mReader.drain();
    mLooking = false;
    mWriter.post([](std::optional<plan::Plan>& plan) { plan.reset(); });
    mWriter.drain();
    emit closed();
    emit historyChanged();
}

bool PlanDocument::hasLayer(std::string_view id) const {
    return std::ranges::any_of(mLayers, [&](const plan::LayerInfo& layer) { return layer.id == id; });
}

void PlanDocument::beginWrite() {
    ++mPending;
    emit pendingChanged();
}

void PlanDocument::endWrite() {
    --mPending;
    emit pendingChanged();
}

void PlanDocument::edit(std::pair<std::string, coverage::Edit> layerEdit, editing::EditOptions options, QObject* context, EditThen then) {
    const bool dry = options.dryRun;
    write(
        context,
        [catalogue = mCatalogue, layerEdit = std::move(layerEdit), options = std::move(options)](const plan::Plan& plan) {
            return editing::edit(plan, *catalogue, layerEdit, options);
        },
        [this, dry, then = std::move(then)](coverage::Outcome<editing::EditReport> outcome) {
            const std::int64_t changeSet = outcome && !dry ? outcome->changeSet : 0;
            if (then) then(std::move(outcome));
            if (changeSet != 0) announce(changeSet);
        });
}

void PlanDocument::setValues(const FeatureRef& feature, editing::Values values, QObject* context,
                             std::function<void(Result<editing::EditReport>)> then) {
    write(
        context,
        [catalogue = mCatalogue, feature, values = std::move(values)](const plan::Plan& plan) {
            return editing::setValues(plan, *catalogue, {feature.layer, std::to_string(static_cast<std::int64_t>(feature.fid))}, values);
        },
        [this, then = std::move(then)](Result<editing::EditReport> outcome) {
            const std::int64_t changeSet = outcome ? outcome->changeSet : 0;
            if (then) then(std::move(outcome));
            if (changeSet != 0) announce(changeSet);
        });
}

void PlanDocument::announce(std::int64_t changeSet) {
    const std::int64_t before = std::exchange(mNewest, std::max(mNewest, changeSet));
    if (changeSet <= before) return;
    ++mRevision;
    read(
        this, [before, changeSet](const plan::Plan& plan) { return changeBetween(plan, before, changeSet); },
        [this, changeSet](Result<Change> change) {
            if (!change) {
                Change anything;
                anything.changeSet = changeSet;
                change = anything;
            }
            emit changed(*change);
        });
    refreshSteps();
}

void PlanDocument::announceImport(std::int64_t changeSet) {
    read(
        this, [](const plan::Plan& plan) { return plan.layers(); },
        [this, changeSet](Result<std::vector<plan::LayerInfo>> layers) {
            if (layers) mLayers = std::move(*layers);
            announce(changeSet);
        });
}

void PlanDocument::reverse(std::function<Result<plan::Reversal>(const plan::Plan&)> what, bool redo) {
    if (!mWritable) return;
    write(this, std::move(what), [this, redo](Result<plan::Reversal> done) {
        if (!done) {
            emit failed(done.error());
            return;
        }
        emit reversed(QString::fromStdString(done->title), redo);
        announce(done->changeSet);
    });
}

void PlanDocument::undo() {
    reverse([](const plan::Plan& plan) { return plan::undo(plan); }, false);
}
void PlanDocument::redo() {
    reverse([](const plan::Plan& plan) { return plan::redo(plan); }, true);
}
void PlanDocument::restore(std::int64_t changeSet) {
    reverse([changeSet](const plan::Plan& plan) { return plan::restore(plan, changeSet); }, true);
}

void PlanDocument::refreshSteps() {
    struct Steps {
        std::optional<plan::ChangeSetRecord> undo;
        std::optional<plan::ChangeSetRecord> redo;
        std::optional<std::vector<plan::LayerInfo>> layers;  ///< when imports or analyses have made new ones
    };
    read(
        this,
        [known = mLayers.size()](const plan::Plan& plan) -> Result<Steps> {
            auto undo = plan::nextUndo(plan);
            if (!undo) return tl::unexpected(undo.error());
            auto redo = plan::nextRedo(plan);
            if (!redo) return tl::unexpected(redo.error());
            Steps steps{std::move(*undo), std::move(*redo), {}};
            // Counting the features of all layers takes its time; new layers are rare.
            const auto now = plan.database().value("SELECT count(*) FROM gpkg_contents WHERE data_type IN ('features', 'attributes') "
                                                   "AND table_name NOT IN ('layer_styles', 'qgis_projects')");
            if (!now) return tl::unexpected(now.error());
            if (*now == std::to_string(known)) return steps;
            auto layers = plan.layers();
            if (!layers) return tl::unexpected(layers.error());
            steps.layers = std::move(*layers);
            return steps;
        },
        [this](Result<Steps> steps) {
            if (!steps) return;
            mNextUndo = std::move(steps->undo);
            mNextRedo = std::move(steps->redo);
            if (steps->layers) mLayers = std::move(*steps->layers);
            emit historyChanged();
        });
}

/// Other programs write to the plan too; their edits are in its history. While the plan is open for writing here, whoever
/// writes through core waits for the lock: what else there is was captured by the file's triggers, and is named so.
void PlanDocument::lookOutside() {
    if (mLooking || !mOutside) return;
    mLooking = true;
    using News = std::optional<std::pair<plan::Changes, Change>>;
    read(
        this,
        [outside = mOutside, writable = mWritable](const plan::Plan& plan) -> Result<News> {
            if (!*outside) return News();
            auto changes = (*outside)->poll();
            if (!changes) return tl::unexpected(changes.error());
            if (!*changes) return News();
            if (writable) std::erase_if((**changes).changeSets, [](const plan::ChangeSetRecord& one) { return one.kind != "external"; });
            if ((**changes).replaced) return News({**changes, {}});
            if ((**changes).changeSets.empty()) return News();
            const auto& sets = (**changes).changeSets;
            auto change = changeBetween(plan, sets.front().id - 1, sets.back().id);
            if (!change) return tl::unexpected(change.error());
            change->external = true;
            return News({**changes, std::move(*change)});
        },
        [this, outside = mOutside](Result<News> news) {
            if (outside != mOutside) return;
            mLooking = false;
            if (news && *news) takeOutside((**news).first, std::move((**news).second));
        });
}

void PlanDocument::takeOutside(const plan::Changes& changes, Change change) {
    if (changes.replaced) {
        open(mFile);
        return;
    }
    mNewest = std::max(mNewest, change.changeSet);
    ++mRevision;
    emit changed(change);
    refreshSteps();
}

}  // namespace zonewright::desktop
