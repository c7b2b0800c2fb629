#pragma once

#include "core/analysis/module.h"
#include "study.h"

namespace zonewright::intensity {

/// What the module declares that it writes.
[[nodiscard]] std::vector<analysis::OutputDeclaration> outputDeclarations();

/// Tables, document, layers, charts and the finding of a computed study.
[[nodiscard]] analysis::Outcome report(const Study& study);

namespace detail {
[[nodiscard]] std::vector<analysis::Table> tablesOf(const Study& study);
[[nodiscard]] nlohmann::ordered_json documentOf(const Study& study);
[[nodiscard]] std::vector<analysis::LayerResult> layersOf(const Study& study);
/// Number and area of the faults of each kind, in order of kind.
struct FaultCount {
    FaultKind kind{};
    std::int64_t count = 0;
    double area = 0;
    std::vector<std::int64_t> first;  ///< fids of the first ten
    std::vector<std::string> details;
};
[[nodiscard]] std::vector<FaultCount> countFaults(const std::vector<Fault>& faults);
[[nodiscard]] Localized areaMethod(const Study& study);
/// Of bars and dots, as "#rrggbb".
[[nodiscard]] const char* colourOf(Light light);
/// Area of every first- (digits 2) or second-level (4) class over all zones, and whether it is construction
/// land.
struct ClassArea {
    std::string code;
    bool construction = false;
    double area = 0;
};
[[nodiscard]] std::vector<ClassArea> classAreas(const Parcels& parcels, const Sums& sums, int digits);
}  // namespace detail

}  // namespace zonewright::intensity
