#include <QPushButton>
#include <QTreeWidget>

#include "desktop/desk.h"
#include "desktop/dialogs/print_dialog.h"
#include "desktop/dialogs/sheet_preview.h"
#include "desktop/session/icons.h"

namespace zonewright::desktop {
namespace {

/// On a screen with two dots a pixel; run with QT_SCALE_FACTOR=2.
class HighDpi : public Desk {
protected:
    void SetUp() override {
        if (qApp->devicePixelRatio() != 2) GTEST_SKIP() << "needs QT_SCALE_FACTOR=2";
        Desk::SetUp();
        openPlan();
        window->content().showTheme("clusters");
        waitForFrame();
    }
};

TEST_F(HighDpi, AFrameHasAPixelForEachDotAndIsShownWithoutSmoothing) {
    const MapFrame* frame = map().frames().store().covering(map().view().extent(), map().view().metresPerPixel / 2, window->content().view());
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(frame->image.size(), map().size() * 2);
    const QImage shown = map().grab().toImage().convertToFormat(QImage::Format_RGB32);
    EXPECT_EQ(shown.size(), map().size() * 2);
    EXPECT_EQ(shown.devicePixelRatio(), 2);
    QImage drawn = frame->image.convertToFormat(QImage::Format_RGB32);
    drawn.setDevicePixelRatio(2);
    EXPECT_EQ(shown, drawn) << "dot by dot";
}

TEST_F(HighDpi, IconsLegendAndPreviewAreDrawnForTheDots) {
    for (const char* name : {"print", "undo", "layers", "search"}) {
        const QPixmap mark = icon(QString::fromLatin1(name)).pixmap(QSize(20, 20), 2.0);
        EXPECT_EQ(mark.size(), QSize(40, 40)) << name;
    }
    auto* tree = part<QTreeWidget>("layers_tree");
    const auto symbol = [&] { return tree->topLevelItem(0)->child(0)->icon(0); };
    ASSERT_TRUE(eventually([&] { return !symbol().isNull() || tree->topLevelItem(0)->child(0)->childCount() > 0; }));
    window->commands().find(QStringLiteral("file.print"))->trigger();
    auto* dialog = window->findChild<PrintDialog*>();
    auto* preview = dialog->findChild<SheetPreview*>();
    ASSERT_TRUE(eventually([&] { return !preview->page().isNull(); }));
    const double shownWidth = std::min<double>(preview->width(), preview->height() * 420.0 / 297);
    EXPECT_GT(preview->page().width(), shownWidth * 2 * 0.85) << "the preview is not scaled up";
}

}  // namespace
}  // namespace zonewright::desktop
