#include "cartographer/service/preflight.h"

#include <map>
#include <set>

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QRawFont>

#include <qgsexpression.h>
#include <qgsexpressioncontext.h>
#include <qgslabelingresults.h>

#include "cartographer/service/qt_text.h"

namespace zonewright::cartographer {
namespace {

constexpr double kMillimetresPerPoint = 25.4 / 72;

/// Characters of a text that a typeface has no glyph for; each is told once.
class GlyphCheck {
public:
    void add(const QFont& font, const QString& text) {
        const QString family = font.family();
        if (!QFontDatabase().families().contains(family)) {
            mMissingFamilies.insert(family);
            return;
        }
        auto raw = mFonts.find(family);
        if (raw == mFonts.end()) raw = mFonts.emplace(family, QRawFont::fromFont(QFont(family))).first;
        for (const uint character : text.toUcs4()) {
            if (QChar::isSpace(character) || QChar::category(character) == QChar::Other_Control) continue;
            if (!raw->second.supportsCharacter(character)) mMissingGlyphs[family].insert(character);
        }
    }

    [[nodiscard]] std::vector<std::string> warnings(Language language) const {
        std::vector<std::string> all;
        for (const auto& family : mMissingFamilies) {
            all.push_back(worded(language, "缺少字体，已用其他字体代替：", "typeface not installed, another was used: ") + fromQt(family));
        }
        for (const auto& [family, characters] : mMissingGlyphs) {
            QString list;
            for (const uint character : characters) list += QString::fromUcs4(&character, 1);
            all.push_back(worded(language, "字体缺字（", "characters missing in the typeface (") + fromQt(family) +
                          worded(language, "）：", "): ") + fromQt(list));
        }
        return all;
    }

private:
    std::map<QString, QRawFont> mFonts;
    std::set<QString> mMissingFamilies;
    std::map<QString, std::set<uint>> mMissingGlyphs;
};

QFont fontOf(const QDomElement& item) {
    QFont font;
    const QDomElement old = item.firstChildElement(QStringLiteral("LabelFont"));
    const QDomElement format = item.firstChildElement(QStringLiteral("text-style"));
    if (!old.isNull()) font.fromString(old.attribute(QStringLiteral("description")));
    if (!format.isNull()) {
        font.setFamily(format.attribute(QStringLiteral("fontFamily")));
        font.setPointSizeF(format.attribute(QStringLiteral("fontSize")).toDouble());
    }
    return font;
}

/// Whether the text needs more room than its box has, lines broken at its width.
bool overflows(const QFont& font, const QString& text, double width, double height) {
    constexpr double kUnitsPerMillimetre = 100;
    QFont scaled = font;
    scaled.setPixelSize(qMax(1, qRound(font.pointSizeF() * kMillimetresPerPoint * kUnitsPerMillimetre)));
    const QFontMetricsF metrics(scaled);
    double lines = 0;
    for (const QString& line : text.split('\n')) lines += qMax(1.0, std::ceil(metrics.horizontalAdvance(line) / kUnitsPerMillimetre / width - 0.01));
    return (lines - 1) * metrics.lineSpacing() + metrics.ascent() > height * kUnitsPerMillimetre * 1.05;
}

}  // namespace

std::vector<std::string> checkTexts(const Sheet& sheet, Language language) {
    GlyphCheck glyphs;
    std::vector<std::string> warnings;
    const QgsExpressionContext context = sheet.layout->createExpressionContext();
    const QDomElement root = sheet.document.documentElement();
    for (QDomElement item = root.firstChildElement(QStringLiteral("LayoutItem")); !item.isNull(); item = item.nextSiblingElement(QStringLiteral("LayoutItem"))) {
        if (!item.hasAttribute(QStringLiteral("labelText"))) continue;
        const QString text = QgsExpression::replaceExpressionText(item.attribute(QStringLiteral("labelText")), &context);
        const QFont font = fontOf(item);
        glyphs.add(font, text);
        const QStringList size = item.attribute(QStringLiteral("size")).split(',');
        if (size.size() >= 2 && overflows(font, text, size[0].toDouble(), size[1].toDouble())) {
            warnings.push_back(worded(language, "文字超出图框：", "text longer than its place: ") + fromQt(item.attribute(QStringLiteral("id"))) +
                               worded(language, "：", ": ") + fromQt(text.left(40)));
        }
    }
    for (auto& warning : glyphs.warnings(language)) warnings.push_back(std::move(warning));
    return warnings;
}

std::vector<std::string> checkLabels(const QMap<QString, QgsLabelingResults*>& results, Language language) {
    GlyphCheck glyphs;
    std::map<QString, std::set<QString>> unplaced;
    std::map<QString, std::set<QString>> placed;
    for (const QgsLabelingResults* result : results) {
        for (const QgsLabelPosition& label : result->allLabels()) {
            const QgsMapLayer* layer = QgsProject::instance()->mapLayer(label.layerID);
            (label.isUnplaced ? unplaced : placed)[layer != nullptr ? layer->name() : QString()].insert(label.labelText);
            glyphs.add(label.labelFont, label.labelText);
        }
    }
    std::vector<std::string> warnings = glyphs.warnings(language);
    for (const auto& [layer, texts] : unplaced) {
        QStringList missing;
        // A road's name that stands at one of its pieces is on the map.
        for (const auto& text : texts) {
            if (placed[layer].count(text) == 0) missing << text;
        }
        if (missing.isEmpty()) continue;
        const QString some = missing.mid(0, 5).join(language == Language::Chinese ? QStringLiteral("、") : QStringLiteral(", "));
        warnings.push_back(worded(language, "注记无处可放：", "labels without room: ") + fromQt(layer) + " " +
                           std::to_string(missing.size()) + worded(language, " 处（", " (") + fromQt(some) +
                           (missing.size() > 5 ? "…" : "") + worded(language, "）", ")"));
    }
    return warnings;
}

}  // namespace zonewright::cartographer
