#pragma once

#include <QObject>
#include <QString>

#include "core/base/error.h"
#include "core/base/localized.h"

/// The language of everything the desktop says. It may change at any time: who shows a text says it again when
/// `LanguageSwitch::changed` is emitted, for which `inLanguage` is the short way.
namespace zonewright::desktop {

class LanguageSwitch : public QObject {
    Q_OBJECT
public:
    [[nodiscard]] Language current() const { return mLanguage; }
    /// Also loads the texts of Qt's own dialogs.
    void set(Language language);

signals:
    void changed();

private:
    Language mLanguage = Language::Chinese;
    bool mLoaded = false;
};

[[nodiscard]] LanguageSwitch& languageSwitch();
[[nodiscard]] inline Language language() { return languageSwitch().current(); }

[[nodiscard]] QString text(const char* zh, const char* en);
[[nodiscard]] QString text(const Localized& words);
/// What failed, where, and what to do, in the user's language.
[[nodiscard]] QString text(const Error& error);

/// Says `words` now and again whenever the language changes, as long as `owner` lives.
template <typename Words>
void inLanguage(QObject* owner, Words words) {
    words();
    QObject::connect(&languageSwitch(), &LanguageSwitch::changed, owner, words);
}

}  // namespace zonewright::desktop
