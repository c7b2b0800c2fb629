#include "cartographer/service/store.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include <sqlite3.h>

#include <QDomDocument>

#include <qgseditorwidgetsetup.h>
#include <qgsexpressioncontextutils.h>
#include <qgslayertree.h>
#include <qgsmaplayerstylemanager.h>
#include <qgsmapthemecollection.h>

#include "cartographer/service/qt_text.h"
#include "cartographer/service/read_only_sqlite.h"

namespace zonewright::cartographer {
namespace {

/// Field names and coded values as a person reads them.
void describeFields(QgsVectorLayer& layer, const catalogue::Layer& known, const catalogue::Catalogue& catalogue, Language language) {
    for (const auto& field : known.fields) {
        const int index = layer.fields().indexOf(toQt(field.name));
        if (index < 0) continue;
        layer.setFieldAlias(index, toQt(field.title.in(language)));
        const catalogue::Domain* domain = field.domain.empty() ? nullptr : catalogue.findDomain(field.domain);
        if (domain == nullptr) continue;
        QVariantList values;
        for (const auto& value : domain->values) values << QVariantMap{{toQt(value.title.in(language)), toQt(value.code)}};
        layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup(QStringLiteral("ValueMap"), {{QStringLiteral("map"), values}}));
    }
}

QString groupTitle(const std::string& group, Language language) {
    static const std::map<std::string, Localized> kTitles{
        {"base", {"基础地理", "Base"}},     {"plan", {"规划分区", "Plan"}},          {"transport", {"综合交通", "Transport"}},
        {"ecology", {"生态保护", "Ecology"}}, {"land", {"土地利用", "Land"}},          {"facilities", {"公共服务", "Facilities"}},
        {"analysis", {"分析", "Analysis"}},   {"variants", {"专题图样式", "Theme drawings"}},
    };
    const auto title = kTitles.find(group);
    return toQt(title == kTitles.end() ? group : title->second.in(language));
}

/// The table that QGIS makes for its "save style in database"; begins the transaction.
constexpr const char* kStyleTable = R"(BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier) VALUES ('layer_styles', 'attributes', 'layer_styles');)";

/// Fills the QGIS project and writes it.
class ProjectWriter {
public:
    ProjectWriter(MapProject& project, Language language) : mProject(project), mLanguage(language) {}

    Result<StoreReply> write() {
        const std::vector<std::string> all = drawings();
        if (auto added = addLayers(all); !added) return tl::unexpected(added.error());
        if (auto saved = saveStyles(all); !saved) return tl::unexpected(saved.error());
        addThemes();
        QgsProject* qgis = QgsProject::instance();
        qgis->setTitle(toQt(mProject.source().plan.stem().string()));
        qgis->setFilePathStorage(Qgis::FilePathType::Relative);
        QgsExpressionContextUtils::setProjectVariable(qgis, QStringLiteral("zw_lang"),
                                                      mLanguage == Language::Chinese ? QStringLiteral("zh") : QStringLiteral("en"));
        const QString place = QStringLiteral("geopackage:%1?projectName=zonewright").arg(pathToQt(mProject.source().plan));
        if (!qgis->write(place)) return failure(ErrorCode::CartographerFailed, fromQt(qgis->error()), mProject.source().plan.string());
        return mReply;
    }

private:
    /// Drawings of the themes in their common order, then the plan's other layers.
    [[nodiscard]] std::vector<std::string> drawings() {
        std::vector<std::string> contradictions;
        std::vector<std::string> all = commonOrder(mProject.themes().themes, contradictions);
        for (const auto& pair : contradictions) {
            mReply.warnings.push_back(worded(mLanguage, "专题间的上下次序矛盾：", "themes contradict one another in order: ") + pair);
        }
        for (const auto& layer : mProject.catalogue().layers) {
            if (std::ranges::find(all, layer.id) == all.end()) all.push_back(layer.id);
        }
        std::erase_if(all, [&](const auto& drawing) { return !mProject.has(layerOf(drawing)); });
        return all;
    }

    Result<void> addLayers(const std::vector<std::string>& all) {
        QgsLayerTree* tree = QgsProject::instance()->layerTreeRoot();
        QList<QgsMapLayer*> order;
        for (const auto& name : all) {
            auto layer = mProject.drawing(name, mLanguage);
            if (!layer) return tl::unexpected(layer.error());
            const catalogue::Layer* known = mProject.catalogue().find(layerOf(name));
            if (known != nullptr) describeFields(**layer, *known, mProject.catalogue(), mLanguage);
            const bool variant = !variantOf(name).empty();
            const QString title = groupTitle(variant || known == nullptr ? "variants" : known->group, mLanguage);
            QgsLayerTreeGroup* group = tree->findGroup(title);
            if (group == nullptr) group = tree->addGroup(title);
            group->addLayer(*layer)->setExpanded(false);
            if ((*layer)->isSpatial()) order << *layer;
            ++mReply.layers;
        }
        // Groups are for people; what lies above what is said apart from them.
        tree->setHasCustomLayerOrder(true);
        tree->setCustomLayerOrder(order);
        return {};
    }

    /// Styles as QGIS keeps them in a GeoPackage, one a drawing; those that people saved stay.
    Result<void> saveStyles(const std::vector<std::string>& all) {
        const std::string file = mProject.source().plan.string();
        sqlite3* opened = nullptr;
        const int status = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> plan(opened, &sqlite3_close);
        const auto failed = [&] { return failure(ErrorCode::FileUnwritable, sqlite3_errmsg(plan.get()), file); };
        if (status != SQLITE_OK) return failed();
        sqlite3_busy_timeout(plan.get(), 10'000);
        if (sqlite3_exec(plan.get(), kStyleTable, nullptr, nullptr, nullptr) != SQLITE_OK) return failed();
        for (const auto& name : all) {
            auto layer = mProject.drawing(name, mLanguage);
            if (!layer) return tl::unexpected(layer.error());
            if ((*layer)->isSpatial() && !saveStyle(*plan, **layer, name)) return failed();
        }
        if (sqlite3_exec(plan.get(), "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) return failed();
        return {};
    }

    static bool saveStyle(sqlite3& plan, QgsVectorLayer& layer, const std::string& drawing) {
        const std::string variant = variantOf(drawing);
        QDomDocument document;
        QString message;
        layer.exportNamedStyle(document, message);
        const std::array<std::string, 4> texts{layerOf(drawing), variant.empty() ? "zonewright" : variant, fromQt(document.toString(-1)), fromQt(layer.name())};
        for (const char* sql : {"DELETE FROM layer_styles WHERE f_table_name = ?1 AND styleName = ?2",
                                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, "
                                "useAsDefault, description, owner) VALUES ('', '', ?1, (SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?1), ?2, ?3, '', ?5, ?4, '')"}) {
            sqlite3_stmt* prepared = nullptr;
            if (sqlite3_prepare_v2(&plan, sql, -1, &prepared, nullptr) != SQLITE_OK) return false;
            const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(prepared, &sqlite3_finalize);
            const int places = sqlite3_bind_parameter_count(prepared);
            for (int i = 0; i < std::min(places, 4); ++i) sqlite3_bind_text(prepared, i + 1, texts[i].c_str(), -1, SQLITE_STATIC);
            if (places > 4) sqlite3_bind_int(prepared, 5, variant.empty() ? 1 : 0);
            if (sqlite3_step(prepared) != SQLITE_DONE) return false;
        }
        return true;
    }

    void addThemes() {
        QgsProject* qgis = QgsProject::instance();
        for (const auto& theme : mProject.themes().themes) {
            if (!theme.needs.empty() && !mProject.has(theme.needs)) continue;
            QgsMapThemeCollection::MapThemeRecord record;
            for (const auto& name : theme.layers) {
                auto layer = mProject.has(layerOf(name)) ? mProject.drawing(name, mLanguage) : failure(ErrorCode::UnknownLayer, {});
                if (!layer) continue;
                QgsMapThemeCollection::MapThemeLayerRecord one(*layer);
                one.usingCurrentStyle = true;
                one.currentStyle = (*layer)->styleManager()->currentStyle();
                record.addLayerRecord(one);
                if (mReply.themes == 0) mFirstTheme << *layer;
            }
            qgis->mapThemeCollection()->insert(toQt(theme.title.in(mLanguage)), record);
            ++mReply.themes;
        }
        for (QgsLayerTreeLayer* node : qgis->layerTreeRoot()->findLayers()) {
            node->setItemVisibilityChecked(mFirstTheme.contains(node->layer()));
        }
    }

    MapProject& mProject;
    Language mLanguage;
    StoreReply mReply;
    QList<QgsMapLayer*> mFirstTheme;
};

}  // namespace

Result<StoreReply> storeProject(MapProject& project, Language language) {
    project.close();
    const SqliteWritePermit permit(project.source().plan);
    Result<StoreReply> reply = ProjectWriter(project, language).write();
    project.close();
    QgsProject::instance()->layerTreeRoot()->removeAllChildren();
    return reply;
}

}  // namespace zonewright::cartographer
