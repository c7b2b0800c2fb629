#include "land_use.h"

#include <algorithm>

#include <fmt/format.h>

namespace zonewright::intensity {
namespace {

std::vector<std::string> members(const catalogue::Domain& groups, const std::string& group) {
    std::vector<std::string> out;
    for (const catalogue::DomainValue& value : groups.values) {
        if (value.parent == group && value.code.starts_with(group + "/"))
            out.push_back(value.code.substr(group.size() + 1));
    }
    return out;
}

bool beginsWithOne(std::string_view code, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& p) { return p == "*" || code.starts_with(p); });
}

}  // namespace

Result<LandUse> LandUse::from(const catalogue::Catalogue& catalogue,
                              const std::vector<std::string>& construction) {
    const catalogue::Domain* classes = catalogue.findDomain("land_use");
    const catalogue::Domain* groups = catalogue.findDomain("land_use_groups");
    if (classes == nullptr || groups == nullptr) {
        return failure(ErrorCode::BadCatalogue, "no domain 'land_use' or 'land_use_groups'",
                       "layers/domains");
    }
    LandUse out;
    out.mClasses = *classes;
    out.mConstruction = construction.empty() ? members(*groups, "construction") : construction;
    out.mIndustrial = members(*groups, "industrial");
    out.mGreen = members(*groups, "green");
    out.mFarmland = members(*groups, "farmland");
    for (const catalogue::DomainValue& value : classes->values) {
        if (value.parent.empty() && beginsWithOne(value.code, out.mConstruction)) ++out.mConstructionClasses;
    }
    return out;
}

LandUse::Class LandUse::classify(std::string_view code) const {
    Class c;
    c.code = code;
    c.known = mClasses.find(code) != nullptr;
    c.level1 = c.known ? std::string(code.substr(0, 2)) : std::string(code);
    c.level2 = c.known ? std::string(code.substr(0, 4)) : std::string(code);
    c.construction = beginsWithOne(code, mConstruction);
    c.industrial = beginsWithOne(code, mIndustrial);
    c.green = beginsWithOne(code, mGreen);
    c.farmland = beginsWithOne(code, mFarmland);
    return c;
}

Localized LandUse::titleOf(std::string_view code) const {
    const catalogue::DomainValue* value = mClasses.find(code);
    if (value == nullptr) {
        if (code.empty()) return {"（无代码）", "(no code)"};
        return {std::string(code) + "（分类外）", std::string(code) + " (not in the classification)"};
    }
    return {fmt::format("{} {}", code, value->title.zh), fmt::format("{} {}", code, value->title.en)};
}

}  // namespace zonewright::intensity
