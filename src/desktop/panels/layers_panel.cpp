#include <algorithm>

#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "desktop/canvas/map_view.h"
#include "desktop/panels/panels.h"
#include "desktop/session/language.h"
#include "desktop/session/layer_extent.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

constexpr int kDrawingRole = Qt::UserRole;

/// The theme's drawings, top to bottom as they are drawn, with the legend's symbols below each.
class LayersPanel : public QTreeWidget {
public:
    explicit LayersPanel(Workspace& workspace) : mWorkspace(workspace) {
        setHeaderHidden(true);
        setColumnCount(1);
        setIconSize(QSize(28, 16));
        setDragDropMode(QAbstractItemView::InternalMove);
        setSelectionMode(QAbstractItemView::SingleSelection);
        setUniformRowHeights(true);
        setContextMenuPolicy(Qt::DefaultContextMenu);
        MapContent& content = workspace.content();
        connect(&content, &MapContent::themeChanged, this, [this] { rebuild(); });
        connect(&content, &MapContent::changed, this, [this] { refresh(); });
        connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) { takeOver(item); });
        connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) { zoomTo(layerOf(item)); });
        inLanguage(this, [this] { rebuild(); });
    }

protected:
    void contextMenuEvent(QContextMenuEvent* event) override {
        QTreeWidgetItem* item = itemAt(event->pos());
        while (item != nullptr && item->parent() != nullptr) item = item->parent();
        QMenu menu(this);
        if (item != nullptr) {
            const std::string layer = layerOf(item);
            menu.addAction(text("缩放到图层", "Zoom to layer"), this, [this, layer] { zoomTo(layer); });
            const auto* known = mWorkspace.document().catalogue().find(layer);
            if (known != nullptr && known->geometry == catalogue::GeometryKind::MultiPolygon) {
                menu.addAction(text("设为编辑图层", "Edit this layer"), this, [this, layer] { mWorkspace.setEditedLayer(layer); });
            }
            addOpacity(menu, item->data(0, kDrawingRole).toString().toStdString());
            menu.addSeparator();
        }
        menu.addAction(text("恢复本专题的默认图层", "Reset this theme's layers"), this, [this] {
            mWorkspace.content().resetTheme();
            rebuild();
        });
        menu.exec(event->globalPos());
    }
    void dropEvent(QDropEvent* event) override {
        QTreeWidget::dropEvent(event);
        std::vector<Drawing> order;
        const auto& now = mWorkspace.content().drawings();
        for (int i = 0; i < topLevelItemCount(); ++i) {
            const std::string id = topLevelItem(i)->data(0, kDrawingRole).toString().toStdString();
            const auto found = std::ranges::find(now, id, &Drawing::id);
            if (found != now.end()) order.push_back(*found);
        }
        // An item that was dropped into another is put back where it was.
        if (order.size() == now.size()) mWorkspace.content().setDrawings(std::move(order));
        rebuild();
    }

private:
    [[nodiscard]] static std::string layerOf(QTreeWidgetItem* item) {
        while (item->parent() != nullptr) item = item->parent();
        const std::string drawing = item->data(0, kDrawingRole).toString().toStdString();
        return drawing.substr(0, drawing.find(':'));
    }

    void addOpacity(QMenu& menu, const std::string& drawing) {
        const auto& now = mWorkspace.content().drawings();
        const auto found = std::ranges::find(now, drawing, &Drawing::id);
        if (found == now.end()) return;
        QMenu* levels = menu.addMenu(text("不透明度", "Opacity"));
        for (const int percent : {100, 80, 60, 40, 20}) {
            QAction* level = levels->addAction(QStringLiteral("%1 %").arg(percent), this, [this, drawing, percent] {
                mWorkspace.content().setOpacity(drawing, percent / 100.0);
            });
            level->setCheckable(true);
            level->setChecked(std::abs(found->opacity * 100 - percent) < 1);
        }
    }

    void rebuild() {
        mBuilding = true;
        clear();
        for (const Drawing& drawing : mWorkspace.content().drawings()) {
            auto* item = new QTreeWidgetItem(this);
            const auto* known = mWorkspace.document().catalogue().find(drawing.layer());
            item->setText(0, known != nullptr ? text(known->title) : QString::fromStdString(drawing.layer()));
            item->setData(0, kDrawingRole, QString::fromStdString(drawing.id));
            item->setFlags((item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled) & ~Qt::ItemIsDropEnabled);
            item->setCheckState(0, drawing.visible ? Qt::Checked : Qt::Unchecked);
        }
        mBuilding = false;
        askForLegend();
    }

    void refresh() {
        mBuilding = true;
        for (const Drawing& drawing : mWorkspace.content().drawings()) {
            for (int i = 0; i < topLevelItemCount(); ++i) {
                if (topLevelItem(i)->data(0, kDrawingRole).toString().toStdString() == drawing.id) {
                    topLevelItem(i)->setCheckState(0, drawing.visible ? Qt::Checked : Qt::Unchecked);
                }
            }
        }
        mBuilding = false;
    }

    void takeOver(QTreeWidgetItem* item) {
        if (mBuilding || item->parent() != nullptr) return;
        mWorkspace.content().setVisible(item->data(0, kDrawingRole).toString().toStdString(), item->checkState(0) == Qt::Checked);
    }

    void askForLegend() {
        cartographer::LegendRequest request;
        request.view.language = language();
        for (const Drawing& drawing : mWorkspace.content().drawings()) request.view.layers.push_back(drawing.id);
        if (request.view.layers.empty()) return;
        request.dpi = 96 * devicePixelRatioF();
        mWorkspace.maps().begin(std::move(request), this, {{}, {}, [this, serial = ++mSerial](Result<cartographer::Reply> reply) {
            const auto legend = MapService::as<cartographer::LegendReply>(std::move(reply));
            if (legend && serial == mSerial) fill(*legend);
        }});
    }

    void fill(const cartographer::LegendReply& legend) {
        mBuilding = true;
        for (const cartographer::LegendGroup& group : legend.groups) {
            for (int i = 0; i < topLevelItemCount(); ++i) {
                QTreeWidgetItem* item = topLevelItem(i);
                if (item->data(0, kDrawingRole).toString().toStdString() == group.layer) fill(item, group);
            }
        }
        mBuilding = false;
    }

    void fill(QTreeWidgetItem* item, const cartographer::LegendGroup& group) {
        if (!group.title.empty()) item->setText(0, QString::fromStdString(group.title));
        const auto symbol = [this](const cartographer::LegendEntry& entry) {
            QPixmap pixmap;
            pixmap.loadFromData(QByteArray::fromBase64(QByteArray::fromStdString(entry.png)), "PNG");
            pixmap.setDevicePixelRatio(devicePixelRatioF());
            return QIcon(pixmap);
        };
        if (group.entries.size() == 1) {
            item->setIcon(0, symbol(group.entries.front()));
            return;
        }
        for (const cartographer::LegendEntry& entry : group.entries) {
            auto* child = new QTreeWidgetItem(item);
            child->setText(0, QString::fromStdString(entry.label));
            child->setIcon(0, symbol(entry));
            child->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        }
    }

    void zoomTo(const std::string& layer) {
        mWorkspace.document().read(
            this,
            [layer](const plan::Plan& plan) { return extentOfLayer(plan, layer); },
            [this](Result<zonewright::Box> box) {
                if (box) mWorkspace.map().showBox(*box);
            });
    }

    Workspace& mWorkspace;
    bool mBuilding = false;
    std::uint64_t mSerial = 0;
};

}  // namespace

void addLayersPanel(Workspace& workspace) {
    auto* panel = new LayersPanel(workspace);
    panel->setObjectName(QStringLiteral("layers_tree"));
    workspace.addPanel({"layers", {"图层", "Layers"}, Qt::LeftDockWidgetArea, "layers", {QKeySequence(Qt::CTRL | Qt::Key_1)}, true}, panel);
}

}  // namespace zonewright::desktop
