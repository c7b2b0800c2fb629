#include <cstdlib>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cartographer/client/cartographer.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "core/plan/plan.h"
#include "core/plan/source/recipe.h"

namespace zonewright::cli {
namespace {

struct NewOptions {
    std::string file;
    std::string crs = "EPSG:4549";
    std::string sample;
    bool overwrite = false;
};

/// A sample is the same file whenever and by whomever it is made.
void fixClock(const plan::source::Recipe& recipe) {
    std::tm date{};
    if (strptime((recipe.date + "-01").c_str(), "%Y-%m-%d", &date) != nullptr) {
        setenv("SOURCE_DATE_EPOCH", std::to_string(timegm(&date)).c_str(), 0);
    }
    setenv("ZONEWRIGHT_AUTHOR", "sample", 0);
}

/// The maps go into the plan as a QGIS project and layer styles; a plan is whole without them.
std::string storeProject(const Session& session, const std::string& file) {
    cartographer::Cartographer cartographer;
    const auto opened = cartographer.open(file);
    if (!opened) return describe(opened.error(), session.language);
    const auto stored = cartographer.store(session.language);
    return stored ? std::string() : describe(stored.error(), session.language);
}

Result<Outcome> makePlan(const Session& session, const NewOptions& options) {
    const Result<catalogue::Catalogue> catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    plan::CreateOptions create{options.crs, options.overwrite, {}};
    std::optional<plan::source::Recipe> recipe;
    if (!options.sample.empty()) {
        Result<plan::source::Recipe> read = plan::source::readRecipe(session.paths.samples / options.sample);
        if (!read) return tl::unexpected(read.error());
        recipe = std::move(*read);
        create.crs = recipe->crs;
        fixClock(*recipe);
    }
    std::int64_t features = 0;
    std::string warning;
    {
        const Result<plan::Plan> plan = recipe ? plan::source::createSample({options.file, *recipe, options.overwrite}, *catalogue, *session.progress())
                                               : plan::Plan::create(options.file, *catalogue, create);
        if (!plan) return tl::unexpected(plan.error());
        const auto layers = plan->layers();
        if (!layers) return tl::unexpected(layers.error());
        for (const plan::LayerInfo& layer : *layers) features += layer.features;
    }
    if (recipe) warning = storeProject(session, options.file);
    Outcome out;
    out.document = {{"plan", options.file}, {"crs", create.crs}, {"layers", catalogue->layers.size()}, {"features", features},
                    {"warnings", nlohmann::ordered_json::array()}};
    out.text = fmt::format("{} {} ({}, {} {}, {} {})\n", session.text("已新建", "Created"), options.file, create.crs, catalogue->layers.size(),
                           session.text("个图层", "layers"), features, session.text("个要素", "features"));
    if (!warning.empty()) {
        out.document["warnings"].push_back(warning);
        out.text += session.text("提示：未写入 QGIS 工程：", "Note: no QGIS project was stored: ") + warning + "\n";
    }
    return out;
}

}  // namespace

void addNew(CLI::App& app, Session& session) {
    auto options = std::make_shared<NewOptions>();
    CLI::App* command = addCommand(app, session, "new", session.text("新建规划文件，可带样例", "Make a plan file, empty or from a sample"),
                                   [&session, options] { return makePlan(session, *options); });
    command->add_option("PLAN", options->file, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    auto* crs = command->add_option("--crs", options->crs, session.text("坐标系（米制投影）", "CRS, projected in metres"))->capture_default_str();
    command->add_option("--sample", options->sample, session.text("样例名，如 wujin", "Name of a sample, such as wujin"))->excludes(crs);
    command->add_flag("--overwrite", options->overwrite, session.text("覆盖已有文件", "Replace an existing file"));
}

}  // namespace zonewright::cli
