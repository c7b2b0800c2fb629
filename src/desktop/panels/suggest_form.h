#pragma once

#include <QWidget>

#include "desktop/session/siting_check.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace zonewright::desktop {

/// Where could a project go? Asks for size and surroundings, lists the places that core finds, and offers one as a site.
class SuggestForm : public QWidget {
    Q_OBJECT
public:
    SuggestForm(Workspace& workspace, SitingCheck& check);

signals:
    void picked(const zonewright::MultiPolygon& place);
    void wanted(const zonewright::MultiPolygon& place);  ///< to be checked as a site

private:
    void retitle();
    void fillChoices();
    void find();
    void show();
    [[nodiscard]] const analysis::siting::Candidate* current() const;

    Workspace& mWorkspace;
    SitingCheck& mCheck;
    QLabel* mAreaLabel;
    QLabel* mWithinLabel;
    QLabel* mKindLabel;
    QLabel* mMostLabel;
    QDoubleSpinBox* mArea;
    QComboBox* mWithin;
    QComboBox* mKind;
    QSpinBox* mMost;
    QPushButton* mFind;
    QPushButton* mTake;
    QLabel* mAnswer;
    QTableWidget* mTable;
};

/// The kinds of project that rules know, with "not said" first.
void fillKinds(QComboBox& box, const catalogue::Catalogue& catalogue);

}  // namespace zonewright::desktop
