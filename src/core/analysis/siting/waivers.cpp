#include "core/analysis/siting/waivers.h"

#include <map>

#include <fmt/format.h>

#include "core/analysis/siting/kept_rows.h"

namespace zonewright::analysis::siting {
namespace {

const TextTable& table() {
    static const TextTable kTable{kWaiverTable,
                                  {"选址豁免", "Siting waivers"},
                                  {{"finding", {"验收键", "Acceptance key"}},
                                   {"given_by", {"批准人", "Given by"}},
                                   {"reason", {"理由", "Reason"}},
                                   {"document", {"文件", "Document"}},
                                   {"until", {"有效期至", "Until"}},
                                   {"fingerprint", {"图形与规则指纹", "Fingerprint"}},
                                   {"time", {"时间", "Time"}}}};
    return kTable;
}

}  // namespace

Result<std::vector<Waiver>> readWaivers(const plan::Plan& plan) {
    const auto rows = readRows(plan, table());
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Waiver> out;
    for (const TextRow& row : *rows) out.push_back({row[0], row[1], row[2], row[3], row[4], row[5], row[6]});
    return out;
}

Result<void> addWaiver(plan::Plan& plan, const Waiver& w) {
    return addRow(plan, table(), {w.key, w.by, w.reason, w.document, w.until, w.fingerprint, w.time},
                  {.tool = "waive", .title = fmt::format("{} {}", w.document, w.key.substr(0, 12)), .kind = "edit", .target = 0});
}

void applyWaivers(Report& report, const std::vector<Waiver>& waivers) {
    std::map<std::string, const Waiver*> newest;
    for (const Waiver& waiver : waivers) newest[waiver.key] = &waiver;
    for (Finding& finding : report.findings) {
        const auto found = newest.find(finding.key);
        if (found == newest.end()) continue;
        const Waiver& waiver = *found->second;
        if (!waiver.until.empty() && waiver.until < report.day) finding.lapsed = "expired";
        else if (waiver.fingerprint != finding.fingerprint) finding.lapsed = "changed";
        else finding.waiver = waiver;
    }
}

Result<const Finding*> findingOf(const Report& report, const std::string& key) {
    if (key.size() < 8) return failure(ErrorCode::BadArgument, "an acceptance key has 8 characters or more", key);
    const Finding* found = nullptr;
    for (const Finding& finding : report.findings) {
        if (finding.key.compare(0, key.size(), key) != 0) continue;
        if (found != nullptr) return failure(ErrorCode::BadArgument, "several findings have keys that begin so; give more characters", key);
        found = &finding;
    }
    if (found == nullptr) return failure(ErrorCode::UnknownFeature, "no finding has this acceptance key", key);
    return found;
}

}  // namespace zonewright::analysis::siting
