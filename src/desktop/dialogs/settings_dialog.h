#pragma once

#include <QDialog>

#include "desktop/session/workspace.h"

class QComboBox;
class QDoubleSpinBox;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace zonewright::desktop {

/// What a person sets for himself: language, look, snapping, and which key does what. Everything holds at once.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(Workspace& workspace);

private:
    QWidget* makeGeneral();
    QWidget* makeKeys();
    void say();
    void fillKeys();
    void showBinding();
    void showSnap();
    void tryKeys();
    void bind(const QList<QKeySequence>& keys);
    [[nodiscard]] QString command() const;  ///< the one chosen in the list

    Workspace& mWorkspace;
    QTabWidget* mTabs;
    std::vector<std::pair<QLabel*, Localized>> mLabels;
    QComboBox* mLanguage;
    QComboBox* mLook;
    QDoubleSpinBox* mSnap;
    QComboBox* mSnapUnit;
    QLineEdit* mFilter;
    QTreeWidget* mKeys;
    QKeySequenceEdit* mEdit;
    QPushButton* mTake;
    QPushButton* mClear;
    QPushButton* mDelivered;
    QPushButton* mAllDelivered;
    QLabel* mConflict;
    QPushButton* mClose;
    bool mFilling = false;
};

}  // namespace zonewright::desktop
