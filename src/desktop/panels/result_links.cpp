// How a result's rows and bars, and its places on the map, follow one another.
#include <algorithm>

#include <QComboBox>
#include <QPushButton>
#include <QScopedValueRollback>

#include "core/analysis/table_chart.h"
#include "desktop/canvas/map_view.h"
#include "desktop/panels/chart_view.h"
#include "desktop/panels/result_table.h"
#include "desktop/panels/result_view.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr const char* kOwner = "analysis";

}  // namespace

std::vector<catalogue::Layer> ResultView::layersOf(const AnalysisDesk::Kept& kept) const {
    std::vector<catalogue::Layer> out;
    const auto* module = moduleOf(kept);
    if (module == nullptr) return out;
    for (const analysis::OutputDeclaration& output : module->description().outputs) {
        const bool made = std::ranges::find(kept.result.outputs, output.definition.id) != kept.result.outputs.end();
        const bool shown = output.definition.geometry != catalogue::GeometryKind::None && output.rowsOf.empty();
        if (made && shown) out.push_back(output.definition);
    }
    return out;
}

/// Layers of the result above the theme, in the style its module declares or coloured by the measure.
void ResultView::showOnMap() {
    const auto* kept = current();
    const auto* module = kept != nullptr ? moduleOf(*kept) : nullptr;
    std::vector<cartographer::ExtraLayer> extras;
    std::vector<std::string> linked;
    if (module != nullptr && mOnMap->isChecked() && mOnMap->isEnabled()) {
        for (const catalogue::Layer& layer : layersOf(*kept)) {
            const auto output = std::ranges::find(module->description().outputs, layer.id, [](const auto& one) { return one.definition.id; });
            cartographer::ExtraLayer extra;
            extra.name = layer.title.in(language());
            extra.source = std::filesystem::absolute(mWorkspace.document().file());
            extra.table = layer.id;
            extra.style = analysis::styleFile(*output, mDesk.registry()->libraryOf(*module));
            if (mMapMeasure && mMapMeasure->layer == layer.id) {
                extra.name = mMapMeasure->title.in(language());
                extra.classes = mMapMeasure->classes;
            }
            extras.push_back(std::move(extra));
            linked.push_back(layer.id);
        }
    }
    mWorkspace.content().setExtras(kOwner, std::move(extras));
    mPlaces.load(std::move(linked));
}

/// The feature of the result that a row is about; if its layers are not shown, that of an input.
void ResultView::pickFeature(int row) {
    const auto* kept = current();
    const auto* table = currentTable();
    if (kept == nullptr || table == nullptr || row < 0 || static_cast<std::size_t>(row) >= table->rows.size()) return;
    const auto show = [this](const FeatureRef& feature, const Geometry& geometry) {
        {
            const QScopedValueRollback picking(mPicking, true);
            mWorkspace.selection().set({feature});
        }
        const Box box = boxOf(geometry);
        if (!box.empty() && !mWorkspace.map().view().extent().contains(box)) mWorkspace.map().showBox(box, 0.4);
    };
    mRowPaths.hide();
    if (const std::string layer = layerOfRows(*kept, table->id); !layer.empty()) return showPaths(layer, row);
    std::vector<std::string> texts = analysis::textsOf(*table, static_cast<std::size_t>(row));
    if (const auto* place = mPlaces.about(texts)) return show(place->feature, place->geometry);
    std::vector<std::string> layers = kept->superseded ? std::vector<std::string>() : kept->result.outputs;
    for (const analysis::InputRecord& input : kept->result.inputs) layers.push_back(input.source);
    using Found = std::optional<std::pair<FeatureRef, Geometry>>;
    mWorkspace.document().read(
        this, [layers = std::move(layers), texts = std::move(texts)](const plan::Plan& plan) { return findByText(plan, layers, texts); },
        [show](Result<Found> found) {
            if (found && *found) show((**found).first, (**found).second);
        });
}

/// The layer whose features are about the rows of a table, if the result has one and it is still that of this result.
std::string ResultView::layerOfRows(const AnalysisDesk::Kept& kept, const std::string& table) const {
    const auto* module = moduleOf(kept);
    if (module == nullptr || kept.superseded) return {};
    for (const analysis::OutputDeclaration& output : module->description().outputs) {
        const bool made = std::ranges::find(kept.result.outputs, output.definition.id) != kept.result.outputs.end();
        if (made && output.rowsOf == table) return output.definition.id;
    }
    return {};
}

void ResultView::showPaths(const std::string& layer, int row) {
    mWorkspace.document().read(
        this, [layer, row](const plan::Plan& plan) { return rowPaths(plan, layer, row); },
        [this, result = mShown](Result<std::vector<RowPath>> paths) {
            if (!paths || result != mShown) return;
            Box box;
            for (const RowPath& path : *paths) box.add(boxOf(path.geometry));
            mRowPaths.show(std::move(*paths));
            if (!box.empty()) mWorkspace.map().showBox(box, 0.2);
        });
}

void ResultView::markRow(int row) {
    mTable->markRow(row);
    mChart->pick(barOf(row));
}

/// What is selected on the map, in table and chart.
void ResultView::followSelection() {
    const FeatureRef* picked = mWorkspace.selection().single();
    if (mPicking || picked == nullptr || currentTable() == nullptr || !isVisible()) return;
    mWorkspace.document().read(
        this, [ref = *picked](const plan::Plan& plan) { return plan::findFeature(plan, ref.layer, std::to_string(static_cast<std::int64_t>(ref.fid))); },
        [this](Result<plan::Feature> feature) {
            const auto* table = currentTable();
            if (!feature || table == nullptr) return;
            std::vector<std::string> texts;
            for (const plan::Value& value : feature->values) {
                if (const auto* one = std::get_if<std::string>(&value); one != nullptr && !one->empty()) texts.push_back(*one);
            }
            if (const auto row = analysis::rowAbout(*table, texts)) markRow(static_cast<int>(*row));
        });
}

/// What a row or bar under the pointer is about, outlined on the map.
void ResultView::pointAt(int row) {
    const auto* table = currentTable();
    const bool known = table != nullptr && row >= 0 && static_cast<std::size_t>(row) < table->rows.size();
    const auto* place = known ? mPlaces.about(analysis::textsOf(*table, static_cast<std::size_t>(row))) : nullptr;
    if (place != nullptr) mOutline.show(place->geometry);
    else mOutline.hide();
    mChart->point(barOf(row));
}

/// The bar of the place under the pointer.
void ResultView::followPointer() {
    const auto* table = currentTable();
    if (table == nullptr || !isVisible() || !mOnMap->isChecked()) return;
    const auto pointer = mWorkspace.map().pointer();
    const auto* place = pointer ? mPlaces.at(*pointer) : nullptr;
    const auto row = place != nullptr ? analysis::rowAbout(*table, place->texts) : std::nullopt;
    mChart->point(row ? barOf(static_cast<int>(*row)) : -1);
}

}  // namespace zonewright::desktop
