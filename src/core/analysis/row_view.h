#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/analysis/inputs.h"

namespace zonewright::analysis {

/// One row of a snapshot by column name. Columns that are not there are empty. Keeps a view of both.
class RowView {
public:
    RowView(const LayerSnapshot& snapshot, const plan::Feature& feature) : mSnapshot(&snapshot), mFeature(&feature) {}

    [[nodiscard]] std::string text(std::string_view field) const;
    [[nodiscard]] std::optional<double> number(std::string_view field) const;
    /// The column `code`, or the fid where that is empty.
    [[nodiscard]] std::string code() const;
    /// The columns `name` and `name_en`, each standing in for the other; else the code.
    [[nodiscard]] Localized name() const;

private:
    [[nodiscard]] const plan::Value* find(std::string_view field) const;

    const LayerSnapshot* mSnapshot;
    const plan::Feature* mFeature;
};

/// The parts of a line geometry; none of any other.
[[nodiscard]] std::vector<LineString> linesOf(const Geometry& geometry);
/// A point, or a point inside; nothing for empty geometry.
[[nodiscard]] std::optional<Point> pointOf(const Geometry& geometry);

}  // namespace zonewright::analysis
