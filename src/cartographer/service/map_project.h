#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <qgscoordinatereferencesystem.h>
#include <qgsproject.h>
#include <qgsrectangle.h>
#include <qgsvectorlayer.h>

#include "cartographer/protocol/messages.h"
#include "cartographer/service/themes.h"
#include "core/catalogue/catalogue.h"

namespace zonewright::cartographer {

/// Map layers that live as long as one request.
class BorrowedLayers {
public:
    BorrowedLayers() = default;
    BorrowedLayers(BorrowedLayers&& other) noexcept : mIds(std::exchange(other.mIds, {})) {}
    BorrowedLayers& operator=(BorrowedLayers&& other) noexcept {
        std::swap(mIds, other.mIds);
        return *this;
    }
    ~BorrowedLayers() {
        if (!mIds.isEmpty()) QgsProject::instance()->removeMapLayers(mIds);
    }
    void add(QgsMapLayer* layer) {
        QgsProject::instance()->addMapLayer(layer, false);
        mIds << layer->id();
    }

private:
    QStringList mIds;
};

/// One entry of a legend: a drawn layer under its heading.
struct LegendLayer {
    std::string drawing;
    QString title;
    QgsVectorLayer* layer = nullptr;
};

/// What a View is made of, ready to be drawn.
struct Composition {
    QList<QgsMapLayer*> layers;  ///< top to bottom
    std::vector<LegendLayer> legend;
    const Theme* theme = nullptr;  ///< null when the view names its layers
    Language language = Language::Chinese;
    std::vector<std::string> warnings;
    BorrowedLayers borrowed;
};

[[nodiscard]] inline QgsRectangle toQgis(const Box& box) { return QgsRectangle(box.minX, box.minY, box.maxX, box.maxY); }
[[nodiscard]] inline Box fromQgis(const QgsRectangle& r) { return {r.xMinimum(), r.yMinimum(), r.xMaximum(), r.yMaximum()}; }

/// A plan as QGIS layers, styled after `styles/`. Each drawing ("layer" or "layer:variant") in each language is a map
/// layer of its own, made when it is first drawn, because one theme may show a layer more than once.
class MapProject {
public:
    /// Errors: NotAPlan when it is no GeoPackage with layers, FileNotFound, BadCatalogue.
    [[nodiscard]] static Result<std::unique_ptr<MapProject>> open(const OpenRequest& request);
    ~MapProject();
    MapProject(const MapProject&) = delete;
    MapProject& operator=(const MapProject&) = delete;

    /// Errors: UnknownTheme, UnknownLayer, FileNotFound and SourceUnreadable for extra layers.
    [[nodiscard]] Result<Composition> compose(const View& view);
    /// The map layer of a drawing. Errors: UnknownLayer when the plan has no such layer or there is no such variant.
    [[nodiscard]] Result<QgsVectorLayer*> drawing(const std::string& name, Language language);
    /// Any layer of the plan, unstyled, for reading. Errors: UnknownLayer.
    [[nodiscard]] Result<QgsVectorLayer*> table(const std::string& layer);
    /// The layer's name in that language; its id when the catalogue does not know it.
    [[nodiscard]] QString titleOf(const std::string& drawing, Language language) const;

    /// Of the district, else of all layers.
    [[nodiscard]] QgsRectangle extent() const { return mExtent; }
    [[nodiscard]] Result<QgsRectangle> extentOf(const std::string& layer);
    void refresh(const std::vector<std::string>& layers);
    /// Forgets all map layers, so that nothing of the plan is open.
    void close();

    [[nodiscard]] const OpenRequest& source() const { return mSource; }
    [[nodiscard]] const Themes& themes() const { return mThemes; }
    [[nodiscard]] const catalogue::Catalogue& catalogue() const { return mCatalogue; }
    [[nodiscard]] const std::vector<std::string>& tables() const { return mTables; }
    [[nodiscard]] bool has(const std::string& layer) const;
    [[nodiscard]] QgsCoordinateReferenceSystem crs() const { return mCrs; }

private:
    MapProject() = default;
    void listTables();
    [[nodiscard]] Result<void> readContents();
    [[nodiscard]] Result<QgsVectorLayer*> extra(const ExtraLayer& extra, BorrowedLayers& borrowed) const;
    [[nodiscard]] QString uriOf(const std::string& layer) const;

    OpenRequest mSource;
    catalogue::Catalogue mCatalogue;
    Themes mThemes;
    std::vector<std::string> mTables;
    QgsCoordinateReferenceSystem mCrs;
    QgsRectangle mExtent;
    QString mOpenOptions;
    std::map<std::string, QgsVectorLayer*> mLayers;  ///< by language and drawing; owned by the QGIS project
};

}  // namespace zonewright::cartographer
