#include "cli/check_suggest.h"

#include <filesystem>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/check_question.h"
#include "core/analysis/siting/check.h"
#include "core/analysis/siting/layer_files.h"
#include "core/analysis/siting/suggest.h"
#include "core/geometry/wkt.h"
#include "core/plan/plan.h"

namespace zonewright::cli {
namespace {

namespace siting = analysis::siting;

struct SuggestCommand : CheckQuestion {
    double area = 0;
    std::string within;
    std::string roads = "roads";
    std::int64_t most = 10;
    std::vector<std::string> files;
    bool overwrite = false;
};

Result<void> checkSuffixes(const SuggestCommand& command) {
    for (const std::string& file : command.files) {
        const std::string suffix = std::filesystem::path(file).extension().string();
        if (suffix != ".gpkg" && suffix != ".geojson" && suffix != ".csv" && suffix != ".xlsx") {
            return failure(ErrorCode::BadArgument, file + ": candidates are written as .gpkg, .geojson, .csv or .xlsx", "--out");
        }
        std::error_code none;
        if (!command.overwrite && std::filesystem::exists(file, none)) return failure(ErrorCode::FileExists, "", file);
    }
    return {};
}

Result<void> writeFiles(const Session& session, const SuggestCommand& command, const siting::Suggestions& found, const Crs& crs) {
    const analysis::Table table = siting::suggestionsTable(found);
    std::vector<Geometry> shapes;
    for (const siting::Candidate& candidate : found.candidates) shapes.emplace_back(candidate.shape);
    for (const std::string& file : command.files) {
        const std::string suffix = std::filesystem::path(file).extension().string();
        const analysis::FileOptions options{session.language, command.overwrite};
        Result<void> written;
        if (suffix == ".csv") written = analysis::writeCsv(table, file, options);
        else if (suffix == ".xlsx") written = analysis::writeXlsx(std::span(&table, 1), file, options);
        else written = siting::writeLayerFile(siting::TableLayer{table, shapes}, crs, file);
        if (!written) return written;
    }
    return {};
}

Result<Outcome> suggestPlaces(const Session& session, const SuggestCommand& command) {
    if (auto fit = checkSuffixes(command); !fit) return tl::unexpected(fit.error());
    const auto plan = plan::Plan::open(command.plan, plan::OpenMode::Read);
    if (!plan) return tl::unexpected(plan.error());
    const auto rules = rulesFor(session, command);
    if (!rules) return tl::unexpected(rules.error());
    const auto catalogue = session.catalogue();
    if (!catalogue) return tl::unexpected(catalogue.error());
    const auto progress = session.progress();
    analysis::Inputs inputs(&*plan, *catalogue);
    inputs.setHashing(false);

    auto request = siting::readSuggestRequest(inputs, {command.within, command.roads}, *progress);
    if (!request) return tl::unexpected(request.error());
    request->area = SquareMetres(command.area);
    request->most = static_cast<std::size_t>(command.most);

    auto source = sitesFor(command);
    if (!source) return tl::unexpected(source.error());
    source->drawn = request->within.front();  // stands for the project until a place is found
    auto snapshot = siting::readSnapshot(inputs, *rules, *source, *progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    if (snapshot->sites.empty()) return failure(ErrorCode::BadGeometry, snapshot->badSites.front().reason.en, command.within);
    request->project = snapshot->sites.front();
    const siting::Trial trial(std::move(*snapshot), *rules, command.day.empty() ? siting::today() : command.day);
    const auto found = siting::suggest(trial, *request, *progress);
    if (!found) return tl::unexpected(found.error());
    if (auto written = writeFiles(session, command, *found, plan->crs()); !written) return tl::unexpected(written.error());

    const analysis::Table table = siting::suggestionsTable(*found);
    Outcome out;
    out.document = {{"tried", found->tried}, {"free", found->free}, {"spacing_m", found->spacing.value}, {"candidates", analysis::toJson(table)}, {"files", command.files}};
    for (std::size_t i = 0; i < found->candidates.size(); ++i) out.document["candidates"][i]["wkt"] = toWkt(found->candidates[i].shape);
    out.text = found->candidates.empty() ? fmt::format(fmt::runtime(session.text("试探 {} 处，均触及禁止性规则或不在范围内\n", "{} places tried, none is free of prohibited rules\n")), found->tried)
                                         : analysis::toText(table, session.language);
    for (const std::string& file : command.files) out.text += file + "\n";
    return out;
}

}  // namespace

void addSuggest(CLI::App& check, Session& session) {
    auto options = std::make_shared<SuggestCommand>();
    CLI::App* command = addCommand(check, session, "suggest", session.text("可选位置：不触及禁止性规则的方形地块", "Where could it go? Squares free of prohibited rules"),
                                   [&session, options] { return suggestPlaces(session, *options); });
    command->add_option("PLAN", options->plan, session.text("规划文件 (.gpkg)", "Plan file (.gpkg)"))->required();
    command->add_option("--area", options->area, session.text("用地面积，平方米", "Area of the site, m2"))->required()->check(CLI::Range(1.0, 1e9));
    command->add_option("--type", options->kind, session.text("项目类型代码", "Kind of project"));
    command->add_option("--within", options->within, session.text("在此面图层（或文件）内查找", "Polygon layer or file to look in"))->required();
    command->add_option("--roads", options->roads, session.text("计算距离的道路图层", "Road layer for the distance"))->capture_default_str();
    command->add_option("--most", options->most, session.text("最多给出几处", "How many at most"))->capture_default_str()->check(CLI::Range(1, 1000));
    addRuleOptions(*command, session, *options);
    command->add_option("--out", options->files, session.text("图层或表：.gpkg .geojson .csv .xlsx", "Layer or table: .gpkg .geojson .csv .xlsx"));
    command->add_flag("--overwrite", options->overwrite, session.text("覆盖已有文件", "Replace existing files"));
}

}  // namespace zonewright::cli
