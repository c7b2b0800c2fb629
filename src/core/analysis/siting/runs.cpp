#include "core/analysis/siting/runs.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/analysis/siting/documents.h"
#include "core/analysis/siting/kept_rows.h"

namespace zonewright::analysis::siting {
namespace {

using Json = nlohmann::ordered_json;

const TextTable& table() {
    static const TextTable kTable{"siting_runs",
                                  {"选址检查记录", "Siting runs"},
                                  {{"name", {"名称", "Name"}},
                                   {"run", {"检查编号", "Run"}},
                                   {"day", {"规则有效日", "Rules in force on"}},
                                   {"time", {"时间", "Time"}},
                                   {"findings", {"结果", "Findings"}}}};
    return kTable;
}

Json toJson(const KeptFinding& f) {
    return {{"key", f.key}, {"site", f.site}, {"rule", f.rule}, {"feature", f.feature}, {"severity", f.severity}, {"verdict", f.verdict},
            {"overlap_m2", f.overlap.value}, {"distance_m", f.distance.value}};
}

Result<KeptRun> runOf(const TextRow& row) {
    KeptRun run{row[0], row[1], row[2], row[3], {}};
    const Json findings = Json::parse(row[4], nullptr, false);
    if (!findings.is_array()) return failure(ErrorCode::PlanDamaged, "the findings of a kept run cannot be read", run.name);
    for (const Json& f : findings) {
        const auto text = [&](const char* key) { return f.value(key, std::string()); };
        run.findings.push_back({text("key"), text("site"), text("rule"), text("feature"), text("severity"), text("verdict"),
                                SquareMetres(f.value("overlap_m2", 0.0)), Metres(f.value("distance_m", 0.0))});
    }
    return run;
}

bool isSame(const KeptFinding& a, const KeptFinding& b) {
    return a.severity == b.severity && a.verdict == b.verdict && std::abs((a.overlap - b.overlap).value) <= 0.01 &&
           std::abs((a.distance - b.distance).value) <= 0.001;
}

Localized titleOf(RunChange change) {
    switch (change) {
        case RunChange::New: return {"新增", "new"};
        case RunChange::Resolved: return {"已消除", "resolved"};
        case RunChange::Changed: return {"有变化", "changed"};
        case RunChange::Unchanged: break;
    }
    return {"未变", "unchanged"};
}

const KeptFinding& shown(const FindingChange& change) { return change.change == RunChange::Resolved ? change.before : change.after; }

}  // namespace

std::vector<KeptFinding> keptFindings(const Report& report) {
    std::vector<KeptFinding> out;
    for (const Finding& f : report.findings) {
        out.push_back({f.key, report.sites[f.site].key, report.rules[f.rule].id, f.feature, std::string(nameOf(f.severity)), std::string(nameOf(f.verdict)),
                       SquareMetres(std::round(f.overlap.value * 1e4) / 1e4), Metres(std::round(f.distance.value * 1e4) / 1e4)});
    }
    return out;
}

Result<void> keepRun(plan::Plan& plan, const Report& report, const std::string& name) {
    const auto rows = readRows(plan, table());
    if (!rows) return tl::unexpected(rows.error());
    const auto taken = [&](const TextRow& row) { return row[0] == name; };
    if (!name.empty() && std::any_of(rows->begin(), rows->end(), taken)) return failure(ErrorCode::FileExists, "a run of this name is kept already", name);
    Json findings = Json::array();
    for (const KeptFinding& f : keptFindings(report)) findings.push_back(toJson(f));
    const std::string run = runId(report);
    return addRow(plan, table(), {name.empty() ? run : name, run, report.day, plan::timeStamp(), findings.dump()},
                  {.tool = "check", .title = fmt::format("留存选址检查 {}", name.empty() ? run : name), .kind = "analysis", .target = 0});
}

Result<KeptRun> keptRun(const plan::Plan& plan, const std::string& name) {
    const auto rows = readRows(plan, table());
    if (!rows) return tl::unexpected(rows.error());
    std::string names;
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
        if (name.empty() || (*row)[0] == name || (*row)[1] == name) return runOf(*row);
        names += (names.empty() ? "" : ", ") + (*row)[0];
    }
    return failure(ErrorCode::BadArgument, rows->empty() ? "no run is kept in this plan; keep one with check --keep NAME" : "no such run; there are: " + names, name);
}

std::vector<FindingChange> compare(const std::vector<KeptFinding>& before, const std::vector<KeptFinding>& after) {
    std::map<std::string, const KeptFinding*> old;
    for (const KeptFinding& f : before) old.emplace(f.key, &f);
    std::vector<FindingChange> out;
    for (const KeptFinding& f : after) {
        const auto match = old.find(f.key);
        if (match == old.end()) {
            out.push_back({RunChange::New, {}, f});
        } else {
            out.push_back({isSame(*match->second, f) ? RunChange::Unchanged : RunChange::Changed, *match->second, f});
            old.erase(match);
        }
    }
    for (const auto& [key, f] : old) out.push_back({RunChange::Resolved, *f, {}});
    const auto order = [](const FindingChange& c) {
        const KeptFinding& f = shown(c);
        return std::tie(f.site, f.rule, f.feature, f.key);
    };
    std::stable_sort(out.begin(), out.end(), [&](const FindingChange& a, const FindingChange& b) { return order(a) < order(b); });
    return out;
}

Table changesTable(const std::vector<FindingChange>& changes) {
    Table out{"siting_changes", {"与上次检查比较", "Changes since the kept run"}, {}, {}, {}};
    const auto column = [&](const char* id, Localized title, const char* unit = "") { out.columns.push_back({id, std::move(title), unit, 2, {}}); };
    column("change", {"变化", "Change"});
    column("site", {"地块", "Site"});
    column("rule", {"规则", "Rule"});
    column("feature", {"约束要素", "Constraint"});
    column("verdict", {"结论", "Verdict"});
    column("before_m2", {"原面积（平面）", "Area before (planar)"}, "m2");
    column("after_m2", {"现面积（平面）", "Area now (planar)"}, "m2");
    column("difference_m2", {"面积差", "Difference"}, "m2");
    column("before_m", {"原距离", "Distance before"}, "m");
    column("after_m", {"现距离", "Distance now"}, "m");
    const auto distance = [](const KeptFinding& f) { return f.key.empty() ? Cell() : Cell(f.distance.value); };
    for (const FindingChange& c : changes) {
        const KeptFinding& f = shown(c);
        out.rows.push_back({titleOf(c.change), f.site, f.rule, f.feature, titleOf(f.verdict == nameOf(Verdict::Conflict) ? Verdict::Conflict : Verdict::Undecidable), c.before.overlap.value, c.after.overlap.value, (c.after.overlap - c.before.overlap).value,
                            distance(c.before), distance(c.after)});
    }
    return out;
}

Json toJson(const KeptRun& against, const std::vector<FindingChange>& changes) {
    Json out{{"against", {{"name", against.name}, {"run", against.run}, {"day", against.day}, {"time", against.time}}}};
    for (const RunChange kind : {RunChange::New, RunChange::Resolved, RunChange::Changed, RunChange::Unchanged}) {
        out[titleOf(kind).en] = std::count_if(changes.begin(), changes.end(), [&](const FindingChange& c) { return c.change == kind; });
    }
    out["changes"] = Json::array();
    for (const FindingChange& c : changes) {
        Json row = toJson(shown(c));
        row["change"] = titleOf(c.change).en;
        row["overlap_before_m2"] = c.before.overlap.value;
        row["overlap_difference_m2"] = std::round((c.after.overlap - c.before.overlap).value * 1e4) / 1e4;
        out["changes"].push_back(std::move(row));
    }
    return out;
}

}  // namespace zonewright::analysis::siting
