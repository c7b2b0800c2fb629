#include <sys/inotify.h>
#include <unistd.h>

#include <fstream>

#include <QAbstractButton>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileSystemModel>
#include <QGroupBox>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenuBar>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolBar>
#include <QTreeWidget>

#include "core/plan/plan.h"
#include "desktop/dialogs/questions.h"
#include "desktop/desk.h"
#include "desktop/dialogs/settings_dialog.h"
#include "desktop/dialogs/start_page.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"
#include "desktop/tools/edit_ground.h"

namespace zonewright::desktop {
namespace {

/// What makes a day at this desk pleasant: where to begin, one's own keys, language, look.
class Comfort : public Desk {
protected:
    void TearDown() override {
        QSettings().clear();
        languageSwitch().set(Language::Chinese);
        preferences::wear(preferences::Look::Light);
    }
    StartPage& page() { return *window->findChild<StartPage*>(); }
    QAction* command(const char* id) { return window->commands().find(QString::fromLatin1(id)); }
    void answer(const std::filesystem::path& file) {
        ASSERT_TRUE(eventually([&] { return window->findChild<QFileDialog*>() != nullptr; }));
        auto* ask = window->findChild<QFileDialog*>();
        ask->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(QString::fromStdString(file.string()));
        QMetaObject::invokeMethod(ask, "accept");
    }
    SettingsDialog& settings(const char* opener) {
        command(opener)->trigger();
        return *window->findChild<SettingsDialog*>();
    }
    void chooseCommand(SettingsDialog& dialog, const char* id) {
        auto* keys = dialog.findChild<QTreeWidget*>(QStringLiteral("keys"));
        for (int i = 0; i < keys->topLevelItemCount(); ++i) {
            if (keys->topLevelItem(i)->data(0, Qt::UserRole).toString() == QLatin1String(id)) return keys->setCurrentItem(keys->topLevelItem(i));
        }
        FAIL() << "no such command in the list: " << id;
    }
};

TEST_F(Comfort, WithoutAPlanTheStartPageStandsInTheMapsPlace) {
    EXPECT_TRUE(page().isVisible());
    EXPECT_EQ(page().geometry(), map().rect());
    window->resize(1000, 700);
    EXPECT_TRUE(eventually([&] { return page().geometry() == map().rect(); }));
    openPlan();
    EXPECT_FALSE(page().isVisible());
}

TEST_F(Comfort, ARecentPlanIsOneClickAway) {
    openPlan();
    window->document().close();
    ASSERT_TRUE(page().isVisible());
    auto* recent = page().findChild<QListWidget*>(QStringLiteral("recent"));
    ASSERT_EQ(recent->count(), 1);
    QTest::mouseClick(recent->viewport(), Qt::LeftButton, {}, recent->visualItemRect(recent->item(0)).center());
    EXPECT_TRUE(eventually([&] { return window->document().isOpen(); }));
    EXPECT_EQ(window->document().file(), plan);
}

TEST_F(Comfort, TheSamplePlanIsMadeAndOpened) {
    const auto file = folder.path() / "mine.gpkg";
    QTest::mouseClick(page().findChild<QPushButton*>(QStringLiteral("sample.wujin")), Qt::LeftButton);
    answer(file);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window->document().isOpen() || !window->message().isEmpty(); }, 3 * kPatience));
    EXPECT_EQ(window->message(), QString());
    EXPECT_EQ(window->document().file(), file);
    EXPECT_FALSE(window->document().nextUndo()) << "a sample is where its history begins";
    const auto clusters = std::ranges::find(window->document().layers(), "clusters", &plan::LayerInfo::id);
    EXPECT_EQ(clusters->features, 5);
}

TEST_F(Comfort, AnEmptyPlanIsMadeInTheZoneChosen) {
    const auto file = folder.path() / "new.gpkg";
    command("file.new")->trigger();
    auto* zone = window->findChild<QComboBox*>(QStringLiteral("zone"));
    ASSERT_NE(zone, nullptr);
    EXPECT_EQ(zone->currentData().toString(), QStringLiteral("EPSG:4549"));
    zone->setCurrentIndex(zone->findData(QStringLiteral("EPSG:4547")));
    zone->window()->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
    answer(file);
    ASSERT_TRUE(eventually([&] { return window->document().isOpen(); })) << window->message().toStdString();
    EXPECT_EQ(window->document().crs().code(), "EPSG:4547");
    EXPECT_TRUE(window->document().isWritable());
}

TEST_F(Comfort, APlanThatAnotherEditsIsReadAndItsHolderNamed) {
    auto other = std::make_optional(plan::Plan::open(plan, plan::OpenMode::Write));
    ASSERT_TRUE(*other);
    openPlan();
    EXPECT_FALSE(window->document().isWritable());
    EXPECT_TRUE(window->windowTitle().contains(QStringLiteral("只读")));
    const QString said = window->message();
    EXPECT_TRUE(said.contains(QStringLiteral("正被编辑"))) << said.toStdString();
    EXPECT_TRUE(said.contains(QString::number(QCoreApplication::applicationPid()))) << "the holder: " << said.toStdString();
    EXPECT_FALSE(command("tool.vertex")->isEnabled());
    EXPECT_FALSE(command("file.import")->isEnabled());
    EXPECT_TRUE(command("file.print")->isEnabled() || eventually([&] { return command("file.print")->isEnabled(); }));
    other.reset();
    for (auto* button : window->findChildren<QPushButton*>()) {
        if (button->text() == QStringLiteral("再试一次")) button->click();
    }
    EXPECT_TRUE(eventually([&] { return window->document().isWritable(); }));
}

TEST_F(Comfort, AKeyIsBoundAnewAndTakenFromWhoHadIt) {
    openPlan();
    auto& dialog = settings("settings.keys");
    EXPECT_EQ(dialog.findChild<QTabWidget*>(QStringLiteral("settings_tabs"))->currentIndex(), 1);
    chooseCommand(dialog, "tool.select");
    auto* edit = dialog.findChild<QKeySequenceEdit*>(QStringLiteral("key_edit"));
    edit->clear();
    QTest::keyClick(edit, Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);  // has been "whole plan"
    auto* take = dialog.findChild<QPushButton*>(QStringLiteral("key_take"));
    ASSERT_TRUE(eventually([&] { return take->isEnabled(); }));  // more keys may follow for a second
    QTest::mouseClick(take, Qt::LeftButton);
    const QKeySequence key(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    EXPECT_EQ(window->commands().holderOf(key), QStringLiteral("tool.select"));
    EXPECT_TRUE(command("view.all")->shortcuts().isEmpty());
    EXPECT_TRUE(QSettings().contains(QStringLiteral("keys/tool.select"))) << "kept for the next start";
    chooseCommand(dialog, "view.all");
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("key_delivered")), Qt::LeftButton);
    EXPECT_EQ(window->commands().holderOf(key), QStringLiteral("view.all"));
}

TEST_F(Comfort, EveryCommandIsInTheListOfKeysAndFoundByName) {
    auto& dialog = settings("settings.keys");
    auto* keys = dialog.findChild<QTreeWidget*>(QStringLiteral("keys"));
    EXPECT_EQ(keys->topLevelItemCount(), static_cast<int>(window->commands().all().size()));
    QTest::keyClicks(dialog.findChild<QLineEdit*>(QStringLiteral("key_filter")), QStringLiteral("Ctrl+P"));
    ASSERT_GE(keys->topLevelItemCount(), 1);
    EXPECT_EQ(keys->topLevelItem(0)->data(0, Qt::UserRole).toString(), QStringLiteral("file.print"));
}

TEST_F(Comfort, NoTwoCommandsAreDeliveredWithOneKey) {
    std::map<QString, QString> holders;
    for (const CommandSpec& spec : window->commands().all()) {
        for (const QKeySequence& key : spec.keys) {
            const auto [held, isNew] = holders.try_emplace(key.toString(), spec.id);
            EXPECT_TRUE(isNew) << key.toString().toStdString() << ": " << held->second.toStdString() << " and " << spec.id.toStdString();
        }
    }
}

TEST_F(Comfort, TheLanguageChangesWithoutARestart) {
    openPlan();
    EXPECT_EQ(command("file.open")->text(), QStringLiteral("打开规划…"));
    command("settings.language")->trigger();
    EXPECT_EQ(command("file.open")->text(), QStringLiteral("Open plan…"));
    EXPECT_EQ(command("settings.language")->text(), QStringLiteral("切换为中文"));
    EXPECT_EQ(preferences::keptLanguage(), Language::English);
    // No Chinese is left in what stays on the screen.
    static const QRegularExpression kChinese(QStringLiteral("[\\x{4e00}-\\x{9fff}]"));
    for (const CommandSpec& spec : window->commands().all()) {
        const bool left = spec.id != QLatin1String("settings.language") && window->commands().find(spec.id)->text().contains(kChinese);
        EXPECT_FALSE(left) << spec.id.toStdString();
    }
    for (const QAction* menu : window->menuBar()->actions()) EXPECT_FALSE(menu->text().contains(kChinese)) << menu->text().toStdString();
}

TEST_F(Comfort, TheLookChangesAtOnceAndIsKept) {
    command("settings.dark")->trigger();
    EXPECT_LT(QApplication::palette().color(QPalette::Window).lightness(), 128);
    EXPECT_EQ(preferences::keptLook(), preferences::Look::Dark);
    command("settings.dark")->trigger();
    EXPECT_GT(QApplication::palette().color(QPalette::Window).lightness(), 128);
}

TEST_F(Comfort, SnappingReachesAsFarAsIsSet) {
    openPlan();
    EditGround ground(*window);
    EXPECT_NEAR(ground.reach().value, 10 * map().view().metresPerPixel, 1e-9) << "pixels, as delivered";
    auto& dialog = settings("settings.open");
    auto* unit = dialog.findChild<QComboBox*>(QStringLiteral("snap_unit"));
    unit->setCurrentIndex(1);
    emit unit->activated(1);
    dialog.findChild<QDoubleSpinBox*>(QStringLiteral("snap"))->setValue(2.5);
    EXPECT_DOUBLE_EQ(ground.reach().value, 2.5);
    map().setScale(1000);
    EXPECT_DOUBLE_EQ(ground.reach().value, 2.5) << "metres, whatever the scale";
}

/// Words on a widget and on what it holds, as far as they can be seen.
QStringList wordsOn(const QWidget& owner) {
    QStringList out{owner.windowTitle()};
    for (const auto* button : owner.findChildren<QAbstractButton*>()) out << button->text();
    for (const auto* label : owner.findChildren<QLabel*>()) out << label->text();
    for (const auto* group : owner.findChildren<QGroupBox*>()) out << group->title();
    return out;
}

TEST_F(Comfort, QtsOwnDialogsAreChineseToo) {
    QFileDialog files(window.get());
    files.setOption(QFileDialog::DontUseNativeDialog);
    files.setAcceptMode(QFileDialog::AcceptSave);
    QMessageBox question(QMessageBox::Question, QString(), QString(), QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel | QMessageBox::Yes | QMessageBox::No, window.get());
    QPrinter printer;
    QPrintDialog print(&printer, window.get());
    QLineEdit line;
    const std::unique_ptr<QMenu> edit(line.createStandardContextMenu());
    QStringList all = wordsOn(files) + wordsOn(question) + wordsOn(print);
    for (const QAction* action : edit->actions()) all << action->text().section(QLatin1Char('\t'), 0, 0);
    // Names of formats, papers and units stay as they are.
    static const QRegularExpression kEnglish(QStringLiteral("[A-Za-z]{3,}"));
    static const QRegularExpression kNames(QStringLiteral("PDF|CUPS|DuplexAuto|PostScript|QLabel|CMYK|PPD|qt_"));
    for (const QString& words : all) EXPECT_FALSE(words.contains(kEnglish) && !words.contains(kNames)) << words.toStdString();
}

TEST_F(Comfort, WhatTheMouseReachesInAWindowTheTabKeyReachesToo) {
    openPlan();
    const auto check = [](const QWidget& owner) {
        for (const auto* widget : owner.findChildren<QWidget*>()) {
            const bool used = qobject_cast<const QAbstractButton*>(widget) != nullptr || qobject_cast<const QComboBox*>(widget) != nullptr ||
                              qobject_cast<const QAbstractSpinBox*>(widget) != nullptr || qobject_cast<const QLineEdit*>(widget) != nullptr ||
                              qobject_cast<const QAbstractItemView*>(widget) != nullptr;
            if (!used || !widget->isVisibleTo(&owner)) continue;
            // Parts of one that is reached, commands (which menus and Ctrl+K reach), and what only shows a path.
            bool part = false;
            for (const QWidget* up = widget->parentWidget(); up != nullptr && up != &owner; up = up->parentWidget()) {
                part = part || qobject_cast<const QComboBox*>(up) != nullptr || qobject_cast<const QAbstractSpinBox*>(up) != nullptr ||
                       qobject_cast<const QAbstractItemView*>(up) != nullptr || qobject_cast<const QToolBar*>(up) != nullptr ||
                       qobject_cast<const QTabBar*>(up) != nullptr || qobject_cast<const QLineEdit*>(up) != nullptr;
                part = part || (qobject_cast<const QDockWidget*>(up) != nullptr && widget->parentWidget() == up);
            }
            const auto* line = qobject_cast<const QLineEdit*>(widget);
            if (part || (line != nullptr && line->isReadOnly())) continue;
            EXPECT_TRUE((widget->focusPolicy() & Qt::TabFocus) != 0)
                << owner.objectName().toStdString() << ": " << widget->metaObject()->className() << " " << widget->objectName().toStdString();
        }
    };
    check(*window);
    for (const char* command : {"file.print", "settings.open"}) {
        window->commands().find(QString::fromLatin1(command))->trigger();
    }
    for (const auto* dialog : window->findChildren<QDialog*>()) check(*dialog);
}

/// To open and close a file of an open plan is to drop the locks that this process has on it.
TEST(FileDialogs, NoFileThatIsListedIsOpened) {
    const test::TempFolder folder;
    const std::filesystem::path beside = folder.path() / "plan.gpkg-shm";
    std::ofstream(beside) << "not to be looked into";
    const int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    ASSERT_GE(inotify_add_watch(watch, beside.c_str(), IN_OPEN), 0);
    QWidget window;
    window.show();
    askWhereToWrite(&window, QStringLiteral("?"), QString::fromStdString((folder.path() / "a.csv").string()), QStringLiteral("All (*)"), [](const QString&) {});
    auto* dialog = window.findChild<QFileDialog*>();
    ASSERT_NE(dialog, nullptr);
    auto* files = dialog->findChild<QFileSystemModel*>();
    ASSERT_NE(files, nullptr);
    const QModelIndex row = files->index(QString::fromStdString(beside.string()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !files->data(row, Qt::DecorationRole).isNull() && files->type(row) != QString(); }, 10000));
    QTest::qWait(300);
    char event[4096];
    EXPECT_LT(read(watch, event, sizeof event), 0) << "it was opened";
    close(watch);
}

}  // namespace
}  // namespace zonewright::desktop
