#include "cli/check_files.h"

#include <fmt/format.h>

#include "cartographer/client/siting_report.h"
#include "cli/sheet_options.h"
#include "core/analysis/siting/layer_files.h"

namespace zonewright::cli {

namespace siting = analysis::siting;

namespace {

Result<std::vector<std::string>> writeReportPdf(const Session& session, const CheckFiles& files, const std::string& file) {
    const auto catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    auto request = cartographer::sitingReport({files.plan, *catalogue, files.report, session.paths.styles, session.language});
    if (!request) return tl::unexpected(request.error());
    request->file = file;
    cartographer::Cartographer cartographer = startCartographer(session);
    if (const auto opened = cartographer.open(files.plan.file()); !opened) return tl::unexpected(opened.error());
    const auto progress = session.progress();
    const auto reply = cartographer.report(std::move(*request), progress.get());
    if (!reply) return tl::unexpected(reply.error());
    return reply->warnings;
}

}  // namespace

Result<void> checkFiles(const std::vector<std::string>& files, bool overwrite) {
    for (const std::string& file : files) {
        const std::string suffix = std::filesystem::path(file).extension().string();
        if (suffix != ".pdf" && suffix != ".csv" && suffix != ".xlsx" && suffix != ".geojson" && suffix != ".gpkg") {
            return failure(ErrorCode::BadArgument, fmt::format("{}: a report ends in .pdf, .csv, .xlsx, .geojson or .gpkg", file), "--out");
        }
        std::error_code none;
        if (!overwrite && std::filesystem::exists(file, none)) return failure(ErrorCode::FileExists, "", file);
    }
    return {};
}

Result<std::vector<std::string>> writeFiles(const Session& session, const CheckFiles& files) {
    std::vector<std::string> warnings;
    for (const std::string& file : files.files) {
        if (std::filesystem::path(file).extension() == ".pdf") {
            auto pages = writeReportPdf(session, files, file);
            if (!pages) return pages;
            warnings.insert(warnings.end(), pages->begin(), pages->end());
        } else if (auto written = siting::writeReportFile(files.report, files.plan.crs(), file, {session.language, files.overwrite}); !written) {
            return tl::unexpected(written.error());
        }
    }
    return warnings;
}

}  // namespace zonewright::cli
