#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/catalogue/catalogue.h"

namespace zonewright::intensity {

/// Codes of the national classification and the groups that ratios are made of; all of it is data
/// (`layers/domains/land_use.toml`, `land_use_groups.toml`).
class LandUse {
public:
    /// `construction`: code prefixes that replace the catalogue's construction land; "*" means every parcel.
    /// Errors: BadCatalogue when a domain is missing.
    [[nodiscard]] static Result<LandUse> from(const catalogue::Catalogue& catalogue,
                                              const std::vector<std::string>& construction);

    struct Class {
        std::string code;    ///< as written in the data
        std::string level1;  ///< first two digits; the code itself when it is none of the classification
        std::string level2;  ///< first four digits, or level1
        bool known = false;
        bool construction = false;
        bool industrial = false;
        bool green = false;
        bool farmland = false;
    };
    [[nodiscard]] Class classify(std::string_view code) const;
    /// "10 工矿用地"; the bare code when it is unknown.
    [[nodiscard]] Localized titleOf(std::string_view code) const;
    /// First-level classes of construction land, the most that land-use mix can be made of.
    [[nodiscard]] std::size_t constructionClasses() const { return mConstructionClasses; }

private:
    catalogue::Domain mClasses;
    std::vector<std::string> mConstruction;
    std::vector<std::string> mIndustrial;
    std::vector<std::string> mGreen;
    std::vector<std::string> mFarmland;
    std::size_t mConstructionClasses = 0;
};

}  // namespace zonewright::intensity
