#pragma once

#include <map>
#include <memory>

#include <QMainWindow>

#include "desktop/session/workspace.h"

class QComboBox;
class QTabBar;
class QToolBar;

namespace zonewright::desktop {

class MapStatusBar;
class MessageBar;
class SelectionOverlay;

/// Puts the parts together: map in the middle under the theme tabs, panels around it, commands in menus and tool bar.
class MainWindow : public QMainWindow, public Workspace {
    Q_OBJECT
public:
    explicit MainWindow(std::shared_ptr<const catalogue::Catalogue> catalogue);
    ~MainWindow() override;

    PlanDocument& document() override { return *mDocument; }
    MapService& maps() override { return *mMaps; }
    MapContent& content() override { return *mContent; }
    Selection& selection() override { return *mSelection; }
    Commands& commands() override { return *mCommands; }
    MapView& map() override { return *mMap; }
    Comparison& comparison() override { return *mComparison; }
    Toolbox& tools() override { return *mTools; }
    QWidget* window() override { return this; }
    QDockWidget* addPanel(const PanelSpec& spec, QWidget* panel) override;
    void showPanel(const QString& id) override;
    void say(Message message) override;
    using Workspace::say;
    [[nodiscard]] std::string editedLayer() const override { return mEditedLayer; }
    void setEditedLayer(const std::string& layer) override;
    void openPlan(const std::filesystem::path& file) override;

    /// The message that is shown now, for tests.
    [[nodiscard]] QString message() const;

signals:
    void editedLayerChanged();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makeMenus();
    void addCommands();
    void addViewCommands();
    void placeCommand(const CommandSpec& spec, QAction* action);
    void planOpened();
    void followLayers();
    void planChanged(const Change& change);
    void showThemes();
    void showTitle();
    void showSteps();
    void showHint();
    void fillLayerBox();
    void askForPlan();

    PlanDocument* mDocument;
    MapService* mMaps;
    MapContent* mContent;
    Selection* mSelection;
    Commands* mCommands;
    MapView* mMap;
    Toolbox* mTools = nullptr;
    Comparison* mComparison = nullptr;
    std::unique_ptr<SelectionOverlay> mSelected;
    QTabBar* mThemes;
    MessageBar* mMessages;
    MapStatusBar* mStatus = nullptr;
    QToolBar* mBar;
    QComboBox* mLayerBox;
    std::map<Menu, QMenu*> mMenus;
    std::map<Bar, QAction*> mBarEnds;  ///< a command of the group is put before its end
    std::map<QString, QDockWidget*> mDocks;
    std::string mEditedLayer;
};

}  // namespace zonewright::desktop
