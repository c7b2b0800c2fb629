#include "desktop/dialogs/paper.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>
#include <QPdfDocument>
#include <QPointer>
#include <QPrinter>
#include <QThreadPool>

#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr double kPointsPerInch = 72;
constexpr int kFinestDpi = 400;  ///< an A0 sheet at more does not fit the memory of every desk

QString put(const std::filesystem::path& pdf, QPrinter& printer) {
    QPdfDocument document;
    document.load(QString::fromStdString(pdf.string()));
    if (document.status() != QPdfDocument::Status::Ready) return text("打印文件读不出来", "the printed file cannot be read");
    QPainter painter;
    for (int page = 0; page < document.pageCount(); ++page) {
        const QSizeF points = document.pagePointSize(page);
        if (page > 0) printer.newPage();
        else if (!painter.begin(&printer)) return text("打印机没有响应", "the printer does not answer");
        const QRectF paper = printer.paperRect(QPrinter::DevicePixel).translated(-printer.pageRect(QPrinter::DevicePixel).topLeft());
        const double dpi = std::min<double>(printer.resolution(), kFinestDpi);
        const QImage image = document.render(page, (points * (dpi / kPointsPerInch)).toSize());
        // At its own size where the paper has room for it; smaller where it has not.
        QSizeF size = points * (printer.resolution() / kPointsPerInch);
        if (size.width() > paper.width() + 1 || size.height() > paper.height() + 1) size.scale(paper.size(), Qt::KeepAspectRatio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(QRectF(paper.topLeft(), size), image);
    }
    return {};
}

}  // namespace

void putOnPaper(const std::filesystem::path& pdf, std::shared_ptr<QPrinter> printer, std::pair<QObject*, std::function<void(QString)>> then) {
    const QPointer<QObject> guard(then.first);
    QThreadPool::globalInstance()->start([pdf, printer = std::move(printer), guard, tell = std::move(then.second)]() mutable {
        QString wrong = put(pdf, *printer);
        printer.reset();
        QMetaObject::invokeMethod(
            qApp, [guard, tell = std::move(tell), wrong] { if (guard) tell(wrong); }, Qt::QueuedConnection);
    });
}

}  // namespace zonewright::desktop
