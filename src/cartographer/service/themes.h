#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"

namespace zonewright::cartographer {

struct Theme {
    std::string id;
    Localized title;
    Localized subtitle;
    Localized note;
    std::vector<std::string> layers;  ///< drawings, "layer" or "layer:variant", top to bottom
    std::vector<std::string> legend;  ///< drawings, in the legend's order
    std::string extent;               ///< layer the sheet is fitted to; empty for the district
    std::string needs;                ///< a layer that an analysis makes and without which there is nothing to show
    std::string madeBy;               ///< the command that makes it
    std::vector<std::string> tables;  ///< of the sheet, ids
    std::vector<std::string> halves;  ///< two themes, before and after; or none
};

/// A table of the plan as it stands on a sheet; the values are QGIS expressions on its rows.
struct SheetTable {
    struct Column {
        Localized title;
        std::string value;
        bool right = false;  ///< aligned to the right, as numbers are
    };
    std::string id;
    Localized title;
    std::string layer;
    std::string rows;   ///< which rows; empty for all
    std::string bold;   ///< which of them stand out
    std::string order;  ///< an expression, with " desc" behind it for downwards; empty for the order of the table
    std::vector<Column> columns;
};

/// A print template.
struct LayoutEntry {
    std::string id;
    Localized title;
    double symbolFactor = 1;  ///< size of symbols and labels on this paper, against A3
};

/// `styles/themes.toml`.
struct Themes {
    std::vector<Theme> themes;
    std::vector<LayoutEntry> layouts;
    std::map<std::string, SheetTable> tables;
    std::map<std::string, Localized> titles;  ///< legend headings of drawings that are not called as their layer is

    /// Errors: UnknownTheme listing the ids there are.
    [[nodiscard]] Result<const Theme*> find(std::string_view id) const;
};

/// Errors: FileNotFound; BadCatalogue naming file, line and key.
[[nodiscard]] Result<Themes> readThemes(const std::filesystem::path& file);

/// The layer of a drawing, "clusters" for "clusters:outline".
[[nodiscard]] std::string layerOf(std::string_view drawing);
/// The variant of a drawing, "outline" for "clusters:outline", empty for "clusters".
[[nodiscard]] std::string variantOf(std::string_view drawing);
/// The drawings of a legend by name: an unqualified layer stands for its first drawing in `layers`.
[[nodiscard]] std::vector<std::string> resolveLegend(const std::vector<std::string>& legend, const std::vector<std::string>& layers);

}  // namespace zonewright::cartographer
