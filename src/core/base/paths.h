#pragma once

#include <filesystem>

namespace zonewright {

/// Where the product's own data lies. Found relative to the running program, so that an installed tree and a build
/// tree both work wherever they are moved; `ZONEWRIGHT_HOME` overrides it (a folder that holds layers/, styles/ ...).
struct Paths {
    std::filesystem::path layers;
    std::filesystem::path styles;
    std::filesystem::path samples;
    std::filesystem::path plugins;       ///< shared libraries of the analysis modules
    std::filesystem::path cartographer;  ///< the map-drawing program
};

[[nodiscard]] Paths productPaths();

}  // namespace zonewright
