#include <gtest/gtest.h>

#include <cstdlib>

#include "core/analysis/registry.h"
#include "core/base/paths.h"
#include "support/temp_folder.h"

namespace zonewright::analysis {
namespace {

std::string whyUnusable(const Registry& registry, const std::string& stem) {
    for (const UnusableModule& unusable : registry.unusable()) {
        if (unusable.file.stem() == stem) return unusable.error.detail;
    }
    return {};
}

TEST(Registry, LoadsGoodModulesAndSetsBadOnesAside) {
    const Registry registry = Registry::scan({ZONEWRIGHT_TEST_MODULES});
    ASSERT_EQ(registry.modules().size(), 1U);
    EXPECT_EQ(registry.modules()[0]->description().id, "counting");
    EXPECT_NE(whyUnusable(registry, "wrong_abi").find("this program has"), std::string::npos);
    EXPECT_NE(whyUnusable(registry, "silent").find("zonewright_module"), std::string::npos);
    EXPECT_NE(whyUnusable(registry, "wrong_shape").find("Zonewright 0.0.1"), std::string::npos);
    EXPECT_NE(whyUnusable(registry, "crashing").find("crashes"), std::string::npos);
    EXPECT_NE(whyUnusable(registry, "segfaulting").find("crashes"), std::string::npos);
    EXPECT_NE(whyUnusable(registry, "exiting").find("ends the program"), std::string::npos);
    EXPECT_FALSE(whyUnusable(registry, "throwing").empty());
}

TEST(Registry, FileThatIsNoLibraryIsReported) {
    const test::TempFolder folder;
    test::writeFile(folder / "text.so", "not a library");
    const Registry registry = Registry::scan({folder.path(), folder / "missing"});
    EXPECT_TRUE(registry.modules().empty());
    EXPECT_FALSE(whyUnusable(registry, "text").empty());
}

TEST(Registry, FindsByIdAndShortNameAndNamesTheOthers) {
    const Registry registry = Registry::scan({ZONEWRIGHT_TEST_MODULES});
    EXPECT_TRUE(registry.find("counting").has_value());
    EXPECT_TRUE(registry.find("count").has_value());
    const auto none = registry.find("weather");
    ASSERT_FALSE(none.has_value());
    EXPECT_EQ(none.error().code, ErrorCode::ModuleUnusable);
    EXPECT_NE(none.error().detail.find("counting"), std::string::npos);
    EXPECT_NE(registry.find("wrong_abi").error().detail.find("interface"), std::string::npos);
}

TEST(Registry, DescriptionHoldsParametersAndOutputs) {
    const Registry registry = Registry::scan({ZONEWRIGHT_TEST_MODULES});
    const auto json = describe(registry);
    const auto& module = json["modules"][0];
    EXPECT_EQ(module["parameters"][0]["id"], "layer");
    EXPECT_EQ(module["parameters"][0]["required"], true);
    EXPECT_EQ(module["outputs"][0]["id"], "counts");
    EXPECT_EQ(module["title"]["zh"], "计数");
    EXPECT_EQ(module["library"], std::string(ZONEWRIGHT_TEST_MODULES) + "/counting.so");
    EXPECT_FALSE(json["version"].get<std::string>().empty());
}

TEST(Registry, StyleOfAModuleFromElsewhereLiesBesideItsLibrary) {
    const test::TempFolder folder;
    OutputDeclaration output;
    output.style = "roads";
    EXPECT_EQ(styleFile(output, folder / "own.so"), productPaths().styles / "roads.qml");
    output.style = "own_layer";
    EXPECT_TRUE(styleFile(output, folder / "own.so").empty());
    test::writeFile(folder / "own_layer.qml", "<qgis/>");
    EXPECT_EQ(styleFile(output, folder / "own.so"), folder / "own_layer.qml");
}

}  // namespace
}  // namespace zonewright::analysis
