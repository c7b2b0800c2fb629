#include "plugins/siting_conflicts/outcome.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/analysis/siting/documents.h"
#include "core/base/uuid.h"

namespace zonewright::plugins::siting_conflicts {
namespace {

namespace siting = analysis::siting;

constexpr const char* kLayer = "siting_findings";

analysis::LayerResult layerOf(const siting::Report& report, const catalogue::Layer& definition) {
    analysis::LayerResult out{kLayer, {}};
    const analysis::Table table = siting::findingsTable(report).whole();
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const auto* area = std::get_if<MultiPolygon>(&report.findings[i].geometry);
        if (area == nullptr) continue;  // the layer holds areas; lines and points stand in the table
        plan::Feature feature;
        feature.id = namedFeatureId(report.findings[i].key);
        feature.geometry = *area;
        for (const catalogue::Field& field : definition.fields) {
            const auto column = std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& c) { return c.id == field.name; });
            const analysis::Cell& cell = table.rows[i][static_cast<std::size_t>(column - table.columns.begin())];
            if (const auto* number = std::get_if<double>(&cell)) feature.values.emplace_back(*number);
            else if (const auto* text = std::get_if<std::string>(&cell)) feature.values.emplace_back(*text);
            else if (const auto* words = std::get_if<Localized>(&cell)) feature.values.emplace_back(words->zh);
            else feature.values.emplace_back();
        }
        out.features.push_back(std::move(feature));
    }
    return out;
}

}  // namespace

analysis::OutputDeclaration findingsLayer() {
    catalogue::Layer layer;
    layer.id = kLayer;
    layer.title = {"选址冲突", "Siting conflicts"};
    layer.group = "analysis";
    layer.geometry = catalogue::GeometryKind::MultiPolygon;
    layer.nameField = "rule_title";
    const auto field = [&](const char* name, catalogue::FieldType type, Localized title) {
        catalogue::Field f;
        f.name = name;
        f.type = type;
        f.title = std::move(title);
        layer.fields.push_back(std::move(f));
    };
    field("site", catalogue::FieldType::Text, {"地块", "Site"});
    field("rule", catalogue::FieldType::Text, {"规则", "Rule"});
    field("rule_title", catalogue::FieldType::Text, {"规则内容", "What it says"});
    field("severity", catalogue::FieldType::Text, {"严重程度", "Severity"});
    field("verdict", catalogue::FieldType::Text, {"结论", "Verdict"});
    field("feature", catalogue::FieldType::Text, {"约束要素", "Constraint"});
    field("overlap_m2", catalogue::FieldType::Real, {"冲突面积（平面）", "Conflict area (planar)"});
    field("distance_m", catalogue::FieldType::Real, {"最小距离", "Minimum distance"});
    field("key", catalogue::FieldType::Text, {"验收键", "Acceptance key"});
    return {std::move(layer), "siting/conflict"};
}

analysis::Outcome outcomeOf(const siting::Report& report) {
    analysis::Outcome out;
    out.document = siting::toJson(report, siting::runId(report));
    const auto count = [&](siting::Verdict verdict) {
        return std::count_if(report.findings.begin(), report.findings.end(), [&](const siting::Finding& f) { return f.verdict == verdict; });
    };
    const auto conflicts = count(siting::Verdict::Conflict), unsure = count(siting::Verdict::Undecidable);
    out.finding = {fmt::format("{} 个地块：{} 处冲突，{} 处无法判定，{} 项无冲突", report.sites.size(), conflicts, unsure, report.cleared.size()),
                   fmt::format("{} sites: {} conflicts, {} undecidable, {} clear", report.sites.size(), conflicts, unsure, report.cleared.size())};
    out.tables = {siting::findingsTable(report).whole(), siting::checkedTable(report).whole(), siting::rulesTable(report)};
    out.layers.push_back(layerOf(report, findingsLayer().definition));
    for (const Localized& remark : report.remarks) out.notices.push_back({analysis::Notice::Weight::Information, remark});
    for (const siting::NotChecked& missed : report.notChecked) {
        out.notices.push_back({analysis::Notice::Weight::Warning, {fmt::format("未检查 {} {}：{}", missed.rule, missed.site, missed.reason.zh),
                                                                   fmt::format("not checked {} {}: {}", missed.rule, missed.site, missed.reason.en)}});
    }
    return out;
}

}  // namespace zonewright::plugins::siting_conflicts
