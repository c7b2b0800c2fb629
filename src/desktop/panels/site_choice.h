#pragma once

#include <QWidget>

#include "desktop/session/siting_check.h"
#include "desktop/session/workspace.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QToolButton;

namespace zonewright::desktop {

/// Which sites are to be checked, as projects of what kind, by the rules of which day.
class SiteChoice : public QWidget {
    Q_OBJECT
public:
    explicit SiteChoice(Workspace& workspace);

    /// False for a drawn site that is not drawn yet.
    [[nodiscard]] bool isComplete() const;
    /// Nothing while the file is not chosen.
    [[nodiscard]] std::optional<SitingQuestion> question() const;
    /// Makes a drawn site the choice.
    void take(const MultiPolygon& site);

    struct Project {
        std::string key;
        Localized name;
    };

signals:
    void changed();

private:
    void build();
    void retitle();
    void readChoices();
    void fillChoices();

    Workspace& mWorkspace;
    std::vector<Project> mProjects;
    QString mFile;
    std::pair<int, QString> mChosen{0, {}};  ///< a Choice and its key
    MultiPolygon mDrawn;
    QLabel* mSitesLabel;
    QLabel* mKindLabel;
    QLabel* mDayLabel;
    QComboBox* mSites;
    QComboBox* mKind;
    QDateEdit* mDay;
};

}  // namespace zonewright::desktop
