#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/catalogue/catalogue.h"
#include "core/plan/features.h"
#include "core/plan/source/foreign.h"

namespace zonewright::plan::source {

/// Which column of the source feeds which field of a layer.
struct FieldMapping {
    std::vector<std::optional<std::size_t>> columns;  ///< aligned with Layer::fields: index of the source's column
    std::optional<std::size_t> uuid;                  ///< the source's column of feature ids
    std::vector<std::size_t> unused;                  ///< columns that feed nothing
    std::vector<std::string> missing;                 ///< required fields that no column feeds; they stay empty
};

/// By `stated` (FIELD=COLUMN; an empty column leaves the field empty) first, then by equal name, name in another case,
/// Chinese or English title, and name without underscores and unit suffix (`floor_area` feeds `floor_area_m2`).
///
/// Errors: UnknownField when a stated field or column does not exist, naming the columns there are.
[[nodiscard]] Result<FieldMapping> mapFields(const catalogue::Layer& layer, const std::vector<Column>& columns,
                                             const std::vector<std::pair<std::string, std::string>>& stated);

/// Turns values into what a field may hold.
class ValueConverter {
public:
    ValueConverter(const catalogue::Catalogue& catalogue, const catalogue::Layer& layer);

    /// The value for field number `field`, or why the row cannot be taken. Empty text is no value, which even a required
    /// field may have: an import reports that and takes the row. Text becomes a
    /// number, a date (ISO 8601) or a truth value where the field wants one, never the other way with loss; a coded
    /// field takes the code, its Chinese or its English title.
    [[nodiscard]] tl::expected<Value, Localized> converted(std::size_t field, const Value& value) const;

private:
    struct Rule {
        const catalogue::Field* field = nullptr;
        const catalogue::Domain* domain = nullptr;
    };
    std::vector<Rule> mRules;
};

}  // namespace zonewright::plan::source
