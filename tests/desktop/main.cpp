#include <QApplication>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

/// A window system without a screen, and settings that are nobody's.
int main(int count, char** arguments) {
    ::testing::InitGoogleTest(&count, arguments);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir settings;
    qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
    QApplication app(count, arguments);
    QApplication::setApplicationName(QStringLiteral("zonewright"));
    QApplication::setOrganizationName(QStringLiteral("zonewright"));
    zonewright::desktop::preferences::wear(zonewright::desktop::preferences::Look::Light);
    zonewright::desktop::languageSwitch().set(zonewright::Language::Chinese);
    return RUN_ALL_TESTS();
}
