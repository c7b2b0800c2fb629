#pragma once

#include <filesystem>
#include <map>
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
    /// has no entry or another ABI, or crashes, ends or hangs at load, is kept in `unusable` and disturbs
    /// nothing else: those outside the product's folder are tried in a process of their own first. Missing
    /// folders are empty.
    [[nodiscard]] static Registry scan(const std::vector<std::filesystem::path>& folders);
    /// The product's folder and the user's (`moduleFolders`).
    [[nodiscard]] static Registry standard();

    [[nodiscard]] const std::vector<const Module*>& modules() const { return mModules; }
    [[nodiscard]] const std::vector<UnusableModule>& unusable() const { return mUnusable; }

    /// By id or short name. Errors: ModuleUnusable, naming the modules there are or why this one is unusable.
    [[nodiscard]] Result<const Module*> find(std::string_view name) const;
    /// The library a module came from. Requires: `module` is one of `modules()`.
    [[nodiscard]] const std::filesystem::path& libraryOf(const Module& module) const;

private:
    std::vector<const Module*> mModules;
    std::map<const Module*, std::filesystem::path> mLibraries;
    std::vector<UnusableModule> mUnusable;
};

/// `productPaths().plugins`, then ZONEWRIGHT_PLUGINS (colon-separated), then
/// $XDG_DATA_HOME/zonewright/plugins.
[[nodiscard]] std::vector<std::filesystem::path> moduleFolders();

/// The QGIS style of an output: `styles/<style>.qml` of the product or, for modules from elsewhere,
/// `<style>.qml` beside the library. Empty when there is none.
[[nodiscard]] std::filesystem::path styleFile(const OutputDeclaration& output,
                                              const std::filesystem::path& library);

/// {version, modules:[{id, title, help, version, command, library, parameters, outputs}], unusable:[{file, reason}]}
[[nodiscard]] nlohmann::ordered_json describe(const Registry& registry);
[[nodiscard]] nlohmann::ordered_json describe(const Registry& registry, const Module& module);

}  // namespace zonewright::analysis
