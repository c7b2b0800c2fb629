#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/sheet_options.h"

namespace zonewright::cli {
namespace {

struct AtlasOptions {
    SheetOptions sheet;
    std::string over;
    std::string filter;
};

Result<Outcome> atlas(const Session& session, const AtlasOptions& options) {
    Result<cartographer::PrintRequest> request = sheetRequest(session, options.sheet);
    if (!request) return tl::unexpected(request.error());
    cartographer::Cartographer cartographer = startCartographer(session);
    if (const auto opened = cartographer.open(options.sheet.plan); !opened) return tl::unexpected(opened.error());
    cartographer::AtlasRequest pages;
    pages.sheet = std::move(*request);
    pages.over = options.over;
    pages.filter = options.filter;
    const auto progress = session.progress();
    const Result<cartographer::PrintReply> reply = cartographer.atlas(std::move(pages), progress.get());
    if (!reply) return tl::unexpected(reply.error());
    return sheetOutcome(session, *reply);
}

}  // namespace

void addAtlas(CLI::App& app, Session& session) {
    auto options = std::make_shared<AtlasOptions>();
    CLI::App* command = addCommand(app, session, "atlas", session.text("打印图集，每个要素一页", "Print an atlas, a page a feature"),
                                   [&session, options] { return atlas(session, *options); });
    addSheetOptions(*command, session, options->sheet);
    command->add_option("--over", options->over, session.text("按此图层分页", "Layer whose features make the pages"))->required();
    command->add_option("--filter", options->filter, session.text("QGIS 表达式筛选要素", "QGIS expression that selects features"));
}

}  // namespace zonewright::cli
