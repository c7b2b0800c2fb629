#include "desktop/session/preferences.h"

#include <array>

#include <QApplication>
#include <QFileInfo>
#include <QFont>
#include <QLocale>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace zonewright::desktop::preferences {
namespace {

constexpr int kMostRecent = 8;

struct Shade {
    QPalette::ColorRole role;
    QRgb light;
    QRgb dark;
};

constexpr std::array kShades{
    Shade{QPalette::Window, 0xf4f5f6, 0x2a2e33},          Shade{QPalette::WindowText, 0x22282e, 0xe3e7ea},
    Shade{QPalette::Base, 0xffffff, 0x202428},            Shade{QPalette::AlternateBase, 0xf6f8fa, 0x262a2f},
    Shade{QPalette::Text, 0x22282e, 0xe3e7ea},            Shade{QPalette::PlaceholderText, 0x848c94, 0x8b949c},
    Shade{QPalette::Button, 0xf4f5f6, 0x34393f},          Shade{QPalette::ButtonText, 0x22282e, 0xe3e7ea},
    Shade{QPalette::BrightText, 0xffffff, 0xffffff},      Shade{QPalette::ToolTipBase, 0x2b3137, 0x3a4046},
    Shade{QPalette::ToolTipText, 0xf2f4f6, 0xf2f4f6},     Shade{QPalette::Highlight, 0x1f6fb5, 0x2f84cc},
    Shade{QPalette::HighlightedText, 0xffffff, 0xffffff}, Shade{QPalette::Link, 0x1f6fb5, 0x6bb3ee},
};

QPalette paletteOf(bool dark) {
    QPalette palette;
    for (const Shade& shade : kShades) palette.setColor(shade.role, QColor(dark ? shade.dark : shade.light));
    return palette;
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

/// Fusion outlines boxes darker than the ground, which does not show on a dark one.
class DarkBoxes : public QProxyStyle {
public:
    using QProxyStyle::QProxyStyle;

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
        if (!box && element != PE_IndicatorRadioButton) return;
        const bool enabled = (option->state & State_Enabled) != 0;
        const QRectF outline = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(QColor(255, 255, 255, enabled ? 130 : 55), 1));
        if (box) painter->drawRoundedRect(outline, 2, 2);
        else painter->drawEllipse(outline);
        painter->restore();
    }
};

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
    QStyle* fusion = QStyleFactory::create(QStringLiteral("Fusion"));
    QApplication::setStyle(dark ? new DarkBoxes(fusion) : fusion);
    QPalette palette = paletteOf(dark);
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

SnapReach snapReach() {
    const QSettings settings;
    SnapReach reach;
    reach.inMetres = settings.value(QStringLiteral("snap/in_metres"), false).toBool();
    reach.value = settings.value(reach.inMetres ? QStringLiteral("snap/metres") : QStringLiteral("snap/pixels"), reach.inMetres ? 1.0 : 10.0).toDouble();
    return reach;
}

void keepSnapReach(const SnapReach& reach) {
    QSettings settings;
    settings.setValue(QStringLiteral("snap/in_metres"), reach.inMetres);
    settings.setValue(reach.inMetres ? QStringLiteral("snap/metres") : QStringLiteral("snap/pixels"), reach.value);
}

}  // namespace zonewright::desktop::preferences
