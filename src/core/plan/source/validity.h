#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/geometry/geos.h"
#include "core/geometry/types.h"

namespace zonewright::plan::source {

/// The first reason why a geometry cannot be used, or nothing: coordinates that are not finite or beyond 1e9, lines of
/// fewer than two distinct points, polygons that OGC 06-103r4 calls invalid.
///
/// Guarantees: the same verdict as GEOS for every polygon; a polygon of one ring whose edges certainly meet nowhere is
/// passed without asking GEOS, which takes most of the time otherwise.
[[nodiscard]] Result<std::optional<geos::Invalidity>> faultOf(const Geometry& geometry);

/// The stable English key of a reason: "Self-intersection" is "self_intersection".
[[nodiscard]] std::string faultKind(std::string_view reason);
/// The reason in Chinese; unknown reasons come back as they are.
[[nodiscard]] std::string faultInChinese(std::string_view reason);

/// True when the closed ring's edges certainly meet only where neighbours share a vertex; false when they meet or when
/// floating point cannot tell.
[[nodiscard]] bool isCertainlySimple(const Ring& ring);

}  // namespace zonewright::plan::source
