#define GEOS_USE_ONLY_R_API
#include "core/geometry/geos.h"

#include <cstdarg>

#include <geos_c.h>

#include "core/geometry/wkb.h"

namespace zonewright::geos {
namespace {

class Context {
public:
    Context() : mHandle(GEOS_init_r()) {
        GEOSContext_setErrorMessageHandler_r(
            mHandle, [](const char* message, void* self) { static_cast<Context*>(self)->mMessage = message; }, this);
        GEOSContext_setNoticeMessageHandler_r(mHandle, [](const char*, void*) {}, nullptr);
    }
    ~Context() { GEOS_finish_r(mHandle); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    [[nodiscard]] GEOSContextHandle_t handle() const { return mHandle; }
    [[nodiscard]] tl::unexpected<Error> failed() const { return failure(ErrorCode::BadGeometry, mMessage); }

private:
    GEOSContextHandle_t mHandle;
    std::string mMessage;
};

Context& context() {
    thread_local Context instance;
    return instance;
}

struct Destroy {
    void operator()(GEOSGeometry* g) const { GEOSGeom_destroy_r(context().handle(), g); }
};
using Handle = std::unique_ptr<GEOSGeometry, Destroy>;

Result<Handle> toGeos(const Geometry& geometry) {
    const GEOSContextHandle_t h = context().handle();
    if (std::holds_alternative<std::monostate>(geometry)) return Handle(GEOSGeom_createEmptyCollection_r(h, GEOS_GEOMETRYCOLLECTION));
    const std::string wkb = toWkb(geometry);
    std::unique_ptr<GEOSWKBReader, void (*)(GEOSWKBReader*)> reader(
        GEOSWKBReader_create_r(h), [](GEOSWKBReader* r) { GEOSWKBReader_destroy_r(context().handle(), r); });
    Handle g(GEOSWKBReader_read_r(h, reader.get(), reinterpret_cast<const unsigned char*>(wkb.data()), wkb.size()));
    if (!g) return context().failed();
    return g;
}

Result<Geometry> fromGeos(const GEOSGeometry* g) {
    const GEOSContextHandle_t h = context().handle();
    if (GEOSisEmpty_r(h, g) == 1) return Geometry{};
    std::unique_ptr<GEOSWKBWriter, void (*)(GEOSWKBWriter*)> writer(
        GEOSWKBWriter_create_r(h), [](GEOSWKBWriter* w) { GEOSWKBWriter_destroy_r(context().handle(), w); });
    std::size_t size = 0;
    unsigned char* bytes = GEOSWKBWriter_write_r(h, writer.get(), g, &size);
    if (bytes == nullptr) return context().failed();
    Result<Geometry> value = fromWkb({reinterpret_cast<const char*>(bytes), size});
    GEOSFree_r(h, bytes);
    return value;
}

/// Decodes GEOS's three-valued predicates: 0, 1, or 2 for an exception.
Result<bool> decoded(char answer) {
    if (answer == 2) return context().failed();
    return answer == 1;
}

/// The members of one dimension (1 lines, 2 polygons), however deeply nested in collections.
void collect(const GEOSGeometry* g, int dimension, std::vector<Geometry>& into, std::optional<Error>& error) {
    const GEOSContextHandle_t h = context().handle();
    const int type = GEOSGeomTypeId_r(h, g);
    if (type == GEOS_GEOMETRYCOLLECTION) {
        for (int i = 0; i < GEOSGetNumGeometries_r(h, g); ++i) collect(GEOSGetGeometryN_r(h, g, i), dimension, into, error);
        return;
    }
    if (GEOSGeom_getDimensions_r(h, g) != dimension || GEOSisEmpty_r(h, g) == 1) return;
    Result<Geometry> value = fromGeos(g);
    if (!value) error = value.error();
    else into.push_back(std::move(*value));
}

Result<MultiPolygon> polygonsOf(const Handle& g) {
    if (!g) return context().failed();
    std::vector<Geometry> parts;
    std::optional<Error> error;
    collect(g.get(), 2, parts, error);
    if (error) return tl::unexpected(*error);
    MultiPolygon out;
    for (Geometry& part : parts) {
        for (Polygon& polygon : std::get<MultiPolygon>(part).polygons) out.polygons.push_back(std::move(polygon));
    }
    return out;
}

using Overlay = GEOSGeometry* (*)(GEOSContextHandle_t, const GEOSGeometry*, const GEOSGeometry*);

Result<MultiPolygon> overlay(Overlay operation, const MultiPolygon& a, const MultiPolygon& b) {
    const Result<Handle> ga = toGeos(a);
    const Result<Handle> gb = toGeos(b);
    if (!ga) return tl::unexpected(ga.error());
    if (!gb) return tl::unexpected(gb.error());
    return polygonsOf(Handle(operation(context().handle(), ga->get(), gb->get())));
}

}  // namespace

Result<Geometry> readWkt(const std::string& wkt) {
    const GEOSContextHandle_t h = context().handle();
    std::unique_ptr<GEOSWKTReader, void (*)(GEOSWKTReader*)> reader(
        GEOSWKTReader_create_r(h), [](GEOSWKTReader* r) { GEOSWKTReader_destroy_r(context().handle(), r); });
    const Handle g(GEOSWKTReader_read_r(h, reader.get(), wkt.c_str()));
    if (!g) return context().failed();
    return fromGeos(g.get());
}

Result<std::optional<Invalidity>> invalidity(const Geometry& geometry) {
    const GEOSContextHandle_t h = context().handle();
    // GEOS refuses to build a ring of fewer than four points; say the same in the same form.
    if (const auto* polygons = std::get_if<MultiPolygon>(&geometry)) {
        for (const Polygon& polygon : polygons->polygons) {
            for (const Ring& ring : polygon.rings) {
                if (ring.size() < 4) return Invalidity{"Too few points in ring", ring.empty() ? Point{} : ring.front()};
                if (ring.front() != ring.back()) return Invalidity{"Ring is not closed", ring.front()};
            }
        }
    }
    const Result<Handle> g = toGeos(geometry);
    if (!g) return tl::unexpected(g.error());
    char* reason = nullptr;
    GEOSGeometry* place = nullptr;
    const char valid = GEOSisValidDetail_r(h, g->get(), 0, &reason, &place);
    Invalidity found;
    if (reason != nullptr) {
        found.reason = reason;
        GEOSFree_r(h, reason);
    }
    if (place != nullptr) {
        GEOSGeomGetX_r(h, place, &found.place.x);
        GEOSGeomGetY_r(h, place, &found.place.y);
        GEOSGeom_destroy_r(h, place);
    }
    if (valid == 2) return context().failed();
    if (valid == 1) return std::nullopt;
    return found;
}

Result<MultiPolygon> intersection(const MultiPolygon& a, const MultiPolygon& b) { return overlay(GEOSIntersection_r, a, b); }

Result<MultiPolygon> difference(const MultiPolygon& a, const MultiPolygon& b) { return overlay(GEOSDifference_r, a, b); }

Result<MultiPolygon> unionOf(const std::vector<MultiPolygon>& polygons) {
    std::vector<Handle> owned;
    std::vector<GEOSGeometry*> members;
    owned.reserve(polygons.size());
    members.reserve(polygons.size());
    for (const MultiPolygon& polygon : polygons) {
        Result<Handle> g = toGeos(polygon);
        if (!g) return tl::unexpected(g.error());
        owned.push_back(std::move(*g));
    }
    for (Handle& g : owned) members.push_back(g.release());
    const GEOSContextHandle_t h = context().handle();
    const Handle all(GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, members.data(), static_cast<unsigned>(members.size())));
    if (!all) return context().failed();
    return polygonsOf(Handle(GEOSUnaryUnion_r(h, all.get())));
}

Result<MultiPolygon> buffer(const Geometry& geometry, Metres distance, int segmentsPerQuarter) {
    const Result<Handle> g = toGeos(geometry);
    if (!g) return tl::unexpected(g.error());
    return polygonsOf(Handle(GEOSBuffer_r(context().handle(), g->get(), distance.value, segmentsPerQuarter)));
}

Result<MultiPolygon> madeValid(const MultiPolygon& polygons) {
    const Result<Handle> g = toGeos(polygons);
    if (!g) return tl::unexpected(g.error());
    const GEOSContextHandle_t h = context().handle();
    std::unique_ptr<GEOSMakeValidParams, void (*)(GEOSMakeValidParams*)> params(
        GEOSMakeValidParams_create_r(h), [](GEOSMakeValidParams* p) { GEOSMakeValidParams_destroy_r(context().handle(), p); });
    GEOSMakeValidParams_setMethod_r(h, params.get(), GEOS_MAKE_VALID_STRUCTURE);
    return polygonsOf(Handle(GEOSMakeValidWithParams_r(h, g->get(), params.get())));
}

Result<MultiLineString> clipped(const MultiLineString& lines, const MultiPolygon& polygons) {
    const Result<Handle> a = toGeos(lines);
    const Result<Handle> b = toGeos(polygons);
    if (!a) return tl::unexpected(a.error());
    if (!b) return tl::unexpected(b.error());
    const Handle both(GEOSIntersection_r(context().handle(), a->get(), b->get()));
    if (!both) return context().failed();
    std::vector<Geometry> parts;
    std::optional<Error> error;
    collect(both.get(), 1, parts, error);
    if (error) return tl::unexpected(*error);
    MultiLineString out;
    for (Geometry& part : parts) {
        if (auto* line = std::get_if<LineString>(&part)) out.lines.push_back(std::move(*line));
        if (auto* many = std::get_if<MultiLineString>(&part)) {
            for (LineString& line : many->lines) out.lines.push_back(std::move(line));
        }
    }
    return out;
}

Result<Metres> distance(const Geometry& a, const Geometry& b) {
    const Result<Handle> ga = toGeos(a);
    const Result<Handle> gb = toGeos(b);
    if (!ga) return tl::unexpected(ga.error());
    if (!gb) return tl::unexpected(gb.error());
    double metres = 0;
    if (GEOSDistance_r(context().handle(), ga->get(), gb->get(), &metres) == 0) return context().failed();
    return Metres(metres);
}

Result<bool> intersects(const Geometry& a, const Geometry& b) {
    const Result<Handle> ga = toGeos(a);
    const Result<Handle> gb = toGeos(b);
    if (!ga) return tl::unexpected(ga.error());
    if (!gb) return tl::unexpected(gb.error());
    return decoded(GEOSIntersects_r(context().handle(), ga->get(), gb->get()));
}

Result<bool> interiorsMeet(const Geometry& a, const Geometry& b) {
    const Result<Handle> ga = toGeos(a);
    const Result<Handle> gb = toGeos(b);
    if (!ga) return tl::unexpected(ga.error());
    if (!gb) return tl::unexpected(gb.error());
    return decoded(GEOSRelatePattern_r(context().handle(), ga->get(), gb->get(), "T********"));
}

Result<Point> pointInside(const Geometry& geometry) {
    const Result<Handle> g = toGeos(geometry);
    if (!g) return tl::unexpected(g.error());
    const GEOSContextHandle_t h = context().handle();
    const Handle inside(GEOSPointOnSurface_r(h, g->get()));
    if (!inside || GEOSisEmpty_r(h, inside.get()) == 1) return context().failed();
    Point p;
    GEOSGeomGetX_r(h, inside.get(), &p.x);
    GEOSGeomGetY_r(h, inside.get(), &p.y);
    return p;
}

}  // namespace zonewright::geos
