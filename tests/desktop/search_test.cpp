#include <QLineEdit>
#include <QListWidget>

#include "desktop/desk.h"
#include "desktop/session/name_index.h"

namespace zonewright::desktop {
namespace {

TEST(PinyinNames, AreFoundByCharactersSyllablesInitialsEnglishAndCode) {
    const Pinyin pinyin;
    const Named town = named({"湖塘镇", "Hutang Town"}, "HT01", {}, pinyin);
    EXPECT_EQ(town.typed.whole, "hutangzhen");
    EXPECT_EQ(town.typed.initials, "htz");
    for (const char* query : {"湖塘", "塘镇", "hutang", "ht", "htz", "Hutang Town", "hutangtown", "ht01", "tangzhen"}) EXPECT_GT(fitOf(town, asQuery(query)), 0) << query;
    for (const char* query : {"", "湖镇", "zhenhu", "x"}) EXPECT_EQ(fitOf(town, asQuery(query)), 0) << query;
    EXPECT_GT(fitOf(town, "湖塘镇"), fitOf(town, "湖塘")) << "the whole name before one that begins so";
    EXPECT_GT(fitOf(town, "湖塘"), fitOf(town, "htz")) << "what was typed before what may be meant";
}

TEST(PinyinNames, FiguresAndLatinLettersCount) {
    const Pinyin pinyin;
    EXPECT_EQ(named({"2号线A段", ""}, "", {}, pinyin).typed.initials, "2hxad");
}

class Search : public Desk {
protected:
    void open() {
        openPlan();
        QTest::keyClick(window.get(), Qt::Key_K, Qt::ControlModifier);
        line = window->findChild<QLineEdit*>(QStringLiteral("search.line"));
        list = window->findChild<QListWidget*>(QStringLiteral("search.list"));
        ASSERT_TRUE(line != nullptr && list != nullptr);
        ASSERT_TRUE(line->isVisible());
    }
    void type(const QString& words) {
        line->clear();
        QTest::keyClicks(line, words);
    }
    [[nodiscard]] bool found(const QString& words) {
        return eventually([&] {
            for (int i = 0; i < list->count(); ++i) {
                if (list->item(i)->text().contains(words)) return true;
            }
            return false;
        });
    }
    QLineEdit* line = nullptr;
    QListWidget* list = nullptr;
};

TEST_F(Search, ATownIsFoundByItsInitialsAndEnterGoesThere) {
    open();
    type(QStringLiteral("htz"));
    ASSERT_TRUE(found(QStringLiteral("湖塘镇")));
    const Box before = map().view().extent();
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_FALSE(line->isVisible());
    ASSERT_EQ(window->selection().features().size(), 1u);
    EXPECT_TRUE(eventually([&] { return map().view().extent().maxX - map().view().extent().minX < before.maxX - before.minX; }));
}

TEST_F(Search, CoordinatesGoToTheirPlace) {
    open();
    type(QStringLiteral("119.95 31.7"));
    ASSERT_TRUE(found(QStringLiteral("转到")));
    QTest::keyClick(line, Qt::Key_Return);
    const Point centre = map().view().centre;
    EXPECT_NEAR(centre.x, 495262, 300);
    EXPECT_NEAR(centre.y, 3508570, 600);
}

TEST_F(Search, ACommandIsFoundInEitherLanguageAndRuns) {
    open();
    type(QStringLiteral("whole plan"));
    ASSERT_TRUE(found(QStringLiteral("全图")));
    type(QStringLiteral("qt"));
    ASSERT_TRUE(found(QStringLiteral("全图")));
}

TEST_F(Search, EscapeAndNothingFoundLeaveEverythingAsItWas) {
    open();
    type(QStringLiteral("zzzzqqq"));
    ASSERT_TRUE(found(QStringLiteral("没有找到")));
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_TRUE(line->isVisible());
    QTest::keyClick(line, Qt::Key_Escape);
    EXPECT_FALSE(line->isVisible());
    EXPECT_TRUE(window->selection().isEmpty());
}

}  // namespace
}  // namespace zonewright::desktop
