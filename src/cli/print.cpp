#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/sheet_options.h"

namespace zonewright::cli {
namespace {

Result<Outcome> print(const Session& session, const SheetOptions& options) {
    const Result<cartographer::PrintRequest> request = sheetRequest(session, options);
    if (!request) return tl::unexpected(request.error());
    cartographer::Cartographer cartographer = startCartographer(session);
    if (const auto opened = cartographer.open(options.plan); !opened) return tl::unexpected(opened.error());
    const auto progress = session.progress();
    const Result<cartographer::PrintReply> reply = cartographer.print(*request, progress.get());
    if (!reply) return tl::unexpected(reply.error());
    return sheetOutcome(session, *reply);
}

}  // namespace

void addPrint(CLI::App& app, Session& session) {
    auto options = std::make_shared<SheetOptions>();
    CLI::App* command = addCommand(app, session, "print", session.text("打印一幅专题图", "Print one thematic map"),
                                   [&session, options] { return print(session, *options); });
    addSheetOptions(*command, session, *options);
    command->add_option("--extent", options->extent, session.text("范围 X1,Y1,X2,Y2（规划坐标）", "Extent X1,Y1,X2,Y2 in the plan's CRS"))
        ->delimiter(',')
        ->expected(4);
}

}  // namespace zonewright::cli
