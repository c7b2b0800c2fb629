#include "desktop/session/language.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>
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

QString text(const Error& error) {
    // Remedies that name commands and options are for the command line.
    static const QRegularExpression kCommand(QStringLiteral("--|用 [a-z]+|改用 [a-z]+|或用 [a-z]+"));
    const auto partsOf = [&](Language in) {
        const QString all = QString::fromStdString(describe(error, in));
        const QString mark = in == Language::Chinese ? QStringLiteral("；") : QStringLiteral("; ");
        const auto at = all.lastIndexOf(mark);
        return std::pair(all.left(at), all.mid(at + mark.size()));
    };
    const bool forCommandLine = partsOf(Language::Chinese).second.contains(kCommand);
    const auto [what, remedy] = partsOf(language());
    return forCommandLine ? what : what + text("；", "; ") + remedy;
}

}  // namespace zonewright::desktop
