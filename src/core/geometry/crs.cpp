#include "core/geometry/crs.h"

#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include <proj.h>

namespace zonewright {
namespace {

using Context = std::unique_ptr<PJ_CONTEXT, decltype(&proj_context_destroy)>;
using Handle = std::unique_ptr<PJ, decltype(&proj_destroy)>;

Context makeContext() {
    Context context(proj_context_create(), &proj_context_destroy);
    proj_log_level(context.get(), PJ_LOG_NONE);
    proj_context_set_enable_network(context.get(), 0);
    return context;
}

bool firstAxisIsInMetres(PJ_CONTEXT* context, const PJ* crs) {
    Handle system(proj_crs_get_coordinate_system(context, crs), &proj_destroy);
    if (!system) return false;
    double factor = 0;
    return proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &factor, nullptr, nullptr, nullptr) != 0 &&
           factor == 1.0;
}

/// Projection and parameters, for a CRS that came without a name, as MapInfo's do.
std::string parametersOf(PJ_CONTEXT* context, const PJ* crs) {
    const char* text = proj_as_proj_string(context, crs, PJ_PROJ_5, nullptr);
    std::string out = text != nullptr ? text : "?";
    for (const char* noise : {" +no_defs", " +type=crs"}) {
        if (const std::size_t at = out.find(noise); at != std::string::npos) out.erase(at, std::char_traits<char>::length(noise));
    }
    return out;
}

}  // namespace

Result<Crs> Crs::from(const std::string& definition) {
    const Context context = makeContext();
    const Handle handle(proj_create(context.get(), definition.c_str()), &proj_destroy);
    if (!handle || proj_is_crs(handle.get()) == 0) return failure(ErrorCode::SourceCrs, definition);
    Crs crs;
    crs.mDefinition = definition;
    const char* authority = proj_get_id_auth_name(handle.get(), 0);
    const char* code = proj_get_id_code(handle.get(), 0);
    if (authority != nullptr && code != nullptr) crs.mCode = std::string(authority) + ":" + code;
    if (const char* name = proj_get_name(handle.get())) crs.mName = name;
    if (crs.mName.empty() || crs.mName == "unnamed" || crs.mName == "unknown") crs.mName = parametersOf(context.get(), handle.get());
    const PJ_TYPE type = proj_get_type(handle.get());
    crs.mGeographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
    crs.mProjectedMetres = type == PJ_TYPE_PROJECTED_CRS && firstAxisIsInMetres(context.get(), handle.get());
    return crs;
}

std::string crsTitle(const std::string& definition) {
    if (definition.empty()) return "?";
    const Result<Crs> crs = Crs::from(definition);
    return crs ? crs->title() : definition;
}

struct Transform::State {
    Context context = makeContext();
    Handle handle{nullptr, &proj_destroy};
};

namespace {

/// Looking up how one system leads to another takes PROJ milliseconds, copying what was found microseconds.
class Prototypes {
public:
    /// A copy for `context`; null when PROJ knows no way.
    [[nodiscard]] PJ* copy(PJ_CONTEXT* context, const std::string& from, const std::string& to) {
        const std::lock_guard lock(mMutex);
        const auto [known, isNew] = mFound.try_emplace({from, to}, nullptr, &proj_destroy);
        if (isNew) {
            const Handle raw(proj_create_crs_to_crs(mContext.get(), from.c_str(), to.c_str(), nullptr), &proj_destroy);
            if (raw) known->second.reset(proj_normalize_for_visualization(mContext.get(), raw.get()));
        }
        return known->second ? proj_clone(context, known->second.get()) : nullptr;
    }

private:
    std::mutex mMutex;
    Context mContext = makeContext();
    std::map<std::pair<std::string, std::string>, Handle> mFound;
};

}  // namespace

Result<Transform> Transform::between(const Crs& from, const Crs& to) {
    static Prototypes prototypes;
    Transform transform;
    transform.mState = std::make_shared<State>();
    State& state = *transform.mState;
    state.handle.reset(prototypes.copy(state.context.get(), from.definition(), to.definition()));
    if (!state.handle) return failure(ErrorCode::SourceCrs, from.definition() + " -> " + to.definition());
    return transform;
}

Point Transform::operator()(Point p) const {
    const PJ_COORD c = proj_trans(mState->handle.get(), PJ_FWD, proj_coord(p.x, p.y, 0, 0));
    return {c.xy.x, c.xy.y};
}

Point Transform::inverse(Point p) const {
    const PJ_COORD c = proj_trans(mState->handle.get(), PJ_INV, proj_coord(p.x, p.y, 0, 0));
    return {c.xy.x, c.xy.y};
}

void Transform::apply(Geometry& geometry) const {
    forEachPoint(geometry, [&](Point& p) { p = (*this)(p); });
}

}  // namespace zonewright
