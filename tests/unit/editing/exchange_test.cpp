#include <gtest/gtest.h>

#include "core/editing/exchange.h"
#include "core/geometry/wkt.h"
#include "support/small_plan.h"

namespace zonewright::editing {
namespace {

using test::must;

plan::FeatureChange change(const std::string& layer, const std::string& id, const char* before, const char* after) {
    plan::FeatureChange out;
    out.layer = layer;
    out.id = {id};
    out.geometryChanged = true;
    if (*before != 0) out.before = test::wkt(before);
    if (*after != 0) out.after = test::wkt(after);
    return out;
}

/// The boundary between A and B moves from x = 10 to x = 14, in zones and in the level that follows them:
///
///   +----+----+      +------+--+
///   | A  | B  |  ->  |  A   |B |     40 m2 change hands
///   +----+----+      +------+--+
TEST(MovedArea, LandThatChangesHandsCountsOnceHoweverManyLevelsFollow) {
    const char* left = "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))";
    const char* leftAfter = "MULTIPOLYGON (((0 0, 14 0, 14 10, 0 10, 0 0)))";
    const char* right = "MULTIPOLYGON (((10 0, 20 0, 20 10, 10 10, 10 0)))";
    const char* rightAfter = "MULTIPOLYGON (((14 0, 20 0, 20 10, 14 10, 14 0)))";
    std::vector<plan::FeatureChange> changes;
    for (const char* layer : {"clusters", "towns"}) {
        changes.push_back(change(layer, "A", left, leftAfter));
        changes.push_back(change(layer, "B", right, rightAfter));
    }
    EXPECT_DOUBLE_EQ(movedArea(changes, must(exchanges(changes))).value, 40);
}

TEST(MovedArea, LandThatIsNewOrGivenUpCountsWhole) {
    const char* square = "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)))";
    for (const auto& one : {change("zones", "A", "", square), change("zones", "A", square, "")}) {
        EXPECT_DOUBLE_EQ(movedArea({one}, must(exchanges({one}))).value, 100);
    }
    EXPECT_DOUBLE_EQ(movedArea({}, {}).value, 0);
}

}  // namespace
}  // namespace zonewright::editing
