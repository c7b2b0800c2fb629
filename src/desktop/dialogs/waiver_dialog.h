#pragma once

#include <functional>

#include <QDialog>

#include "core/analysis/siting/findings.h"

class QDateEdit;
class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace zonewright::desktop {

/// Asks who waives a finding, why, and by which document; nothing can be left out but the last day.
class WaiverDialog : public QDialog {
    Q_OBJECT
public:
    WaiverDialog(const QString& what, QWidget* parent);

    /// Without key and fingerprint.
    [[nodiscard]] analysis::siting::Waiver waiver() const;

private:
    void allow();

    QLineEdit* mBy;
    QLineEdit* mDocument;
    QPlainTextEdit* mReason;
    QCheckBox* mEnds;
    QDateEdit* mUntil;
    QPushButton* mOk;
};

}  // namespace zonewright::desktop
