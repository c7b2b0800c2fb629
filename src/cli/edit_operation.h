#pragma once

#include <string>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "core/coverage/edit.h"
#include "core/editing/editor.h"
#include "core/plan/plan.h"

namespace zonewright::cli {

/// Sets attributes of one feature.
struct SetOperation {
    std::string feature;
    editing::Values values;
};

/// One line of an edit script.
struct EditOperation {
    std::string layer;
    std::variant<coverage::Edit, SetOperation> what;
    editing::Values newZone;  ///< attributes for a zone that it makes
};

/// Reads `{"op":"move-vertex","layer":L,"from":[x,y],"to":[x,y]}` and its siblings; features by UUID or fid.
/// Errors: BadArgument naming the key; UnknownFeature.
[[nodiscard]] Result<EditOperation> readOperation(const plan::Plan& plan, const nlohmann::json& line);

/// {changeset, changed, flows, refused}.
[[nodiscard]] nlohmann::ordered_json asJson(const coverage::Outcome<editing::EditReport>& outcome, Language language);

}  // namespace zonewright::cli
