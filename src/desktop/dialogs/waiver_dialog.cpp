#include "desktop/dialogs/waiver_dialog.h"

#include <QCheckBox>
#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/plan/change_set.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {

WaiverDialog::WaiverDialog(const QString& what, QWidget* parent)
    : QDialog(parent), mBy(new QLineEdit(QString::fromStdString(plan::author()))), mDocument(new QLineEdit), mReason(new QPlainTextEdit),
      mEnds(new QCheckBox(text("有效期至", "Holds until"))), mUntil(new QDateEdit(QDate::currentDate().addYears(1))) {
    setObjectName(QStringLiteral("waiver"));
    setWindowTitle(text("豁免检查结果", "Waive a finding"));
    setMinimumWidth(440);
    auto* column = new QVBoxLayout(this);
    column->setSpacing(10);
    auto* about = new QLabel(what);
    about->setWordWrap(true);
    about->setTextFormat(Qt::PlainText);
    column->addWidget(about);
    auto* form = new QFormLayout;
    mBy->setObjectName(QStringLiteral("by"));
    mDocument->setObjectName(QStringLiteral("document"));
    mDocument->setPlaceholderText(text("如 自然资规〔2021〕12号", "e.g. the approval's number"));
    mReason->setObjectName(QStringLiteral("reason"));
    mReason->setTabChangesFocus(true);
    mReason->setFixedHeight(84);
    mUntil->setObjectName(QStringLiteral("until"));
    mUntil->setCalendarPopup(true);
    mUntil->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    mUntil->setEnabled(false);
    form->addRow(text("批准人 *", "Given by *"), mBy);
    form->addRow(text("批准文件 *", "Document *"), mDocument);
    form->addRow(text("理由 *", "Reason *"), mReason);
    form->addRow(mEnds, mUntil);
    column->addLayout(form);
    auto* note = new QLabel(text("豁免记入规划和历史；地块、约束图形或规则改变后自行失效。", "Kept in the plan and its history; void by itself once site, constraint or rule change."));
    note->setWordWrap(true);
    note->setEnabled(false);
    column->addWidget(note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    mOk = buttons->button(QDialogButtonBox::Ok);
    mOk->setText(text("豁免", "Waive"));
    buttons->button(QDialogButtonBox::Cancel)->setText(text("取消", "Cancel"));
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(mEnds, &QCheckBox::toggled, mUntil, &QWidget::setEnabled);
    for (QLineEdit* line : {mBy, mDocument}) connect(line, &QLineEdit::textChanged, this, &WaiverDialog::allow);
    connect(mReason, &QPlainTextEdit::textChanged, this, &WaiverDialog::allow);
    mDocument->setFocus();
    allow();
}

void WaiverDialog::allow() {
    const bool whole = !mBy->text().trimmed().isEmpty() && !mDocument->text().trimmed().isEmpty() && !mReason->toPlainText().trimmed().isEmpty();
    mOk->setEnabled(whole);
    mOk->setToolTip(whole ? QString() : text("批准人、文件和理由都要填写", "Who, document and reason are all needed"));
}

analysis::siting::Waiver WaiverDialog::waiver() const {
    analysis::siting::Waiver out;
    out.by = mBy->text().trimmed().toStdString();
    out.document = mDocument->text().trimmed().toStdString();
    out.reason = mReason->toPlainText().trimmed().toStdString();
    if (mEnds->isChecked()) out.until = mUntil->date().toString(Qt::ISODate).toStdString();
    return out;
}

}  // namespace zonewright::desktop
