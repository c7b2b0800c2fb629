#pragma once

#include <filesystem>
#include <string>

#include <QString>
#include <QStringList>

#include "core/base/error.h"

namespace zonewright::cartographer {

/// Texts are UTF-8 on our side.
[[nodiscard]] inline QString toQt(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<int>(text.size())); }
[[nodiscard]] inline QString pathToQt(const std::filesystem::path& path) { return toQt(path.native()); }
[[nodiscard]] inline std::string fromQt(const QString& text) { return text.toStdString(); }

/// The side of a text in two languages written `中文 | English`; the whole text when it is not written so.
[[nodiscard]] inline QString sideOf(const QString& text, Language language) {
    const QStringList sides = text.split(QStringLiteral(" | "));
    return sides.size() == 2 ? sides[language == Language::Chinese ? 0 : 1].trimmed() : text;
}

/// A warning in the language of the sheet.
[[nodiscard]] inline std::string worded(Language language, const char* zh, const char* en) {
    return language == Language::Chinese ? zh : en;
}

}  // namespace zonewright::cartographer
