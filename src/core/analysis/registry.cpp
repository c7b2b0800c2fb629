#include "core/analysis/registry.h"

#include <algorithm>
#include <cstdlib>

#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstring>

#include "core/base/paths.h"

namespace zonewright::analysis {
namespace {

namespace fs = std::filesystem;

/// Loads one library. It is never unloaded: its types may live on in results.
Result<const Module*> load(const fs::path& file) {
    void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = dlerror();
        return failure(ErrorCode::ModuleUnusable, why != nullptr ? why : "cannot be loaded", file.string());
    }
    const auto entry = reinterpret_cast<ZonewrightModuleEntry>(dlsym(library, kZonewrightModuleEntry));
    if (entry == nullptr)
        return failure(ErrorCode::ModuleUnusable, "no entry 'zonewright_module'", file.string());
    const ModuleEntry* answer = entry();
    if (answer == nullptr)
        return failure(ErrorCode::ModuleUnusable, "the entry gives nothing", file.string());
    if (answer->abi != kModuleAbi) {
        return failure(
            ErrorCode::ModuleUnusable,
            fmt::format("built for module interface {}, this program has {}", answer->abi, kModuleAbi),
            file.string());
    }
    if (answer->shape != moduleShape()) {
        return failure(ErrorCode::ModuleUnusable,
                       fmt::format("built against other headers (Zonewright {}) or with another compiler; "
                                   "build it again for Zonewright {}",
                                   answer->version != nullptr ? answer->version : "?", kVersion),
                       file.string());
    }
    const Module* module = answer->module != nullptr ? answer->module() : nullptr;
    if (module == nullptr)
        return failure(ErrorCode::ModuleUnusable, "its description cannot be made", file.string());
    return module;
}

constexpr int kCameThrough = 123;
constexpr int kEndedItself = 124;

/// Loads a library in the child process and ends it; what the library prints or leaves to exit handlers is lost.
[[noreturn]] void tryInChild(const fs::path& file) {
    alarm(10);
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGALRM}) std::signal(signal, SIG_DFL);
    const rlimit noCore{0, 0};
    setrlimit(RLIMIT_CORE, &noCore);
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
    // Registered last, so run first: a library that calls exit() must not run the handlers of the whole program.
    std::atexit([] { _exit(kEndedItself); });
    const Result<const Module*> module = load(file);
    if (module) {
        ParameterSet parameters;
        if (const auto run = (*module)->newRun(); run) (*run)->declare(parameters);
        (void)parameters.describe();
    }
    _exit(kCameThrough);
}

/// Loads a library from outside the product in a process of its own first: one that crashes or hangs at load
/// must not take an open plan with it.
Result<void> survivesLoading(const fs::path& file) {
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) return failure(ErrorCode::ModuleUnusable, "no process to try it in", file.string());
    if (child == 0) tryInChild(file);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == kCameThrough) return {};
    const std::string why = !WIFSIGNALED(status) ? "ends the program when it is loaded"
                            : WTERMSIG(status) == SIGALRM
                                ? "does not come back from loading"
                                : fmt::format("crashes when it is loaded ({})", strsignal(WTERMSIG(status)));
    return failure(ErrorCode::ModuleUnusable, why, file.string());
}

nlohmann::ordered_json jsonOf(const Localized& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

}  // namespace

std::vector<fs::path> moduleFolders() {
    std::vector<fs::path> out{productPaths().plugins};
    if (const char* more = std::getenv("ZONEWRIGHT_PLUGINS"); more != nullptr) {
        std::string_view rest = more;
        while (!rest.empty()) {
            const std::size_t colon = rest.find(':');
            if (colon != 0) out.emplace_back(rest.substr(0, colon));
            rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
        }
    }
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0') {
        out.push_back(fs::path(data) / "zonewright" / "plugins");
    } else if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        out.push_back(fs::path(home) / ".local" / "share" / "zonewright" / "plugins");
    }
    return out;
}

Registry Registry::scan(const std::vector<fs::path>& folders) {
    Registry registry;
    const fs::path own = productPaths().plugins;
    for (const fs::path& folder : folders) {
        std::error_code none;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder, none)) {
            if (entry.path().extension() == ".so") files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        for (const fs::path& file : files) {
            const Result<void> safe = folder == own ? Result<void>() : survivesLoading(file);
            const Result<const Module*> module = safe ? load(file) : tl::unexpected(safe.error());
            if (!module) {
                registry.mUnusable.push_back({file, module.error()});
                continue;
            }
            const std::string& id = (*module)->description().id;
            const auto same =
                std::find_if(registry.mModules.begin(), registry.mModules.end(),
                             [&](const Module* known) { return known->description().id == id; });
            if (same == registry.mModules.end()) {
                registry.mModules.push_back(*module);
                registry.mLibraries.emplace(*module, file);
            } else if (*same != *module) {
                registry.mUnusable.push_back(
                    {file, Error{ErrorCode::ModuleUnusable, "another module is named " + id, file.string()}});
            }
        }
    }
    std::sort(registry.mModules.begin(), registry.mModules.end(),
              [](const Module* a, const Module* b) { return a->description().id < b->description().id; });
    return registry;
}

Registry Registry::standard() {
    return scan(moduleFolders());
}

Result<const Module*> Registry::find(std::string_view name) const {
    std::string known;
    for (const Module* module : mModules) {
        const Description& d = module->description();
        if (d.id == name || (!d.shortName.empty() && d.shortName == name)) return module;
        known += (known.empty() ? "" : ", ") + d.id;
    }
    for (const UnusableModule& unusable : mUnusable) {
        if (unusable.file.stem() == name) return tl::unexpected(unusable.error);
    }
    return failure(ErrorCode::ModuleUnusable, fmt::format("no module '{}' (there are: {})", name, known),
                   std::string(name));
}

const fs::path& Registry::libraryOf(const Module& module) const {
    return mLibraries.at(&module);
}

fs::path styleFile(const OutputDeclaration& output, const fs::path& library) {
    if (output.style.empty()) return {};
    std::error_code none;
    for (const fs::path& folder : {productPaths().styles, library.parent_path()}) {
        fs::path file = folder / (output.style + ".qml");
        if (fs::is_regular_file(file, none)) return file;
    }
    return {};
}

nlohmann::ordered_json describe(const Registry& registry, const Module& module) {
    const Description& d = module.description();
    const fs::path& library = registry.libraryOf(module);
    nlohmann::ordered_json out{{"id", d.id},
                               {"title", jsonOf(d.title)},
                               {"help", jsonOf(d.help)},
                               {"version", d.version},
                               {"command", d.shortName},
                               {"library", library.string()}};
    out["parameters"] = nlohmann::ordered_json::array();
    if (const auto run = module.newRun(); run) {
        ParameterSet parameters;
        (*run)->declare(parameters);
        out["parameters"] = parameters.describe();
    }
    auto& outputs = out["outputs"] = nlohmann::ordered_json::array();
    for (const OutputDeclaration& output : d.outputs) {
        auto fields = nlohmann::ordered_json::array();
        for (const catalogue::Field& field : output.definition.fields) {
            fields.push_back({{"name", field.name}, {"title", jsonOf(field.title)}, {"unit", field.unit}});
        }
        outputs.push_back({{"id", output.definition.id},
                           {"title", jsonOf(output.definition.title)},
                           {"geometry", catalogue::nameOf(output.definition.geometry)},
                           {"style", output.style},
                           {"style_file", styleFile(output, library).string()},
                           {"fields", fields}});
    }
    return out;
}

nlohmann::ordered_json describe(const Registry& registry) {
    nlohmann::ordered_json out{{"version", kVersion},
                               {"modules", nlohmann::ordered_json::array()},
                               {"unusable", nlohmann::ordered_json::array()}};
    for (const Module* module : registry.modules()) out["modules"].push_back(describe(registry, *module));
    for (const UnusableModule& u : registry.unusable()) {
        out["unusable"].push_back({{"file", u.file.string()}, {"reason", u.error.detail}});
    }
    return out;
}

}  // namespace zonewright::analysis
