#include <QCheckBox>
#include <QPushButton>
#include <QTabWidget>

#include "core/coverage/nearest.h"
#include "core/editing/neighbourhood.h"
#include "desktop/dialogs/import_dialog.h"
#include "desktop/dialogs/print_dialog.h"
#include "desktop/dialogs/settings_dialog.h"
#include "desktop/pictures.h"
#include "desktop/tools/frame_tool.h"
#include "desktop/session/preferences.h"

namespace zonewright::desktop {
namespace {

class Pictures : public PictureDesk {
protected:
    /// A vertex of two clusters near the middle of the plan.
    Point sharedVertex() {
        const auto opened = plan::Plan::open(plan, plan::OpenMode::Read);
        const auto zones = editing::neighbourhoodAround(*opened, *window->document().catalogue().find("clusters"), map().whole());
        std::vector<coverage::Label> labels(static_cast<std::size_t>(zones->coverage.slotCount()));
        for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<coverage::Label>(i);
        const coverage::Network network(zones->coverage, labels);
        const Point middle{(map().whole().minX + map().whole().maxX) / 2, (map().whole().minY + map().whole().maxY) / 2};
        Point best;
        double least = 1e18;
        for (const coverage::NetworkEdge& edge : network.edges()) {
            const Point p = toPoint(edge.a);
            const double d = std::hypot(p.x - middle.x, p.y - middle.y);
            if (!edge.isOpen() && d < least) {
                least = d;
                best = p;
            }
        }
        return best;
    }
};

TEST_P(Pictures, OfTheWindowAtWork) {
    openPlan();
    take("overview");
    window->content().showTheme("clusters");
    waitForFrame();
    click(map().view().centre);
    ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
    take("feature");

    window->setEditedLayer("clusters");
    const Point vertex = sharedVertex();
    Box box;
    box.add(vertex);
    map().showBox(box.grownBy(2500));
    waitForFrame();
    window->tools().take(QStringLiteral("tool.vertex"));
    const auto hover = [&](Point p) {
        moveTo(at(p));
        QTest::qWait(300);
        moveTo(at(p));
    };
    hover(vertex);
    take("vertex_hover");
    QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(vertex));
    for (int i = 1; i < 9; ++i) moveTo(at({vertex.x + 60 * i, vertex.y + 40 * i}), Qt::LeftButton);
    take("vertex_drag");
    for (int i = 1; i < 60; ++i) moveTo(at({vertex.x + 120 * i, vertex.y + 40 * i}), Qt::LeftButton);
    take("vertex_refused_drag");
    QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at({vertex.x + 120 * 59, vertex.y + 40 * 59}));
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
    take("refused");

    window->tools().take(QStringLiteral("tool.new_zone"));
    for (const Point& p : {Point{-900, -700}, Point{900, -500}, Point{700, 800}, Point{-600, 900}}) {
        hover({vertex.x + p.x, vertex.y + p.y});
        click({vertex.x + p.x, vertex.y + p.y});
    }
    hover({vertex.x - 800, vertex.y + 200});
    QTest::qWait(300);
    take("new_zone");
    QTest::keyClick(&map(), Qt::Key_Escape);
    window->tools().take(QStringLiteral("tool.split_areas"));
    click({vertex.x - 1500, vertex.y - 1500});
    QTest::qWait(400);
    take("split_areas");
}

TEST_P(Pictures, OfPrinting) {
    openPlan();
    window->content().showTheme("clusters");
    waitForFrame();
    window->commands().find(QStringLiteral("file.print"))->trigger();
    auto* dialog = window->findChild<PrintDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* printer = dialog->findChild<SheetPrinter*>();
    const auto settled = [&] {
        QSignalSpy busy(printer, &SheetPrinter::previewing);
        ASSERT_TRUE(eventually([&] { return !busy.isEmpty() && !busy.back().front().toBool(); }));
    };
    settled();
    take("print", dialog);
    dialog->findChild<QCheckBox*>(QStringLiteral("atlas"))->click();
    settled();
    take("print_atlas", dialog);
    take("print_atlas_on_map");
    dialog->findChild<QCheckBox*>(QStringLiteral("atlas"))->click();
    settled();
    dialog->findChild<QPushButton*>(QStringLiteral("place_frame"))->click();
    QTest::qWait(1500);
    take("print_frame");
    auto* frame = dynamic_cast<FrameTool*>(map().tool());
    ASSERT_NE(frame, nullptr);
    SheetFrame turned = frame->frame();
    turned.rotation = 30;
    map().showBox(boundsOf(turned), 0.15);
    frame->setFrame(turned);
    waitForFrame();
    take("print_frame_turned");
    QSignalSpy busy(printer, &SheetPrinter::previewing);
    QTest::keyClick(&map(), Qt::Key_Return);
    ASSERT_TRUE(eventually([&] { return !busy.isEmpty() && !busy.back().front().toBool(); }));
    take("print_turned", dialog);
}

TEST_P(Pictures, OfImporting) {
    openPlan();
    const std::string square = "[119.90,31.60],[119.91,31.60],[119.91,31.61],[119.90,31.61],[119.90,31.60]";
    const std::string bow = "[119.90,31.60],[119.91,31.61],[119.91,31.60],[119.90,31.61],[119.90,31.60]";
    std::string features;
    for (const auto& [name, ring] : {std::pair("一号地块", square), std::pair("二号地块", bow), std::pair("三号地块", std::string("[119.90,31.60],[119.91,31.60]"))}) {
        features += std::string(features.empty() ? "" : ",") + R"({"type":"Feature","properties":{"code":"P1","name":")" + name +
                    R"(","项目类型":"工业","备注":"补充资料"},"geometry":{"type":"Polygon","coordinates":[[)" + ring + "]]}}";
    }
    test::writeFile(folder.path() / "projects.geojson", R"({"type":"FeatureCollection","features":[)" + features + "]}");
    auto* dialog = new ImportDialog(*window, QString::fromStdString((folder.path() / "projects.geojson").string()));
    dialog->show();
    auto* import = dialog->findChild<QPushButton*>(QStringLiteral("import"));
    ASSERT_TRUE(eventually([&] { return import->isEnabled(); }));
    take("import", dialog);
    dialog->findChild<QTabWidget*>(QStringLiteral("tabs"))->setCurrentIndex(2);
    take("import_faults", dialog);
    import->click();
    ASSERT_TRUE(eventually([&] { return !import->isVisible(); }));
    take("import_done", dialog);
}

TEST_P(Pictures, OfTheStartAndTheSettings) {
    preferences::addRecentPlan(plan);
    window.reset();
    std::filesystem::remove(plan);
    Desk::SetUp();
    window->resize(std::get<1>(GetParam()));
    take("start");
    window->commands().find(QStringLiteral("settings.open"))->trigger();
    take("settings", window->findChild<SettingsDialog*>());
    window->commands().find(QStringLiteral("settings.keys"))->trigger();
    take("shortcuts", window->findChild<SettingsDialog*>());
}

INSTANTIATE_TEST_SUITE_P(Desktop, Pictures, pictureLooks());

}  // namespace
}  // namespace zonewright::desktop
