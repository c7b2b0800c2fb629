#include "desktop/main_window.h"

#include <algorithm>
#include <set>

#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QGridLayout>
#include <QMenuBar>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "desktop/canvas/comparison.h"
#include "desktop/canvas/map_view.h"
#include "desktop/canvas/message_bar.h"
#include "desktop/canvas/selection_overlay.h"
#include "desktop/canvas/status_bar.h"
#include "desktop/dialogs/dialogs.h"
#include "desktop/dialogs/questions.h"
#include "desktop/panels/panels.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

constexpr int kLayoutVersion = 1;  ///< raised when kept window layouts no longer fit

Localized titleOf(Menu menu) {
    switch (menu) {
        case Menu::File: return {"文件(&F)", "&File"};
        case Menu::Edit: return {"编辑(&E)", "&Edit"};
        case Menu::View: return {"视图(&V)", "&View"};
        case Menu::Tools: return {"工具(&T)", "&Tools"};
        case Menu::Analysis: return {"分析(&A)", "&Analysis"};
        case Menu::Panels: return {"面板(&P)", "&Panels"};
        case Menu::Help: return {"帮助(&H)", "&Help"};
    }
    return {};
}

}  // namespace

MainWindow::MainWindow(std::shared_ptr<const catalogue::Catalogue> catalogue)
    : mDocument(new PlanDocument(std::move(catalogue), this)), mMaps(new MapService(this)), mContent(new MapContent(this)),
      mSelection(new Selection(this)), mCommands(new Commands(this)), mMap(new MapView(*mMaps, *mContent)), mThemes(new QTabBar),
      mMessages(new MessageBar), mBar(new QToolBar(this)), mLayerBox(new QComboBox) {
    setObjectName(QStringLiteral("zonewright"));
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    resize(1440, 900);

    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    mThemes->setObjectName(QStringLiteral("themes"));
    mThemes->setDocumentMode(true);
    mThemes->setExpanding(false);
    mThemes->setDrawBase(false);
    column->addWidget(mThemes);
    // Messages lie over the map, so that nothing moves under the hand when one comes or goes.
    auto* board = new QGridLayout;
    auto* maps = new QSplitter(Qt::Horizontal);
    maps->setChildrenCollapsible(false);
    maps->addWidget(mMap);
    board->addWidget(maps, 0, 0);
    board->addWidget(mMessages, 0, 0, Qt::AlignTop);
    column->addLayout(board, 1);
    setCentralWidget(middle);
    mComparison = new Comparison(*this, *maps);
    mComparison->setParent(this);
    column->insertWidget(1, mComparison->bar());

    mTools = new Toolbox(*this);
    mTools->setParent(this);
    mSelected = std::make_unique<SelectionOverlay>(*this);
    mMap->addOverlay(mSelected.get());
    mStatus = new MapStatusBar(*this);
    setStatusBar(mStatus);

    connect(mCommands, &Commands::added, this, &MainWindow::placeCommand);
    makeMenus();
    addCommands();
    addDialogs(*this);
    addViewCommands();
    addComparison(*this);
    addTools(*this);
    addPanels(*this);

    connect(mThemes, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0) mContent->showTheme(mThemes->tabData(index).toString().toStdString());
    });
    connect(mContent, &MapContent::themesChanged, this, &MainWindow::showThemes);
    connect(mContent, &MapContent::themeChanged, this, &MainWindow::showThemes);
    connect(mDocument, &PlanDocument::opened, this, &MainWindow::planOpened);
    connect(mDocument, &PlanDocument::openFailed, this, [this](const Error& error) {
        showTitle();
        say(error);
    });
    connect(mDocument, &PlanDocument::failed, this, [this](const Error& error) { say(error); });
    connect(mDocument, &PlanDocument::aboutToClose, this, [this] {
        mMap->setPlanOpen(false);
        mSelection->clear();
        setEditedLayer({});
    });
    connect(mDocument, &PlanDocument::changed, this, &MainWindow::planChanged);
    connect(mDocument, &PlanDocument::pendingChanged, this, &MainWindow::showTitle);
    connect(mDocument, &PlanDocument::historyChanged, this, &MainWindow::showSteps);
    connect(mDocument, &PlanDocument::historyChanged, this, &MainWindow::followLayers);
    connect(mDocument, &PlanDocument::reversed, this, [this](const QString& title, bool redo) {
        say(Message{Severity::Note, (redo ? text("已重做：", "Redone: ") : text("已撤销：", "Undone: ")) + title});
    });
    connect(mMaps, &MapService::restarted, this, [this](const QString& ended, const QString&) {
        say(Message{Severity::Warning, text("制图程序意外结束（%1），已重新启动。地图保留上一幅，编辑未受影响。",
                                            "The map-drawing program ended unexpectedly (%1) and was started again. The last map stays; no edit was touched.")
                                           .arg(ended)});
    });
    connect(&mMap->frames(), &FrameSource::failed, this, [this](const Error& error) { say(error); });
    connect(mMap, &MapView::toolChanged, this, [this] {
        showHint();
        if (mMap->tool() != nullptr) connect(mMap->tool(), &Tool::hintChanged, this, &MainWindow::showHint, Qt::UniqueConnection);
    });
    connect(mContent, &MapContent::themeChanged, this, &MainWindow::fillLayerBox);
    connect(this, &MainWindow::editedLayerChanged, this, &MainWindow::fillLayerBox);
    connect(mLayerBox, &QComboBox::activated, this, [this](int index) { setEditedLayer(mLayerBox->itemData(index).toString().toStdString()); });
    inLanguage(this, [this] {
        showTitle();
        showThemes();
        showSteps();
        showHint();
        fillLayerBox();
    });

    mTools->take(QStringLiteral("tool.select"));
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("window/state")).toByteArray(), kLayoutVersion);
}

/// Edits that wait are written and long work ends while all that it needs is there.
MainWindow::~MainWindow() {
    mMap->setTool(nullptr);
    mDocument->close();
    // What looks to the workspace when it goes, goes before the workspace.
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly));
}

void MainWindow::makeMenus() {
    for (const Menu menu : {Menu::File, Menu::Edit, Menu::View, Menu::Tools, Menu::Analysis, Menu::Panels, Menu::Help}) {
        mMenus[menu] = menuBar()->addMenu(QString());
        mMenus[menu]->setToolTipsVisible(true);
        mMenus[menu]->menuAction()->setVisible(false);
        inLanguage(mMenus[menu], [made = mMenus[menu], menu] { made->setTitle(text(titleOf(menu))); });
    }
    mBar->setObjectName(QStringLiteral("bar"));
    mBar->setMovable(false);
    mBar->setIconSize(QSize(22, 22));
    addToolBar(mBar);
    inLanguage(mBar, [this] { mBar->setWindowTitle(text("工具栏", "Tool bar")); });
    for (const Bar bar : {Bar::File, Bar::History, Bar::Navigate, Bar::Select, Bar::Edit}) mBarEnds[bar] = mBar->addSeparator();
    mLayerBox->setObjectName(QStringLiteral("edited_layer"));
    mLayerBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    mLayerBox->setMinimumContentsLength(14);
    mLayerBox->setFocusPolicy(Qt::ClickFocus);
    mBar->insertWidget(mBarEnds[Bar::Edit], mLayerBox);
}

void MainWindow::placeCommand(const CommandSpec& spec, QAction* action) {
    mMenus[spec.menu]->addAction(action);
    mMenus[spec.menu]->menuAction()->setVisible(true);
    addAction(action);  // its keys work wherever the focus is
    if (spec.bar != Bar::None) mBar->insertAction(mBarEnds[spec.bar], action);
}

void MainWindow::addCommands() {
    mCommands->add({"file.open", {"打开规划…", "Open plan…"}, Menu::File, {QKeySequence::Open}, "open", Bar::File, {}}, [this] { askForPlan(); });
    QAction* undo = mCommands->add({"edit.undo", {"撤销", "Undo"}, Menu::Edit, {QKeySequence(Qt::CTRL | Qt::Key_Z)}, "undo", Bar::History, {}},
                                   [this] { mDocument->undo(); });
    QAction* redo = mCommands->add({"edit.redo", {"重做", "Redo"}, Menu::Edit, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)}, "redo", Bar::History, {}},
                                   [this] { mDocument->redo(); });
    undo->setEnabled(false);
    redo->setEnabled(false);
    mCommands->add({"edit.clear_selection", {"取消选择", "Clear selection"}, Menu::Edit, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A)}, {}, Bar::None, {}},
                   [this] { mSelection->clear(); });
}

void MainWindow::addViewCommands() {
    mCommands->add({"view.all", {"全图", "Whole plan"}, Menu::View, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)}, "zoom-all", Bar::Navigate, {}},
                   [this] { mMap->showAll(); });
    mCommands->add({"view.selection", {"缩放到所选", "Zoom to selection"}, Menu::View, {QKeySequence(Qt::CTRL | Qt::Key_J)}, "zoom-selection", Bar::Navigate, {}},
                   [this] { mSelected->zoom(); });
    mCommands->add({"view.in", {"放大", "Zoom in"}, Menu::View, {QKeySequence::ZoomIn}, "zoom-in", Bar::None, {}},
                   [this] { mMap->setView(mMap->view().scaledBy(1 / 1.5, QPointF(mMap->width() / 2.0, mMap->height() / 2.0))); });
    mCommands->add({"view.out", {"缩小", "Zoom out"}, Menu::View, {QKeySequence::ZoomOut}, "zoom-out", Bar::None, {}},
                   [this] { mMap->setView(mMap->view().scaledBy(1.5, QPointF(mMap->width() / 2.0, mMap->height() / 2.0))); });
    QAction* back = mCommands->add({"view.back", {"上一视图", "Previous view"}, Menu::View, {QKeySequence(Qt::ALT | Qt::Key_Left)}, "view-back", Bar::Navigate, {}},
                                   [this] { mMap->back(); });
    QAction* forward = mCommands->add({"view.forward", {"下一视图", "Next view"}, Menu::View, {QKeySequence(Qt::ALT | Qt::Key_Right)}, "view-forward", Bar::Navigate, {}},
                                      [this] { mMap->forward(); });
    const auto allow = [this, back, forward] {
        back->setEnabled(mMap->canGoBack());
        forward->setEnabled(mMap->canGoForward());
    };
    allow();
    connect(mMap, &MapView::visitsChanged, this, allow);
    mCommands->add({"view.refresh", {"重绘地图", "Redraw the map"}, Menu::View, {QKeySequence::Refresh}, {}, Bar::None, {}}, [this] {
        mMaps->begin(cartographer::RefreshRequest{}, this, {{}, {}, [this](const auto&) { mMap->frames().outdate({}); }});
    });
}

QDockWidget* MainWindow::addPanel(const PanelSpec& spec, QWidget* panel) {
    auto* dock = new QDockWidget(this);
    dock->setObjectName(QStringLiteral("panel.") + spec.id);
    dock->setWidget(panel);
    inLanguage(dock, [dock, title = spec.title] { dock->setWindowTitle(text(title)); });
    // Panels of one side share its space as tabs.
    QDockWidget* beside = nullptr;
    for (const auto& [id, other] : mDocks) {
        if (dockWidgetArea(other) == spec.area) beside = other;
    }
    addDockWidget(spec.area, dock);
    if (beside != nullptr) tabifyDockWidget(beside, dock);
    dock->setVisible(spec.shown);
    mDocks[spec.id] = dock;
    QAction* toggle = mCommands->add({QStringLiteral("panel.") + spec.id, spec.title, Menu::Panels, spec.keys, spec.icon, Bar::None, {}}, [this, dock, id = spec.id] {
        if (dock->isVisible() && !dock->visibleRegion().isEmpty()) dock->hide();
        else showPanel(id);
    });
    toggle->setCheckable(true);
    toggle->setChecked(spec.shown);
    connect(dock, &QDockWidget::visibilityChanged, toggle, [toggle, dock] { toggle->setChecked(!dock->isHidden()); });
    return dock;
}

void MainWindow::showPanel(const QString& id) {
    const auto found = mDocks.find(id);
    if (found == mDocks.end()) return;
    found->second->show();
    found->second->raise();
}

void MainWindow::say(Message message) { mMessages->show(std::move(message)); }
QString MainWindow::message() const { return mMessages->shown(); }

void MainWindow::setEditedLayer(const std::string& layer) {
    if (layer == mEditedLayer) return;
    mEditedLayer = layer;
    emit editedLayerChanged();
}

void MainWindow::showHint() { mStatus->setHint(mMap->tool() != nullptr ? mMap->tool()->hint() : QString()); }

/// Polygon layers of the plan: first those that the map shows, in its order.
void MainWindow::fillLayerBox() {
    const QSignalBlocker quiet(mLayerBox);
    mLayerBox->clear();
    mLayerBox->setToolTip(text("编辑的图层", "Layer to edit"));
    mLayerBox->addItem(text("编辑图层：自动", "Edited layer: automatic"), QString());
    std::vector<std::string> order;
    for (const Drawing& drawing : mContent->drawings()) order.push_back(drawing.layer());
    for (const catalogue::Layer& layer : mDocument->catalogue().layers) order.push_back(layer.id);
    for (const std::string& id : order) {
        const catalogue::Layer* layer = mDocument->catalogue().find(id);
        if (layer == nullptr || layer->geometry != catalogue::GeometryKind::MultiPolygon || !mDocument->hasLayer(id)) continue;
        if (mLayerBox->findData(QString::fromStdString(id)) < 0) mLayerBox->addItem(text(layer->title), QString::fromStdString(id));
    }
    mLayerBox->setCurrentIndex(std::max(0, mLayerBox->findData(QString::fromStdString(mEditedLayer))));
    mLayerBox->setEnabled(mDocument->isWritable());
}

void MainWindow::askForPlan() {
    askForFile(this, text("打开规划", "Open plan"), text("规划文件 (*.gpkg)", "Plans (*.gpkg)"), [this](const QString& file) { openPlan(file.toStdString()); });
}

void MainWindow::openPlan(const std::filesystem::path& file) {
    mDocument->open(file);
    showTitle();
}

void MainWindow::planOpened() {
    preferences::addRecentPlan(mDocument->file());
    showTitle();
    if (const auto& why = mDocument->whyReadOnly()) {
        say(Message{Severity::Warning, text("以只读方式打开。", "Opened for reading. ") + text(*why), text("再试一次", "Try again"), [this, file = mDocument->file()] { openPlan(file); }});
    }
    mMaps->open(mDocument->file(), this, [this](Result<cartographer::OpenReply> reply) {
        if (!reply) return say(reply.error());
        mMap->setWhole(reply->extent);
        mMap->setPlanOpen(true);
        mMap->showAll();
        mMaps->begin(cartographer::ThemesRequest{}, this, {{}, {}, [this](Result<cartographer::Reply> themes) {
            auto read = MapService::as<cartographer::ThemesReply>(std::move(themes));
            if (!read) return say(read.error());
            mContent->setThemes(std::move(*read), {});
            followLayers();
        }});
    });
}

void MainWindow::planChanged(const Change& change) {
    // The service reads anew before it draws: requests are answered in order.
    mMaps->begin(cartographer::RefreshRequest{change.layers}, this, {});
    const bool seen = change.layers.empty() || std::ranges::any_of(change.layers, [this](const std::string& layer) { return mContent->shows(layer); });
    // Attributes may change symbols and labels anywhere in the layer.
    if (seen) mMap->frames().outdate(change.geometry ? change.area : Box{});
    if (change.external) say(Message{Severity::Note, text("规划被另一程序修改，已更新。", "Another program changed the plan; the map is up to date.")});
}

/// Imports and analyses make layers.
void MainWindow::followLayers() {
    if (mContent->themes().empty() || !mDocument->isOpen()) return;
    std::vector<std::string> layers;
    for (const plan::LayerInfo& layer : mDocument->layers()) layers.push_back(layer.id);
    std::ranges::sort(layers);
    mContent->setLayers(std::move(layers));
}

void MainWindow::showThemes() {
    const QSignalBlocker quiet(mThemes);
    std::set<std::string> halves;
    for (const cartographer::ThemeInfo& theme : mContent->themes()) halves.insert(theme.halves.begin(), theme.halves.end());
    while (mThemes->count() > 0) mThemes->removeTab(0);
    for (const cartographer::ThemeInfo& theme : mContent->themes()) {
        if (theme.id.ends_with("_pages")) continue;  // for atlases
        if (halves.contains(theme.id) && &theme != mContent->theme()) continue;  // to be compared
        const int index = mThemes->addTab(text(theme.title));
        mThemes->setTabData(index, QString::fromStdString(theme.id));
        mThemes->setTabToolTip(index, text(theme.subtitle));
        if (&theme == mContent->theme()) mThemes->setCurrentIndex(index);
    }
    mThemes->setVisible(mThemes->count() > 0);
}

void MainWindow::showTitle() {
    if (!mDocument->isOpen()) {
        setWindowTitle(text("知界规划", "Zonewright"));
        return;
    }
    QString title = QString::fromStdString(mDocument->file().filename().string());
    if (!mDocument->isWritable()) title += text("（只读）", " (read-only)");
    else if (mDocument->pending() > 0) title += text("（正在写入）", " (writing)");
    setWindowTitle(title + QStringLiteral(" — Zonewright"));
}

void MainWindow::showSteps() {
    const auto show = [this](const char* id, const Localized& verb, const std::optional<plan::ChangeSetRecord>& step) {
        QAction* action = mCommands->find(QString::fromLatin1(id));
        if (action == nullptr) return;
        action->setEnabled(step.has_value() && mDocument->isWritable());
        QString title = text(verb);
        if (step) title += text("：", ": ") + QString::fromStdString(step->title);
        action->setText(title);
        QString tip = title;
        if (!action->shortcuts().isEmpty()) tip += QStringLiteral("  (%1)").arg(action->shortcuts().front().toString(QKeySequence::NativeText));
        action->setToolTip(tip);
    };
    show("edit.undo", {"撤销", "Undo"}, mDocument->nextUndo());
    show("edit.redo", {"重做", "Redo"}, mDocument->nextRedo());
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/state"), saveState(kLayoutVersion));
    QMainWindow::closeEvent(event);
}

}  // namespace zonewright::desktop
