#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include <QString>

class QObject;
class QPrinter;

namespace zonewright::desktop {

/// Puts the pages of a PDF on paper, each at its own size, on a thread of its own. `then` is called here with an empty
/// text, or with what went wrong; not at all when `context` has gone.
void putOnPaper(const std::filesystem::path& pdf, std::shared_ptr<QPrinter> printer, std::pair<QObject*, std::function<void(QString)>> then);

}  // namespace zonewright::desktop
