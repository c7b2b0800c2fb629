#include "desktop/session/preferences.h"

#include <QApplication>
#include <QFileInfo>
#include <QFont>
#include <QLocale>
#include <QPalette>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>

namespace zonewright::desktop::preferences {
namespace {

constexpr int kMostRecent = 8;
const QColor kAccent(0x1f, 0x6f, 0xb5);

QPalette lightPalette() {
    QPalette p;
    p.setColor(QPalette::Window, QColor(0xf4, 0xf5, 0xf6));
    p.setColor(QPalette::WindowText, QColor(0x22, 0x28, 0x2e));
    p.setColor(QPalette::Base, Qt::white);
    p.setColor(QPalette::AlternateBase, QColor(0xf6, 0xf8, 0xfa));
    p.setColor(QPalette::Text, QColor(0x22, 0x28, 0x2e));
    p.setColor(QPalette::Button, QColor(0xf4, 0xf5, 0xf6));
    p.setColor(QPalette::ButtonText, QColor(0x22, 0x28, 0x2e));
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::ToolTipBase, QColor(0x2b, 0x31, 0x37));
    p.setColor(QPalette::ToolTipText, QColor(0xf2, 0xf4, 0xf6));
    p.setColor(QPalette::PlaceholderText, QColor(0x84, 0x8c, 0x94));
    p.setColor(QPalette::Highlight, kAccent);
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, kAccent);
    return p;
}

QPalette darkPalette() {
    QPalette p;
    p.setColor(QPalette::Window, QColor(0x2a, 0x2e, 0x33));
    p.setColor(QPalette::WindowText, QColor(0xe3, 0xe7, 0xea));
    p.setColor(QPalette::Base, QColor(0x20, 0x24, 0x28));
    p.setColor(QPalette::AlternateBase, QColor(0x26, 0x2a, 0x2f));
    p.setColor(QPalette::Text, QColor(0xe3, 0xe7, 0xea));
    p.setColor(QPalette::Button, QColor(0x34, 0x39, 0x3f));
    p.setColor(QPalette::ButtonText, QColor(0xe3, 0xe7, 0xea));
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::ToolTipBase, QColor(0x3a, 0x40, 0x46));
    p.setColor(QPalette::ToolTipText, QColor(0xf2, 0xf4, 0xf6));
    p.setColor(QPalette::PlaceholderText, QColor(0x8b, 0x94, 0x9c));
    p.setColor(QPalette::Highlight, QColor(0x2f, 0x84, 0xcc));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x6b, 0xb3, 0xee));
    return p;
}

void greyOutDisabled(QPalette& palette) {
    QColor faint = palette.color(QPalette::WindowText);
    faint.setAlphaF(0.42F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) palette.setColor(QPalette::Disabled, role, faint);
}

bool systemIsDark() {
    static const bool dark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    return dark;
}

const char* const kSheet = R"(
QMainWindow::separator { width: 4px; height: 4px; }
QDockWidget::title { padding: 5px 8px; background: palette(alternate-base); border-bottom: 1px solid palette(mid); }
QToolBar { border: 0; border-bottom: 1px solid palette(mid); padding: 2px; spacing: 1px; }
QStatusBar::item { border: 0; }
QToolTip { border: 0; padding: 4px; }
)";

}  // namespace

Language keptLanguage() {
    const QString kept = QSettings().value(QStringLiteral("language")).toString();
    if (!kept.isEmpty()) return kept == QLatin1String("en") ? Language::English : Language::Chinese;
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const QByteArray value = qgetenv(name);
        if (!value.isEmpty()) return value.startsWith("en") ? Language::English : Language::Chinese;
    }
    return Language::Chinese;
}

void keepLanguage(Language language) {
    QSettings().setValue(QStringLiteral("language"), language == Language::English ? QStringLiteral("en") : QStringLiteral("zh"));
}

Look keptLook() { return static_cast<Look>(QSettings().value(QStringLiteral("look"), 0).toInt()); }
void keepLook(Look look) { QSettings().setValue(QStringLiteral("look"), static_cast<int>(look)); }

void wear(Look look) {
    const bool dark = look == Look::Dark || (look == Look::System && systemIsDark());
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QPalette palette = dark ? darkPalette() : lightPalette();
    greyOutDisabled(palette);
    QApplication::setPalette(palette);
    qApp->setStyleSheet(QString::fromLatin1(kSheet));
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPointSizeF(9.5);
    QApplication::setFont(font);
}

QStringList recentPlans() {
    QStringList out;
    for (const QString& file : QSettings().value(QStringLiteral("recent")).toStringList()) {
        if (QFileInfo::exists(file)) out << file;
    }
    return out;
}

void addRecentPlan(const std::filesystem::path& file) {
    std::error_code none;
    const QString absolute = QString::fromStdString(std::filesystem::absolute(file, none).string());
    QStringList recent = recentPlans();
    recent.removeAll(absolute);
    recent.prepend(absolute);
    QSettings().setValue(QStringLiteral("recent"), recent.mid(0, kMostRecent));
}

double snapPixels() { return QSettings().value(QStringLiteral("snap/pixels"), 10.0).toDouble(); }
void setSnapPixels(double pixels) { QSettings().setValue(QStringLiteral("snap/pixels"), pixels); }

}  // namespace zonewright::desktop::preferences
