#include "desktop/session/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace zonewright::desktop {

LanguageSwitch& languageSwitch() {
    static LanguageSwitch one;
    return one;
}

void LanguageSwitch::set(Language language) {
    if (mLoaded && language == mLanguage) return;
    mLoaded = true;
    mLanguage = language;
    const QLocale locale = language == Language::Chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedKingdom);
    QLocale::setDefault(locale);
    static QTranslator* ofQt = nullptr;
    if (ofQt != nullptr) {
        QCoreApplication::removeTranslator(ofQt);
        delete ofQt;
    }
    ofQt = new QTranslator(qApp);
    const QString name = language == Language::Chinese ? QStringLiteral("qtbase_zh_CN") : QStringLiteral("qtbase_en");
    if (ofQt->load(name, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) QCoreApplication::installTranslator(ofQt);
    emit changed();
}

QString text(const char* zh, const char* en) { return QString::fromUtf8(language() == Language::Chinese ? zh : en); }

QString text(const Localized& words) {
    const std::string& wanted = words.in(language());
    return QString::fromStdString(wanted.empty() ? words.zh : wanted);
}

QString text(const Error& error) { return QString::fromStdString(describe(error, language())); }

}  // namespace zonewright::desktop
