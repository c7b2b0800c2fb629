#pragma once

#include <QDir>

#include "desktop/desk.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

namespace zonewright::desktop {

/// Pictures of the window at work, to be looked at: ZONEWRIGHT_PICTURES=FOLDER desktop_test --gtest_filter='*Pictures.*'
class PictureDesk : public Desk, public ::testing::WithParamInterface<std::tuple<Language, QSize, bool>> {
protected:
    void SetUp() override {
        if (qEnvironmentVariableIsEmpty("ZONEWRIGHT_PICTURES")) GTEST_SKIP() << "set ZONEWRIGHT_PICTURES to a folder to take pictures";
        const auto& [language, size, dark] = GetParam();
        languageSwitch().set(language);
        preferences::wear(dark ? preferences::Look::Dark : preferences::Look::Light);
        Desk::SetUp();
        window->resize(size);
    }
    void TearDown() override {
        languageSwitch().set(Language::Chinese);
        preferences::wear(preferences::Look::Light);
    }
    void take(const char* name, QWidget* widget = nullptr) {
        const auto& [language, size, dark] = GetParam();
        QTest::qWait(250);
        QDir().mkpath(qEnvironmentVariable("ZONEWRIGHT_PICTURES"));
        const QString file = QStringLiteral("%1/%2_%3_%4%5.png")
                                 .arg(qEnvironmentVariable("ZONEWRIGHT_PICTURES"), QLatin1String(name), language == Language::Chinese ? "zh" : "en")
                                 .arg(size.width())
                                 .arg(dark ? "_dark" : "");
        ASSERT_TRUE((widget != nullptr ? widget : window.get())->grab().save(file));
    }
};

inline auto pictureLooks() {
    return ::testing::Values(std::tuple(Language::Chinese, QSize(1920, 1080), false), std::tuple(Language::English, QSize(1366, 768), false),
                             std::tuple(Language::Chinese, QSize(1366, 768), true));
}

}  // namespace zonewright::desktop
