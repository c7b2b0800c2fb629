#include "desktop/session/feature_name.h"

namespace zonewright::desktop {

std::string shownName(const catalogue::Layer& layer, const plan::Table& table, const std::vector<plan::Value>& values, Language language) {
    if (layer.nameField.empty()) return {};
    const auto column = table.indexOf(layer.nameField);
    const auto english = table.indexOf(layer.nameField + "_en");
    if (language == Language::English && english) {
        if (std::string name = plan::asText(values[*english]); !name.empty()) return name;
    }
    return column ? plan::asText(values[*column]) : std::string();
}

}  // namespace zonewright::desktop
