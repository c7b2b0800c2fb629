#include "cartographer/service/sheet_export.h"

#include <algorithm>

#include <qgsexpressioncontextutils.h>
#include <qgslabelingresults.h>
#include <qgslayoutexporter.h>
#include <qgslayoutitemmap.h>

#include "cartographer/protocol/json_lines.h"
#include "cartographer/service/atlas_pages.h"
#include "cartographer/service/pdf_finish.h"
#include "cartographer/service/preflight.h"
#include "cartographer/service/qt_text.h"
#include "cartographer/service/sheet.h"

namespace zonewright::cartographer {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kSheetFormats{".pdf", ".svg", ".png", ".tif", ".tiff"};
constexpr double kMargin = 0.03;  ///< around a district or layer, as a share of its size, each side

/// A file that takes its name only when it is complete.
class UnfinishedFile {
public:
    explicit UnfinishedFile(const fs::path& target) : mTarget(target), mPath(unfinishedFileOf(target)) {}
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;
    ~UnfinishedFile() {
        std::error_code none;
        fs::remove(mPath, none);
        fs::remove(mPath.string() + ".aux.xml", none);
    }

    [[nodiscard]] QString name() const { return pathToQt(mPath); }
    [[nodiscard]] const fs::path& path() const { return mPath; }
    [[nodiscard]] Result<void> finish() const {
        std::error_code reason;
        fs::rename(mPath, mTarget, reason);
        if (reason) return failure(ErrorCode::FileUnwritable, reason.message(), mTarget.string());
        return {};
    }

private:
    fs::path mTarget;
    fs::path mPath;
};

std::string suffixOf(const fs::path& file) {
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return suffix;
}

Result<void> checkTarget(const fs::path& file, const std::vector<std::string>& suffixes) {
    if (std::ranges::find(suffixes, suffixOf(file)) == suffixes.end()) {
        std::string known;
        for (const auto& suffix : suffixes) known += (known.empty() ? "" : ", ") + suffix;
        return failure(ErrorCode::BadArgument, "the file's suffix must be one of " + known, file.string());
    }
    std::error_code none;
    if (!fs::is_directory(file.parent_path(), none)) return failure(ErrorCode::FileUnwritable, "no such folder", file.string());
    return {};
}

Result<void> outcome(QgsLayoutExporter::ExportResult result, const fs::path& file, const QString& message = {}) {
    switch (result) {
        case QgsLayoutExporter::Success: return {};
        case QgsLayoutExporter::Canceled: return failure(ErrorCode::Cancelled, {});
        case QgsLayoutExporter::MemoryError: return failure(ErrorCode::CartographerFailed, "not enough memory for this size and dpi", file.string());
        case QgsLayoutExporter::FileError:
        case QgsLayoutExporter::PrintError: return failure(ErrorCode::FileUnwritable, fromQt(message), file.string());
        default: return failure(ErrorCode::CartographerFailed, fromQt(message), file.string());
    }
}

/// Everything stays vector, and text stays text: it can be searched, and its typefaces are embedded.
QgsLayoutExporter::PdfExportSettings pdfSettings(double dpi) {
    QgsLayoutExporter::PdfExportSettings settings;
    settings.dpi = dpi;
    settings.forceVectorOutput = true;
    settings.appendGeoreference = false;
    settings.textRenderFormat = Qgis::TextRenderFormat::AlwaysText;
    return settings;
}

PdfInfo pdfInfo(const PrintRequest& request, const Composition& composition) {
    const std::string themeTitle = composition.theme != nullptr ? composition.theme->title.in(composition.language) : std::string();
    return {request.text.title.value_or(themeTitle), request.text.office.value_or(""), request.text.date.value_or("")};
}

Result<void> writeSheet(QgsLayoutExporter& exporter, const PrintRequest& request, const PdfInfo& info) {
    const UnfinishedFile file(request.file);
    const std::string suffix = suffixOf(request.file);
    QgsLayoutExporter::ExportResult result = QgsLayoutExporter::FileError;
    if (suffix == ".pdf") {
        result = exporter.exportToPdf(file.name(), pdfSettings(request.dpi));
    } else if (suffix == ".svg") {
        QgsLayoutExporter::SvgExportSettings settings;
        settings.dpi = request.dpi;
        settings.forceVectorOutput = true;
        settings.textRenderFormat = Qgis::TextRenderFormat::AlwaysText;
        result = exporter.exportToSvg(file.name(), settings);
    } else {
        QgsLayoutExporter::ImageExportSettings settings;
        settings.dpi = request.dpi;
        result = exporter.exportToImage(file.name(), settings);
    }
    if (auto done = outcome(result, request.file); !done) return done;
    if (suffix == ".pdf") {
        if (auto finished = finishPdf(file.path(), info); !finished) return finished;
    }
    return file.finish();
}

Result<QgsRectangle> wanted(MapProject& project, const Placement& placement, const Theme* theme) {
    if (!placement.extent.empty()) return toQgis(placement.extent);
    QgsRectangle extent = project.extent();
    std::string fit = placement.fitLayer;
    if (fit.empty() && theme != nullptr && project.has(theme->extent)) fit = theme->extent;
    if (!fit.empty()) {
        auto layer = project.extentOf(fit);
        if (!layer) return layer;
        extent = *layer;
    }
    extent.scale(1 + 2 * kMargin);
    return turnedExtent(QgsGeometry::fromRect(extent), placement.rotation);
}

/// All pages as one PDF.
Result<void> writePages(AtlasPages& pages, const std::pair<const PrintRequest&, const PdfInfo&>& sheet, const Tell& tell, QgsFeedback& feedback) {
    const auto& [request, info] = sheet;
    const UnfinishedFile file(request.file);
    QString message;
    QObject::connect(&feedback, &QgsFeedback::progressChanged, [&](double percent) { tell(percent / 100, "page"); });
    const auto result = QgsLayoutExporter::exportToPdf(&pages, file.name(), pdfSettings(request.dpi), message, &feedback);
    if (feedback.isCanceled()) return failure(ErrorCode::Cancelled, {});
    if (auto done = outcome(result, request.file, message); !done) return done;
    if (auto finished = finishPdf(file.path(), info); !finished) return finished;
    return file.finish();
}

[[gnu::noinline]] std::string scaleWarning(Language language) {
    return worded(language, "按此比例尺，图幅放不下整个范围", "at this scale the sheet does not show the whole extent");
}

[[gnu::noinline]] std::string legendWarning(Language language) {
    return worded(language, "图例放不下，已被截断或压盖其他内容", "the legend does not fit its place and is cut off or covers something");
}

}  // namespace

Result<PrintReply> printSheet(MapProject& project, const PrintRequest& request, const Tell& tell, QgsFeedback& feedback) {
    if (auto fit = checkTarget(request.file, kSheetFormats); !fit) return tl::unexpected(fit.error());
    auto composition = project.compose(request.view);
    if (!composition) return tl::unexpected(composition.error());
    auto sheet = makeSheet(project, *composition, request);
    if (!sheet) return tl::unexpected(sheet.error());
    auto extent = wanted(project, request.placement, composition->theme);
    if (!extent) return tl::unexpected(extent.error());
    placeMap(*sheet, *extent, request.placement);

    PrintReply reply{.file = request.file, .pages = 1, .scale = sheet->map->scale(), .extent = fromQgis(sheet->map->extent()), .frames = {},
                     .warnings = composition->warnings};
    // Less than a thousandth of the sheet is the rounding of a scale.
    QgsRectangle shown = sheet->map->extent();
    shown.scale(1.001);
    if (request.placement.scale && !shown.contains(*extent)) reply.warnings.push_back(scaleWarning(composition->language));
    tell(0.1, "legend");
    for (auto& warning : sheet->warnings) reply.warnings.push_back(std::move(warning));
    if (!sheet->legend->fill(*composition, *sheet->map)) reply.warnings.push_back(legendWarning(composition->language));
    if (feedback.isCanceled()) return failure(ErrorCode::Cancelled, {});
    tell(0.3, "map");
    QgsLayoutExporter exporter(sheet->layout.get());
    if (auto written = writeSheet(exporter, request, pdfInfo(request, *composition)); !written) return tl::unexpected(written.error());
    tell(0.9, "check");
    for (auto& warning : checkTexts(*sheet, composition->language)) reply.warnings.push_back(std::move(warning));
    for (auto& warning : checkLabels(exporter.labelingResults(), composition->language)) reply.warnings.push_back(std::move(warning));
    return reply;
}

Result<PrintReply> printAtlas(MapProject& project, const AtlasRequest& request, const Tell& tell, QgsFeedback& feedback) {
    const std::vector<std::string> formats = request.page > 0 ? kSheetFormats : std::vector<std::string>{".pdf"};
    if (auto fit = checkTarget(request.sheet.file, formats); !fit) return tl::unexpected(fit.error());
    auto composition = project.compose(request.sheet.view);
    if (!composition) return tl::unexpected(composition.error());
    auto sheet = makeSheet(project, *composition, request.sheet);
    if (!sheet) return tl::unexpected(sheet.error());
    auto pages = AtlasPages::create(project, *composition, *sheet, request);
    if (!pages) return tl::unexpected(pages.error());

    const PdfInfo info = pdfInfo(request.sheet, *composition);
    QgsLayoutExporter exporter(sheet->layout.get());
    if (request.page > 0) {
        if (auto shown = pages->show(request.page); !shown) return tl::unexpected(shown.error());
        if (feedback.isCanceled()) return failure(ErrorCode::Cancelled, {});
        if (auto written = writeSheet(exporter, request.sheet, info); !written) return tl::unexpected(written.error());
    } else if (auto written = writePages(*pages, {request.sheet, info}, tell, feedback); !written) {
        return tl::unexpected(written.error());
    }

    PrintReply reply{.file = request.sheet.file, .pages = pages->count(), .scale = sheet->map->scale(),
                     .extent = fromQgis(sheet->map->extent()), .frames = {}, .warnings = composition->warnings};
    if (request.frames) reply.frames = pages->frames();
    reply.warnings.insert(reply.warnings.end(), sheet->warnings.begin(), sheet->warnings.end());
    if (!pages->cutLegends().empty()) {
        std::string where;
        for (const auto& page : pages->cutLegends()) where += (where.empty() ? "" : ", ") + page;
        reply.warnings.push_back(legendWarning(composition->language) + ": " + where);
    }
    for (auto& warning : checkTexts(*sheet, composition->language)) reply.warnings.push_back(std::move(warning));
    if (request.page > 0) {
        for (auto& warning : checkLabels(exporter.labelingResults(), composition->language)) reply.warnings.push_back(std::move(warning));
    }
    return reply;
}

}  // namespace zonewright::cartographer
