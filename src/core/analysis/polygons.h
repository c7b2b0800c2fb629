#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/units.h"
#include "core/geometry/types.h"

namespace zonewright::analysis {

/// Many polygons in few arrays. Rings are kept without their closing point, shells counter-clockwise, holes
/// clockwise, so that the area is the plain sum over rings.
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
    [[nodiscard]] MultiPolygon polygons(std::size_t feature) const;

    /// Ring by ring, for readers: addRing for every ring (closed or not), then endFeature. A ring of fewer
    /// than three distinct points is dropped; the holes of a dropped shell must not follow. Returns whether
    /// it was kept.
    bool addRing(std::span<const Point> ring, bool shell);
    void endFeature();
    /// Takes back the rings added since the last endFeature.
    void dropOpenRings();
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
    std::vector<double> numbers;       ///< NaN where there is no number
    std::vector<std::uint32_t> codes;  ///< index into `texts`, for text columns
    std::vector<std::string> texts;    ///< distinct texts in order of appearance
    bool isText = false;
    std::int64_t unreadable = 0;  ///< values of a number column that are no numbers

    [[nodiscard]] std::string_view text(std::size_t row) const { return texts[codes[row]]; }
};

/// Ids of texts while a column is filled.
class TextIndex {
public:
    std::uint32_t idOf(std::string_view text, std::vector<std::string>& texts);

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> mIds;
};

/// Polygons with their columns, in order of fid.
struct PolygonTable {
    PolygonSet geometry;
    std::vector<std::int64_t> fids;
    std::vector<PolygonColumn> columns;  ///< aligned with PolygonSnapshot::fields

    void append(PolygonTable&& other);
};

}  // namespace zonewright::analysis
