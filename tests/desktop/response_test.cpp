#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTableView>
#include <QTimer>
#include <QTreeView>

#include "desktop/desk.h"

namespace zonewright::desktop {
namespace {

/// The longest that the event loop did not come round, in milliseconds.
class Heartbeat {
public:
    Heartbeat() {
        mTimer.setTimerType(Qt::PreciseTimer);
        mTimer.setInterval(1);
        QObject::connect(&mTimer, &QTimer::timeout, [this] {
            mLongest = std::max(mLongest, static_cast<double>(mSince.nsecsElapsed()) / 1e6);
            mSince.restart();
        });
        mSince.start();
        mTimer.start();
    }
    double take() { return std::exchange(mLongest, 0.0); }
    void rest() {
        mSince.restart();
        mLongest = 0;
    }

private:
    QTimer mTimer;
    QElapsedTimer mSince;
    double mLongest = 0;
};

/// How quickly a large plan answers; measured and printed, not asserted:
/// ZONEWRIGHT_LARGE_PLAN=FILE [ZONEWRIGHT_LARGE_THEME=landuse] desktop_test --gtest_filter='Response.*'
class Response : public Desk {
protected:
    void SetUp() override {
        if (qEnvironmentVariableIsEmpty("ZONEWRIGHT_LARGE_PLAN")) GTEST_SKIP() << "set ZONEWRIGHT_LARGE_PLAN to a plan with many parcels";
        Desk::SetUp();
        plan = qEnvironmentVariable("ZONEWRIGHT_LARGE_PLAN").toStdString();
        window->resize(1920, 1080);
    }
    void report(const char* what, double wall) {
        std::printf("%-44s %9.1f ms   UI thread away at most %6.1f ms\n", what, wall, heart->take());
        std::fflush(stdout);
    }
    template <typename Act>
    void measure(const char* what, Act act) {
        heart->rest();
        QElapsedTimer wall;
        wall.start();
        act();
        report(what, static_cast<double>(wall.nsecsElapsed()) / 1e6);
    }
    std::unique_ptr<Heartbeat> heart = std::make_unique<Heartbeat>();
};

TEST_F(Response, OfALargePlan) {
    const std::string theme = qEnvironmentVariable("ZONEWRIGHT_LARGE_THEME", "landuse").toStdString();
    measure("window shown", [&] { QTest::qWait(300); });
    measure("open, until the first frame", [&] { openPlan(); });
    measure("land use at full extent, cold", [&] {
        QSignalSpy ready(&map().frames(), &FrameSource::ready);
        window->content().showTheme(theme);
        ready.wait(60000);
    });
    measure("24 pan steps", [&] {
        for (int i = 0; i < 24; ++i) {
            map().setView(map().view().pannedBy({8, 3}));
            map().repaint();
            QCoreApplication::processEvents();
        }
    });
    measure("frame after the pan", [&] { waitForFrame(); });
    measure("zoom in 6 notches, until the frame", [&] {
        wheel({900, 500}, 6);
        waitForFrame();
    });
    QTest::qWait(1500);
    measure("pan by a fifth of the map, surroundings ready", [&] {
        QSignalSpy ready(&map().frames(), &FrameSource::ready);
        map().setView(map().view().pannedBy({-300, 0}));
        ready.wait(20000);
    });
    measure("click selects", [&] {
        window->setEditedLayer("parcels");
        click(map().view().centre);
        ASSERT_TRUE(eventually([&] { return window->selection().single() != nullptr; }));
    });
    measure("zoom to the parcel, until the frame", [&] {
        window->commands().find(QStringLiteral("view.selection"))->trigger();
        waitForFrame();
    });
    window->tools().take(QStringLiteral("tool.vertex"));
    QTest::qWait(500);
    measure("hover with the vertex tool, 60 steps", [&] {
        for (int i = 0; i < 60; ++i) {
            moveTo({300 + 8 * i, 300 + 5 * i});
            QTest::qWait(4);
        }
    });
    measure("attribute edit, until it is on disk and drawn", [&] {
        const FeatureRef feature = *window->selection().single();
        window->document().setValues(feature, {{"floor_area_m2", "1234"}}, window.get(), {});
        waitForFrame();
    });
    measure("undo, until drawn", [&] {
        window->document().undo();
        waitForFrame();
    });
}

TEST_F(Response, OfThePanels) {
    openPlan();
    const auto part = [&](auto* kind, const char* name) { return window->findChild<std::remove_pointer_t<decltype(kind)>*>(QString::fromLatin1(name)); };
    auto* view = part(static_cast<QTableView*>(nullptr), "table.view");
    auto* layer = part(static_cast<QComboBox*>(nullptr), "table.layer");
    window->showPanel(QStringLiteral("table"));
    measure("attribute table of the parcels, first rows", [&] {
        layer->setCurrentIndex(layer->findData(QStringLiteral("parcels")));
        emit layer->activated(layer->currentIndex());
        ASSERT_TRUE(eventually([&] { return view->model()->rowCount() > 0 && view->model()->index(0, 1).data().toString() != QStringLiteral("…"); }));
    });
    measure("sorted by a column", [&] {
        QSignalSpy reset(view->model(), &QAbstractItemModel::modelReset);
        view->sortByColumn(1, Qt::DescendingOrder);
        reset.wait(kPatience);
    });
    measure("scrolled to its end, rows there", [&] {
        view->scrollToBottom();
        ASSERT_TRUE(eventually([&] { return view->model()->index(view->model()->rowCount() - 1, 1).data().toString() != QStringLiteral("…"); }));
    });
    measure("filtered by words", [&] {
        QSignalSpy reset(view->model(), &QAbstractItemModel::modelReset);
        part(static_cast<QLineEdit*>(nullptr), "table.filter")->setText(QStringLiteral("070"));
        reset.wait(kPatience);
    });
    measure("Ctrl+K, names read, three letters typed", [&] {
        window->commands().find(QStringLiteral("view.search"))->trigger();
        for (const char letter : {'h', 't', 'z'}) QTest::keyClick(part(static_cast<QLineEdit*>(nullptr), "search.line"), letter);
        auto* list = part(static_cast<QListWidget*>(nullptr), "search.list");
        EXPECT_TRUE(eventually([&] { return list->count() > 0; }));
        QTest::keyClick(part(static_cast<QLineEdit*>(nullptr), "search.line"), Qt::Key_Escape);
    });
    window->showPanel(QStringLiteral("siting"));
    measure("siting check of all projects", [&] {
        emit part(static_cast<QPushButton*>(nullptr), "siting.run")->clicked();
        ASSERT_TRUE(eventually([&] { return part(static_cast<QTreeView*>(nullptr), "siting.table")->model()->rowCount() > 0; }));
    });
    window->showPanel(QStringLiteral("history"));
    measure("history shown", [&] { QTest::qWait(500); });
}

/// What tests/bench/frames_vs_qgis.py compares with plain QGIS: a line a frame,
/// "frame NAME MINX MINY MAXX MAXY WIDTH HEIGHT MILLISECONDS".
TEST_F(Response, FramesOfALargePlan) {
    const std::string theme = qEnvironmentVariable("ZONEWRIGHT_LARGE_THEME", "landuse").toStdString();
    const auto tell = [&](const char* name, double milliseconds) {
        const Box box = map().view().extent();
        std::printf("frame %s %.3f %.3f %.3f %.3f %d %d %.1f\n", name, box.minX, box.minY, box.maxX, box.maxY, map().width(), map().height(), milliseconds);
        std::fflush(stdout);
    };
    const auto frameAfter = [&](const std::function<void()>& act) {
        QSignalSpy ready(&map().frames(), &FrameSource::ready);
        QElapsedTimer wall;
        wall.start();
        act();
        EXPECT_TRUE(ready.wait(60000));
        return static_cast<double>(wall.nsecsElapsed()) / 1e6;
    };
    const auto pan = [&](double x, double y) { return [&, x, y] { map().setView(map().view().pannedBy({x * map().width(), y * map().height()})); }; };
    /// The surroundings have been drawn, or will not be.
    const auto settle = [&] {
        int still = 0;
        ASSERT_TRUE(eventually([&] { return (still = map().frames().isAtRest() ? still + 1 : 0) > 40; }));
    };
    openPlan();
    const Box whole = map().view().extent();
    tell("full_cold", frameAfter([&] { window->content().showTheme(theme); }));
    settle();
    tell("full_warm_pan_fifth", frameAfter(pan(0.2, 0.1)));
    settle();
    tell("full_warm_back", frameAfter(pan(-0.2, -0.1)));
    const Point centre = map().view().centre;
    const Box tenth = {centre.x - (whole.maxX - whole.minX) / 20, centre.y - (whole.maxY - whole.minY) / 20, centre.x + (whole.maxX - whole.minX) / 20,
                       centre.y + (whole.maxY - whole.minY) / 20};
    tell("tenth_cold", frameAfter([&] { map().showBox(tenth, 0); }));
    settle();
    tell("tenth_warm_pan_fifth", frameAfter(pan(0.2, 0.1)));
    settle();
    tell("tenth_pan_whole_map", frameAfter(pan(1, 0)));
    tell("tenth_warm_back", frameAfter(pan(-1, 0)));
}

}  // namespace
}  // namespace zonewright::desktop
