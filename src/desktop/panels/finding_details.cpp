#include "desktop/panels/finding_details.h"

#include "core/analysis/siting/documents.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {

namespace siting = analysis::siting;

QString findingHtml(const siting::Report& report, const FindingsModel::Row& row) {
    QString html;
    const auto line = [&](const QString& label, const QString& words) {
        if (!words.isEmpty()) html += QStringLiteral("<p style='margin:2px 0'><span style='color:gray'>%1</span>&nbsp; %2</p>").arg(label.toHtmlEscaped(), words.toHtmlEscaped());
    };
    const auto head = [&](const QString& words) {
        html += QStringLiteral("<p style='margin:0 0 3px 0'><b><span style='color:%1'>%2</span> · %3</b></p>")
                    .arg(FindingsModel::colourOf(row.weight).name(), FindingsModel::titleOf(row.weight).toHtmlEscaped(), words.toHtmlEscaped());
    };
    const siting::Rule* rule = nullptr;
    const bool finding = row.finding != nullptr;
    if (finding) rule = &report.rules[row.finding->rule];
    else if (row.cleared != nullptr) rule = &report.rules[row.cleared->rule];
    if (rule != nullptr) head(text(rule->title));
    if (finding) {
        const siting::Finding& one = *row.finding;
        line(text("地块", "Site"), text(report.sites[one.site].name));
        line(text("约束", "Constraint"), text(one.featureName));
        line(text("量算", "Measured"), QString::fromStdString(siting::measuresText(report, one, language())));
        line(text("结论", "Verdict"), text(siting::titleOf(one.severity)) + QStringLiteral(" · ") + text(siting::titleOf(one.verdict)));
        line(text("例外", "Exception"), text(one.exceptionNote));
        if (one.waiver) {
            line(text("豁免", "Waived"), QStringLiteral("%1 · %2 · %3%4")
                                              .arg(QString::fromStdString(one.waiver->by), QString::fromStdString(one.waiver->document), QString::fromStdString(one.waiver->reason),
                                                   one.waiver->until.empty() ? QString() : text("，有效期至 ", ", until ") + QString::fromStdString(one.waiver->until)));
        }
        if (one.lapsed == "expired") line(text("豁免", "Waiver"), text("已过期", "expired"));
        if (one.lapsed == "changed") line(text("豁免", "Waiver"), text("图形或规则已变，原豁免失效", "void: shapes or rule have changed"));
    }
    if (row.notChecked != nullptr) {
        head(row.notChecked->rule.empty() ? text("全部规则", "All rules") : QString::fromStdString(row.notChecked->rule));
        line(text("原因", "Why"), text(row.notChecked->reason));
    }
    if (rule != nullptr) {
        line(text("依据", "Law"), text(rule->law) + QLatin1Char(' ') + text(rule->article));
        if (rule->confidence == siting::Confidence::SecondHand) line(text("转引", "Second-hand"), text(rule->confidenceNote));
        line(text("起算", "Measured from"), text(rule->measuredFrom));
        line(text("处理建议", "What to do"), text(rule->remedy));
    }
    if (finding) line(text("验收键", "Key"), QString::fromStdString(row.finding->key.substr(0, 12)));
    return html;
}

}  // namespace zonewright::desktop
