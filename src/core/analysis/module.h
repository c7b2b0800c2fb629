#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/analysis/chart.h"
#include "core/analysis/inputs.h"
#include "core/analysis/parameters.h"
#include "core/analysis/tables.h"
#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/base/version.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"
#include "core/plan/plan.h"

/// An analysis module is a shared library with one C entry, `zonewright_module` (see README.md beside this
/// file).
namespace zonewright::analysis {

/// Changes whenever the meaning of what crosses the library boundary changes; a module of another number is refused.
inline constexpr std::uint32_t kModuleAbi = 3;

/// A layer or table a module may write; `definition.geometry` None is a table. The style is
/// `styles/<style>.qml`.
struct OutputDeclaration {
    catalogue::Layer definition;
    std::string style;  ///< empty for a table
    /// A table of the outcome whose rows these features are about; their field `row` counts its rows from 0. They are shown
    /// row by row, never all at once.
    std::string rowsOf{};
};

/// What a module is, in both languages.
struct Description {
    std::string id;       ///< also the library's name: <id>.so
    std::string version;  ///< kept with every result
    Localized title;
    Localized help;
    std::string shortName;  ///< command that runs it: "check", "intensity", "access"; may be empty
    std::vector<OutputDeclaration> outputs;
};

struct LayerResult {
    std::string id;                       ///< of an OutputDeclaration
    std::vector<plan::Feature> features;  ///< values aligned with the declaration's fields; ids may be empty
};

/// A picture for reports; where its numbers come from is added below it.
struct Chart {
    std::string id;
    Drawing drawing;
};

/// Something the reader must know: a repaired parcel, a transformed layer, an unknown code.
struct Notice {
    enum class Weight { Information, Warning } weight = Weight::Information;
    Localized text;
};

/// Everything a run found.
struct Outcome {
    nlohmann::ordered_json document;  ///< the module's part of the `--json` answer
    Localized finding;                ///< one sentence for people
    std::vector<Table> tables;        ///< first the one to print
    std::vector<LayerResult> layers;
    std::vector<Chart> charts;
    std::vector<Notice> notices;
};

/// One run of a module; its fields are its parameters.
class Run {
public:
    virtual ~Run() = default;

    /// Binds every parameter to its field, once.
    virtual void declare(ParameterSet& parameters) = 0;
    /// Reads all it needs into its own snapshot; afterwards the plan may change.
    [[nodiscard]] virtual Result<void> prepare(Inputs& inputs, Progress& progress) = 0;
    /// Computes from the snapshot alone, on any thread. Ends with ErrorCode::Cancelled when `progress` says
    /// so.
    [[nodiscard]] virtual Result<Outcome> run(Progress& progress) = 0;
    /// Writes what is neither a declared layer nor a table (findings, waivers). Runs inside the one
    /// transaction in which the layers and tables are written; the caller holds the change-set.
    [[nodiscard]] virtual Result<void> finish(const plan::Plan&, const Outcome&) { return {}; }
};

class Module {
public:
    virtual ~Module() = default;
    [[nodiscard]] virtual const Description& description() const = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Run>> newRun() const = 0;
};

namespace detail {

/// Calls `work` and turns every exception into an Error, so that none leaves the library.
template <typename Work>
auto guarded(Work&& work) noexcept -> decltype(work()) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::ModuleUnusable, "out of memory");
    } catch (const std::exception& e) {
        return failure(ErrorCode::ModuleUnusable, e.what());
    } catch (...) {
        return failure(ErrorCode::ModuleUnusable, "unknown exception");
    }
}

/// Stands between the host and a module's own run.
template <typename Own>
class GuardedRun final : public Run {
public:
    void declare(ParameterSet& parameters) override { mOwn.declare(parameters); }
    Result<void> prepare(Inputs& inputs, Progress& progress) override {
        return guarded([&] { return mOwn.prepare(inputs, progress); });
    }
    Result<Outcome> run(Progress& progress) override {
        return guarded([&] { return mOwn.run(progress); });
    }
    Result<void> finish(const plan::Plan& plan, const Outcome& outcome) override {
        return guarded([&] { return mOwn.finish(plan, outcome); });
    }

private:
    Own mOwn;
};

template <typename Own>
class ModuleOf final : public Module {
public:
    explicit ModuleOf(Description description) : mDescription(std::move(description)) {}
    const Description& description() const override { return mDescription; }
    Result<std::unique_ptr<Run>> newRun() const override {
        return guarded([]() -> Result<std::unique_ptr<Run>> { return std::make_unique<GuardedRun<Own>>(); });
    }

private:
    Description mDescription;
};

/// The module object of this library, made once; null when making it failed.
template <typename Own>
const Module* theModule(Description (*describe)()) noexcept {
    try {
        static const ModuleOf<Own> kModule(describe());
        return &kModule;
    } catch (...) {
        return nullptr;
    }
}

}  // namespace detail

/// A number made from the sizes of the types that cross the library boundary: other headers, another standard library or
/// another compiler give another number, without anybody having to remember.
[[nodiscard]] constexpr std::uint32_t moduleShape() {
    std::uint32_t shape = 2166136261U;  // FNV-1a
    for (const std::size_t size :
         {sizeof(std::string), sizeof(nlohmann::ordered_json), sizeof(Error), sizeof(Parameter), sizeof(ParameterSet),
          sizeof(Inputs), sizeof(ReadRequest), sizeof(LayerSnapshot), sizeof(PolygonSnapshot), sizeof(plan::Feature),
          sizeof(plan::Plan), sizeof(catalogue::Layer), sizeof(catalogue::Field), sizeof(Description), sizeof(Outcome),
          sizeof(Table), sizeof(Column), sizeof(Cell), sizeof(TableSource), sizeof(Drawing), sizeof(LayerResult), sizeof(Chart), sizeof(Notice), sizeof(OutputDeclaration)}) {
        shape = (shape ^ static_cast<std::uint32_t>(size)) * 16777619U;
    }
    return shape;
}

/// What the C entry returns; plain data, so that it can be read whatever the library was built with.
struct ModuleEntry {
    std::uint32_t abi;
    std::uint32_t shape;  ///< moduleShape() where it was built
    const char* version;  ///< of the Zonewright it was built against
    const Module* (*module)() noexcept;
};

}  // namespace zonewright::analysis

/// Names of the entry and its type, for dlsym.
inline constexpr const char* kZonewrightModuleEntry = "zonewright_module";
using ZonewrightModuleEntry = const zonewright::analysis::ModuleEntry* (*)();

/// Once in a module: `ZONEWRIGHT_MODULE(MyRun, describeMyModule)` with `Description describeMyModule()`.
#define ZONEWRIGHT_MODULE(RunType, describeFunction)                                           \
    extern "C" __attribute__((visibility("default"))) const zonewright::analysis::ModuleEntry* \
    zonewright_module() {                                                                      \
        static const zonewright::analysis::ModuleEntry kEntry{                                 \
            zonewright::analysis::kModuleAbi, zonewright::analysis::moduleShape(),             \
            zonewright::kVersion, []() noexcept {                                              \
                return zonewright::analysis::detail::theModule<RunType>(&(describeFunction));  \
            }};                                                                                \
        return &kEntry;                                                                        \
    }
