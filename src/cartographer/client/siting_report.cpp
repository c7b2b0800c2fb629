#include "cartographer/client/siting_report.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "core/analysis/siting/documents.h"
#include "core/geometry/wkt.h"
#include "core/plan/history.h"

namespace zonewright::cartographer {
namespace {

namespace siting = analysis::siting;
using siting::Finding;
using siting::Verdict;

constexpr double kSiteMap = 84, kOverviewMap = 120;  // height, mm
constexpr std::size_t kPrintedCodeLength = 12;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

std::string heading(int level, const std::string& text) {
    static constexpr std::array<const char*, 4> kSizes{"17pt", "14pt", "11pt", "9.5pt"};
    return fmt::format(R"(<p style="font-size:{};font-weight:600;margin-top:6px;margin-bottom:4px">{}</p>)", kSizes[static_cast<std::size_t>(level)], escaped(text));
}

std::string paragraph(const std::string& text) { return fmt::format(R"(<p style="margin-top:2px;margin-bottom:4px">{}</p>)", escaped(text)); }

/// A table with its widths in percent; cells are ready HTML.
class HtmlTable {
public:
    HtmlTable(const std::vector<std::string>& titles, std::vector<int> widths, int padding = 5) : mWidths(std::move(widths)) {
        mHtml = fmt::format(R"(<table width="100%" border="1" cellspacing="0" cellpadding="{}" style="border-collapse:collapse;border-color:#888888;border-style:solid"><thead>)", padding);
        row(titles, R"( bgcolor="#ececec")", "b");
        mHtml += "</thead>";
    }
    void row(const std::vector<std::string>& cells, const std::string& attributes = {}, const std::string& tag = {}) {
        mHtml += fmt::format("<tr{}>", attributes);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            mHtml += fmt::format(R"(<td width="{}%" valign="top">{}{}{}</td>)", mWidths[i], tag.empty() ? "" : "<" + tag + ">", cells[i], tag.empty() ? "" : "</" + tag + ">");
        }
        mHtml += "</tr>";
    }
    [[nodiscard]] std::string html() const { return mHtml + "</table>"; }

private:
    std::vector<int> mWidths;
    std::string mHtml;
};

std::string coloured(const Localized& text, Verdict verdict, Language language) {
    const char* colour = verdict == Verdict::Conflict ? "#c00020" : verdict == Verdict::Undecidable ? "#a05a00" : "#1c6b2c";
    return fmt::format(R"(<span style="color:{};font-weight:600">{}</span>)", colour, escaped(text.in(language)));
}

/// Marks of one geometry type each: what the drawing service takes.
void addMarks(View& view, const Geometry& geometry, const std::pair<std::string, std::string>& nameAndStyle, const std::filesystem::path& styles) {
    if (boxOf(geometry).empty()) return;
    const bool isLine = std::holds_alternative<LineString>(geometry) || std::holds_alternative<MultiLineString>(geometry);
    const std::string suffix = std::holds_alternative<MultiPolygon>(geometry) ? "" : isLine ? "_line" : "_point";
    const std::filesystem::path style = styles / "siting" / (nameAndStyle.second + suffix + ".qml");
    const auto same = std::find_if(view.extras.begin(), view.extras.end(), [&](const auto& extra) { return extra.style == style; });
    if (same != view.extras.end()) {
        same->marks.push_back({toWkt(geometry), ""});
        return;
    }
    view.extras.push_back({.name = nameAndStyle.first, .source = {}, .table = {}, .style = style, .marks = {{toWkt(geometry), ""}}, .inLegend = true, .below = false});
}

class ReportPages {
public:
    ReportPages(const SitingReportInput& input, const std::vector<plan::LayerInfo>& planLayers)
        : mInput(input), mReport(input.report), mPlan(input.plan), mLanguage(input.language) {
        for (const char* drawing : {"stations", "transport_lines", "places:muted", "ecological_redlines:outline", "district", "roads:backdrop", "waterways:backdrop",
                                    "water:plain", "ecological_space:tint", "farmland:tint", "towns:boundary", "district:land"}) {
            const std::string layer = std::string(drawing).substr(0, std::string(drawing).find(':'));
            if (std::any_of(planLayers.begin(), planLayers.end(), [&](const auto& one) { return one.id == layer; })) mDrawings.emplace_back(drawing);
        }
    }

    [[nodiscard]] ReportPart summary(const std::string& versionCode) const {
        ReportPart part;
        part.html = heading(0, text("选址检查报告", "Siting report")) + heading(2, mPlan.meta(mLanguage == Language::Chinese ? "title_zh" : "title_en"));
        part.html += paragraph(fmt::format("{}: {} · {}: {} · {}: {} · {}: {}", text("检查日期（规则有效日）", "Rules in force on"), mReport.day, text("规划版本码", "Plan version code"),
                                           versionCode, text("检查编号", "Run"), siting::runId(mReport), text("坐标系", "CRS"), mPlan.crs().code()));
        HtmlTable table({text("地块", "Site"), text("面积（平面）", "Area (planar)"), text("禁止", "Prohibited"), text("限制", "Restricted"), text("提示", "Advice"),
                         text("无法判定", "Undecidable"), text("无冲突规则", "Rules clear")},
                        {28, 14, 13, 12, 9, 13, 11});
        for (std::size_t i = 0; i < mReport.sites.size(); ++i) table.row(summaryRow(i));
        part.html += table.html();
        part.html += paragraph(text("各列为确定的冲突数；“无法判定”为图面有冲突、但其厚度小于两图层合成精度者，须实测复核。",
                                    "Columns count certain conflicts; \"undecidable\" are conflicts in the drawing that are thinner than the combined accuracy of the two layers and need a survey."));
        part.html += notes() + signatures();
        if (mReport.sites.size() > 1) {
            part.html += kMapPlace;
            part.view = view();
            for (const auto& site : mReport.sites) {
                addMarks(part.view, site.geometry, {text("地块", "Site"), "site"}, mInput.styles);
                part.extent.add(boxOf(site.geometry));
            }
            part.mapHeight = kOverviewMap;
            part.caption = text("全部地块", "All sites");
        }
        return part;
    }

    [[nodiscard]] ReportPart site(std::size_t number) const {
        const siting::SiteFacts& site = mReport.sites[number];
        ReportPart part;
        part.view = view();
        part.extent = boxOf(site.geometry);
        part.mapHeight = kSiteMap;
        const auto findings = findingsOf(number);
        part.caption = fmt::format("{}  {}", site.name.in(mLanguage), findings.empty() ? text("黑框：地块", "black: site") : text("黑框：地块；红色：冲突范围", "black: site; red: conflict"));
        for (const Finding* finding : findings) addMarks(part.view, finding->geometry, {text("冲突", "Conflict"), "conflict"}, mInput.styles);
        addMarks(part.view, site.geometry, {text("地块", "Site"), "site"}, mInput.styles);
        part.html = heading(1, site.name.in(mLanguage)) + paragraph(factsOf(site)) + std::string(kMapPlace) + findingsTable(number) + clearedTable(number);
        return part;
    }

    [[nodiscard]] ReportPart rules() const {
        ReportPart part;
        part.html = heading(1, text("所用规则及依据", "Rules used and their law"));
        part.html += heading(3, text("判定方法", "How verdicts are reached"));
        part.html += paragraph(text("设 e 为两图层标称精度的平方和之根。冲突部分有一点深入约束（或其控制范围）或深入地块超过 e 的，判为冲突；图面有冲突但处处不超过 e 的，判为“精度不足，无法判定”；仅边界相接不算重叠。",
                                    "Let e be the root of the sum of squares of the stated accuracies of both layers. When some point of the conflict lies deeper than e in the constraint (or its control zone) or in the site, it is a conflict; when the drawing shows one but nowhere deeper than e, it is undecidable. Touching is not overlapping."));
        part.html += paragraph(text("面积：平面面积按规划坐标系计算，椭球面积按该坐标系椭球以测地线计算；1 亩 = 10000/15 m²。",
                                    "Areas: planar in the plan's CRS, ellipsoidal by geodesics on its ellipsoid; 1 mu = 10000/15 m²."));
        HtmlTable table({text("规则", "Rule"), text("依据与条款", "Law and article"), text("依据可靠程度", "Source"), text("处理建议", "What to do")}, {28, 30, 22, 20});
        for (std::size_t i = 0; i < mReport.rules.size(); ++i) {
            const siting::Rule& rule = mReport.rules[i];
            const std::string confidence = rule.confidence == siting::Confidence::Stated ? text("原文", "stated") : text("转引：", "second-hand: ") + in(rule.confidenceNote);
            std::string what = fmt::format("<b>{}</b><br>{}", escaped(in(titleOf(rule.severity)) + "  " + in(rule.title)), rule.id);
            if (!rule.measuredFrom.zh.empty()) what += "<br>" + escaped(text("起算：", "measured from: ") + in(rule.measuredFrom));
            if (!mReport.checked[i]) what += "<br>" + escaped(text("未检查", "not checked"));
            table.row({what, escaped(in(rule.law)) + "<br>" + escaped(in(rule.article)), escaped(confidence), escaped(in(rule.remedy))});
        }
        part.html += table.html();
        return part;
    }

private:
    [[nodiscard]] std::string text(const char* zh, const char* en) const { return mLanguage == Language::Chinese ? zh : en; }
    [[nodiscard]] const std::string& in(const Localized& localized) const { return localized.in(mLanguage); }

    [[nodiscard]] View view() const {
        View out;
        out.layers = mDrawings;
        out.language = mLanguage;
        return out;
    }

    [[nodiscard]] std::vector<const Finding*> findingsOf(std::size_t site) const {
        std::vector<const Finding*> out;
        for (const Finding& finding : mReport.findings) {
            if (finding.site == site) out.push_back(&finding);
        }
        std::stable_sort(out.begin(), out.end(), [](const Finding* a, const Finding* b) {
            return std::pair(-static_cast<int>(a->severity), -static_cast<int>(a->verdict)) < std::pair(-static_cast<int>(b->severity), -static_cast<int>(b->verdict));
        });
        return out;
    }

    [[nodiscard]] std::vector<std::string> summaryRow(std::size_t number) const {
        const auto findings = findingsOf(number);
        const auto count = [&](siting::Severity severity) {
            const auto n = std::count_if(findings.begin(), findings.end(), [&](const Finding* f) { return f->severity == severity && f->verdict == Verdict::Conflict && !f->waiver; });
            return n == 0 ? std::string("—") : fmt::format("<b>{}</b>", n);
        };
        const auto unsure = std::count_if(findings.begin(), findings.end(), [](const Finding* f) { return f->verdict == Verdict::Undecidable && !f->waiver; });
        const auto clear = std::count_if(mReport.cleared.begin(), mReport.cleared.end(), [&](const auto& c) { return c.site == number; });
        const siting::SiteFacts& site = mReport.sites[number];
        return {escaped(in(site.name)), site.area.value > 0 ? siting::numberText(toHectares(site.area), 2) + " ha" : siting::numberText(site.length.value, 0) + " m",
                count(siting::Severity::Prohibited), count(siting::Severity::Restricted), count(siting::Severity::Advice), unsure == 0 ? "—" : std::to_string(unsure), std::to_string(clear)};
    }

    [[nodiscard]] std::string factsOf(const siting::SiteFacts& site) const {
        std::string out = fmt::format("{}: {}", text("代码", "Code"), site.key);
        if (!site.kind.empty()) out += fmt::format(" · {}: {}", text("类型", "Kind"), kindTitle(site.kind));
        if (site.area.value > 0) {
            out += fmt::format(" · {}: {} m² ({}) / {} m² ({}), {} {}", text("面积", "Area"), siting::numberText(site.area.value, 1), text("平面", "planar"),
                               siting::numberText(site.areaEllipsoidal.value, 1), text("椭球", "ellipsoidal"), siting::numberText(toMu(site.area), 2), text("亩", "mu"));
        } else if (site.length.value > 0) {
            out += fmt::format(" · {}: {} m ({})", text("长度", "Length"), siting::numberText(site.length.value, 1), text("平面", "planar"));
        }
        return out;
    }

    [[nodiscard]] std::string kindTitle(const std::string& kind) const {
        const catalogue::Domain* domain = mInput.catalogue.findDomain("project_kind");
        const catalogue::DomainValue* value = domain != nullptr ? domain->find(kind) : nullptr;
        return value != nullptr ? in(value->title) : kind;
    }

    [[nodiscard]] std::string findingsTable(std::size_t number) const {
        const auto findings = findingsOf(number);
        if (findings.empty()) return heading(3, text("所查规则均无冲突", "No conflict with any rule checked"));
        HtmlTable table({text("结论", "Verdict"), text("规则与约束", "Rule and constraint"), text("量算", "Measured"), text("依据", "Law"), text("处理建议", "What to do")}, {12, 27, 24, 20, 17});
        for (const Finding* finding : findings) {
            const siting::Rule& rule = mReport.rules[finding->rule];
            std::string what = escaped(in(rule.title));
            if (!finding->feature.empty()) what += "<br>" + escaped(in(finding->featureName));
            if (!finding->exceptionNote.zh.empty()) what += "<br><i>" + escaped(in(finding->exceptionNote)) + "</i>";
            std::string verdict = coloured(siting::titleOf(finding->severity), finding->verdict, mLanguage) + "<br>" +
                                  coloured(siting::titleOf(finding->verdict), finding->verdict, mLanguage);
            if (finding->waiver) {
                verdict += "<br>" + escaped(fmt::format("{}: {}, {}{}", text("已豁免", "waived"), finding->waiver->by, finding->waiver->document,
                                                        finding->waiver->until.empty() ? "" : " → " + finding->waiver->until));
            } else if (!finding->lapsed.empty()) {
                verdict += "<br>" + escaped(finding->lapsed == "expired" ? text("豁免已过期", "waiver expired") : text("豁免失效", "waiver void"));
            }
            std::string law = escaped(in(rule.law)) + "<br>" + escaped(in(rule.article));
            if (rule.confidence == siting::Confidence::SecondHand) law += "<br>" + escaped(text("（转引，见规则表）", "(second-hand, see the table of rules)"));
            table.row({verdict, what, escaped(siting::measuresText(mReport, *finding, mLanguage)), law, escaped(in(rule.remedy))});
        }
        return table.html();
    }

    [[nodiscard]] std::string clearedTable(std::size_t number) const {
        HtmlTable table({text("规则", "Rule"), text("依据", "Law"), text("结论", "Verdict"), text("最近约束", "Nearest")}, {36, 46, 8, 10}, 1);
        bool any = false;
        const auto small = [](const std::string& text) { return fmt::format(R"(<span style="font-size:6.5pt">{}</span>)", escaped(text)); };
        for (const siting::Cleared& cleared : mReport.cleared) {
            if (cleared.site != number) continue;
            any = true;
            const siting::Rule& rule = mReport.rules[cleared.rule];
            table.row({small(in(rule.title)), small(in(rule.law) + " " + in(rule.article)), small(in(siting::titleOf(Verdict::Clear))),
                       small(cleared.nearest ? siting::numberText(cleared.nearest->value, 0) + " m" : "—")});
        }
        return any ? heading(3, text("已检查、无冲突的规则", "Checked and clear")) + table.html() : std::string();
    }

    /// Who made, checked and approved it: filled in by hand when the report is filed.
    [[nodiscard]] std::string signatures() const {
        const std::string blank = "<br><br>";
        HtmlTable table({text("编制单位", "Office"), text("检查人", "Checked by"), text("审核人", "Reviewed by"), text("日期", "Date")}, {40, 20, 20, 20});
        table.row({escaped(mPlan.meta(mLanguage == Language::Chinese ? "office_zh" : "office_en")) + blank, blank, blank, blank});
        return "<br>" + table.html();
    }

    [[nodiscard]] std::string notes() const {
        std::string out;
        for (const Localized& remark : mReport.remarks) out += paragraph(in(remark));
        if (mReport.notChecked.empty()) return out;
        out += heading(3, text("未检查", "Not checked"));
        for (const siting::NotChecked& missed : mReport.notChecked) {
            out += paragraph(fmt::format("{} {}: {}", missed.rule.empty() ? text("全部规则", "all rules") : missed.rule, missed.site, in(missed.reason)));
        }
        return out;
    }

    const SitingReportInput& mInput;
    const siting::Report& mReport;
    const plan::Plan& mPlan;
    Language mLanguage;
    std::vector<std::string> mDrawings;
};

}  // namespace

Result<ReportRequest> sitingReport(const SitingReportInput& input) {
    const auto newest = plan::newestChangeSet(input.plan);
    if (!newest) return tl::unexpected(newest.error());
    const auto code = plan::versionCode(input.plan, *newest);
    if (!code) return tl::unexpected(code.error());
    const auto layers = input.plan.layers();
    if (!layers) return tl::unexpected(layers.error());
    const std::string version = code->substr(0, kPrintedCodeLength);
    const bool zh = input.language == Language::Chinese;

    const ReportPages pages(input, *layers);
    ReportRequest request;
    request.language = input.language;
    request.date = input.report.day;
    request.title = fmt::format("{} · {}", zh ? "选址检查报告" : "Siting report", input.plan.meta(zh ? "title_zh" : "title_en"));
    request.footer = fmt::format("{} {}  ·  {} {}  ·  {}", zh ? "版本码" : "Version code", version, zh ? "检查编号" : "Run", siting::runId(input.report),
                                 input.plan.meta(zh ? "note_zh" : "note_en"));
    request.parts.push_back(pages.summary(version));
    for (std::size_t i = 0; i < input.report.sites.size(); ++i) request.parts.push_back(pages.site(i));
    request.parts.push_back(pages.rules());
    return request;
}

}  // namespace zonewright::cartographer
