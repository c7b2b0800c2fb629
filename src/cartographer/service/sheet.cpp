#include "cartographer/service/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <QFile>

#include <qgsexpressioncontextutils.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutitemmapgrid.h>
#include <qgsreadwritecontext.h>
#include <qgsrenderer.h>

#include "cartographer/service/crs_note.h"
#include "cartographer/service/qt_text.h"
#include "cartographer/service/sheet_scale_bar.h"
#include "cartographer/service/sheet_chart.h"
#include "cartographer/service/sheet_tables.h"

namespace zonewright::cartographer {
namespace {

namespace fs = std::filesystem;

constexpr double kGridMillimetres = 50;  ///< grid lines are not closer than this on paper

fs::path templateOf(const MapProject& project, const std::string& layout) {
    const fs::path asPath(layout);
    return asPath.extension() == ".qpt" ? asPath : project.source().styles / "layouts" / (layout + ".qpt");
}

Result<QDomDocument> readTemplate(const MapProject& project, const std::string& layout) {
    const fs::path path = templateOf(project, layout);
    QFile file(pathToQt(path));
    if (!file.open(QIODevice::ReadOnly)) {
        std::string known;
        for (const auto& one : layoutsOf(project)) known += (known.empty() ? "" : ", ") + one.id;
        return failure(ErrorCode::UnknownTheme, layout + " (" + known + ")");
    }
    QDomDocument document;
    QString message;
    int line = 0;
    if (!document.setContent(&file, &message, &line)) {
        return failure(ErrorCode::FileUnreadable, fromQt(message), path.string() + ":" + std::to_string(line));
    }
    return document;
}

/// The plan's own note replaces the theme's, but what an analysis's figures mean stands on its sheet in any case.
QString noteOf(const std::optional<std::string>& given, const Theme& theme, Language language) {
    const QString own = toQt(theme.note.in(language));
    if (!given || given->empty()) return own;
    if (theme.needs.empty() || own.isEmpty()) return toQt(*given);
    return toQt(*given) + (language == Language::Chinese ? QStringLiteral("。") : QStringLiteral(". ")) + own;
}

QVariantMap sheetTexts(const MapProject& project, const Composition& composition, const PrintRequest& request) {
    const Language language = composition.language;
    const auto text = [](const std::optional<std::string>& given, const QString& otherwise) {
        return given ? toQt(*given) : otherwise;
    };
    const Theme none;
    const Theme& theme = composition.theme != nullptr ? *composition.theme : none;
    return {
        {"zw_lang", language == Language::Chinese ? "zh" : "en"},
        {"zw_title", text(request.text.title, toQt(theme.title.in(language)))},
        {"zw_subtitle", text(request.text.subtitle, toQt(theme.subtitle.in(language)))},
        {"zw_note", noteOf(request.text.note, theme, language)},
        {"zw_source", text(request.text.source, {})},
        {"zw_office", text(request.text.office, {})},
        {"zw_date", text(request.text.date, {})},
        {"zw_version", text(request.text.version, {})},
        {"zw_number", text(request.text.number, {})},
        {"zw_crs", text(request.text.crs, crsNote(project.crs(), language))},
        {"zw_page", QString()},
    };
}

double roundLengthAbove(double length) {
    const double power = std::pow(10.0, std::floor(std::log10(length)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (step * power >= length * (1 - 1e-9)) return step * power;
    }
    return 10 * power;
}

}  // namespace

std::vector<LayoutInfo> layoutsOf(const MapProject& project) {
    std::vector<LayoutInfo> all;
    for (const auto& layout : project.themes().layouts) {
        LayoutInfo info{layout.id, layout.title};
        QDomDocument document;
        QFile file(pathToQt(templateOf(project, layout.id)));
        if (!file.open(QIODevice::ReadOnly) || !document.setContent(&file)) continue;
        const QDomElement pages = document.documentElement().firstChildElement(QStringLiteral("PageCollection"));
        const QStringList size = pages.firstChildElement(QStringLiteral("LayoutItem")).attribute(QStringLiteral("size")).split(',');
        if (size.size() >= 2) {
            info.widthMillimetres = size[0].toDouble();
            info.heightMillimetres = size[1].toDouble();
        }
        all.push_back(std::move(info));
    }
    return all;
}

Result<Sheet> makeSheet(MapProject& project, const Composition& composition, const PrintRequest& request) {
    auto document = readTemplate(project, request.layout);
    if (!document) return tl::unexpected(document.error());
    Sheet sheet;
    sheet.document = *document;
    sheet.layout = std::make_unique<QgsPrintLayout>(QgsProject::instance());
    bool read = false;
    sheet.layout->loadFromTemplate(sheet.document, QgsReadWriteContext(), true, &read);
    sheet.map = dynamic_cast<QgsLayoutItemMap*>(sheet.layout->itemById(QStringLiteral("map")));
    if (!read || sheet.map == nullptr) {
        return failure(ErrorCode::FileUnreadable, "a print template needs an item with the id map", templateOf(project, request.layout).string());
    }
    if (!request.chart.empty() && !addChart(*sheet.layout, request.chart)) {
        sheet.warnings.push_back(worded(composition.language, "图幅容不下图表，已略去", "no room on the sheet for the chart, left out"));
    }
    sheet.warnings = addTables(*sheet.layout, project, composition);
    sheet.legend.emplace(*sheet.layout);
    const auto& layouts = project.themes().layouts;
    if (const auto known = std::ranges::find(layouts, request.layout, &LayoutEntry::id); known != layouts.end()) {
        sheet.symbolFactor = known->symbolFactor;
    }
    QgsExpressionContextUtils::setLayoutVariables(sheet.layout.get(), sheetTexts(project, composition, request));
    if (request.dpi > 0) sheet.layout->renderContext().setDpi(request.dpi);
    sheet.layout->setReferenceMap(sheet.map);
    sheet.map->setFollowVisibilityPreset(false);
    sheet.map->setKeepLayerSet(true);
    sheet.map->setLayers(composition.layers);
    sheet.map->setCrs(project.crs());
    return sheet;
}

double roundScale(double denominator) {
    constexpr std::array kSteps{1.0, 1.2, 1.5, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0};
    const double power = std::pow(10.0, std::floor(std::log10(denominator)));
    const auto step = std::ranges::find_if(kSteps, [&](double s) { return s * power >= denominator * (1 - 1e-9); });
    return (step == kSteps.end() ? 10.0 : *step) * power;
}

QgsRectangle turnedExtent(QgsGeometry shape, double rotation) {
    if (rotation == 0) return shape.boundingBox();
    // Seen on the sheet, then back on the ground.
    const QgsPointXY pivot = shape.boundingBox().center();
    shape.rotate(rotation, pivot);
    const QgsRectangle seen = shape.boundingBox();
    QgsGeometry middle = QgsGeometry::fromPointXY(seen.center());
    middle.rotate(-rotation, pivot);
    const QgsPointXY centre = middle.asPoint();
    return QgsRectangle::fromCenterAndSize(centre, seen.width(), seen.height());
}

void placeFrame(QgsLayoutItemMap& map, const QgsRectangle& extent, const Placement& placement) {
    map.setMapRotation(0);
    map.zoomToExtent(extent);
    if (placement.scale) {
        map.setScale(*placement.scale);
    } else if (placement.roundScale) {
        map.setScale(roundScale(map.scale()));
    }
    map.setMapRotation(placement.rotation);
}

void placeMap(Sheet& sheet, const QgsRectangle& extent, const Placement& placement) {
    placeFrame(*sheet.map, extent, placement);
    for (QgsMapLayer* layer : sheet.map->layers()) {
        auto* vector = qobject_cast<QgsVectorLayer*>(layer);
        if (vector != nullptr && vector->renderer() != nullptr && sheet.symbolFactor != 1) {
            vector->renderer()->setReferenceScale(sheet.map->scale() * sheet.symbolFactor);
        }
    }
    fitScaleBar(*sheet.layout, *sheet.map);
    const double interval = roundLengthAbove(sheet.map->scale() * kGridMillimetres / 1000);
    for (int i = 0; i < sheet.map->grids()->size(); ++i) {
        QgsLayoutItemMapGrid* grid = sheet.map->grids()->grid(i);
        if (grid->units() != QgsLayoutItemMapGrid::MapUnit) continue;
        grid->setIntervalX(interval);
        grid->setIntervalY(interval);
    }
}

}  // namespace zonewright::cartographer
