#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/localized.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/plan.h"
#include "desktop/session/pinyin.h"
#include "desktop/session/selection.h"

namespace zonewright::desktop {

/// Something that can be found by its name.
struct Named {
    Localized name;
    std::string key;  ///< code of the feature; may be empty
    FeatureRef feature;
    Typed typed;       ///< of the Chinese name
    std::string plain;  ///< both names and the code, lower case
};

/// How well a query fits: 0 not at all; greater is better. Looked for in both names and the code as they are, and in pinyin
/// by whole syllables and by initials.
[[nodiscard]] int fitOf(const Named& named, std::string_view query);
/// Lower case, without blanks.
[[nodiscard]] std::string asQuery(std::string_view text);
[[nodiscard]] Named named(Localized name, std::string key, FeatureRef feature, const Pinyin& pinyin);

/// The features of a plan by name. Does not change; may be asked on any thread.
class NameIndex {
public:
    /// Reads all layers that have names.
    [[nodiscard]] static Result<std::shared_ptr<const NameIndex>> read(const plan::Plan& plan, const catalogue::Catalogue& catalogue);

    /// The best `most`, best first; of equals the shorter name first.
    [[nodiscard]] std::vector<Named> find(std::string_view query, std::size_t most) const;
    [[nodiscard]] std::size_t size() const { return mNames.size(); }

private:
    std::vector<Named> mNames;
};

}  // namespace zonewright::desktop
