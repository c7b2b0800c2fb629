#include "core/geometry/wkb.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace zonewright {
namespace {

static_assert(std::endian::native == std::endian::little, "WKB is written in the machine's byte order");

enum Kind : std::uint32_t { kPoint = 1, kLine = 2, kPolygon = 3, kMultiPoint = 4, kMultiLine = 5, kMultiPolygon = 6 };

struct Malformed {
    const char* why;
};

/// Reads WKB; throws Malformed, which never leaves this file.
class Reader {
public:
    explicit Reader(std::string_view bytes) : mBytes(bytes) {}

    Geometry geometry() {
        const Header h = header();
        switch (h.kind) {
            case kPoint: return point(h);
            case kLine: return points(h);
            case kPolygon: return onePolygon(h);
            case kMultiPoint: {
                MultiPoint g;
                members(h, kPoint, [&](const Header& m) { g.points.push_back(finite(coordinate(m))); });
                return g;
            }
            case kMultiLine: {
                MultiLineString g;
                members(h, kLine, [&](const Header& m) { g.lines.push_back(points(m)); });
                return g;
            }
            case kMultiPolygon: {
                MultiPolygon g;
                members(h, kPolygon, [&](const Header& m) {
                    Polygon p = polygon(m);
                    if (!p.rings.empty()) g.polygons.push_back(std::move(p));
                });
                return g;
            }
            default: throw Malformed{"geometry type is not point, line or polygon"};
        }
    }

private:
    struct Header {
        std::uint32_t kind = 0;
        bool swap = false;
        std::size_t dimensions = 2;
    };

    template <typename T>
    T take(bool swap) {
        if (mBytes.size() - mAt < sizeof(T)) throw Malformed{"truncated"};
        std::array<char, sizeof(T)> raw;
        std::memcpy(raw.data(), mBytes.data() + mAt, sizeof(T));
        mAt += sizeof(T);
        if (swap) std::reverse(raw.begin(), raw.end());
        return std::bit_cast<T>(raw);
    }

    Header header() {
        Header h;
        const auto order = take<std::uint8_t>(false);
        if (order > 1) throw Malformed{"bad byte order"};
        h.swap = order == 0;
        auto type = take<std::uint32_t>(h.swap);
        const bool z = (type & 0x80000000U) != 0;
        const bool m = (type & 0x40000000U) != 0;
        if ((type & 0x20000000U) != 0) take<std::uint32_t>(h.swap);
        type &= 0x0FFFFFFFU;
        const std::uint32_t iso = type / 1000;
        h.kind = type % 1000;
        if (iso > 3) throw Malformed{"unknown geometry type"};
        h.dimensions = 2 + ((z || iso == 1 || iso == 3) ? 1U : 0U) + ((m || iso == 2 || iso == 3) ? 1U : 0U);
        return h;
    }

    std::uint32_t count(const Header& h, std::size_t leastBytesEach) {
        const auto n = take<std::uint32_t>(h.swap);
        if (n > (mBytes.size() - mAt) / leastBytesEach) throw Malformed{"truncated"};
        return n;
    }

    Point coordinate(const Header& h) {
        Point p;
        p.x = take<double>(h.swap);
        p.y = take<double>(h.swap);
        for (std::size_t d = 2; d < h.dimensions; ++d) take<double>(h.swap);
        return p;
    }

    static Point finite(Point p) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) throw Malformed{"coordinate is not a finite number"};
        return p;
    }

    Geometry point(const Header& h) {
        const Point p = coordinate(h);
        if (std::isnan(p.x) && std::isnan(p.y)) return std::monostate{};  // WKB's empty point
        return finite(p);
    }

    std::vector<Point> points(const Header& h) {
        const std::uint32_t n = count(h, 8 * h.dimensions);
        std::vector<Point> out(n);
        if (!h.swap && h.dimensions == 2) {
            if (n > 0) std::memcpy(out.data(), mBytes.data() + mAt, n * sizeof(Point));
            mAt += n * sizeof(Point);
        } else {
            for (Point& p : out) p = coordinate(h);
        }
        for (const Point& p : out) finite(p);
        return out;
    }

    Polygon polygon(const Header& h) {
        Polygon out;
        const std::uint32_t rings = count(h, 4);
        for (std::uint32_t i = 0; i < rings; ++i) {
            Ring ring = points(h);
            if (!ring.empty()) out.rings.push_back(std::move(ring));
        }
        return out;
    }

    MultiPolygon onePolygon(const Header& h) {
        MultiPolygon out;
        Polygon p = polygon(h);
        if (!p.rings.empty()) out.polygons.push_back(std::move(p));
        return out;
    }

    template <typename Each>
    void members(const Header& h, std::uint32_t kind, Each each) {
        const std::uint32_t n = count(h, 9);
        for (std::uint32_t i = 0; i < n; ++i) {
            const Header m = header();
            if (m.kind != kind) throw Malformed{"mixed collection"};
            each(m);
        }
    }

    std::string_view mBytes;
    std::size_t mAt = 0;
};

class Writer {
public:
    std::string out;

    void add(std::uint32_t v) { raw(v); }
    void begin(std::uint32_t kind) {
        out += '\x01';
        raw(kind);
    }
    void points(const std::vector<Point>& points) {
        raw(static_cast<std::uint32_t>(points.size()));
        out.append(reinterpret_cast<const char*>(points.data()), points.size() * sizeof(Point));
    }
    void polygon(const Polygon& p) {
        begin(kPolygon);
        raw(static_cast<std::uint32_t>(p.rings.size()));
        for (const Ring& ring : p.rings) points(ring);
    }

    void operator()(std::monostate) {
        begin(kPoint);
        raw(std::nan(""));
        raw(std::nan(""));
    }
    void operator()(const Point& p) {
        begin(kPoint);
        raw(p.x);
        raw(p.y);
    }
    void operator()(const MultiPoint& g) {
        begin(kMultiPoint);
        raw(static_cast<std::uint32_t>(g.points.size()));
        for (const Point& p : g.points) (*this)(p);
    }
    void operator()(const LineString& line) {
        begin(kLine);
        points(line);
    }
    void operator()(const MultiLineString& g) {
        begin(kMultiLine);
        raw(static_cast<std::uint32_t>(g.lines.size()));
        for (const LineString& line : g.lines) (*this)(line);
    }
    void operator()(const MultiPolygon& g) {
        begin(kMultiPolygon);
        raw(static_cast<std::uint32_t>(g.polygons.size()));
        for (const Polygon& p : g.polygons) polygon(p);
    }

private:
    template <typename T>
    void raw(T v) {
        out.append(reinterpret_cast<const char*>(&v), sizeof v);
    }
};

/// Bytes of the GeoPackage header in front of the WKB. Throws Malformed.
std::size_t headerSize(std::string_view blob) {
    if (blob.size() < 8 || blob[0] != 'G' || blob[1] != 'P') throw Malformed{"not GeoPackage geometry"};
    constexpr std::array<std::size_t, 5> kEnvelope{0, 32, 48, 48, 64};
    const auto envelope = static_cast<std::size_t>((blob[3] >> 1) & 7);
    if (envelope >= kEnvelope.size() || blob.size() < 8 + kEnvelope[envelope]) throw Malformed{"truncated"};
    return 8 + kEnvelope[envelope];
}

}  // namespace

Result<Geometry> fromWkb(std::string_view wkb) {
    try {
        return Reader(wkb).geometry();
    } catch (const Malformed& m) {
        return failure(ErrorCode::BadGeometry, m.why);
    }
}

std::string toWkb(const Geometry& geometry) {
    Writer writer;
    std::visit(writer, geometry);
    return std::move(writer.out);
}

Result<Geometry> fromGeoPackage(std::string_view blob) {
    if (blob.empty()) return Geometry{};
    try {
        const std::size_t start = headerSize(blob);
        return Reader(blob.substr(start)).geometry();
    } catch (const Malformed& m) {
        return failure(ErrorCode::BadGeometry, m.why);
    }
}

std::string toGeoPackage(const Geometry& geometry, std::int32_t srsId) {
    if (std::holds_alternative<std::monostate>(geometry)) return {};
    const Box box = boxOf(geometry);
    const bool isPoint = std::holds_alternative<Point>(geometry);
    Writer writer;
    writer.out = {'G', 'P', '\0', static_cast<char>(0x01 | (isPoint || box.empty() ? 0 : (1 << 1)) | (box.empty() ? 0x10 : 0))};
    writer.add(static_cast<std::uint32_t>(srsId));
    if (!isPoint && !box.empty()) {
        for (const double v : {box.minX, box.maxX, box.minY, box.maxY}) {
            writer.out.append(reinterpret_cast<const char*>(&v), sizeof v);
        }
    }
    std::visit(writer, geometry);
    return std::move(writer.out);
}

Result<Box> boxOfGeoPackage(std::string_view blob) {
    if (blob.empty()) return Box{};
    try {
        headerSize(blob);
    } catch (const Malformed& m) {
        return failure(ErrorCode::BadGeometry, m.why);
    }
    const bool littleEndian = (blob[3] & 1) != 0;
    if (littleEndian && ((blob[3] >> 1) & 7) != 0) {
        std::array<double, 4> v;
        std::memcpy(v.data(), blob.data() + 8, sizeof v);
        return Box{v[0], v[2], v[1], v[3]};
    }
    return fromGeoPackage(blob).map([](const Geometry& g) { return boxOf(g); });
}

}  // namespace zonewright
