#include "desktop/session/plan_maker.h"

#include <algorithm>

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include "cartographer/client/cartographer.h"
#include "core/base/paths.h"
#include "core/plan/source/recipe.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

class Relay : public Progress {
public:
    explicit Relay(PlanMaker* maker) : mMaker(maker) {}
    bool report(double done, std::string_view) override {
        QMetaObject::invokeMethod(
            qApp, [maker = mMaker, done] { if (maker) emit maker->progressed(done); }, Qt::QueuedConnection);
        return true;
    }

private:
    QPointer<PlanMaker> mMaker;
};

/// The maps go into the plan as a QGIS project; a plan is whole without them.
void storeProject(const std::filesystem::path& file, Language words) {
    cartographer::Cartographer cartographer;
    if (cartographer.open(file)) (void)cartographer.store(words);
}

}  // namespace

std::vector<Sample> samples() {
    std::vector<Sample> out;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(productPaths().samples, none)) {
        if (!std::filesystem::exists(entry.path() / "recipe.toml", none)) continue;
        if (auto recipe = plan::source::readRecipe(entry.path())) out.push_back({entry.path(), {recipe->meta["title_zh"], recipe->meta["title_en"]}});
    }
    std::ranges::sort(out, {}, &Sample::folder);
    return out;
}

PlanMaker::PlanMaker(std::shared_ptr<const catalogue::Catalogue> catalogue, QObject* parent) : QObject(parent), mCatalogue(std::move(catalogue)) {}

void PlanMaker::makeEmpty(const std::filesystem::path& file, const std::string& crs) {
    run(
        [file, crs, catalogue = mCatalogue](Progress&) -> Result<void> {
            const auto plan = plan::Plan::create(file, *catalogue, {crs, true, {}});
            if (!plan) return tl::unexpected(plan.error());
            return {};
        },
        file);
}

void PlanMaker::makeSample(const std::filesystem::path& file, const Sample& sample) {
    run(
        [file, folder = sample.folder, catalogue = mCatalogue, words = language()](Progress& progress) -> Result<void> {
            const auto recipe = plan::source::readRecipe(folder);
            if (!recipe) return tl::unexpected(recipe.error());
            if (const auto plan = plan::source::createSample({file, *recipe, true}, *catalogue, progress); !plan) return tl::unexpected(plan.error());
            storeProject(file, words);
            return {};
        },
        file);
}

void PlanMaker::run(std::function<Result<void>(Progress&)> make, const std::filesystem::path& file) {
    if (std::exchange(mBusy, true)) return;
    emit progressed(0);
    QThreadPool::globalInstance()->start([make = std::move(make), file, relay = std::make_shared<Relay>(this), guard = QPointer<PlanMaker>(this)] {
        Result<void> done = make(*relay);
        QMetaObject::invokeMethod(
            qApp,
            [guard, file, done = std::move(done)] {
                if (!guard) return;
                guard->mBusy = false;
                if (done) emit guard->made(file);
                else emit guard->failed(done.error());
            },
            Qt::QueuedConnection);
    });
}

}  // namespace zonewright::desktop
