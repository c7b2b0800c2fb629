#include <algorithm>
#include <map>

#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
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
const QString kDrawingFormat = QStringLiteral("application/x-zonewright-drawing");
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
        const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
        QTreeWidgetItem* item = drawingOf(byKey ? currentItem() : itemAt(event->pos()));
        QMenu menu(this);
        if (item != nullptr) {
            const std::string layer = layerOf(item);
            menu.addAction(text("缩放到图层", "Zoom to layer"), this, [this, layer] { zoomTo(layer); });
            const auto* known = mWorkspace.document().catalogue().find(layer);
            if (known != nullptr && known->geometry == catalogue::GeometryKind::MultiPolygon) {
                menu.addAction(text("设为编辑图层", "Edit this layer"), this, [this, layer] { mWorkspace.setEditedLayer(layer); });
            }
            addOpacity(menu, idOf(item));
            const std::string drawing = idOf(item);
            for (const int step : {-1, 1}) {
                QAction* move = menu.addAction(step < 0 ? text("上移\tAlt+↑", "Move up\tAlt+Up") : text("下移\tAlt+↓", "Move down\tAlt+Down"), this,
                                               [this, drawing, step] { moveBy(itemOf(drawing), step); });
                const int place = placeIn(item) + step;
                move->setEnabled(place >= 0 && place < parentOf(item)->childCount());
            }
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
        menu.exec(byKey && item != nullptr ? viewport()->mapToGlobal(visualItemRect(item).bottomLeft()) : event->globalPos());
    }
    void keyPressEvent(QKeyEvent* event) override {
        const bool up = event->key() == Qt::Key_Up;
        if (event->modifiers() == Qt::AltModifier && (up || event->key() == Qt::Key_Down)) return moveCurrent(up ? -1 : 1);
        QTreeWidget::keyPressEvent(event);
    }
    /// Not the view's own: rows are moved by `dropEvent` alone, which asks for a new order and never takes one out.
    void startDrag(Qt::DropActions) override {
        if (currentItem() == nullptr || !isDrawing(currentItem())) return;
        auto* drag = new QDrag(this);
        QMimeData* mime = model()->mimeData({currentIndex()});
        mime->setData(kDrawingFormat, QByteArray::fromStdString(idOf(currentItem())));
        drag->setMimeData(mime);
        drag->exec(Qt::MoveAction);
        setState(NoState);
    }
    void dragEnterEvent(QDragEnterEvent* event) override {
        QTreeWidget::dragEnterEvent(event);
        event->setAccepted(event->mimeData()->hasFormat(kDrawingFormat));
    }
    /// The drawing goes above the row under the pointer, or below it when that is the lower half. What is dropped into another
    /// group stays where it was.
    void dropEvent(QDropEvent* event) override {
        QTreeWidgetItem* over = itemAt(event->position().toPoint());
        QTreeWidgetItem* row = drawingOf(over);
        QTreeWidgetItem* moved = itemOf(event->mimeData()->data(kDrawingFormat).toStdString());
        event->accept();
        setState(NoState);
        viewport()->update();
        if (moved == nullptr || row == nullptr || row == moved || row->parent() != moved->parent()) return;
        const bool below = over != row || event->position().y() > visualItemRect(row).center().y();
        const int from = placeIn(moved);
        const int to = placeIn(row) + (below ? 1 : 0);
        moveBy(moved, to > from ? to - from - 1 : to - from);
    }

private:
    [[nodiscard]] static std::string idOf(const QTreeWidgetItem* item) { return item->data(0, kDrawingRole).toString().toStdString(); }
    [[nodiscard]] static bool isDrawing(const QTreeWidgetItem* item) { return !item->data(0, kDrawingRole).toString().isEmpty(); }
    [[nodiscard]] static bool isGroup(const QTreeWidgetItem* item) { return item->data(0, kGroupRole).isValid(); }
    /// The drawing that a row belongs to: itself or, for legend entries, the one above; nullptr for groups.
    [[nodiscard]] static QTreeWidgetItem* drawingOf(QTreeWidgetItem* item) {
        while (item != nullptr && !isDrawing(item)) item = item->parent();
        return item;
    }
    [[nodiscard]] static std::string layerOf(QTreeWidgetItem* item) {
        const QTreeWidgetItem* row = drawingOf(item);
        const std::string drawing = row != nullptr ? idOf(row) : std::string();
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

    [[nodiscard]] QTreeWidgetItem* parentOf(const QTreeWidgetItem* item) const { return item->parent() != nullptr ? item->parent() : invisibleRootItem(); }
    [[nodiscard]] int placeIn(QTreeWidgetItem* item) const { return parentOf(item)->indexOfChild(item); }
    void moveCurrent(int step) {
        if (QTreeWidgetItem* item = drawingOf(currentItem())) moveBy(item, step);
    }
    /// Moves a drawing by so many rows of its group; the group keeps the places that it has in the order of drawing.
    void moveBy(QTreeWidgetItem* item, int step) {
        const QTreeWidgetItem* parent = parentOf(item);
        const int to = placeIn(item) + step;
        if (step == 0 || to < 0 || to >= parent->childCount()) return;
        QStringList rows;
        for (int i = 0; i < parent->childCount(); ++i) rows << parent->child(i)->data(0, kDrawingRole).toString();
        rows.move(placeIn(item), to);
        const std::vector<Drawing> now = mWorkspace.content().drawings();
        std::vector<Drawing> order = now;
        qsizetype next = 0;
        for (Drawing& place : order) {
            if (rows.contains(QString::fromStdString(place.id))) place = *std::ranges::find(now, rows[next++].toStdString(), &Drawing::id);
        }
        const std::string moved = idOf(item);
        mWorkspace.content().setDrawings(std::move(order));
        rebuild();
        setCurrentItem(itemOf(moved));
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
