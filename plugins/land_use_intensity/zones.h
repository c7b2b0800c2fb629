#pragma once

#include <string>
#include <vector>

#include "core/analysis/inputs.h"
#include "counted_once.h"

namespace zonewright::intensity {

/// The areas that are reported on.
struct Zones {
    std::string layer;  ///< layer id or file; "square 500 m" for a grid
    analysis::PolygonSet geometry;
    std::vector<std::string> codes;
    std::vector<Localized> names;
    std::vector<Fault> faults;

    [[nodiscard]] std::size_t size() const { return geometry.size(); }
};

struct ZoneRequest {
    std::string parameter;
    analysis::LayerReference layer;
    std::string codeField;  ///< empty: the catalogue's key field, else `code`, `zone_id`, `id` or `name`,
                            ///< else the fid
};

[[nodiscard]] Result<Zones> readZones(analysis::Inputs& inputs, const ZoneRequest& request,
                                      Progress& progress);

/// Common ground of every zone of one layer with every zone of another: "code a × code b".
[[nodiscard]] Result<Zones> crossed(const Zones& a, const Zones& b, Progress& progress);

enum class GridShape { Square, Hexagon };

/// Cells of `size` (side of a square, width of a hexagon between parallel sides) over the extent, clipped to
/// it, the whole grid starting at a multiple of the size; codes are column-row. Errors: BadArgument above a
/// million cells.
[[nodiscard]] Result<Zones> gridOver(const Zones& extent, GridShape shape, Metres size, Progress& progress);

}  // namespace zonewright::intensity
