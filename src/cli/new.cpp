#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/plan/plan.h"

namespace zonewright::cli {
namespace {

struct NewOptions {
    std::string file;
    std::string crs = "EPSG:4549";
    bool overwrite = false;
};

Result<Outcome> makePlan(const Session& session, const NewOptions& options) {
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const Result<plan::Plan> plan = plan::Plan::create(options.file, *catalogue, {options.crs, options.overwrite, {}});
    if (!plan) return tl::unexpected(plan.error());
    Outcome out;
    out.document = {{"plan", options.file}, {"crs", plan->crs().code()}, {"layers", catalogue->layers.size()}};
    out.text = fmt::format("{} {}（{}，{} {}）", session.text("已新建", "Created"), options.file, plan->crs().code(),
                           catalogue->layers.size(), session.text("个图层", "layers"));
    return out;
}

}  // namespace

void addNew(CLI::App& app, Session& session) {
    auto options = std::make_shared<NewOptions>();
    CLI::App* command = addCommand(app, session, "new", session.text("新建规划文件", "Make a plan file"),
                                   [&session, options] { return makePlan(session, *options); });
    command->add_option("PLAN", options->file, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("--crs", options->crs, session.text("坐标系（米制投影）", "CRS, projected in metres"))->capture_default_str();
    command->add_flag("--overwrite", options->overwrite, session.text("覆盖已有文件", "Replace an existing file"));
}

}  // namespace zonewright::cli
