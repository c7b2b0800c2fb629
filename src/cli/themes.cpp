#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/sheet_options.h"
#include "core/plan/plan.h"

namespace zonewright::cli {
namespace {

Result<Outcome> listThemes(const Session& session, const std::string& plan, bool store) {
    cartographer::Cartographer cartographer = startCartographer(session);
    if (const auto opened = cartographer.open(plan); !opened) return tl::unexpected(opened.error());
    if (store) {
        const Result<plan::Plan> writer = plan::Plan::open(plan, plan::OpenMode::Write);
        if (!writer) return tl::unexpected(writer.error());
        if (const auto stored = cartographer.store(session.language); !stored) return tl::unexpected(stored.error());
    }
    const Result<cartographer::ThemesReply> reply = cartographer.themes();
    if (!reply) return tl::unexpected(reply.error());
    Outcome out;
    out.document = {{"stored", store}, {"themes", nlohmann::ordered_json::array()}, {"layouts", nlohmann::ordered_json::array()}};
    out.text = session.text("专题\n", "Themes\n");
    for (const cartographer::ThemeInfo& theme : reply->themes) {
        out.document["themes"].push_back({{"id", theme.id}, {"title", theme.title.in(session.language)}, {"layers", theme.layers}});
        out.text += fmt::format("  {:<16} {}\n", theme.id, theme.title.in(session.language));
    }
    out.text += session.text("版式\n", "Layouts\n");
    for (const cartographer::LayoutInfo& layout : reply->layouts) {
        out.document["layouts"].push_back({{"id", layout.id}, {"width_mm", layout.widthMillimetres}, {"height_mm", layout.heightMillimetres}});
        out.text += fmt::format("  {:<16} {:.0f} x {:.0f} mm\n", layout.id, layout.widthMillimetres, layout.heightMillimetres);
    }
    return out;
}

}  // namespace

void addThemes(CLI::App& app, Session& session) {
    auto plan = std::make_shared<std::string>();
    auto store = std::make_shared<bool>(false);
    CLI::App* command = addCommand(app, session, "themes", session.text("列出专题和版式", "List themes and layouts"),
                                   [&session, plan, store] { return listThemes(session, *plan, *store); });
    command->add_option("PLAN", *plan, session.text("规划文件", "Plan file"))->required();
    command->add_flag("--store", *store,
                      session.text("把专题和样式重新写成规划内的 QGIS 工程；规划文件改名或复制后用",
                                   "Write the themes and styles anew as the QGIS project in the plan; for a plan that was renamed or copied"));
}

}  // namespace zonewright::cli
