#include "core/coverage/snapping.h"

#include "support/coverage_maps.h"

namespace zonewright::coverage {
namespace {

using namespace maps;

//      10 |  b
//         |
//  5 -----+-------- a      layers "a" and "b" cross in (5 5), where neither has a vertex
//         |
//         0
std::vector<SnapLayer> crossing() {
    return {{"a", {{Fid{1}, line("LINESTRING (0 5, 10 5)")}}},
            {"b", {{Fid{7}, line("LINESTRING (5 0, 5 10)")}}}};
}

TEST(Snapper, VertexBeforeIntersectionBeforeEdge) {
    const Snapper snapper(crossing());
    const auto all = snapper.candidates({5.2, 5.1}, Metres(6));
    ASSERT_GE(all.size(), 6U);
    EXPECT_EQ(all[0].kind, SnapKind::Vertex);
    EXPECT_EQ(all[4].kind, SnapKind::Intersection);
    EXPECT_EQ(all[4].place, (Point{5, 5}));
    EXPECT_EQ(all[5].kind, SnapKind::Edge);
    EXPECT_EQ(snapper.best({5.2, 5.1}, Metres(1))->kind, SnapKind::Intersection);
    EXPECT_EQ(snapper.best({2, 5.1}, Metres(1))->place, (Point{2, 5}));
    EXPECT_EQ(snapper.best({2, 5.1}, Metres(1))->layer, "a");
    EXPECT_EQ(snapper.best({5, 9.5}, Metres(1))->feature, Fid{7});
    EXPECT_FALSE(snapper.best({2, 7}, Metres(1)).has_value());
}

TEST(Snapper, TiesGoToTheLayerGivenFirst) {
    const std::vector<SnapLayer> layers{{"b", {{Fid{9}, Point{1, 1}}}},
                                        {"a", {{Fid{3}, Point{1, 1}}, {Fid{2}, Point{1, 1}}}}};
    const auto all = Snapper(layers).candidates({1, 1}, Metres(0.5));
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].layer, "b");
    EXPECT_EQ(all[1].feature, Fid{2});
}

TEST(Snapper, ALineIsTakenToTheBoundaryVertexByVertex) {
    const Snapper snapper(crossing());
    EXPECT_EQ(snapper.snapped(line("LINESTRING (0.1 5.1, 3 7, 5.1 4.9)"), Metres(0.3)),
              (LineString{{0, 5}, {3, 7}, {5, 5}}));
}

TEST(Snapper, NoPositionHasNoCandidates) {
    const Snapper snapper(crossing());
    EXPECT_TRUE(snapper.candidates({std::nan(""), 5}, Metres(1)).empty());
    EXPECT_TRUE(snapper.candidates({5, 5}, Metres(-1)).empty());
    EXPECT_TRUE(Snapper(std::vector<SnapLayer>{}).candidates({5, 5}, Metres(1)).empty());
}

}  // namespace
}  // namespace zonewright::coverage
