#include "cli/check_files.h"

#include <fmt/format.h>

#include "cartographer/client/siting_report.h"
#include "cli/sheet_options.h"
#include "core/analysis/siting/documents.h"
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

std::filesystem::path checkedBeside(const std::filesystem::path& csv) {
    return std::filesystem::path(csv).replace_filename(csv.stem().string() + "-checked" + csv.extension().string());
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
        const std::string suffix = std::filesystem::path(file).extension().string();
        const analysis::FileOptions options{session.language, files.overwrite};
        Result<void> written;
        if (suffix == ".csv") {
            written = analysis::writeCsv(siting::findingsTable(files.report), file, options);
            // What is clear or could not be checked stands beside it, so that silence is never taken for a pass.
            if (written) written = analysis::writeCsv(siting::checkedTable(files.report), checkedBeside(file), options);
        } else if (suffix == ".xlsx") {
            const std::vector<analysis::Table> tables{siting::findingsTable(files.report), siting::checkedTable(files.report), siting::rulesTable(files.report)};
            written = analysis::writeXlsx(tables, file, options);
        } else if (suffix == ".pdf") {
            auto pages = writeReportPdf(session, files, file);
            if (!pages) return pages;
            warnings.insert(warnings.end(), pages->begin(), pages->end());
        } else {
            written = siting::writeLayerFile(files.report, files.plan.crs(), file);
        }
        if (!written) return tl::unexpected(written.error());
    }
    return warnings;
}

}  // namespace zonewright::cli
