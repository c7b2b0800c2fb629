#include "cartographer/service/sheet_tables.h"

#include <algorithm>
#include <numeric>

#include <QFontMetricsF>

#include <qgsexpressioncontextutils.h>
#include <qgsfeatureiterator.h>
#include <qgslayoutframe.h>
#include <qgslayoutitemlegend.h>
#include <qgslayoutitemmanualtable.h>
#include <qgsprintlayout.h>
#include <qgstextformat.h>

#include "cartographer/service/qt_text.h"
#include "cartographer/service/sheet_legend.h"

namespace zonewright::cartographer {
namespace {

constexpr double kMillimetresPerPoint = 25.4 / 72;
constexpr double kSmallestType = 0.7;   ///< of the legend's
constexpr double kMostOfRoom = 0.75;    ///< the rest is for the legend
constexpr double kGap = 3.5;            ///< millimetres below a table
constexpr double kLine = 0.1;           ///< millimetres
const QColor kInk(40, 40, 40);

/// A table's words, ready to be set.
struct Content {
    const SheetTable* table = nullptr;
    Language language = Language::Chinese;
    std::vector<QStringList> rows;  ///< the heads first
    std::vector<bool> bold;
};

QgsTextFormat formatOf(const QFont& font, bool bold) {
    QgsTextFormat format;
    QFont own = font;
    own.setBold(bold);
    format.setFont(own);
    format.setSize(font.pointSizeF());
    format.setSizeUnit(QgsUnitTypes::RenderPoints);
    format.setColor(kInk);
    return format;
}

double widthOf(const QString& text, const QFont& font, bool bold) {
    QFont measured = font;
    measured.setBold(bold);
    measured.setPixelSize(200);
    return QFontMetricsF(measured).horizontalAdvance(text) / 200 * font.pointSizeF() * kMillimetresPerPoint;
}

Result<Content> contentOf(MapProject& project, const SheetTable& table, Language language) {
    auto layer = project.table(table.layer);
    if (!layer) return tl::unexpected(layer.error());
    QgsExpressionContext context(QgsExpressionContextUtils::globalProjectLayerScopes(*layer));
    auto* words = new QgsExpressionContextScope(QStringLiteral("sheet"));
    words->setVariable(QStringLiteral("zw_lang"), language == Language::Chinese ? "zh" : "en");
    context.appendScope(words);
    const auto prepared = [&](const std::string& text) -> Result<QgsExpression> {
        QgsExpression expression(toQt(text));
        if (expression.hasParserError() || !expression.prepare(&context)) {
            return failure(ErrorCode::BadCatalogue, fromQt(expression.parserErrorString() + expression.evalErrorString()), "tables." + table.id);
        }
        return expression;
    };
    auto bold = prepared(table.bold.empty() ? "false" : table.bold);
    if (!bold) return tl::unexpected(bold.error());
    std::vector<QgsExpression> columns;
    Content out{&table, language, {{}}, {true}};
    for (const auto& column : table.columns) {
        auto value = prepared(column.value);
        if (!value) return tl::unexpected(value.error());
        columns.push_back(std::move(*value));
        out.rows.front() << toQt(column.title.in(language));
    }
    QgsFeatureRequest request;
    if (!table.rows.empty()) request.setFilterExpression(toQt(table.rows));
    request.setFlags(QgsFeatureRequest::NoGeometry);
    const bool descending = table.order.ends_with(" desc");
    const std::string order = descending ? table.order.substr(0, table.order.size() - 5) : table.order;
    request.addOrderBy(toQt(order.empty() ? "$id" : order), !descending);
    request.setExpressionContext(context);
    QgsFeature feature;
    for (QgsFeatureIterator rows = (*layer)->getFeatures(request); rows.nextFeature(feature);) {
        context.setFeature(feature);
        QStringList cells;
        for (auto& column : columns) cells << column.evaluate(&context).toString();
        out.rows.push_back(cells);
        out.bold.push_back(bold->evaluate(&context).toBool());
    }
    return out;
}

/// Where a table stands, and how its type is set.
struct Setting {
    QRectF box;  ///< of the rows, its title above it
    QList<double> columns;
    QFont font;
    double margin = 0;
};

double sumOf(const QList<double>& widths) { return std::accumulate(widths.begin(), widths.end(), 0.0); }

/// Widths that the words need.
QList<double> widthsOf(const Content& content, const QFont& font, double margin) {
    QList<double> out;
    for (const QString& head : content.rows.front()) out << widthOf(head, font, true);
    for (std::size_t r = 1; r < content.rows.size(); ++r) {
        for (int c = 0; c < out.size(); ++c) out[c] = std::max(out[c], widthOf(content.rows[r][c], font, content.bold[r]));
    }
    for (double& width : out) width += 2 * margin + 0.2;
    return out;
}

/// Stands tables below the legend of an upright column, or at the right of it where the room lies along the sheet.
class TablePlacer {
public:
    TablePlacer(QgsPrintLayout& layout, const QgsLayoutItemLegend& legend)
        : mLayout(layout), mRoom(legendRoom(legend, layout)), mType(legend.style(QgsLegendStyle::SymbolLabel).font()),
          mTitle(legend.style(QgsLegendStyle::Subgroup).font()) {
        mAlong = mRoom.width() > 1.6 * mRoom.height();
        if (mAlong) mRoom.setRight(mRoom.right() - kGap);
        else mRoom.setWidth(std::min(mRoom.width(), legend.rect().width()));
    }

    /// All of them in one size of type, the largest that fits; empty when none does.
    [[nodiscard]] std::vector<Setting> settingsOf(const std::vector<Content>& contents) const {
        for (double factor = 1; factor > kSmallestType - 0.01; factor -= 0.05) {
            std::vector<Setting> out = mAlong ? beside(contents, factor) : below(contents, factor);
            if (!out.empty()) return out;
        }
        return {};
    }

    void add(const Content& content, const Setting& setting) {
        add(cells(content, setting.font), setting.columns, {setting.box, setting.margin}, true);
        const QRectF title(setting.box.left(), setting.box.top() - titleHeight(), setting.box.width(), titleHeight());
        // A label would do, but its header asks for a browser engine.
        add({{cell(toQt(content.table->title.in(content.language)), mTitle, {true, false})}}, {title.width()}, {title, 0.5}, false);
    }

private:
    [[nodiscard]] double titleHeight() const { return mTitle.pointSizeF() * kMillimetresPerPoint * 1.9; }

    [[nodiscard]] Setting sized(const Content& content, double factor) const {
        Setting out;
        out.font = mType;
        out.font.setPointSizeF(mType.pointSizeF() * factor);
        out.margin = 0.55 * factor;
        out.columns = widthsOf(content, out.font, out.margin);
        const double row = out.font.pointSizeF() * kMillimetresPerPoint * 1.3 + 2 * out.margin + kLine;
        out.box.setSize({sumOf(out.columns), row * static_cast<double>(content.rows.size())});
        return out;
    }

    /// Upwards from the lower end; every table is as wide as the room.
    [[nodiscard]] std::vector<Setting> below(const std::vector<Content>& contents, double factor) const {
        std::vector<Setting> out;
        double bottom = mRoom.bottom();
        for (auto content = contents.rbegin(); content != contents.rend(); ++content) {
            Setting setting = sized(*content, factor);
            const double spare = (mRoom.width() - setting.box.width()) / static_cast<double>(setting.columns.size());
            if (spare < 0) return {};
            for (double& width : setting.columns) width += spare;
            setting.box.setWidth(mRoom.width());
            setting.box.moveBottomLeft({mRoom.left(), bottom - kGap});
            bottom = setting.box.top() - titleHeight();
            out.insert(out.begin(), setting);
        }
        const bool fits = bottom >= mRoom.top() + mRoom.height() * (1 - kMostOfRoom);
        return fits ? out : std::vector<Setting>();
    }

    /// Leftwards from the right edge.
    [[nodiscard]] std::vector<Setting> beside(const std::vector<Content>& contents, double factor) const {
        std::vector<Setting> out;
        double right = mRoom.right();
        for (auto content = contents.rbegin(); content != contents.rend(); ++content) {
            Setting setting = sized(*content, factor);
            setting.box.moveTopRight({right, mRoom.top() + titleHeight()});
            if (setting.box.bottom() > mRoom.bottom() - 1) return {};
            right = setting.box.left() - kGap;
            out.insert(out.begin(), setting);
        }
        const bool fits = right >= mRoom.left() + mRoom.width() * (1 - kMostOfRoom);
        return fits ? out : std::vector<Setting>();
    }

    /// A table in its frame; rows are of one height.
    void add(const QgsTableContents& cells, const QList<double>& columns, std::pair<const QRectF&, double> boxAndMargin, bool grid) {
        const auto& [box, margin] = boxAndMargin;
        auto* table = new QgsLayoutItemManualTable(&mLayout);
        mLayout.addMultiFrame(table);
        table->setCellMargin(margin);
        table->setShowGrid(grid);
        table->setVerticalGrid(false);
        table->setGridStrokeWidth(kLine);
        table->setGridColor(QColor(150, 150, 150));
        table->setTableContents(cells);
        // What the table is told is the room for words: margins and lines come on top.
        QList<double> inner;
        for (const double width : columns) inner << width - 2 * margin;
        table->setColumnWidths(inner);
        const double lines = grid ? kLine * static_cast<double>(cells.size() + 1) : 0;
        QList<double> heights;
        for (int r = 0; r < cells.size(); ++r) heights << (box.height() - lines) / cells.size() - 2 * margin;
        table->setRowHeights(heights);
        auto* frame = new QgsLayoutFrame(&mLayout, table);
        frame->attemptSetSceneRect(box.adjusted(0, 0, 0, 0.2));  // what does not fit whole is not drawn
        table->addFrame(frame);
    }

    [[nodiscard]] static QgsTableCell cell(const QString& text, const QFont& font, std::pair<bool, bool> boldAndRight) {
        QgsTableCell out(text);
        out.setTextFormat(formatOf(font, boldAndRight.first));
        out.setForegroundColor(kInk);
        out.setHorizontalAlignment(boldAndRight.second ? Qt::AlignRight : Qt::AlignLeft);
        out.setVerticalAlignment(Qt::AlignVCenter);
        return out;
    }

    [[nodiscard]] static QgsTableContents cells(const Content& content, const QFont& font) {
        QgsTableContents out;
        for (std::size_t r = 0; r < content.rows.size(); ++r) {
            QgsTableRow row;
            for (int c = 0; c < content.rows[r].size(); ++c) {
                row << cell(content.rows[r][c], font, {content.bold[r], content.table->columns[static_cast<std::size_t>(c)].right});
                if (r == 0) row.back().setBackgroundColor(QColor(236, 236, 232));
            }
            out << row;
        }
        return out;
    }

    QgsPrintLayout& mLayout;
    QRectF mRoom;
    QFont mType;
    QFont mTitle;
    bool mAlong = false;
};

}  // namespace

std::vector<std::string> addTables(QgsPrintLayout& layout, MapProject& project, const Composition& composition) {
    std::vector<std::string> warnings;
    const auto* legend = dynamic_cast<QgsLayoutItemLegend*>(layout.itemById(QStringLiteral("legend")));
    if (legend == nullptr || composition.theme == nullptr) return warnings;
    const Language language = composition.language;
    std::vector<Content> contents;
    for (const std::string& id : composition.theme->tables) {
        const SheetTable& table = project.themes().tables.at(id);
        if (!project.has(table.layer)) continue;
        Result<Content> content = contentOf(project, table, language);
        if (content) contents.push_back(std::move(*content));
        else warnings.push_back(worded(language, "表格无法生成：", "the table cannot be made: ") + table.title.in(language) + " (" + content.error().detail + ")");
    }
    TablePlacer placer(layout, *legend);
    std::vector<Setting> settings = placer.settingsOf(contents);
    while (settings.empty() && !contents.empty()) {
        warnings.push_back(worded(language, "图幅容不下表格，已略去：", "no room on the sheet for the table, left out: ") +
                           contents.front().table->title.in(language));
        contents.erase(contents.begin());
        settings = placer.settingsOf(contents);
    }
    for (std::size_t i = 0; i < contents.size(); ++i) placer.add(contents[i], settings[i]);
    return warnings;
}

}  // namespace zonewright::cartographer
