#pragma once

#include <fmt/format.h>

#include "core/geometry/measure.h"
#include "core/geometry/wkt.h"
#include "core/plan/change_set.h"
#include "desktop/desk.h"
#include "support/small_plan.h"

namespace zonewright::desktop {

using test::must;

inline constexpr double kX = 490000;
inline constexpr double kY = 3500000;

inline Point place(double x, double y) { return {kX + x, kY + y}; }

inline std::string ringText(const std::vector<Point>& points) {
    std::string out = "MULTIPOLYGON (((";
    for (const Point& p : points) out += fmt::format("{} {}, ", kX + p.x, kY + p.y);
    return out + fmt::format("{} {})))", kX + points.front().x, kY + points.front().y);
}

/// Two clusters that share a boundary with one vertex in its middle:
///
///   (0,1000) +-----+-----+ (2000,1000)
///            |     |     |
///            |  A  v  B  |     v = (1000,500)
///            |     |     |
///      (0,0) +-----+-----+ (2000,0)
class EditingDesk : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        std::filesystem::remove(plan);
        const auto& catalogue = window->document().catalogue();
        auto made = must(plan::Plan::create(plan, catalogue, {}));
        auto change = must(plan::ChangeSet::begin(made, {"test", "two clusters", "import", 0}));
        add(made, "district", {{{{0, 0}, {1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}, {0, 1000}}, "D"}});
        const std::vector<std::pair<std::vector<Point>, std::string>> halves{
            {{{0, 0}, {1000, 0}, {1000, 500}, {1000, 1000}, {0, 1000}}, "A"}, {{{1000, 0}, {2000, 0}, {2000, 1000}, {1000, 1000}, {1000, 500}}, "B"}};
        add(made, "towns", halves);
        add(made, "clusters", halves);
        must(change.commit());
        must(made.setMeta("beginning", std::to_string(change.id())));  // as a sample is delivered: undo does not go behind it
    }

    static void add(const plan::Plan& plan, const std::string& layer, const std::vector<std::pair<std::vector<Point>, std::string>>& zones) {
        const auto table = must(plan::tableOf(plan, layer));
        int number = 0;
        for (const auto& [ring, name] : zones) {
            std::vector<plan::Value> values(table.fields.size());
            for (std::size_t i = 0; i < table.fields.size(); ++i) {
                if (table.fields[i].sqlType.starts_with("TEXT")) values[i] = name;
            }
            must(plan::insertFeature(plan, table, {Fid{++number}, {layer + name}, test::wkt(ringText(ring)), values}));
        }
    }

    void openForEditing(const char* tool) {
        openPlan();
        window->content().showTheme("clusters");
        waitForFrame();
        window->setEditedLayer("clusters");
        window->tools().take(QString::fromLatin1(tool));
        map().setFocus();
    }
    /// Moves there and waits until the ground around the place has been read.
    void hover(Point where) {
        moveTo(at(where));
        QTest::qWait(150);
        moveTo(at(where));
    }
    [[nodiscard]] double areaOf(const std::string& name, const std::string& layer = "clusters") {
        const auto opened = must(plan::Plan::open(plan, plan::OpenMode::Read));
        const auto table = must(plan::tableOf(opened, layer));
        double area = -1;
        must(plan::forEachFeature(opened, table, {}, [&](plan::Feature&& feature) {
            if (plan::asText(feature.values[*table.indexOf("name")]) == name) area = planarArea(std::get<MultiPolygon>(feature.geometry)).value;
            return true;
        }));
        return area;
    }
    [[nodiscard]] std::size_t zones(const std::string& layer = "clusters") {
        return must(plan::readFeatures(must(plan::Plan::open(plan, plan::OpenMode::Read)), layer)).size();
    }
    [[nodiscard]] bool idle() { return eventually([&] { return window->document().pending() == 0; }); }
    void dragFromTo(Point from, Point to) {
        hover(from);
        QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(from));
        const QPoint a = at(from);
        const QPoint b = at(to);
        for (int i = 1; i <= 6; ++i) moveTo(a + (b - a) * i / 6, Qt::LeftButton);
        QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at(to));
    }
    void rightClick(Point where) { QTest::mouseClick(&map(), Qt::RightButton, Qt::NoModifier, at(where)); }
    /// Metres that a click may be off: half a pixel.
    [[nodiscard]] double pixel() { return map().view().metresPerPixel; }
};

}  // namespace zonewright::desktop
