#include "core/analysis/siting/check.h"

#include <algorithm>
#include <cmath>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "core/analysis/siting/prepared.h"
#include "core/base/hash.h"
#include "core/geometry/linework.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkb.h"

namespace zonewright::analysis::siting {
namespace {

using detail::Prepared;
using detail::Subject;
using detail::Weight;

SquareMetres areaOf(const Geometry& geometry) {
    const auto* polygons = std::get_if<MultiPolygon>(&geometry);
    return polygons != nullptr ? planarArea(*polygons) : SquareMetres();
}

Metres lengthOf(const Geometry& geometry) { return planarLength(detail::linesOf(geometry)); }

/// What one site gives; put together in order of the sites.
struct SiteResult {
    SiteFacts facts;
    std::vector<Finding> findings;
    std::vector<Cleared> cleared;
    std::vector<NotChecked> notChecked;
};

/// A site with what is found out once for all rules.
struct Asked {
    std::size_t number;
    Subject subject;
    std::unordered_map<const Linework*, Position> positions;  ///< towards constraints that several rules look at
};

class Checker {
public:
    Checker(const Snapshot& snapshot, const std::vector<Rule>& rules, const CheckOptions& options)
        : mSnapshot(snapshot), mRules(rules), mOptions(options) {}

    std::vector<Prepared> prepared;
    std::map<const ConstraintLayer*, Metres> farthestOf;  ///< that a rule of the layer reaches

    [[nodiscard]] SiteResult check(std::size_t number, LocalAreas* areas) const {
        const Site& site = mSnapshot.sites[number];
        Asked asked{number, {site, Linework(site.geometry), detail::hashOf(site.geometry)}, {}};
        SiteResult out;
        out.facts = {site.id, site.key, site.name, site.kind, site.geometry, areaOf(site.geometry), {}, lengthOf(site.geometry)};
        if (const auto* area = std::get_if<MultiPolygon>(&site.geometry); area != nullptr && areas != nullptr && mOptions.siteAreas) {
            out.facts.areaEllipsoidal = areas->area(*area);
        }
        for (const Prepared& rule : prepared) {
            const auto weight = detail::weightFor(mSnapshot, *rule.definition, site);
            if (!weight) continue;
            const std::size_t before = out.findings.size();
            const std::size_t unchecked = out.notChecked.size();
            const auto nearest = rule.definition->relation == Relation::NotCovered ? checkCover(rule, asked, out) : checkPairs(rule, asked, out);
            for (std::size_t i = before; i < out.findings.size(); ++i) complete(out.findings[i], out.facts, *weight, areas);
            if (out.findings.size() == before && out.notChecked.size() == unchecked) out.cleared.push_back({number, rule.rule, nearest});
        }
        return out;
    }

private:
    /// Rules of one layer mostly look at the same pairs, and how these lie takes longer than what follows from it.
    [[nodiscard]] const Position& positionIn(const Prepared& rule, const Pair& pair, Asked& asked) const {
        const auto [at, isNew] = asked.positions.try_emplace(pair.constraintLines);
        if (isNew) at->second = positionOf(pair, std::max(farthestOf.at(rule.layer), mOptions.nearest));
        return at->second;
    }

    void fault(const Prepared& rule, const Site& site, const Error& error, SiteResult& out) const {
        const Localized what{describe(error, Language::Chinese), describe(error, Language::English)};
        out.notChecked.push_back({rule.definition->id, site.key, what});
    }

    std::optional<Metres> checkPairs(const Prepared& rule, Asked& asked, SiteResult& out) const {
        const Subject& subject = asked.subject;
        const Site& site = subject.site;
        std::optional<Metres> nearest;
        const std::size_t before = out.findings.size();
        for (const std::uint32_t feature : rule.index.meeting(subject.lines.box().grownBy(std::max(rule.reach, mOptions.nearest).value))) {
            const Constraint& constraint = *rule.features[feature];
            const bool mismatch = rule.definition->relation == Relation::Mismatch;
            if (mismatch && detail::isAllowed(*rule.definition, mSnapshot, site, rule, constraint)) continue;
            const Pair pair = detail::pairOf(rule, subject, feature);
            Result<Measure> measured = detail::measure(rule, pair, feature, positionIn(rule, pair, asked));
            if (!measured) {
                fault(rule, site, {measured.error().code, measured.error().detail, rule.layer->id + " " + constraint.key}, out);
                continue;
            }
            if (!measured->hit) {
                if (measured->distance.value <= mOptions.nearest.value && (!nearest || measured->distance < *nearest)) nearest = measured->distance;
                continue;
            }
            Finding finding;
            finding.site = asked.number;
            finding.rule = rule.rule;
            finding.feature = constraint.key;
            finding.featureId = constraint.id;
            finding.featureName = constraint.name;
            finding.verdict = measured->certain ? Verdict::Conflict : Verdict::Undecidable;
            finding.distance = measured->distance;
            finding.geometry = std::move(measured->geometry);
            finding.fingerprint = fingerprint(*rule.definition, subject.hash, rule.readied[feature]->hash);
            out.findings.push_back(std::move(finding));
        }
        std::stable_sort(out.findings.begin() + static_cast<std::ptrdiff_t>(before), out.findings.end(), [](const Finding& a, const Finding& b) {
            return std::tie(a.rule, a.feature, a.featureId) < std::tie(b.rule, b.feature, b.featureId);
        });
        return nearest;
    }

    std::optional<Metres> checkCover(const Prepared& rule, const Asked& asked, SiteResult& out) const {
        const Subject& subject = asked.subject;
        const Site& site = subject.site;
        const std::vector<const Geometry*> covers = detail::coversNear(rule, subject.lines.box());
        Sha256 hash;
        hash.addField(rule.definition->hash);
        hash.addField(toWkb(site.geometry));
        for (const Geometry* cover : covers) hash.addField(toWkb(*cover));
        Result<Measure> measured = measureNotCovered(site.geometry, covers, rule.accuracy);
        if (!measured) {
            fault(rule, site, {measured.error().code, measured.error().detail, rule.layer->id}, out);
            return std::nullopt;
        }
        if (!measured->hit) return std::nullopt;
        Finding finding;
        finding.site = asked.number;
        finding.rule = rule.rule;
        finding.verdict = measured->certain ? Verdict::Conflict : Verdict::Undecidable;
        finding.distance = measured->distance;
        finding.geometry = std::move(measured->geometry);
        finding.fingerprint = hash.hex();
        out.findings.push_back(std::move(finding));
        return std::nullopt;
    }

    static std::string fingerprint(const Rule& rule, const std::string& siteHash, const std::string& constraintHash) {
        Sha256 hash;
        hash.addField(rule.hash);
        hash.addField(siteHash);
        hash.addField(constraintHash);
        return hash.hex();
    }

    void complete(Finding& finding, const SiteFacts& site, const Weight& weight, LocalAreas* areas) const {
        finding.severity = weight.severity;
        finding.exceptionNote = weight.note;
        finding.overlap = areaOf(finding.geometry);
        finding.overlapLength = lengthOf(finding.geometry);
        if (const auto* area = std::get_if<MultiPolygon>(&finding.geometry); area != nullptr && areas != nullptr) {
            finding.overlapEllipsoidal = areas->area(*area);
        }
        if (site.area.value > 0) finding.share = std::min(1.0, finding.overlap / site.area);
        else if (site.length.value > 0) finding.share = std::min(1.0, finding.overlapLength / site.length);
        else finding.share = 1;
        Sha256 key;
        key.addField(mRules[finding.rule].id);
        key.addField(site.id.text.empty() ? site.key : site.id.text);
        key.addField(finding.featureId.text);
        finding.key = key.hex();
    }

    const Snapshot& mSnapshot;
    const std::vector<Rule>& mRules;
    const CheckOptions& mOptions;
};

/// A site beyond everything that the rules look at is clear of it, which says nothing about the place.
void addFarSites(const Snapshot& snapshot, const detail::ReadiedLayers& layers, Report& report) {
    Box known;
    for (const auto& [layer, features] : layers) {
        for (const detail::Readied& feature : features) known.add(feature.lines.box());
    }
    if (known.empty()) return;
    std::vector<const Site*> far;
    for (const Site& site : snapshot.sites) {
        if (!boxOf(site.geometry).intersects(known)) far.push_back(&site);
    }
    if (far.empty()) return;
    report.remarks.push_back({fmt::format("{} 个地块在所查图层的范围之外（如 {}）：“无冲突”不说明那里可以选址", far.size(), far.front()->key),
                              fmt::format("{} sites lie outside all layers that were checked (for example {}): \"clear\" says nothing about the place", far.size(), far.front()->key)});
}

void addRemarks(const Snapshot& snapshot, const detail::ReadiedLayers& readied, Report& report) {
    Localized layers;
    for (const auto& [id, layer] : snapshot.layers) {
        if (layer.schematic) {
            layers.zh += (layers.zh.empty() ? "" : "、") + layer.title.zh;
            layers.en += (layers.en.empty() ? "" : ", ") + layer.title.en;
        }
        if (layer.rejected > 0) {
            report.remarks.push_back({fmt::format("图层“{}”有 {} 条记录没有可用几何，未参与检查", layer.title.zh, layer.rejected),
                                      fmt::format("{} rows of layer \"{}\" have no usable geometry and were not checked", layer.rejected, layer.title.en)});
        }
    }
    addFarSites(snapshot, readied, report);
    if (layers.zh.empty()) return;
    report.remarks.push_back({"下列图层为示意图形，结论只对图面成立，须以法定数据复核：" + layers.zh,
                              "These layers are schematic; verdicts hold for the drawing only and must be confirmed with statutory data: " + layers.en});
}

}  // namespace

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Conflict: return "conflict";
        case Verdict::Undecidable: return "undecidable";
        case Verdict::Clear: break;
    }
    return "clear";
}

Localized titleOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Conflict: return {"冲突", "Conflict"};
        case Verdict::Undecidable: return {"精度不足，无法判定", "Undecidable"};
        case Verdict::Clear: break;
    }
    return {"无冲突", "Clear"};
}

std::string today() {
    std::time_t now = std::time(nullptr);
    const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
    std::tm parts{};
    if (epoch != nullptr && *epoch != '\0') {
        now = std::strtoll(epoch, nullptr, 10);
        gmtime_r(&now, &parts);
    } else {
        localtime_r(&now, &parts);
    }
    return fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
}

Result<Report> check(const Snapshot& snapshot, const std::vector<Rule>& rules, const CheckOptions& options, Progress& progress) {
    Report report;
    report.day = options.day;
    for (const Rule& rule : rules) {
        if (rule.isInForce(options.day)) report.rules.push_back(rule);
    }
    Checker checker(snapshot, report.rules, options);
    const detail::ReadiedLayers ready = detail::readied(snapshot);
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
        const auto reason = detail::obstacle(snapshot, report.rules[i]);
        report.checked.push_back(!reason);
        if (reason) report.notChecked.push_back({report.rules[i].id, "", *reason});
        else {
            const Prepared& rule = checker.prepared.emplace_back(detail::prepare(snapshot, ready, report.rules, i));
            Metres& farthest = checker.farthestOf[rule.layer];
            farthest = std::max(farthest, rule.reach);
        }
    }
    for (const BadSite& bad : snapshot.badSites) report.notChecked.push_back({"", bad.key, bad.reason});

    std::vector<SiteResult> results(snapshot.sites.size());
    tbb::enumerable_thread_specific<std::optional<LocalAreas>> areas([&]() -> std::optional<LocalAreas> {
        if (!snapshot.crs) return std::nullopt;
        Result<Ellipsoid> made = Ellipsoid::of(*snapshot.crs);
        return made ? std::optional<LocalAreas>(std::move(*made)) : std::nullopt;
    });
    std::mutex reporting;
    std::atomic<std::size_t> done{0};
    std::atomic<bool> stop{false};
    tbb::parallel_for(std::size_t{0}, results.size(), [&](std::size_t i) {
        if (stop) return;
        std::optional<LocalAreas>& own = areas.local();
        results[i] = checker.check(i, own ? &*own : nullptr);
        if (++done % 64 != 0) return;
        const std::lock_guard lock(reporting);
        if (!progress.report(static_cast<double>(done) / static_cast<double>(results.size()), "check")) stop = true;
    });
    if (stop) return failure(ErrorCode::Cancelled, "");
    const auto total = [&](auto member) { return std::accumulate(results.begin(), results.end(), std::size_t{0}, [&](std::size_t sum, const SiteResult& one) { return sum + (one.*member).size(); }); };
    report.sites.reserve(results.size());
    report.findings.reserve(total(&SiteResult::findings));
    report.cleared.reserve(total(&SiteResult::cleared));
    for (SiteResult& result : results) {
        report.sites.push_back(std::move(result.facts));
        std::move(result.findings.begin(), result.findings.end(), std::back_inserter(report.findings));
        std::move(result.cleared.begin(), result.cleared.end(), std::back_inserter(report.cleared));
        std::move(result.notChecked.begin(), result.notChecked.end(), std::back_inserter(report.notChecked));
    }
    addRemarks(snapshot, ready, report);
    return report;
}

}  // namespace zonewright::analysis::siting
