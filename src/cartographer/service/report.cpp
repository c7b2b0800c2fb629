#include "cartographer/service/report.h"

#include <algorithm>
#include <cmath>

#include <QAbstractTextDocumentLayout>
#include <QGuiApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QScreen>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QUrl>

#include <qgsmaprenderercustompainterjob.h>
#include <qgsmapsettings.h>

#include "cartographer/protocol/json_lines.h"
#include "cartographer/service/map_render.h"
#include "cartographer/service/pdf_finish.h"
#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {
namespace {

constexpr int kDpi = 300;
constexpr double kPageWidth = 210, kPageHeight = 297;  // A4, mm
constexpr double kSide = 18, kTop = 24, kBottom = 20;  // margins, mm
constexpr double kCaption = 7;                         // height of the line below a map, mm
constexpr double kAround = 0.35;                       // shown around a map's extent, as a share of its larger side
const QString kFamily = QStringLiteral("Noto Sans CJK SC");

double px(double millimetres) { return millimetres / 25.4 * kDpi; }

/// The next of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten.
double roundScale(double scale) {
    const double power = std::pow(10, std::floor(std::log10(scale)));
    for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0}) {
        if (step * power >= scale * (1 - 1e-9)) return step * power;
    }
    return scale;
}

struct Paper {
    QPdfWriter& writer;
    QPainter painter;
    const ReportRequest& request;
    int page = 0;
    int pages = 0;

    QFont font(double points, bool bold = false) const {
        QFont f(kFamily);
        f.setPointSizeF(points);
        f.setBold(bold);
        return f;
    }

    /// Running head, foot and number of a new page.
    void begin() {
        if (page > 0) writer.newPage();
        ++page;
        const double left = px(kSide), right = px(kPageWidth - kSide);
        painter.setPen(QColor(60, 60, 60));
        painter.setFont(font(8));
        painter.drawText(QRectF(left, px(11), right - left, px(6)), Qt::AlignLeft | Qt::AlignVCenter, toQt(request.title));
        const double foot = px(kPageHeight - 14);
        const QString number = request.language == Language::Chinese ? QStringLiteral("第 %1 页　共 %2 页") : QStringLiteral("Page %1 of %2");
        painter.drawText(QRectF(left, foot, right - left, px(5)), Qt::AlignRight | Qt::AlignVCenter, number.arg(page).arg(pages));
        const QRectF room(left, foot, right - left - px(26), px(5));
        const QString footer = toQt(request.footer);
        double points = 7;
        painter.setFont(font(points));
        while (points > 5 && painter.fontMetrics().horizontalAdvance(footer) > room.width()) painter.setFont(font(points -= 0.25));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, footer);
        painter.setPen(QPen(QColor(150, 150, 150), px(0.15)));
        painter.drawLine(QPointF(left, px(18)), QPointF(right, px(18)));
        painter.drawLine(QPointF(left, foot - px(1.5)), QPointF(right, foot - px(1.5)));
    }
};

/// A picture that cannot be seen keeps the map's room in the text. Rich text counts lengths in the screen's dots, whatever
/// it is painted on.
QString roomFor(const ReportPart& part) {
    const QScreen* screen = QGuiApplication::primaryScreen();
    const double dots = (screen != nullptr ? screen->logicalDotsPerInchY() : 96) / 25.4;
    return QStringLiteral("<p style=\"margin-top:0;margin-bottom:0\"><img src=\"map\" width=\"%1\" height=\"%2\"></p>")
        .arg(std::floor((kPageWidth - 2 * kSide) * dots)).arg(std::ceil((part.mapHeight + kCaption) * dots));
}

std::unique_ptr<QTextDocument> documentOf(const Paper& paper, const ReportPart& part) {
    auto document = std::make_unique<QTextDocument>();
    document->documentLayout()->setPaintDevice(&paper.writer);
    document->setDefaultFont(paper.font(8.5));
    document->setDocumentMargin(0);
    QString html = toQt(part.html);
    if (part.mapHeight > 0) {
        QImage nothing(1, 1, QImage::Format_ARGB32);
        nothing.fill(Qt::transparent);
        document->addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("map")), nothing);
        const QString place = QString::fromLatin1(kMapPlace.data(), static_cast<int>(kMapPlace.size()));
        if (html.contains(place)) html.replace(place, roomFor(part));
        else html.prepend(roomFor(part));
    }
    document->setHtml(html);
    document->setPageSize(QSizeF(px(kPageWidth - 2 * kSide), px(kPageHeight - kTop - kBottom)));
    return document;
}

/// How far below the top of the whole text the map's room begins; nothing when there is none.
std::optional<double> topOfRoom(const QTextDocument& document) {
    document.pageCount();  // lays out
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            if (it.fragment().charFormat().isImageFormat()) return block.layout()->position().y() + block.layout()->lineAt(0).y();
        }
    }
    return std::nullopt;
}

void drawScaleBar(Paper& paper, const QRectF& frame, double scale) {
    const double quarter = frame.width() / kDpi * 0.0254 * scale / 5;  // metres in a fifth of the frame
    const double power = std::pow(10, std::floor(std::log10(quarter)));
    const double length = power * (quarter >= 5 * power ? 5 : quarter >= 2 * power ? 2 : 1);
    const double width = length / scale / 0.0254 * kDpi;
    const double y = frame.bottom() - px(4), x = frame.right() - px(5) - width;
    paper.painter.fillRect(QRectF(x - px(2), y - px(5), width + px(4), px(7.5)), QColor(255, 255, 255, 210));
    paper.painter.setPen(QPen(Qt::black, px(0.35)));
    paper.painter.drawPolyline(QPolygonF(QVector<QPointF>{QPointF(x, y - px(1.2)), QPointF(x, y), QPointF(x + width, y), QPointF(x + width, y - px(1.2))}));
    paper.painter.setFont(paper.font(7));
    paper.painter.drawText(QRectF(x - px(10), y - px(5), width + px(20), px(4)), Qt::AlignCenter,
                           length >= 1000 ? QStringLiteral("%1 km").arg(length / 1000) : QStringLiteral("%1 m").arg(length));
}

/// North is up on every map of a projected CRS, but for the convergence of the grid.
void drawNorth(Paper& paper, const QRectF& frame) {
    const QPointF tip(frame.right() - px(6), frame.top() + px(4));
    paper.painter.setPen(Qt::NoPen);
    paper.painter.setBrush(Qt::black);
    paper.painter.drawPolygon(QPolygonF(QVector<QPointF>{tip, tip + QPointF(px(1.8), px(5.5)), tip + QPointF(0, px(4.3)), tip + QPointF(-px(1.8), px(5.5))}));
    paper.painter.setBrush(Qt::NoBrush);
    paper.painter.setPen(Qt::black);
    paper.painter.setFont(paper.font(7, true));
    paper.painter.drawText(QRectF(tip.x() - px(4), tip.y() + px(5.5), px(8), px(4)), Qt::AlignCenter, QStringLiteral("N"));
}

/// Draws the map of a part, its upper edge at `top` on the paper.
Result<void> drawMapOf(MapProject& project, Paper& paper, const std::pair<const ReportPart&, double>& partAndTop, PrintReply& reply) {
    const auto& [part, top] = partAndTop;
    auto composition = project.compose(part.view);
    if (!composition) return tl::unexpected(composition.error());
    reply.warnings.insert(reply.warnings.end(), composition->warnings.begin(), composition->warnings.end());
    const QRectF frame(px(kSide), top, px(kPageWidth - 2 * kSide), px(part.mapHeight));
    QgsRectangle extent = part.extent.empty() ? project.extent() : toQgis(part.extent);
    extent.grow(std::max({extent.width(), extent.height(), 100.0}) * kAround);
    const RenderRequest shape{.view = part.view, .extent = part.extent, .width = static_cast<int>(frame.width()),
                              .height = static_cast<int>(frame.height()), .dpi = kDpi, .partialFrames = false};
    QgsMapSettings settings = mapSettings(*composition, shape, extent);
    settings.setTextRenderFormat(Qgis::TextRenderFormat::AlwaysText);
    settings.setFlag(Qgis::MapSettingsFlag::ForceVectorOutput);
    extent = settings.visibleExtent();
    extent.scale(roundScale(settings.scale()) / settings.scale());
    settings.setExtent(extent);

    paper.painter.save();
    paper.painter.setClipRect(frame);
    paper.painter.translate(frame.topLeft());
    QgsMapRendererCustomPainterJob job(settings, &paper.painter);
    job.renderSynchronously();
    paper.painter.restore();
    paper.painter.setBrush(Qt::NoBrush);
    paper.painter.setPen(QPen(Qt::black, px(0.25)));
    paper.painter.drawRect(frame);
    drawScaleBar(paper, frame, settings.scale());
    drawNorth(paper, frame);
    paper.painter.setPen(QColor(60, 60, 60));
    paper.painter.setFont(paper.font(7.5));
    const QString caption = toQt(part.caption) + QStringLiteral("　1:%1").arg(std::round(settings.scale()));
    paper.painter.drawText(QRectF(frame.left(), frame.bottom() + px(1), frame.width(), px(5)), Qt::AlignLeft | Qt::AlignVCenter, caption);
    reply.scale = settings.scale();
    reply.extent = fromQgis(settings.visibleExtent());
    return {};
}

}  // namespace

Result<PrintReply> printReport(MapProject& project, const ReportRequest& request,
                               const std::function<void(double, const std::string&)>& tell, QgsFeedback& feedback) {
    const std::filesystem::path unfinished = unfinishedFileOf(request.file);
    PrintReply reply{.file = request.file, .pages = 0, .scale = 0, .extent = {}, .frames = {}, .warnings = {}};
    std::error_code reason;
    {
        QPdfWriter writer(pathToQt(unfinished));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setResolution(kDpi);
        writer.setTitle(toQt(request.title));
        writer.setCreator(QStringLiteral("Zonewright"));
        Paper paper{writer, QPainter(&writer), request};
        if (!paper.painter.isActive()) return failure(ErrorCode::FileUnwritable, "", request.file.string());
        std::vector<std::unique_ptr<QTextDocument>> documents;
        for (const ReportPart& part : request.parts) {
            documents.push_back(documentOf(paper, part));
            paper.pages += documents.back()->pageCount();
        }
        for (std::size_t i = 0; i < documents.size(); ++i) {
            tell(static_cast<double>(i) / static_cast<double>(documents.size()), "page");
            const QSizeF size = documents[i]->pageSize();
            const std::optional<double> room = topOfRoom(*documents[i]);
            for (int page = 0; page < documents[i]->pageCount(); ++page) {
                if (feedback.isCanceled()) break;
                paper.begin();
                paper.painter.save();
                paper.painter.translate(px(kSide), px(kTop) - page * size.height());
                documents[i]->drawContents(&paper.painter, QRectF(0, page * size.height(), size.width(), size.height()));
                paper.painter.restore();
                if (!room || page != static_cast<int>((*room + px(1)) / size.height())) continue;  // the layout rounds to 1/64 dot
                if (auto drawn = drawMapOf(project, paper, {request.parts[i], px(kTop) + *room - page * size.height()}, reply); !drawn) {
                    paper.painter.end();
                    std::filesystem::remove(unfinished, reason);
                    return tl::unexpected(drawn.error());
                }
            }
        }
        reply.pages = paper.page;
    }
    Result<void> done = feedback.isCanceled() ? failure(ErrorCode::Cancelled, {}) : finishPdf(unfinished, {request.title, "", request.date});
    if (done) {
        std::filesystem::rename(unfinished, request.file, reason);
        if (reason) done = failure(ErrorCode::FileUnwritable, reason.message(), request.file.string());
    }
    if (done) return reply;
    std::filesystem::remove(unfinished, reason);
    return tl::unexpected(done.error());
}

}  // namespace zonewright::cartographer
