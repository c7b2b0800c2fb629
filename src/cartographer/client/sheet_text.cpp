#include "cartographer/client/sheet_text.h"

#include <fmt/format.h>

#include "core/analysis/execution.h"
#include "core/plan/history.h"

namespace zonewright::cartographer {
namespace {

constexpr std::size_t kPrintedCodeLength = 12;

}  // namespace

Result<SheetText> sheetText(const plan::Plan& plan, Language language) {
    const auto meta = [&](const std::string& key) -> std::optional<std::string> {
        std::string value = plan.meta(key);
        return value.empty() ? std::nullopt : std::optional(std::move(value));
    };
    const std::string suffix = language == Language::Chinese ? "_zh" : "_en";
    const Result<std::int64_t> newest = plan::newestChangeSet(plan);
    if (!newest) return tl::unexpected(newest.error());
    const Result<std::string> code = plan::versionCode(plan, *newest);
    if (!code) return tl::unexpected(code.error());
    SheetText text;
    text.office = meta("office" + suffix);
    text.date = meta("date");
    text.source = meta("source" + suffix);
    text.note = meta("note" + suffix);
    text.version = code->substr(0, kPrintedCodeLength);
    return text;
}

Result<std::string> sheetChart(const plan::Plan& plan, const std::string& id, Language language) {
    const auto charts = analysis::newestCharts(plan);
    if (!charts) return tl::unexpected(charts.error());
    std::string known;
    for (const analysis::Chart& chart : *charts) {
        if (chart.id == id) return analysis::toSvg(chart.drawing, language, analysis::kSheetChartWidth);
        known += (known.empty() ? "" : ", ") + chart.id;
    }
    return failure(ErrorCode::BadArgument, known.empty() ? fmt::format("--chart {}: the plan keeps none", id) : fmt::format("--chart {}: the plan keeps {}", id, known), plan.file().string());
}

SheetText filledUp(SheetText stated, const SheetText& otherwise) {
    for (const auto field : {&SheetText::title, &SheetText::subtitle, &SheetText::source, &SheetText::note, &SheetText::office, &SheetText::date,
                             &SheetText::version, &SheetText::number, &SheetText::crs}) {
        if (!(stated.*field)) stated.*field = otherwise.*field;
    }
    return stated;
}

}  // namespace zonewright::cartographer
