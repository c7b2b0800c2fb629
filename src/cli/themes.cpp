#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/sheet_options.h"

namespace zonewright::cli {
namespace {

Result<Outcome> listThemes(const Session& session, const std::string& plan) {
    cartographer::Cartographer cartographer = startCartographer(session);
    if (const auto opened = cartographer.open(plan); !opened) return tl::unexpected(opened.error());
    const Result<cartographer::ThemesReply> reply = cartographer.themes();
    if (!reply) return tl::unexpected(reply.error());
    Outcome out;
    out.document = {{"themes", nlohmann::ordered_json::array()}, {"layouts", nlohmann::ordered_json::array()}};
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
    CLI::App* command = addCommand(app, session, "themes", session.text("列出专题和版式", "List themes and layouts"),
                                   [&session, plan] { return listThemes(session, *plan); });
    command->add_option("PLAN", *plan, session.text("规划文件", "Plan file"))->required();
}

}  // namespace zonewright::cli
