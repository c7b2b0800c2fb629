#include "cartographer/service/atlas_pages.h"

#include <algorithm>

#include <fmt/format.h>
#include <qgsexpressioncontextutils.h>
#include <qgsgeometry.h>
#include <qgslayoutatlas.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutreportcontext.h>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {
namespace {

/// The layer whose features make the pages: one of the plan, or one of the request's extra layers.
Result<QgsVectorLayer*> coverage(MapProject& project, const Composition& composition, const std::string& name) {
    if (project.has(name)) return project.table(name);
    for (QgsMapLayer* layer : composition.layers) {
        if (layer->name() == toQt(name)) return qobject_cast<QgsVectorLayer*>(layer);
    }
    return failure(ErrorCode::UnknownLayer, name);
}

/// The name of a feature in the sheet's language, its key where it has none.
QString pageName(const QgsVectorLayer& layer, const catalogue::Layer* known, Language language) {
    QStringList candidates;
    const QString name = known != nullptr && !known->nameField.empty() ? toQt(known->nameField) : QStringLiteral("name");
    if (language == Language::English) candidates << name + QStringLiteral("_en");
    candidates << name << QStringLiteral("code");
    QStringList present;
    for (const QString& field : candidates) {
        if (layer.fields().indexOf(field) >= 0) present << QStringLiteral("nullif(\"%1\",'')").arg(field);
    }
    present << QStringLiteral("to_string($id)");
    return QStringLiteral("coalesce(%1)").arg(present.join(','));
}

}  // namespace

Result<AtlasPages> AtlasPages::create(MapProject& project, const Composition& composition, Sheet& sheet, const AtlasRequest& request) {
    auto layer = coverage(project, composition, request.over);
    if (!layer) return tl::unexpected(layer.error());
    QgsLayoutAtlas* atlas = sheet.layout->atlas();
    atlas->setCoverageLayer(*layer);
    atlas->setEnabled(true);
    atlas->setPageNameExpression(pageName(**layer, project.catalogue().find(request.over), composition.language));
    if (!request.filter.empty()) {
        QString message;
        atlas->setFilterFeatures(true);
        if (!atlas->setFilterExpression(toQt(request.filter), message)) return failure(ErrorCode::BadArgument, fromQt(message), "filter");
    }
    AtlasPages pages(composition, sheet, request);
    pages.mCount = atlas->updateFeatures();
    if (pages.mCount == 0) return failure(ErrorCode::SourceEmpty, "no feature to make a page of", request.over);
    return pages;
}

bool AtlasPages::beginRender() { return mSheet->layout->atlas()->beginRender(); }

bool AtlasPages::endRender() { return mSheet->layout->atlas()->endRender(); }

bool AtlasPages::next() {
    if (!mSheet->layout->atlas()->next()) return false;
    ++mPage;
    fill();
    return true;
}

Result<void> AtlasPages::show(int page) {
    QgsLayoutAtlas* atlas = mSheet->layout->atlas();
    if (page < 1 || page > mCount || !atlas->beginRender() || !atlas->seekTo(page - 1)) {
        return failure(ErrorCode::BadArgument, fmt::format("the atlas has {} pages", mCount), fmt::format("page {}", page));
    }
    mPage = page;
    fill();
    return {};
}

QgsRectangle AtlasPages::extentOf(const QgsGeometry& feature) const {
    QgsRectangle extent = turnedExtent(feature, mRequest->sheet.placement.rotation);
    extent.scale(1 + 2 * mRequest->margin);
    if (extent.isEmpty()) extent.grow(500);  // a point has no size of its own
    return extent;
}

std::vector<PageFrame> AtlasPages::frames() {
    QgsLayoutAtlas* atlas = mSheet->layout->atlas();
    QgsFeatureRequest request;
    request.setNoAttributes();
    if (atlas->filterFeatures()) request.setFilterExpression(atlas->filterExpression());
    QgsLayoutItemMap& map = *mSheet->map;
    const QgsRectangle kept = map.extent();
    QgsFeatureIterator features = atlas->coverageLayer()->getFeatures(request);
    std::vector<PageFrame> out;
    QgsFeature feature;
    while (out.size() < kMostFrames && features.nextFeature(feature)) {
        placeFrame(map, extentOf(feature.geometry()), mRequest->sheet.placement);
        out.push_back({fromQt(atlas->nameForPage(static_cast<int>(out.size()))), fromQgis(map.extent()), map.scale()});
    }
    map.setExtent(kept);
    return out;
}

/// Places the map on the feature of the page and fills the sheet with what belongs to it.
void AtlasPages::fill() {
    placeMap(*mSheet, extentOf(mSheet->layout->reportContext().currentGeometry(mSheet->map->crs())), mRequest->sheet.placement);
    QgsExpressionContextUtils::setLayoutVariable(mSheet->layout.get(), QStringLiteral("zw_page"), mPage);
    if (!mSheet->legend->fill(*mComposition, *mSheet->map)) mCutLegends.push_back(fromQt(mSheet->layout->atlas()->nameForPage(mPage - 1)));
    mSheet->layout->refresh();
}

}  // namespace zonewright::cartographer
