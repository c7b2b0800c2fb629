#include "core/analysis/siting/documents.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/geometry/wkt.h"

namespace zonewright::analysis::siting {
namespace {

using Json = nlohmann::ordered_json;

Json toJson(const Localized& text) { return {{"zh", text.zh}, {"en", text.en}}; }

/// Rounded to a tenth of a square millimetre and the like, so that the last bits of arithmetic do not show.
double rounded(double value, double steps) { return std::round(value * steps) / steps; }
double area(SquareMetres a) { return rounded(a.value, 1e4); }
double length(Metres m) { return rounded(m.value, 1e4); }

Json toJson(const Waiver& waiver) {
    return {{"by", waiver.by}, {"reason", waiver.reason}, {"document", waiver.document}, {"until", waiver.until}};
}

Json toJson(const Report& report, const Finding& finding) {
    const SiteFacts& site = report.sites[finding.site];
    Json out{{"site", site.key},
             {"rule", report.rules[finding.rule].id},
             {"severity", nameOf(finding.severity)},
             {"verdict", nameOf(finding.verdict)},
             {"layer", report.rules[finding.rule].layer},
             {"feature", finding.feature},
             {"overlap_m2", area(finding.overlap)},
             {"overlap_ellipsoidal_m2", area(finding.overlapEllipsoidal)},
             {"overlap_mu", rounded(toMu(finding.overlap), 1e6)},
             {"overlap_length_m", length(finding.overlapLength)},
             {"share", rounded(finding.share, 1e9)},
             {"distance_m", length(finding.distance)},
             {"waived", finding.waiver.has_value()},
             {"key", finding.key},
             {"site_id", site.id.text},
             {"feature_id", finding.featureId.text},
             {"feature_name", toJson(finding.featureName)},
             {"wkt", toWkt(finding.geometry)}};
    if (!finding.exceptionNote.zh.empty()) out["exception"] = toJson(finding.exceptionNote);
    if (finding.waiver) out["waiver"] = toJson(*finding.waiver);
    if (!finding.lapsed.empty()) out["waiver_lapsed"] = finding.lapsed;
    return out;
}

Json toJson(const Rule& rule) {
    return {{"id", rule.id},           {"subject", toJson(rule.subject)}, {"title", toJson(rule.title)},
            {"layer", rule.layer},     {"filter", rule.filter.text()},    {"relation", nameOf(rule.relation)},
            {"distance_m", rule.distance.value}, {"severity", nameOf(rule.severity)}, {"law", toJson(rule.law)}, {"article", toJson(rule.article)},
            {"confidence", rule.confidence == Confidence::Stated ? "stated" : "second_hand"},
            {"confidence_note", toJson(rule.confidenceNote)}, {"remedy", toJson(rule.remedy)}, {"from", rule.from}, {"to", rule.to}};
}

Localized waiverText(const Finding& finding) {
    if (finding.waiver) {
        const Waiver& w = *finding.waiver;
        const std::string until = w.until.empty() ? "" : " → " + w.until;
        return {fmt::format("已豁免：{}，{}{}", w.by, w.document, until), fmt::format("waived: {}, {}{}", w.by, w.document, until)};
    }
    if (finding.lapsed == "expired") return {"豁免已过期", "waiver expired"};
    if (finding.lapsed == "changed") return {"豁免失效：图形或规则已变", "waiver void: geometry or rule changed"};
    return {};
}

Column column(const char* id, Localized title, const char* unit = "", int decimals = 2) { return {id, std::move(title), unit, decimals, {}}; }

}  // namespace

std::string numberText(double value, int decimals) {
    std::string text = fmt::format("{:.{}f}", value, decimals);
    const std::size_t point = std::min(text.find('.'), text.size());
    for (std::size_t at = point; at > 3 + (text[0] == '-' ? 1U : 0U); at -= 3) text.insert(at - 3, 1, ' ');
    return text;
}

std::string measuresText(const Report& report, const Finding& finding, Language language) {
    const bool zh = language == Language::Chinese;
    std::string out;
    if (finding.overlap.value > 0) {
        out = zh ? fmt::format("{} m²（平面）/ {} m²（椭球），{} 亩，占地块 {:.1f}%", numberText(finding.overlap.value, 1),
                               numberText(finding.overlapEllipsoidal.value, 1), numberText(toMu(finding.overlap), 2), finding.share * 100)
                 : fmt::format("{} m² (planar) / {} m² (ellipsoidal), {} mu, {:.1f} % of the site", numberText(finding.overlap.value, 1),
                               numberText(finding.overlapEllipsoidal.value, 1), numberText(toMu(finding.overlap), 2), finding.share * 100);
    } else if (finding.overlapLength.value > 0) {
        out = fmt::format(fmt::runtime(zh ? "线长 {} m（平面）" : "{} m of line (planar)"), numberText(finding.overlapLength.value, 1));
    }
    if (report.rules[finding.rule].relation == Relation::Within) {
        const std::string distance = fmt::format(fmt::runtime(zh ? "距离 {} m，要求 {} m" : "{} m away, {} m required"), numberText(finding.distance.value, 1),
                                                 numberText(report.rules[finding.rule].distance.value, 0));
        out = distance + (out.empty() ? "" : (zh ? "；控制区内 " : "; inside the zone ") + out);
    }
    return out;
}

std::string runId(const Report& report) {
    Sha256 hash;
    hash.addField(report.day);
    for (const Rule& rule : report.rules) hash.addField(rule.hash);
    for (const SiteFacts& site : report.sites) hash.addField(site.id.text + "|" + site.key);
    for (const Finding& finding : report.findings) hash.addField(finding.key + finding.fingerprint + std::string(nameOf(finding.verdict)));
    return hash.hex().substr(0, 12);
}

std::size_t countOpen(const Report& report, Severity atLeast) {
    return static_cast<std::size_t>(std::count_if(report.findings.begin(), report.findings.end(),
                                                  [&](const Finding& f) { return f.severity >= atLeast && !f.waiver; }));
}

Json toJson(const Report& report, const std::string& run) {
    Json out{{"run", run}, {"day", report.day}, {"sites", report.sites.size()}, {"rules_checked", Json::array()}, {"findings", Json::array()},
             {"not_checked", Json::array()}, {"cleared", Json::array()}, {"rules", Json::array()}, {"site_list", Json::array()}, {"remarks", Json::array()}};
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
        if (report.checked[i]) out["rules_checked"].push_back(report.rules[i].id);
        out["rules"].push_back(toJson(report.rules[i]));
    }
    for (const Finding& finding : report.findings) out["findings"].push_back(toJson(report, finding));
    for (const NotChecked& missed : report.notChecked) {
        out["not_checked"].push_back({{"rule", missed.rule}, {"site", missed.site}, {"reason", missed.reason.en}, {"reason_zh", missed.reason.zh}});
    }
    for (const Cleared& cleared : report.cleared) {
        Json nearest;
        if (cleared.nearest) nearest = length(*cleared.nearest);
        out["cleared"].push_back({{"site", report.sites[cleared.site].key}, {"rule", report.rules[cleared.rule].id}, {"nearest_m", nearest}});
    }
    for (const SiteFacts& site : report.sites) {
        out["site_list"].push_back({{"site", site.key}, {"id", site.id.text}, {"name", toJson(site.name)}, {"kind", site.kind},
                                    {"area_m2", area(site.area)}, {"area_ellipsoidal_m2", area(site.areaEllipsoidal)}, {"length_m", length(site.length)}});
    }
    for (const Localized& remark : report.remarks) out["remarks"].push_back(toJson(remark));
    return out;
}

namespace {

std::vector<Cell> cellsOf(const Report& report, const Finding& f) {
    const Rule& rule = report.rules[f.rule];
    const SiteFacts& site = report.sites[f.site];
    return {site.key, site.name, rule.id, rule.title, titleOf(f.severity), titleOf(f.verdict), rule.layer, f.feature, f.featureName,
            area(f.overlap), area(f.overlapEllipsoidal), toMu(f.overlap), length(f.overlapLength), f.share * 100, length(f.distance),
            rule.law, rule.article, rule.remedy, waiverText(f), f.key};
}

std::vector<Cell> cellsOf(const Report& report, const NotChecked& missed) {
    const auto rule = std::ranges::find(report.rules, missed.rule, &Rule::id);
    return {missed.site, missed.rule, rule == report.rules.end() ? Cell() : Cell(rule->title), Localized{"未检查", "Not checked"}, Cell(), Cell(), missed.reason};
}

}  // namespace

LongTable findingsTable(const Report& report) {
    Table table{"siting_findings", {"选址冲突", "Siting conflicts"}, {}, {}, {}};
    table.columns = {column("site", {"地块", "Site"}), column("site_name", {"地块名称", "Site name"}), column("rule", {"规则", "Rule"}),
                     column("rule_title", {"规则内容", "What it says"}), column("severity", {"严重程度", "Severity"}), column("verdict", {"结论", "Verdict"}),
                     column("layer", {"约束图层", "Constraint layer"}), column("feature", {"约束要素", "Constraint"}), column("feature_name", {"约束名称", "Constraint name"}),
                     column("overlap_m2", {"冲突面积（平面）", "Conflict area (planar)"}, "m2"),
                     column("overlap_ellipsoidal_m2", {"冲突面积（椭球）", "Conflict area (ellipsoidal)"}, "m2"),
                     column("overlap_mu", {"冲突面积（平面）", "Conflict area (planar)"}, "亩"), column("overlap_length_m", {"冲突长度", "Conflict length"}, "m"),
                     column("share_percent", {"占地块比例", "Share of the site"}, "%"), column("distance_m", {"最小距离", "Minimum distance"}, "m"),
                     column("law", {"依据", "Law"}), column("article", {"条款", "Article"}), column("remedy", {"处理建议", "What to do"}),
                     column("waiver", {"豁免", "Waiver"}), column("key", {"验收键", "Acceptance key"})};
    table.notes = report.remarks;
    for (const NotChecked& missed : report.notChecked) {
        table.notes.push_back({fmt::format("未检查：{} {}：{}", missed.rule, missed.site, missed.reason.zh),
                               fmt::format("not checked: {} {}: {}", missed.rule, missed.site, missed.reason.en)});
    }
    return {std::move(table), report.findings.size(), [&report](std::size_t i) { return cellsOf(report, report.findings[i]); }};
}

LongTable checkedTable(const Report& report) {
    Table table{"siting_checked", {"逐项检查结果", "All rules checked"}, {}, {}, {}};
    table.columns = {column("site", {"地块", "Site"}), column("rule", {"规则", "Rule"}), column("rule_title", {"规则内容", "What it says"}),
                     column("verdict", {"结论", "Verdict"}), column("findings", {"冲突数", "Findings"}), column("nearest_m", {"最近约束距离", "Nearest constraint"}, "m"), column("reason", {"未检查的原因", "Why it was not checked"})};
    struct Row {
        std::size_t site, rule;
        Verdict verdict;
        std::int64_t findings;
        std::optional<Metres> nearest;
    };
    std::vector<Row> rows;
    for (const Finding& f : report.findings) {
        if (rows.empty() || rows.back().site != f.site || rows.back().rule != f.rule) rows.push_back({f.site, f.rule, f.verdict, 0, f.distance});
        rows.back().verdict = std::max(rows.back().verdict, f.verdict);
        rows.back().nearest = std::min(*rows.back().nearest, f.distance);
        ++rows.back().findings;
    }
    for (const Cleared& c : report.cleared) rows.push_back({c.site, c.rule, Verdict::Clear, 0, c.nearest});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return std::tie(a.site, a.rule) < std::tie(b.site, b.rule); });
    const std::size_t count = rows.size() + report.notChecked.size();
    return {std::move(table), count, [&report, rows = std::move(rows)](std::size_t i) -> std::vector<Cell> {
                if (i >= rows.size()) return cellsOf(report, report.notChecked[i - rows.size()]);
                const Row& row = rows[i];
                return {report.sites[row.site].key, report.rules[row.rule].id, report.rules[row.rule].title, titleOf(row.verdict), row.findings,
                        row.nearest ? Cell(length(*row.nearest)) : Cell(), Cell()};
            }};
}

Table rulesTable(const Report& report) {
    Table table{"siting_rules", {"所用规则", "Rules used"}, {}, {}, {}};
    table.columns = {column("rule", {"规则", "Rule"}), column("subject", {"主题", "Subject"}), column("title", {"内容", "What it says"}),
                     column("severity", {"严重程度", "Severity"}), column("law", {"依据", "Law"}), column("article", {"条款", "Article"}),
                     column("measured_from", {"距离起算", "Measured from"}), column("confidence", {"依据可靠程度", "Source"}), column("note", {"说明", "Note"}),
                     column("remedy", {"处理建议", "What to do"})};
    for (const Rule& rule : report.rules) {
        const Localized confidence = rule.confidence == Confidence::Stated ? Localized{"原文", "stated"} : Localized{"转引", "second-hand"};
        table.rows.push_back({rule.id, rule.subject, rule.title, titleOf(rule.severity), rule.law, rule.article, rule.measuredFrom, confidence, rule.confidenceNote, rule.remedy});
    }
    return table;
}

std::string toText(const Report& report, Language language) {
    const bool zh = language == Language::Chinese;
    const auto count = [&](Verdict verdict) {
        return std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding& f) { return f.verdict == verdict; });
    };
    const auto rulesChecked = std::count(report.checked.begin(), report.checked.end(), true);
    const auto waived = std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& f) { return f.waiver.has_value(); });
    std::string out = fmt::format(fmt::runtime(zh ? "{} 个地块，{} 条规则（{}）：{} 处冲突，{} 处精度不足无法判定，{} 项无冲突"
                                                  : "{} sites, {} rules ({}): {} conflicts, {} undecidable, {} clear"),
                                  report.sites.size(), rulesChecked, report.day, count(Verdict::Conflict), count(Verdict::Undecidable), report.cleared.size());
    if (waived > 0) out += zh ? fmt::format("；其中 {} 项已豁免", waived) : fmt::format("; {} of them waived", waived);
    out += '\n';
    std::size_t site = report.sites.size();
    for (const Finding& f : report.findings) {
        if (f.site != site) {
            site = f.site;
            out += fmt::format("\n{}  {}\n", report.sites[site].key, report.sites[site].name.in(language));
        }
        const Rule& rule = report.rules[f.rule];
        out += fmt::format("  [{} · {}] {}\n", titleOf(f.severity).in(language), titleOf(f.verdict).in(language), rule.title.in(language));
        if (!f.feature.empty()) out += fmt::format("      {}: {}\n", zh ? "约束" : "constraint", f.featureName.in(language));
        const std::string measures = measuresText(report, f, language);
        if (!measures.empty()) out += fmt::format("      {}\n", measures);
        out += fmt::format("      {} {}\n", rule.law.in(language), rule.article.in(language));
        if (!f.exceptionNote.zh.empty()) out += fmt::format("      {}\n", f.exceptionNote.in(language));
        const Localized waiver = waiverText(f);
        if (!waiver.zh.empty()) out += fmt::format("      {}\n", waiver.in(language));
    }
    for (const NotChecked& missed : report.notChecked) {
        out += fmt::format("{}{}{}{}: {}\n", zh ? "未检查 " : "not checked ", missed.rule, missed.rule.empty() || missed.site.empty() ? "" : " ", missed.site, missed.reason.in(language));
    }
    for (const Localized& remark : report.remarks) out += remark.in(language) + "\n";
    return out;
}

}  // namespace zonewright::analysis::siting
