#pragma once

#include <QString>

#include <functional>

class QFileDialog;
class QWidget;

namespace zonewright::desktop {

/// Questions in a dialog. The window goes on while one is open; `then` is told the answer, and is not called when
/// the user thinks better of it or `parent` has gone.
using Answered = std::function<void(const QString& answer)>;

/// A file dialog that opens none of the files it lists: an open plan stands among them. Every file dialog is made here.
[[nodiscard]] QFileDialog* fileDialog(QWidget* parent, const QString& title, const QString& kinds, const QString& folder = {});

/// Asks for a file that is there; `kinds` as QFileDialog takes them: "Plans (*.gpkg);;All files (*)".
void askForFile(QWidget* parent, const QString& title, const QString& kinds, Answered then, const QString& folder = {});

/// Asks where to write; `suggested` is a name or a path. A file without suffix gets that of the kind chosen; an
/// existing file is asked about before `then` may replace it.
void askWhereToWrite(QWidget* parent, const QString& title, const QString& suggested, const QString& kinds, Answered then);

/// Asks for a name; what is only blanks is no name. `button` says what happens with it.
void askForName(QWidget* parent, const QString& title, const QString& label, const QString& button, Answered then);

}  // namespace zonewright::desktop
