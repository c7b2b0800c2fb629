#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "core/analysis/siting/findings.h"
#include "core/plan/plan.h"

namespace zonewright::cli {

/// The files a check was asked for, each in the form its suffix names.
struct CheckFiles {
    const plan::Plan& plan;
    const analysis::siting::Report& report;
    const std::vector<std::string>& files;
    bool overwrite = false;
};

/// Errors: BadArgument for a suffix there is no report for; FileExists. Asked before any work is done.
[[nodiscard]] Result<void> checkFiles(const std::vector<std::string>& files, bool overwrite);

/// Returns warnings about what was drawn.
[[nodiscard]] Result<std::vector<std::string>> writeFiles(const Session& session, const CheckFiles& files);

}  // namespace zonewright::cli
