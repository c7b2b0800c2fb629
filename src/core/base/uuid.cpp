#include "core/base/uuid.h"

#include <array>

#include <uuid.h>

namespace zonewright {
namespace {

FeatureId asText(const uuid_t& id) {
    std::array<char, 37> text{};
    uuid_unparse_lower(id, text.data());
    return FeatureId{text.data()};
}

}  // namespace

FeatureId randomFeatureId() {
    uuid_t id;
    uuid_generate_random(id);
    return asText(id);
}

FeatureId namedFeatureId(std::string_view name) {
    uuid_t space;
    uuid_parse("7d0c9c34-5c0e-4c0f-9a53-0a1f6f1f2b60", space);
    uuid_t id;
    uuid_generate_sha1(id, space, name.data(), name.size());
    return asText(id);
}

}  // namespace zonewright
