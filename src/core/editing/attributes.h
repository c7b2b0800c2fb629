#pragma once

#include <map>
#include <set>
#include <string>

#include "core/base/error.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"

namespace zonewright::editing {

/// Field values as a person gives them.
using Values = std::map<std::string, std::string>;

/// The value of the field's type. A coded field takes a code or a title of its domain in either language.
/// Errors: BadArgument naming the field, the value and what is allowed.
[[nodiscard]] Result<plan::Value> parsedValue(const catalogue::Catalogue& catalogue, const catalogue::Field& field,
                                              const std::string& text);

/// A key that no feature of the layer has and that is not among `given`: `key`, or `key-2`, `key-3` ... The caller adds it.
[[nodiscard]] Result<std::string> freeKey(const plan::Plan& plan, const catalogue::Layer& layer, const std::string& key,
                                          const std::set<std::string>& given);

}  // namespace zonewright::editing
