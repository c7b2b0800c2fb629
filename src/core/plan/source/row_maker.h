#pragma once

#include <array>

#include "core/plan/source/field_mapping.h"
#include "core/plan/source/geometry_maker.h"
#include "core/plan/source/rejects.h"

namespace zonewright::plan::source {

/// What happened to rows on the way, counted over all of them.
enum class Remark { HeightDropped, CurveStraightened, LineClosed };
inline constexpr std::size_t kRemarks = 3;

/// A row ready for the plan, or the reason why it is not.
struct MadeRow {
    std::int64_t number = 0;
    FeatureId id;
    bool hasOwnId = false;  ///< the id came from the source
    Geometry geometry;
    std::vector<Value> values;  ///< aligned with the layer's fields
    std::array<bool, kRemarks> remarks{};
    std::optional<RejectedRow> rejected;
};

/// The id that a row of this layer, number and content has, always.
[[nodiscard]] FeatureId contentId(const std::string& layer, const Row& row);

/// Turns raw rows into rows for one layer of a plan; for any thread, each with its own decoder and placer.
class RowMaker {
public:
    struct Plan {
        const Source* source = nullptr;
        std::size_t sourceLayer = 0;
        const catalogue::Layer* layer = nullptr;
        FieldMapping mapping;
    };
    RowMaker(Plan plan, ValueConverter converter) : mPlan(std::move(plan)), mConverter(std::move(converter)) {}

    [[nodiscard]] MadeRow made(RawRow&& raw, const Decoder& decoder, const Placer& placer) const;

private:
    [[nodiscard]] std::optional<Localized> fill(const Row& row, MadeRow& out, const Placer& placer) const;
    [[nodiscard]] RejectedRow rejectedRow(const Row& row, Localized reason, const Placer& placer) const;

    Plan mPlan;
    ValueConverter mConverter;
};

}  // namespace zonewright::plan::source
