#pragma once

#include <string>
#include <vector>

#include "core/catalogue/catalogue.h"
#include "core/coverage/edit.h"
#include "core/coverage/outcome.h"
#include "core/editing/attributes.h"
#include "core/editing/report.h"
#include "core/plan/change_set.h"
#include "core/plan/plan.h"

/// Edits of a plan: an edit of a coverage, carried to the layers linked with it, and written as one transaction with its
/// history. The command line and the desktop edit through here alone.
namespace zonewright::editing {

struct EditOptions {
    std::string title;          ///< for history; empty makes one from the edit
    bool dryRun = false;        ///< report only
    bool outerMayMove = false;  ///< the parent (district) follows an edit of its boundary
    Values newZone;             ///< attributes of a zone that the edit makes
};

/// Applies `edit` to `layer`; linked layers follow or refuse as the catalogue says.
///
/// Errors: those of coverage::Edit; LinkedLayerRefuses naming the layer; UnknownLayer, UnknownFeature, BadArgument;
/// PlanReadOnly, DiskFull. Guarantees: refused or failed, the file is unchanged; applied, it is on disk.
[[nodiscard]] coverage::Outcome<EditReport> edit(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                                 std::pair<std::string, coverage::Edit> layerEdit, const EditOptions& options = {});

struct SetOptions {
    std::string title;    ///< for history; empty makes one from the values
    bool dryRun = false;  ///< check and report only
};

/// Sets attributes of one feature, named by UUID or fid. Errors: UnknownLayer, UnknownFeature, UnknownField, BadArgument
/// for a value that the field does not take or a key that another feature has.
/// Guarantees: refused or failed, the file is unchanged; set, it is on disk.
[[nodiscard]] Result<EditReport> setValues(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                           std::pair<std::string, std::string> layerFeature, const Values& values,
                                           const SetOptions& options = {});

/// Same as `edit` and `setValues`, within a change-set that the caller holds (a script that is all or nothing).
[[nodiscard]] coverage::Outcome<EditReport> editWithin(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                                       std::pair<std::string, coverage::Edit> layerEdit, const EditOptions& options);
[[nodiscard]] Result<EditReport> setValuesWithin(const plan::Plan& plan, const catalogue::Catalogue& catalogue,
                                                 std::pair<std::string, std::string> layerFeature, const Values& values);

/// The word of an edit in history and scripts: "move-vertex", "reshape" ...
[[nodiscard]] std::string_view nameOf(const coverage::Edit& edit);

}  // namespace zonewright::editing
