#pragma once

#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"

namespace zonewright::desktop {

/// What a feature is called in a language: its name field, or in English `<name field>_en` where that is filled. `values`
/// aligned with the table's fields. Empty when it has no name.
[[nodiscard]] std::string shownName(const catalogue::Layer& layer, const plan::Table& table, const std::vector<plan::Value>& values, Language language);

}  // namespace zonewright::desktop
