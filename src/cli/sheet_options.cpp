#include "cli/sheet_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cartographer/client/sheet_text.h"
#include "core/plan/plan.h"

namespace zonewright::cli {
void addSheetOptions(CLI::App& command, const Session& session, SheetOptions& options) {
    command.add_option("PLAN", options.plan, session.text("规划文件", "Plan file"))->required();
    command.add_option("--theme", options.theme, session.text("专题，见 themes", "Theme, see themes"))->required();
    command.add_option("--layout", options.layout, session.text("版式，见 themes", "Layout, see themes"))->capture_default_str();
    command.add_option("--out", options.out, session.text("输出文件：.pdf .svg .png .tif", "File to write: .pdf .svg .png .tif"))->required();
    command.add_option("--scale", options.scale, session.text("比例尺分母", "Scale denominator"))->check(CLI::Range(1.0, 1e8));
    command.add_option("--rotation", options.rotation, session.text("地图在图面上顺时针转过的度数", "Degrees by which the map is turned clockwise on the sheet"))
        ->check(CLI::Range(-180.0, 180.0));
    command.add_option("--dpi", options.dpi, session.text("栅格分辨率", "Resolution where anything is raster"))->check(CLI::Range(20.0, 1200.0))->capture_default_str();
    command.add_option("--title", options.title, session.text("图名", "Title"));
    command.add_option("--office", options.office, session.text("编制单位", "Office"));
    command.add_option("--date", options.date, session.text("日期", "Date"));
    command.add_option("--number", options.number, session.text("图号", "Number of the sheet"));
    command.add_option("--chart", options.chart, session.text("规划所存分析结果的图表，放在图例栏", "A chart that the plan keeps of an analysis, in the legend's column"));
    command.add_flag("--overwrite", options.overwrite, session.text("覆盖已有文件", "Replace an existing file"));
}

Result<cartographer::PrintRequest> sheetRequest(const Session& session, const SheetOptions& options) {
    std::error_code none;
    if (std::filesystem::exists(options.out, none) && !options.overwrite) return failure(ErrorCode::FileExists, "", options.out);
    const Result<plan::Plan> plan = plan::Plan::open(options.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    cartographer::PrintRequest request;
    request.view.theme = options.theme;
    request.view.language = session.language;
    request.layout = options.layout;
    request.file = options.out;
    request.dpi = options.dpi;
    if (options.extent.size() == 4) {
        request.placement.extent = {std::min(options.extent[0], options.extent[2]), std::min(options.extent[1], options.extent[3]),
                                    std::max(options.extent[0], options.extent[2]), std::max(options.extent[1], options.extent[3])};
    }
    request.placement.rotation = options.rotation;
    if (options.scale > 0) request.placement.scale = options.scale;
    const auto given = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    request.text.title = given(options.title);
    request.text.office = given(options.office);
    request.text.date = given(options.date);
    request.text.number = given(options.number);
    if (!options.chart.empty()) {
        auto chart = cartographer::sheetChart(*plan, options.chart, session.language);
        if (!chart) return tl::unexpected(chart.error());
        request.chart = std::move(*chart);
    }
    const Result<cartographer::SheetText> ofPlan = cartographer::sheetText(*plan, session.language);
    if (!ofPlan) return tl::unexpected(ofPlan.error());
    request.text = cartographer::filledUp(std::move(request.text), *ofPlan);
    return request;
}

Outcome sheetOutcome(const Session& session, const cartographer::PrintReply& reply) {
    Outcome out;
    out.document = {{"file", reply.file.string()}, {"pages", reply.pages}, {"scale", reply.scale}, {"warnings", reply.warnings}};
    out.text = fmt::format("{} {} ({} {}, 1:{:.0f})\n", session.text("已输出", "Written"), reply.file.string(), reply.pages,
                           session.text("页", "pages"), reply.scale);
    for (const std::string& warning : reply.warnings) out.text += session.text("  注意：", "  note: ") + warning + "\n";
    return out;
}

cartographer::Cartographer startCartographer(const Session& session) {
    cartographer::ClientOptions options;
    if (!session.quiet) {
        options.onRestart = [language = session.language](const cartographer::Restart& restart) {
            fmt::print(stderr, "{}\n", language == Language::Chinese ? fmt::format("制图程序中断（{}），已重新启动并重试", restart.ended)
                                                                     : fmt::format("the cartographer ended ({}); started again, trying once more", restart.ended));
        };
    }
    return cartographer::Cartographer(std::move(options));
}

}  // namespace zonewright::cli
