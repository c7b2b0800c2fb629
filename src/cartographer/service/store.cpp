#include "cartographer/service/store.h"

#include <algorithm>
#include <map>

#include <sqlite3.h>

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

/// Fills the QGIS project and writes it.
class ProjectWriter {
public:
    ProjectWriter(MapProject& project, Language language) : mProject(project), mLanguage(language) {}

    Result<StoreReply> write() {
        const std::vector<std::string> all = drawings();
        forgetOwnStyles(all);
        if (auto added = addLayers(all); !added) return tl::unexpected(added.error());
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
            saveStyle(**layer, name);
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

    static QString styleNameOf(const std::string& drawing) {
        const std::string variant = variantOf(drawing);
        return variant.empty() ? QStringLiteral("zonewright") : toQt(variant);
    }

    /// Saving over a style would ask a person who is not there, so ours go first; those that people saved stay.
    void forgetOwnStyles(const std::vector<std::string>& all) {
        sqlite3* opened = nullptr;
        sqlite3_open_v2(mProject.source().plan.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
        const std::unique_ptr<sqlite3, int (*)(sqlite3*)> plan(opened, &sqlite3_close);
        sqlite3_stmt* prepared = nullptr;
        sqlite3_prepare_v2(plan.get(), "DELETE FROM layer_styles WHERE f_table_name = ? AND styleName = ?", -1, &prepared, nullptr);
        if (prepared == nullptr) return;  // no style was saved yet
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> remove(prepared, &sqlite3_finalize);
        for (const auto& name : all) {
            const std::string layer = layerOf(name);
            const std::string style = fromQt(styleNameOf(name));
            sqlite3_bind_text(prepared, 1, layer.c_str(), -1, SQLITE_TRANSIENT);
            sqlite3_bind_text(prepared, 2, style.c_str(), -1, SQLITE_TRANSIENT);
            sqlite3_step(prepared);
            sqlite3_reset(prepared);
        }
    }

    static void saveStyle(QgsVectorLayer& layer, const std::string& name) {
        if (!layer.isSpatial()) return;
        QString message;
        layer.saveStyleToDatabase(styleNameOf(name), layer.name(), variantOf(name).empty(), {}, message);
    }

    void addThemes() {
        QgsProject* qgis = QgsProject::instance();
        for (const auto& theme : mProject.themes().themes) {
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
