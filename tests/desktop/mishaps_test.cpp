#include <csignal>

#include "desktop/editing_desk.h"

/// Of support/full_disk.cpp.
extern "C" void setDiskFull(bool full);

namespace zonewright::desktop {
namespace {

/// What goes wrong around an edit must not take it away.
class Mishaps : public EditingDesk {
protected:
    ~Mishaps() override { setDiskFull(false); }

    [[nodiscard]] QImage shown() { return map().grab().toImage(); }
    /// The frame shows the plan as it is now.
    [[nodiscard]] bool isCurrent() {
        return map().frames().store().covering(map().view().extent(), map().view().metresPerPixel / map().devicePixelRatioF(), window->content().view()) != nullptr;
    }
    /// Pixels of the map that are not the bare ground of an empty canvas.
    [[nodiscard]] static int drawn(const QImage& image) {
        int count = 0;
        for (int y = 0; y < image.height(); y += 4) {
            for (int x = 0; x < image.width(); x += 4) count += image.pixelColor(x, y) != QColor(Qt::white);
        }
        return count;
    }
};

TEST_F(Mishaps, TheCartographerIsKilledWhileItDrawsDuringADragAndTheEditGoesThrough) {
    openForEditing("tool.vertex");
    QSignalSpy restarted(&window->maps(), &MapService::restarted);
    hover(place(1000, 500));
    QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1000, 500)));
    moveTo(at(place(1100, 500)), Qt::LeftButton);
    wheel(at(place(1100, 500)), -1);  // also during a drag
    ASSERT_TRUE(eventually([&] { return map().frames().isDrawing(); }));
    ASSERT_GT(window->maps().processId(), 0);
    const QSize size = map().size();
    ::kill(window->maps().processId(), SIGKILL);
    for (int x = 1100; x <= 1200; x += 10) {
        moveTo(at(place(x, 500)), Qt::LeftButton);
        QTest::qWait(10);
        EXPECT_GT(drawn(shown()), 500) << "the last frame stays";
    }
    ASSERT_TRUE(eventually([&] { return restarted.count() == 1; }));
    EXPECT_TRUE(window->message().contains(QStringLiteral("重新启动"))) << window->message().toStdString();
    EXPECT_EQ(map().size(), size) << "nothing moves under the hand";
    QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1200, 500)));

    ASSERT_TRUE(idle());
    EXPECT_NEAR(areaOf("A"), 1.1e6, 1000 * pixel());
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
    ASSERT_TRUE(eventually([&] { return isCurrent(); }));
    EXPECT_EQ(restarted.count(), 1);
}

TEST_F(Mishaps, ACartographerKilledAtRestIsStartedForTheNextFrame) {
    openForEditing("tool.vertex");
    hover(place(1000, 500));
    const int dead = window->maps().processId();
    QTest::mousePress(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1000, 500)));
    ASSERT_GT(dead, 0);
    ::kill(dead, SIGKILL);
    moveTo(at(place(1200, 500)), Qt::LeftButton);
    EXPECT_GT(drawn(shown()), 500) << "the last frame stays";
    QTest::mouseRelease(&map(), Qt::LeftButton, Qt::NoModifier, at(place(1200, 500)));
    ASSERT_TRUE(idle());
    EXPECT_NEAR(areaOf("A"), 1.1e6, 1000 * pixel());
    waitForFrame();
    EXPECT_TRUE(isCurrent());
    EXPECT_NE(window->maps().processId(), dead);
}

TEST_F(Mishaps, AFullDiskRefusesAnEditAndTheNextOneFindsThePlanAsItWas) {
    openForEditing("tool.vertex");
    dragFromTo(place(1000, 500), place(1100, 500));  // an edit that is on disk before
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo().has_value(); }));
    const double before = areaOf("A");
    const auto step = window->document().nextUndo()->id;

    hover(place(1100, 500));
    setDiskFull(true);
    dragFromTo(place(1100, 500), place(1300, 500));
    ASSERT_TRUE(idle());
    setDiskFull(false);
    EXPECT_TRUE(window->message().contains(QStringLiteral("磁盘已满"))) << window->message().toStdString();
    EXPECT_TRUE(window->message().contains(QStringLiteral("腾出空间"))) << window->message().toStdString();
    EXPECT_TRUE(window->document().isOpen());
    EXPECT_EQ(areaOf("A"), before);
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
    EXPECT_EQ(window->document().nextUndo()->id, step) << "a change that was not made is not undone";

    dragFromTo(place(1100, 500), place(1300, 500));
    ASSERT_TRUE(idle());
    EXPECT_GT(areaOf("A"), before + 0.9e5);
    EXPECT_NEAR(areaOf("A") + areaOf("B"), 2e6, 0.01);
    EXPECT_NEAR(areaOf("A", "towns"), areaOf("A"), 0.01);
    ASSERT_TRUE(eventually([&] { return window->document().nextUndo()->id > step; }));
    QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(eventually([&] { return window->document().nextRedo().has_value(); }));
    EXPECT_EQ(areaOf("A"), before);
}

TEST_F(Mishaps, AFullDiskLeavesAnAttributeAsItWas) {
    openForEditing("tool.select");
    const auto record = window->document().revision();
    setDiskFull(true);
    std::optional<Error> why;
    window->document().setValues({"clusters", Fid{1}}, {{"name", "other"}}, window.get(), [&](Result<editing::EditReport> done) {
        if (!done) why = done.error();
    });
    ASSERT_TRUE(idle());
    setDiskFull(false);
    ASSERT_TRUE(why.has_value());
    EXPECT_EQ(why->code, ErrorCode::DiskFull);
    EXPECT_EQ(window->document().revision(), record);
    EXPECT_EQ(areaOf("A"), 1e6);
    EXPECT_EQ(areaOf("other"), -1);
}

}  // namespace
}  // namespace zonewright::desktop
