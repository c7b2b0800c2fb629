#pragma once

#include <QWidget>

#include "desktop/session/scenario_desk.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace zonewright::desktop {

/// One scenario to be filled in; what is changed is told at once.
class ScenarioForm : public QWidget {
    Q_OBJECT
public:
    ScenarioForm(Workspace& workspace, ScenarioDesk& desk);

    /// Nothing of it is told as a change. `editable` false: to be looked at.
    void show(const analysis::Scenario& scenario, bool editable);

signals:
    void edited(const zonewright::analysis::Scenario& scenario);

private:
    void retitle();
    void fillProjects();
    void fillParcels();
    void tell();

    Workspace& mWorkspace;
    ScenarioDesk& mDesk;
    analysis::Scenario mShown;
    bool mFilling = false;
    QFormLayout* mRows;
    QLineEdit* mName;
    QLineEdit* mEnglish;
    QListWidget* mProjects;
    QSpinBox* mYear;
    QComboBox* mParcels;
};

}  // namespace zonewright::desktop
