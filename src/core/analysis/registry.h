#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/module.h"

namespace zonewright::analysis {

/// A library that is no usable module, and why.
struct UnusableModule {
    std::filesystem::path file;
    Error error;
};

/// The modules found in some folders. Libraries stay loaded as long as the program runs.
class Registry {
public:
    /// Every `*.so` of the folders, in order of name; the first of an id wins. A library that does not load,
    /// has no entry or another ABI number, or crashes at load, is kept in `unusable` and disturbs nothing
    /// else. Missing folders are empty.
    [[nodiscard]] static Registry scan(const std::vector<std::filesystem::path>& folders);
    /// The product's folder and the user's (`moduleFolders`).
    [[nodiscard]] static Registry standard();

    [[nodiscard]] const std::vector<const Module*>& modules() const { return mModules; }
    [[nodiscard]] const std::vector<UnusableModule>& unusable() const { return mUnusable; }

    /// By id or short name. Errors: ModuleUnusable, naming the modules there are or why this one is unusable.
    [[nodiscard]] Result<const Module*> find(std::string_view name) const;

private:
    std::vector<const Module*> mModules;
    std::vector<UnusableModule> mUnusable;
};

/// `productPaths().plugins`, then ZONEWRIGHT_PLUGINS (colon-separated), then
/// $XDG_DATA_HOME/zonewright/plugins.
[[nodiscard]] std::vector<std::filesystem::path> moduleFolders();

/// {modules:[{id, title, help, version, parameters, outputs}], unusable:[{file, reason}]}
[[nodiscard]] nlohmann::ordered_json describe(const Registry& registry);
[[nodiscard]] nlohmann::ordered_json describe(const Module& module);

}  // namespace zonewright::analysis
