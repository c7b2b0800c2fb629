#include "cartographer/service/sheet_legend.h"

#include <algorithm>
#include <array>

#include <qgslayertree.h>
#include <qgslayertreemodel.h>
#include <qgslayout.h>
#include <qgslayoutitemlegend.h>
#include <qgslayoutitemmap.h>
#include <qgslayoutitempage.h>
#include <qgslayoututils.h>
#include <qgslegendrenderer.h>
#include <qgsmaplayerlegend.h>

#include "cartographer/service/legend.h"

namespace zonewright::cartographer {
namespace {

constexpr int kMostColumns = 3;
constexpr std::array kTypeSizes{1.25, 1.1, 1.0, 0.9, 0.8, 0.7};  ///< of the template's size
constexpr std::array kScaledStyles{QgsLegendStyle::Group, QgsLegendStyle::Subgroup, QgsLegendStyle::Symbol, QgsLegendStyle::SymbolLabel};

/// The designed number of columns, then more, then fewer.
std::vector<int> columnCounts(int designed) {
    std::vector<int> out;
    for (int count = designed; count <= std::max(designed, kMostColumns); ++count) out.push_back(count);
    for (int count = designed - 1; count >= 1; --count) out.push_back(count);
    return out;
}

void addLayer(QgsLayerTree& tree, const UsedClasses& used) {
    // Complete before it joins the tree, which reads its properties once.
    auto* node = new QgsLayerTreeLayer(used.layer->layer);
    node->setCustomProperty(QStringLiteral("legend/title-label"), used.layer->title);
    QgsMapLayerLegendUtils::setLegendNodeOrder(node, QList<int>(used.indices.begin(), used.indices.end()));
    // A heading over a single class says the same thing twice.
    const bool heading = used.indices.size() > 1;
    QgsLegendRenderer::setNodeLegendStyle(node, heading ? QgsLegendStyle::Subgroup : QgsLegendStyle::Hidden);
    tree.addChildNode(node);
}

}  // namespace

QRectF legendRoom(const QgsLayoutItemLegend& legend, const QgsLayout& layout) {
    const QPointF corner = legend.scenePos();
    const double width = legend.rect().width();
    std::vector<QRectF> boxes;
    QRectF room;
    const QList<QGraphicsItem*> all = layout.items();
    for (const QGraphicsItem* graphics : all) {
        const auto* item = dynamic_cast<const QgsLayoutItem*>(graphics);
        if (item == nullptr || item == &legend || !item->isVisible()) continue;
        const QRectF box(item->scenePos(), item->rect().size());
        const bool frame = box.width() * box.height() > 2 * width * legend.rect().height();
        const bool tighter = room.isNull() || box.width() * box.height() < room.width() * room.height();
        if (frame && box.contains(corner) && tighter) room = box;
        if (dynamic_cast<const QgsLayoutItemPage*>(item) == nullptr) boxes.push_back(box);
    }
    room.setTopLeft(corner);
    for (const QRectF& box : boxes) {
        const bool beside = box.left() > corner.x() && box.top() <= corner.y() && box.bottom() > corner.y();
        if (beside) room.setRight(std::min(room.right(), box.left()));
    }
    const double right = std::min(corner.x() + width, room.right());
    for (const QRectF& box : boxes) {
        const bool below = box.top() > corner.y() && box.left() < right && box.right() > corner.x();
        if (below) room.setBottom(std::min(room.bottom(), box.top()));
    }
    return room;
}

SheetLegend::SheetLegend(const QgsLayout& layout)
    : mItem(dynamic_cast<QgsLayoutItemLegend*>(layout.itemById(QStringLiteral("legend")))) {
    if (mItem == nullptr) return;
    mRoom = legendRoom(*mItem, layout);
    mColumns = mItem->columnCount();
    mSymbolWidth = mItem->symbolWidth();
    mSymbolHeight = mItem->symbolHeight();
    for (const auto style : kScaledStyles) mStyles.push_back(mItem->style(style));
    mItem->setAutoUpdateModel(false);
    mItem->setLegendFilterByMapEnabled(false);  // our own filter stops reading a layer once all its classes were met
    mItem->setResizeToContents(true);
}

void SheetLegend::apply(int columns, double factor) {
    mItem->setColumnCount(columns);
    mItem->setSymbolWidth(mSymbolWidth * factor);
    mItem->setSymbolHeight(mSymbolHeight * factor);
    for (std::size_t i = 0; i < mStyles.size(); ++i) {
        QgsLegendStyle style = mStyles[i];
        QFont font = style.font();
        font.setPointSizeF(font.pointSizeF() * factor);
        style.setFont(font);
        for (const auto side : {QgsLegendStyle::Top, QgsLegendStyle::Bottom}) style.setMargin(side, style.margin(side) * factor);
        mItem->setStyle(kScaledStyles[i], style);
    }
}

bool SheetLegend::fits() {
    constexpr double kTolerance = 0.2;
    // Not adjustBoxSize(): until the item was painted once that does nothing.
    QgsRenderContext context = QgsLayoutUtils::createRenderContextForLayout(mItem->layout(), nullptr);
    QgsLegendRenderer renderer(mItem->model(), mItem->legendSettings());
    const QSizeF size = renderer.minimumSize(&context);
    mItem->attemptResize(QgsLayoutSize(size.width(), size.height()));
    return size.width() <= mRoom.width() + kTolerance && size.height() <= mRoom.height() + kTolerance;
}

bool SheetLegend::fill(const Composition& composition, const QgsLayoutItemMap& map) {
    if (mItem == nullptr) return true;
    constexpr double kDotsPerInch = 254;
    QgsLayerTree* tree = mItem->model()->rootGroup();
    tree->removeAllChildren();
    const QgsMapSettings settings = map.mapSettings(map.extent(), map.rect().size() * kDotsPerInch / 25.4, kDotsPerInch, true);
    for (const auto& used : usedClasses(composition.legend, settings)) addLayer(*tree, used);

    for (const double factor : kTypeSizes) {
        for (const int columns : columnCounts(mColumns)) {
            for (const bool split : {false, true}) {  // a heading and its classes stay together where they can
                if (split && factor > 1) continue;
                mItem->setSplitLayer(split);
                apply(columns, factor);
                if (fits()) return true;
            }
        }
    }
    return false;
}

}  // namespace zonewright::cartographer
