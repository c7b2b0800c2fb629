#include "core/analysis/module.h"

// Built against headers in which some type has another size.
extern "C" __attribute__((visibility("default"))) const zonewright::analysis::ModuleEntry* zonewright_module() {
    static const zonewright::analysis::ModuleEntry kEntry{
        zonewright::analysis::kModuleAbi, zonewright::analysis::moduleShape() + 1, "0.0.1", nullptr};
    return &kEntry;
}
