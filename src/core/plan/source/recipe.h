#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/plan.h"
#include "core/plan/source/import.h"

namespace zonewright::plan::source {

/// A sample plan as readable sources: metadata and one file a layer, in the order they are imported.
struct Recipe {
    std::string id;
    std::string crs;
    std::string date;
    std::map<std::string, std::string> meta;  ///< as CreateOptions::meta
    struct Layer {
        std::string id;
        std::filesystem::path file;
    };
    std::vector<Layer> layers;
};

/// Reads `recipe.toml` of a folder, or `<sample>.toml` when there is no such folder: several small samples then share
/// their sources. Errors: FileNotFound; BadCatalogue naming file, line and key.
[[nodiscard]] Result<Recipe> readRecipe(const std::filesystem::path& sample);

/// Imports every layer of the recipe. Any rejected row is an error (BadGeometry with layer, row and reason): a sample is
/// whole or not at all.
[[nodiscard]] Result<void> importRecipe(Plan& plan, const catalogue::Catalogue& catalogue, const Recipe& recipe, Progress& progress);

/// A recipe and the file that is to become its plan.
struct SampleFile {
    std::filesystem::path file;
    const Recipe& recipe;
    bool overwrite = false;
};

/// Makes a plan of a recipe; on error there is no file. Errors: those of Plan::create and importRecipe.
[[nodiscard]] Result<Plan> createSample(const SampleFile& sample, const catalogue::Catalogue& catalogue, Progress& progress);

}  // namespace zonewright::plan::source
