#pragma once

#include <string>

#include "core/base/error.h"

namespace zonewright {

/// A text in both languages of the product.
struct Localized {
    std::string zh;
    std::string en;

    [[nodiscard]] const std::string& in(Language language) const { return language == Language::Chinese ? zh : en; }
};

}  // namespace zonewright
