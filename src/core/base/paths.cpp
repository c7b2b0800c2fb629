#include "core/base/paths.h"

#include <cstdlib>

namespace zonewright {
namespace {

namespace fs = std::filesystem;

fs::path programFolder() {
    std::error_code none;
    return fs::read_symlink("/proc/self/exe", none).parent_path();
}

/// The nearest folder above the program that holds `layers/` and `styles/`: the source tree of a build
/// (build/<preset>/bin is three below it) or <prefix>/share/zonewright of an installation.
fs::path dataFolder(const fs::path& program) {
    if (const char* home = std::getenv("ZONEWRIGHT_HOME"); home != nullptr && *home != '\0') return home;
    std::error_code none;
    for (fs::path up = program; !up.empty(); up = up.parent_path()) {
        for (const fs::path& candidate : {up / "share" / "zonewright", up}) {
            if (fs::is_directory(candidate / "layers", none) && fs::is_directory(candidate / "styles", none)) return candidate;
        }
        if (up == up.root_path()) break;
    }
#ifdef ZONEWRIGHT_SOURCE_DIR
    return ZONEWRIGHT_SOURCE_DIR;
#else
    return program;
#endif
}

}  // namespace

Paths productPaths() {
    const fs::path program = programFolder();
    const fs::path data = dataFolder(program);
    std::error_code none;
    fs::path plugins = program.parent_path() / "lib" / "zonewright" / "plugins";
    for (const char* lib : {"lib64", "lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu"}) {
        const fs::path candidate = program.parent_path() / lib / "zonewright" / "plugins";
        if (!fs::is_directory(plugins, none) && fs::is_directory(candidate, none)) plugins = candidate;
    }
    return {data / "layers", data / "styles", data / "samples", plugins, program / "zonewright-cartographer"};
}

}  // namespace zonewright
