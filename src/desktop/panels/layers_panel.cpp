#include <algorithm>
#include <map>

#include <QContextMenuEvent>
#include <QMenu>
#include <QSet>
#include <QSettings>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "desktop/canvas/map_view.h"
#include "desktop/panels/panels.h"
#include "desktop/session/language.h"
#include "desktop/session/layer_extent.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

constexpr int kDrawingRole = Qt::UserRole;    ///< id of a drawing; empty for groups and legend entries
constexpr int kGroupRole = Qt::UserRole + 1;  ///< group of the catalogue; empty for everything else
const QString kGroupedSetting = QStringLiteral("layers/grouped");

struct Group {
    std::string id;  ///< as in layers/README.md
    Localized title;
};

/// What a plan is about comes before what it stands on.
const std::vector<Group>& groups() {
    static const std::vector<Group> kGroups{{"plan", {"规划", "Plan"}},
                                            {"analysis", {"分析结果", "Results"}},
                                            {"ecology", {"生态", "Ecology"}},
                                            {"land", {"用地", "Land"}},
                                            {"transport", {"交通", "Transport"}},
                                            {"facilities", {"设施与人口", "Facilities, population"}},
                                            {"base", {"底图", "Base map"}},
                                            {"", {"其他", "Other"}}};
    return kGroups;
}

/// The theme's drawings, by the catalogue's groups or all in the order in which they are drawn, top to bottom, with the
/// legend's symbols below each. Moving one within its group exchanges the places that the group has in that order.
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
        connect(this, &QTreeWidget::itemDoubleClicked, this, [this](QTreeWidgetItem* item) {
            if (!isGroup(item)) zoomTo(layerOf(item));
        });
        connect(this, &QTreeWidget::itemCollapsed, this, [this](QTreeWidgetItem* item) {
            if (!mBuilding && isGroup(item)) mCollapsed.insert(item->data(0, kGroupRole).toString());
        });
        connect(this, &QTreeWidget::itemExpanded, this, [this](QTreeWidgetItem* item) { mCollapsed.remove(item->data(0, kGroupRole).toString()); });
        mGrouped = QSettings().value(kGroupedSetting, true).toBool();
        inLanguage(this, [this] { rebuild(); });
    }

protected:
    void contextMenuEvent(QContextMenuEvent* event) override {
        QTreeWidgetItem* item = itemAt(event->pos());
        while (item != nullptr && item->parent() != nullptr && !isDrawing(item)) item = item->parent();
        if (item != nullptr && !isDrawing(item)) item = nullptr;
        QMenu menu(this);
        if (item != nullptr) {
            const std::string layer = layerOf(item);
            menu.addAction(text("缩放到图层", "Zoom to layer"), this, [this, layer] { zoomTo(layer); });
            const auto* known = mWorkspace.document().catalogue().find(layer);
            if (known != nullptr && known->geometry == catalogue::GeometryKind::MultiPolygon) {
                menu.addAction(text("设为编辑图层", "Edit this layer"), this, [this, layer] { mWorkspace.setEditedLayer(layer); });
            }
            addOpacity(menu, idOf(item));
            menu.addSeparator();
        }
        menu.addAction(text("恢复本专题的默认图层", "Reset this theme's layers"), this, [this] {
            mWorkspace.content().resetTheme();
            rebuild();
        });
        QAction* grouped = menu.addAction(text("按分组显示", "Show in groups"), this, [this](bool on) {
            mGrouped = on;
            QSettings().setValue(kGroupedSetting, on);
            rebuild();
        });
        grouped->setCheckable(true);
        grouped->setChecked(mGrouped);
        menu.exec(event->globalPos());
    }
    void dropEvent(QDropEvent* event) override {
        QTreeWidget::dropEvent(event);
        const auto& now = mWorkspace.content().drawings();
        std::map<std::string, std::vector<Drawing>> inGroups;  // as they stand in the tree now
        for (QTreeWidgetItem* parent : parents()) {
            for (int i = 0; i < parent->childCount(); ++i) {
                const std::string id = idOf(parent->child(i));
                const auto found = std::ranges::find(now, id, &Drawing::id);
                if (found != now.end() && (!mGrouped || groupOf(*found) == parent->data(0, kGroupRole).toString().toStdString())) {
                    inGroups[mGrouped ? groupOf(*found) : std::string()].push_back(*found);
                }
            }
        }
        std::vector<Drawing> order;
        std::map<std::string, std::size_t> next;
        for (const Drawing& drawing : now) {
            const std::string group = mGrouped ? groupOf(drawing) : std::string();
            if (next[group] < inGroups[group].size()) order.push_back(inGroups[group][next[group]++]);
        }
        // An item that was dropped into another is put back where it was.
        if (order.size() == now.size()) mWorkspace.content().setDrawings(std::move(order));
        rebuild();
    }

private:
    [[nodiscard]] static std::string idOf(const QTreeWidgetItem* item) { return item->data(0, kDrawingRole).toString().toStdString(); }
    [[nodiscard]] static bool isDrawing(const QTreeWidgetItem* item) { return !item->data(0, kDrawingRole).toString().isEmpty(); }
    [[nodiscard]] static bool isGroup(const QTreeWidgetItem* item) { return item->data(0, kGroupRole).isValid(); }
    [[nodiscard]] static std::string layerOf(const QTreeWidgetItem* item) {
        while (item->parent() != nullptr && !isDrawing(item)) item = item->parent();
        const std::string drawing = idOf(item);
        return drawing.substr(0, drawing.find(':'));
    }
    [[nodiscard]] std::string groupOf(const Drawing& drawing) const {
        const auto* known = mWorkspace.document().catalogue().find(drawing.layer());
        if (known == nullptr) return "analysis";  // what is in no catalogue was made by an analysis
        return std::ranges::find(groups(), known->group, &Group::id) != groups().end() ? known->group : std::string();
    }
    /// Of the drawings: the groups, or the root of the tree.
    [[nodiscard]] std::vector<QTreeWidgetItem*> parents() {
        if (!mGrouped) return {invisibleRootItem()};
        std::vector<QTreeWidgetItem*> out;
        for (int i = 0; i < topLevelItemCount(); ++i) out.push_back(topLevelItem(i));
        return out;
    }
    [[nodiscard]] QTreeWidgetItem* itemOf(const std::string& drawing) const {
        const auto found = mItems.find(drawing);
        return found == mItems.end() ? nullptr : found->second;
    }
    QTreeWidgetItem* addGroup(const Group& group) {
        auto* item = new QTreeWidgetItem(this);
        item->setText(0, text(group.title));
        item->setData(0, kGroupRole, QString::fromStdString(group.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsAutoTristate | Qt::ItemIsDropEnabled);
        item->setCheckState(0, Qt::Checked);
        QFont bold = font();
        bold.setBold(true);
        item->setFont(0, bold);
        return item;
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
        mItems.clear();
        const auto& drawings = mWorkspace.content().drawings();
        std::map<std::string, QTreeWidgetItem*> under;
        for (const Group& group : groups()) {
            const bool wanted = mGrouped && std::ranges::any_of(drawings, [&](const Drawing& drawing) { return groupOf(drawing) == group.id; });
            if (wanted) under[group.id] = addGroup(group);
        }
        for (const Drawing& drawing : drawings) {
            auto* item = new QTreeWidgetItem(mGrouped ? under[groupOf(drawing)] : invisibleRootItem());
            const auto* known = mWorkspace.document().catalogue().find(drawing.layer());
            item->setText(0, known != nullptr ? text(known->title) : QString::fromStdString(drawing.layer()));
            item->setData(0, kDrawingRole, QString::fromStdString(drawing.id));
            item->setFlags((item->flags() | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled) & ~Qt::ItemIsDropEnabled);
            item->setCheckState(0, drawing.visible ? Qt::Checked : Qt::Unchecked);
            mItems[drawing.id] = item;
        }
        if (mGrouped) {
            for (QTreeWidgetItem* group : parents()) group->setExpanded(!mCollapsed.contains(group->data(0, kGroupRole).toString()));
        }
        mBuilding = false;
        askForLegend();
    }

    void refresh() {
        mBuilding = true;
        for (const Drawing& drawing : mWorkspace.content().drawings()) {
            if (QTreeWidgetItem* item = itemOf(drawing.id)) item->setCheckState(0, drawing.visible ? Qt::Checked : Qt::Unchecked);
        }
        mBuilding = false;
    }

    void takeOver(QTreeWidgetItem* item) {
        if (mBuilding || !isDrawing(item)) return;  // a group sets its drawings
        mWorkspace.content().setVisible(idOf(item), item->checkState(0) == Qt::Checked);
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
            if (QTreeWidgetItem* item = itemOf(group.layer)) fill(item, group);
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
    std::map<std::string, QTreeWidgetItem*> mItems;  ///< by drawing
    QSet<QString> mCollapsed;
    bool mGrouped = true;
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
