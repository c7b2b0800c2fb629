#include "core/plan/source/recipe.h"

#include <fmt/format.h>

#include "core/catalogue/toml_reader.h"
#include "core/plan/history.h"

namespace zonewright::plan::source {
namespace {

void addBoth(std::map<std::string, std::string>& meta, const std::string& key, const Localized& text) {
    meta[key + "_zh"] = text.zh;
    meta[key + "_en"] = text.en;
}

}  // namespace

Result<Recipe> readRecipe(const std::filesystem::path& sample) {
    std::error_code none;
    std::filesystem::path file = sample / "recipe.toml";
    if (!std::filesystem::is_directory(sample, none)) file = sample.string() + ".toml";
    const std::filesystem::path folder = file.parent_path();
    Result<catalogue::TomlReader> opened = catalogue::TomlReader::open(file);
    if (!opened) return tl::unexpected(opened.error());
    catalogue::TomlReader& reader = *opened;
    const toml::table& root = reader.root();
    reader.allowOnly(root, {"id", "title", "crs", "office", "date", "plan_year", "schematic", "schematic_note", "source_note", "layers"});
    Recipe recipe;
    recipe.id = reader.text(root, "id");
    recipe.crs = reader.text(root, "crs");
    recipe.date = reader.text(root, "date");
    recipe.meta["date"] = recipe.date;
    recipe.meta["schematic"] = reader.flagOr(root, "schematic", false) ? "1" : "0";
    addBoth(recipe.meta, "title", reader.localized(root, "title"));
    addBoth(recipe.meta, "office", reader.localizedOr(root, "office", {}));
    addBoth(recipe.meta, "note", reader.localizedOr(root, "schematic_note", {}));
    addBoth(recipe.meta, "source", reader.localizedOr(root, "source_note", {}));
    for (const toml::table* table : reader.tables(root, "layers")) {
        reader.allowOnly(*table, {"id", "file"});
        recipe.layers.push_back({reader.text(*table, "id"), folder / reader.text(*table, "file")});
    }
    if (reader.firstFault()) return tl::unexpected(*reader.firstFault());
    return recipe;
}

Result<void> importRecipe(Plan& plan, const catalogue::Catalogue& catalogue, const Recipe& recipe, Progress& progress) {
    Progress silent;
    double done = 0;
    for (const Recipe::Layer& layer : recipe.layers) {
        if (!progress.report(done++ / static_cast<double>(recipe.layers.size()), layer.id)) return failure(ErrorCode::Cancelled, "");
        Result<Source> source = Source::open({layer.file, "", "", ""});
        if (!source) return tl::unexpected(source.error());
        const Result<ImportResult> result = importLayer({plan, catalogue, layer.id}, *source, {.sourceCrs = recipe.crs, .map = {}, .controlPoints = {}, .trusted = true}, silent);
        if (!result) return tl::unexpected(result.error());
        if (result->rejected > 0) {
            const Reject& first = result->rejects.front();
            return failure(ErrorCode::BadGeometry, fmt::format("{} of {} rows: {}", result->rejected, result->read, first.reason.en),
                           fmt::format("{} row {}", layer.file.string(), first.row));
        }
    }
    // A sample as delivered is where its history begins: undo takes back what its user did, not the sample.
    const Result<std::int64_t> newest = newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    return plan.setMeta("beginning", std::to_string(*newest));
}

Result<Plan> createSample(const SampleFile& sample, const catalogue::Catalogue& catalogue, Progress& progress) {
    std::optional<Error> failed;
    {
        Result<Plan> plan = Plan::create(sample.file, catalogue, {sample.recipe.crs, sample.overwrite, sample.recipe.meta});
        if (!plan) return plan;
        const Result<void> imported = importRecipe(*plan, catalogue, sample.recipe, progress);
        if (imported) return plan;
        failed = imported.error();
    }
    std::error_code none;
    std::filesystem::remove(sample.file, none);
    return tl::unexpected(std::move(*failed));
}

}  // namespace zonewright::plan::source
