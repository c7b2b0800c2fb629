#include "core/analysis/module.h"

extern "C" __attribute__((visibility("default"))) const zonewright::analysis::ModuleEntry* zonewright_module() {
    static const zonewright::analysis::ModuleEntry kEntry{zonewright::analysis::kModuleAbi + 1, zonewright::analysis::moduleShape(), "9.9", nullptr};
    return &kEntry;
}
