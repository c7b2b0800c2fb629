#include "desktop/dialogs/questions.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QRegularExpression>
#include <QStyle>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

/// Icons and kinds by what a file is called. Qt's own provider opens files to see what they are; closing one takes all
/// locks from it that this process has (POSIX), those of an open plan and its -wal and -shm, too, and the plan is torn
/// (sqlite.org/howtocorrupt.html, section 2.2).
class IconsByName : public QAbstractFileIconProvider {
public:
    QIcon icon(IconType type) const override {
        return QApplication::style()->standardIcon(type == Folder ? QStyle::SP_DirIcon : type == Drive ? QStyle::SP_DriveHDIcon : QStyle::SP_FileIcon);
    }
    QIcon icon(const QFileInfo& info) const override { return icon(info.isDir() ? Folder : File); }
    QString type(const QFileInfo& info) const override {
        if (info.isDir()) return text("文件夹", "Folder");
        return info.suffix().isEmpty() ? text("文件", "File") : text("%1 文件", "%1 file").arg(info.suffix());
    }
};

/// Where the last question ended.
QString& lastFolder() {
    static QString folder = QDir::currentPath();
    return folder;
}

/// "xlsx" of "Excel workbook (*.xlsx)"; the first of several.
QString suffixOf(const QString& kind) {
    static const QRegularExpression kSuffix(QStringLiteral(R"(\*\.(\w+))"));
    return kSuffix.match(kind).captured(1);
}

}  // namespace

QFileDialog* fileDialog(QWidget* parent, const QString& title, const QString& kinds, const QString& folder) {
    static IconsByName icons;
    // It looks into its first folder before it can be told how: one without plans.
    auto* dialog = new QFileDialog(parent, title, QDir::rootPath(), kinds);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->setIconProvider(&icons);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setDirectory(folder.isEmpty() ? lastFolder() : folder);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, [](const QString& file) { lastFolder() = QFileInfo(file).absolutePath(); });
    return dialog;
}

void askForFile(QWidget* parent, const QString& title, const QString& kinds, Answered then, const QString& folder) {
    QFileDialog* dialog = fileDialog(parent, title, kinds, folder);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(then));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void askWhereToWrite(QWidget* parent, const QString& title, const QString& suggested, const QString& kinds, Answered then) {
    const QFileInfo name(suggested);
    QFileDialog* dialog = fileDialog(parent, title, kinds, name.isAbsolute() ? name.absolutePath() : QString());
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, std::move(then));
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
