#pragma once

#include <filesystem>
#include <functional>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

#include "core/base/paths.h"
#include "desktop/canvas/map_view.h"
#include "desktop/main_window.h"
#include "desktop/tools/toolbox.h"
#include "support/temp_folder.h"

namespace zonewright::desktop {

/// Milliseconds; an environment variable gives more to runs under sanitizers or valgrind.
inline const int kPatience = qEnvironmentVariableIntValue("ZONEWRIGHT_TEST_PATIENCE") > 0 ? qEnvironmentVariableIntValue("ZONEWRIGHT_TEST_PATIENCE") : 20000;

/// The window with a plan of its own, driven as a person would: by mouse and keys.
class Desk : public ::testing::Test {
protected:
    void SetUp() override {
        const std::filesystem::path sample = ZONEWRIGHT_SAMPLE_PLAN;
        plan = folder.path() / "plan.gpkg";
        std::filesystem::copy_file(sample, plan);
        auto catalogue = catalogue::load(productPaths().layers);
        ASSERT_TRUE(catalogue) << describe(catalogue.error(), Language::English);
        window = std::make_unique<MainWindow>(std::make_shared<const catalogue::Catalogue>(std::move(*catalogue)));
        window->resize(1280, 800);
        window->show();
    }

    void openPlan() {
        QSignalSpy ready(&map().frames(), &FrameSource::ready);
        window->openPlan(plan);
        ASSERT_TRUE(ready.wait(kPatience)) << window->message().toStdString();
    }
    /// Waits for the frame of what the map shows now.
    void waitForFrame() {
        QSignalSpy ready(&map().frames(), &FrameSource::ready);
        ASSERT_TRUE(ready.wait(kPatience)) << window->message().toStdString();
    }
    [[nodiscard]] static bool eventually(const std::function<bool()>& holds) { return QTest::qWaitFor(holds, kPatience); }

    MapView& map() { return window->map(); }
    /// A part of the window by its name.
    template <typename T>
    T* part(const char* name) {
        T* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    [[nodiscard]] QPoint at(Point place) { return map().view().toPixel(place).toPoint(); }
    void moveTo(QPoint pixel, Qt::MouseButtons buttons = Qt::NoButton, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QMouseEvent event(QEvent::MouseMove, pixel, map().mapToGlobal(pixel), Qt::NoButton, buttons, modifiers);
        QApplication::sendEvent(&map(), &event);
    }
    void click(Point place, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        moveTo(at(place));
        QTest::mouseClick(&map(), Qt::LeftButton, modifiers, at(place));
    }
    void drag(QPoint from, QPoint to, Qt::MouseButton button) {
        moveTo(from);
        QTest::mousePress(&map(), button, Qt::NoModifier, from);
        for (int i = 1; i <= 8; ++i) moveTo(from + (to - from) * i / 8, button);
        QTest::mouseRelease(&map(), button, Qt::NoModifier, to);
    }
    void wheel(QPoint at, int notches) {
        QWheelEvent event(at, map().mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&map(), &event);
    }

    test::TempFolder folder;
    std::filesystem::path plan;
    std::unique_ptr<MainWindow> window;
};

}  // namespace zonewright::desktop
