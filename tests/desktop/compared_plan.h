#pragma once

#include "core/analysis/execution.h"
#include "core/analysis/registry.h"
#include "support/temp_folder.h"

namespace zonewright::desktop {

/// A copy of the sample plan with an accessibility result, before and after; computed once for all tests.
inline const std::filesystem::path& comparedPlan() {
    static const test::TempFolder kFolder;
    static const std::filesystem::path kPlan = [] {
        const std::filesystem::path made = kFolder.path() / "compared.gpkg";
        std::filesystem::copy_file(ZONEWRIGHT_SAMPLE_PLAN, made);
        auto plan = plan::Plan::open(made, plan::OpenMode::Write);
        const auto registry = analysis::Registry::standard();
        const auto module = registry.find("accessibility");
        EXPECT_TRUE(plan && module);
        Progress quiet;
        const auto done = analysis::execute(**module, &*plan, {{}, true, {}}, quiet);
        EXPECT_TRUE(done) << describe(done.error(), Language::English);
        return made;
    }();
    return kPlan;
}

}  // namespace zonewright::desktop
