#include "desktop/dialogs/questions.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QRegularExpression>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

/// "xlsx" of "Excel workbook (*.xlsx)"; the first of several.
QString suffixOf(const QString& kind) {
    static const QRegularExpression kSuffix(QStringLiteral(R"(\*\.(\w+))"));
    return kSuffix.match(kind).captured(1);
}

QFileDialog* ask(QWidget* parent, const QString& title, const QString& folder, const QString& kinds, Answered then) {
    auto* dialog = new QFileDialog(parent, title, folder, kinds);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(then));
    return dialog;
}

}  // namespace

void askForFile(QWidget* parent, const QString& title, const QString& kinds, Answered then, const QString& folder) {
    QFileDialog* dialog = ask(parent, title, folder, kinds, std::move(then));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void askWhereToWrite(QWidget* parent, const QString& title, const QString& suggested, const QString& kinds, Answered then) {
    const QFileInfo name(suggested);
    QFileDialog* dialog = ask(parent, title, name.isAbsolute() ? name.absolutePath() : QString(), kinds, std::move(then));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffixOf(dialog->nameFilters().value(0)));
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& kind) { dialog->setDefaultSuffix(suffixOf(kind)); });
    dialog->selectFile(name.fileName());
    dialog->open();
}

void askForName(QWidget* parent, const QString& title, const QString& label, const QString& button, Answered then) {
    auto* dialog = new QInputDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setOkButtonText(button);
    dialog->setCancelButtonText(text("取消", "Cancel"));
    QObject::connect(dialog, &QInputDialog::textValueSelected, parent, [then = std::move(then)](const QString& name) {
        if (!name.trimmed().isEmpty()) then(name.trimmed());
    });
    dialog->open();
}

}  // namespace zonewright::desktop
