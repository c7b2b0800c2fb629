#include "cartographer/service/map_project.h"

#include <algorithm>
#include <fstream>

#include <QDir>

#include <fmt/format.h>
#include <qgsapplication.h>
#include <qgsdataprovider.h>
#include <qgsfeature.h>
#include <qgsgeometry.h>
#include <qgslabelingenginesettings.h>
#include <qgsprovidermetadata.h>
#include <qgsproviderregistry.h>
#include <qgsprovidersublayerdetails.h>
#include <qgsrenderer.h>

#include "cartographer/service/label_order.h"
#include "cartographer/service/qt_text.h"
#include "cartographer/service/style.h"

namespace zonewright::cartographer {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDistrict = "district";

/// A GeoPackage in WAL mode whose log is gone has no writer; SQLite would still want to create the log to read it.
bool needsImmutable(const fs::path& plan) {
    std::ifstream file(plan, std::ios::binary);
    std::array<char, 20> header{};
    file.read(header.data(), header.size());
    std::error_code none;
    return file && header[18] == 2 && !fs::exists(plan.string() + "-wal", none);
}

QString openOptions(const fs::path& file) { return needsImmutable(file) ? QStringLiteral("|option:IMMUTABLE=YES") : QString(); }

/// "clusters:tint@0.6" as its drawing and its opacity.
std::pair<std::string, double> withOpacity(const std::string& name) {
    const auto at = name.find('@');
    if (at == std::string::npos) return {name, 1.0};
    return {name.substr(0, at), std::clamp(std::atof(name.c_str() + at + 1), 0.0, 1.0)};
}

QgsVectorLayer* newLayer(const QString& uri, const QString& name, const QString& provider = QStringLiteral("ogr")) {
    QgsVectorLayer::LayerOptions options;
    options.loadDefaultStyle = false;
    options.skipCrsValidation = true;
    return new QgsVectorLayer(uri, name, provider, options);
}

bool isSQLite(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 16> magic{};
    in.read(magic.data(), magic.size());
    return in && std::string_view(magic.data(), 15) == "SQLite format 3";
}

Result<QgsVectorLayer*> marksLayer(const ExtraLayer& extra, const QgsCoordinateReferenceSystem& crs) {
    std::vector<QgsFeature> features;
    QgsWkbTypes::GeometryType type = QgsWkbTypes::UnknownGeometry;
    for (const auto& mark : extra.marks) {
        QgsFeature feature;
        feature.setGeometry(QgsGeometry::fromWkt(toQt(mark.wkt)));
        if (feature.geometry().isNull() || feature.geometry().isEmpty()) return failure(ErrorCode::BadGeometry, mark.wkt.substr(0, 60), extra.name);
        if (type == QgsWkbTypes::UnknownGeometry) type = feature.geometry().type();
        if (feature.geometry().type() != type) return failure(ErrorCode::BadGeometry, "marks of more than one geometry type", extra.name);
        features.push_back(feature);
    }
    const QString kind = type == QgsWkbTypes::PointGeometry  ? QStringLiteral("MultiPoint")
                         : type == QgsWkbTypes::LineGeometry ? QStringLiteral("MultiLineString")
                                                             : QStringLiteral("MultiPolygon");
    auto* layer = newLayer(kind + QStringLiteral("?field=label:string"), toQt(extra.name), QStringLiteral("memory"));
    layer->setCrs(crs);
    for (std::size_t i = 0; i < features.size(); ++i) {
        QgsGeometry geometry = features[i].geometry();
        geometry.convertToMultiType();
        QgsFeature feature(layer->fields());
        feature.setGeometry(geometry);
        feature.setAttribute(0, toQt(extra.marks[i].label));
        layer->dataProvider()->addFeature(feature);
    }
    return layer;
}

}  // namespace

Result<std::unique_ptr<MapProject>> MapProject::open(const OpenRequest& request) {
    std::error_code none;
    if (!fs::is_regular_file(request.plan, none)) return failure(ErrorCode::FileNotFound, {}, request.plan.string());
    if (!isSQLite(request.plan)) return failure(ErrorCode::NotAPlan, "no GeoPackage", request.plan.string());
    std::unique_ptr<MapProject> project(new MapProject);
    project->mSource = request;
    auto catalogue = catalogue::load(request.layers);
    if (!catalogue) return tl::unexpected(catalogue.error());
    project->mCatalogue = std::move(*catalogue);
    auto themes = readThemes(request.styles / "themes.toml");
    if (!themes) return tl::unexpected(themes.error());
    project->mThemes = std::move(*themes);
    project->mOpenOptions = openOptions(request.plan);
    QgsApplication::setDefaultSvgPaths({pathToQt(request.styles)});
    QgsProject* qgis = QgsProject::instance();
    qgis->clear();
    if (auto read = project->readContents(); !read) return tl::unexpected(read.error());
    qgis->setCrs(project->mCrs, false);
    QgsLabelingEngineSettings labels;
    labels.setPlacementVersion(QgsLabelingEngineSettings::PlacementEngineVersion2);
    labels.setFlag(QgsLabelingEngineSettings::CollectUnplacedLabels, true);
    qgis->setLabelingEngineSettings(labels);
    return project;
}

MapProject::~MapProject() { close(); }

void MapProject::close() {
    mLayers.clear();
    QgsProject::instance()->removeAllMapLayers();
}

void MapProject::listTables() {
    mTables.clear();
    QgsProviderMetadata* ogr = QgsProviderRegistry::instance()->providerMetadata(QStringLiteral("ogr"));
    for (const auto& part : ogr->querySublayers(pathToQt(mSource.plan) + mOpenOptions)) mTables.push_back(fromQt(part.name()));
    std::erase(mTables, std::string("layer_styles"));
}

Result<void> MapProject::readContents() {
    listTables();
    if (mTables.empty()) return failure(ErrorCode::NotAPlan, "no layers in it", mSource.plan.string());

    const bool hasDistrict = has(kDistrict);
    for (const bool district : {true, false}) {
        for (const auto& name : mTables) {
            if ((name == kDistrict) != district) continue;
            auto layer = table(name);
            if (!layer || !(*layer)->isSpatial()) continue;  // tables of other programs say nothing of the map
            if (!mCrs.isValid()) mCrs = (*layer)->crs();
            if ((*layer)->featureCount() > 0) mExtent.combineExtentWith((*layer)->extent());
        }
        if (hasDistrict && !mExtent.isEmpty()) break;  // a district without land says nothing
    }
    if (!mCrs.isValid()) return failure(ErrorCode::NotAPlan, "no coordinate system", mSource.plan.string());
    return {};
}

bool MapProject::has(const std::string& layer) const { return std::ranges::find(mTables, layer) != mTables.end(); }

QString MapProject::uriOf(const std::string& layer) const {
    return pathToQt(mSource.plan) + QStringLiteral("|layername=") + toQt(layer) + mOpenOptions;
}

QString MapProject::titleOf(const std::string& drawing, Language language) const {
    if (const auto own = mThemes.titles.find(drawing); own != mThemes.titles.end()) return toQt(own->second.in(language));
    const catalogue::Layer* layer = mCatalogue.find(layerOf(drawing));
    return toQt(layer != nullptr ? layer->title.in(language) : layerOf(drawing));
}

Result<QgsVectorLayer*> MapProject::table(const std::string& layer) {
    const std::string key = "/" + layer;
    if (const auto known = mLayers.find(key); known != mLayers.end()) return known->second;
    if (!has(layer)) return failure(ErrorCode::UnknownLayer, layer, mSource.plan.string());
    std::unique_ptr<QgsVectorLayer> made(newLayer(uriOf(layer), toQt(layer)));
    if (!made->isValid()) return failure(ErrorCode::PlanDamaged, fmt::format("layer {} cannot be read", layer), mSource.plan.string());
    QgsProject::instance()->addMapLayer(made.get(), false);
    return mLayers[key] = made.release();
}

Result<QgsVectorLayer*> MapProject::drawing(const std::string& name, Language language) {
    const std::string key = (language == Language::Chinese ? "zh/" : "en/") + name;
    if (const auto known = mLayers.find(key); known != mLayers.end()) return known->second;
    const auto [plain, opacity] = withOpacity(name);
    const std::string layer = layerOf(plain);
    const std::string variant = variantOf(plain);
    if (!has(layer)) return failure(ErrorCode::UnknownLayer, layer, mSource.plan.string());
    std::unique_ptr<QgsVectorLayer> made(newLayer(uriOf(layer), titleOf(plain, language)));
    if (!made->isValid()) return failure(ErrorCode::PlanDamaged, fmt::format("layer {} cannot be read", layer), mSource.plan.string());
    const fs::path styles = mSource.styles;
    const fs::path qml = variant.empty() ? styles / (layer + ".qml") : styles / "variants" / (layer + "." + variant + ".qml");
    if (made->isSpatial()) {
        if (auto styled = applyStyle(*made, qml, language); !styled) return tl::unexpected(styled.error());
        nameClasses(*made);
        orderLabels(*made);
    }
    made->setName(titleOf(plain, language));
    made->setOpacity(opacity);
    QgsProject::instance()->addMapLayer(made.get(), false);
    return mLayers[key] = made.release();
}

Result<QgsVectorLayer*> MapProject::extra(const ExtraLayer& extra, BorrowedLayers& borrowed) const {
    QgsVectorLayer* layer = nullptr;
    if (!extra.marks.empty()) {
        auto marks = marksLayer(extra, mCrs);
        if (!marks) return marks;
        layer = *marks;
    } else {
        std::error_code none;
        // A local file, so that nothing from data reaches the network through GDAL's virtual file systems.
        if (!fs::exists(extra.source, none)) return failure(ErrorCode::FileNotFound, extra.name, extra.source.string());
        QString uri = pathToQt(fs::canonical(extra.source, none));
        if (!extra.table.empty()) uri += QStringLiteral("|layername=") + toQt(extra.table);
        uri += openOptions(extra.source);
        layer = newLayer(uri, toQt(extra.name));
    }
    if (!layer->isValid()) {
        delete layer;
        return failure(ErrorCode::SourceUnreadable, extra.table, extra.source.string());
    }
    borrowed.add(layer);
    return layer;
}

Result<Composition> MapProject::compose(const View& view) {
    Composition made;
    made.language = view.language;
    std::vector<std::string> drawings = view.layers;
    std::vector<std::string> legend = view.layers;
    if (view.layers.empty() && !view.theme.empty()) {
        auto theme = mThemes.find(view.theme);
        if (!theme) return tl::unexpected(theme.error());
        made.theme = *theme;
        if (!made.theme->needs.empty() && !has(made.theme->needs)) {
            return failure(ErrorCode::UnknownLayer,
                           made.theme->needs + ": the theme " + view.theme + " shows a result; run first: " + made.theme->madeBy,
                           mSource.plan.string());
        }
        drawings = (*theme)->layers;
        legend = (*theme)->legend;
    }
    QList<QgsMapLayer*> below;
    for (const auto& one : view.extras) {
        auto layer = extra(one, made.borrowed);
        if (!layer) return tl::unexpected(layer.error());
        applyPlainStyle(**layer);
        if (!one.style.empty()) {
            if (auto styled = applyStyle(**layer, one.style, view.language); !styled) return tl::unexpected(styled.error());
            nameClasses(**layer);
        }
        if (!one.classes.field.empty()) applyClasses(**layer, one.classes, view.language);
        orderLabels(**layer);
        (*layer)->setName(toQt(one.name));
        (one.below ? below : made.layers) << *layer;
        if (one.inLegend) made.legend.push_back({one.name, toQt(one.name), *layer});
    }
    for (const auto& name : drawings) {
        if (!has(layerOf(withOpacity(name).first)) && made.theme != nullptr) {
            made.warnings.push_back(worded(view.language, "规划中没有图层 ", "the plan has no layer ") + layerOf(name));
            continue;
        }
        auto layer = drawing(name, view.language);
        if (!layer) return tl::unexpected(layer.error());
        if (!(*layer)->isSpatial()) continue;
        (*layer)->renderer()->setReferenceScale(-1);  // a sheet may have set it
        made.layers << *layer;
    }
    made.layers << below;
    rankLabels(made.layers);
    for (const auto& name : legend) {
        const std::string plain = withOpacity(name).first;
        if (!has(layerOf(plain))) continue;
        auto layer = drawing(name, view.language);
        if (!layer) return tl::unexpected(layer.error());
        made.legend.push_back({plain, titleOf(plain, view.language), *layer});
    }
    if (made.layers.isEmpty()) return failure(ErrorCode::BadArgument, "nothing to draw: name a theme or layers");
    return made;
}

Result<QgsRectangle> MapProject::extentOf(const std::string& layer) {
    auto found = table(layer);
    if (!found) return tl::unexpected(found.error());
    (*found)->updateExtents();
    return (*found)->extent();
}

void MapProject::refresh(const std::vector<std::string>& layers) {
    if (const QString options = openOptions(mSource.plan); options != mOpenOptions) {  // a writer has come or gone
        close();
        mOpenOptions = options;
    }
    const bool unknown = std::ranges::any_of(layers, [&](const auto& layer) { return !has(layer); });
    if (layers.empty() || unknown) listTables();  // an analysis may have written its first result
    for (const auto& [key, layer] : mLayers) {
        const std::string name = layerOf(withOpacity(key.substr(key.find('/') + 1)).first);
        if (!layers.empty() && std::ranges::find(layers, name) == layers.end()) continue;
        layer->reload();
        layer->updateExtents(true);
        nameClasses(*layer);
    }
    if (has(kDistrict)) {
        if (auto district = extentOf(kDistrict); district && !district->isEmpty()) mExtent = *district;
    }
}

}  // namespace zonewright::cartographer
