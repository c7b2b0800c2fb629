#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/units.h"
#include "core/geometry/types.h"

namespace zonewright::analysis {

/// Many polygons in few arrays. Rings are kept without their closing point, shells counter-clockwise, holes clockwise, so
/// that the area is the plain sum over rings.
class PolygonSet {
public:
    [[nodiscard]] std::size_t size() const { return mFeatureStart.size() - 1; }
    [[nodiscard]] std::size_t points() const { return mPoints.size(); }
    [[nodiscard]] std::size_t rings() const { return mRingStart.size() - 1; }

    /// Ring numbers [first, last) of a feature.
    [[nodiscard]] std::pair<std::size_t, std::size_t> ringsOf(std::size_t feature) const {
        return {mFeatureStart[feature], mFeatureStart[feature + 1]};
    }
    [[nodiscard]] std::span<const Point> ring(std::size_t ring) const {
        return {mPoints.data() + mRingStart[ring], mRingStart[ring + 1] - mRingStart[ring]};
    }
    /// All rings of a feature, point after point.
    [[nodiscard]] std::span<const Point> pointsOf(std::size_t feature) const {
        const std::size_t first = mRingStart[mFeatureStart[feature]];
        return {mPoints.data() + first, mRingStart[mFeatureStart[feature + 1]] - first};
    }
    [[nodiscard]] bool isShell(std::size_t ring) const { return mShell[ring] != 0; }

    void add(const MultiPolygon& polygons);
    /// Replaces nothing but the geometry of one feature; costs a copy of all behind it.
    [[nodiscard]] MultiPolygon polygons(std::size_t feature) const;

    /// Ring by ring, for readers: addRing for every ring (closed or not), then endFeature. A ring of fewer than three
    /// distinct points is dropped.
    void addRing(std::span<const Point> ring, bool shell);
    void endFeature();
    void append(PolygonSet&& other);
    void reserve(std::size_t features, std::size_t points);

private:
    std::vector<Point> mPoints;
    std::vector<std::uint32_t> mRingStart{0};
    std::vector<std::uint32_t> mFeatureStart{0};
    std::vector<std::uint8_t> mShell;
};

/// Twice-checked basics on the flat form; planar, in the CRS's unit (metres).
[[nodiscard]] SquareMetres areaOf(const PolygonSet& set, std::size_t feature);
[[nodiscard]] Box boxOf(const PolygonSet& set, std::size_t feature);

/// A column of a layer: numbers, or texts kept once each.
struct PolygonColumn {
    std::vector<double> numbers;            ///< NaN where there is no number
    std::vector<std::uint32_t> codes;       ///< index into `texts`, for text columns
    std::vector<std::string> texts;         ///< distinct texts in order of appearance
    bool isText = false;

    [[nodiscard]] std::string_view text(std::size_t row) const { return texts[codes[row]]; }
};

/// Polygons with their columns, in order of fid.
struct PolygonTable {
    PolygonSet geometry;
    std::vector<std::int64_t> fids;
    std::vector<PolygonColumn> columns;  ///< aligned with PolygonSnapshot::fields
};

}  // namespace zonewright::analysis
