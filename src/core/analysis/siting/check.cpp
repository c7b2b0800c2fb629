#include "core/analysis/siting/check.h"

#include <algorithm>
#include <cmath>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "core/analysis/siting/box_index.h"
#include "core/analysis/siting/measures.h"
#include "core/base/hash.h"
#include "core/geometry/linework.h"
#include "core/geometry/measure.h"
#include "core/geometry/wkb.h"

namespace zonewright::analysis::siting {
namespace {

std::vector<plan::Value> valuesFor(const Filter& filter, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    std::vector<plan::Value> out;
    for (const std::string& field : filter.fields()) {
        const auto at = std::find(fields.begin(), fields.end(), field);
        out.push_back(at == fields.end() ? plan::Value() : values[static_cast<std::size_t>(at - fields.begin())]);
    }
    return out;
}

bool passes(const Filter& filter, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    return filter.passes(valuesFor(filter, fields, values));
}

plan::Value valueOf(std::string_view field, const std::vector<std::string>& fields, const std::vector<plan::Value>& values) {
    const auto at = std::find(fields.begin(), fields.end(), field);
    return at == fields.end() ? plan::Value() : values[static_cast<std::size_t>(at - fields.begin())];
}

/// What is made of a constraint once, for all rules and sites.
struct Readied {
    Linework lines;
    std::string hash;  ///< SHA-256 of its geometry
};

std::string hashOf(const Geometry& geometry) {
    Sha256 hash;
    hash.addField(toWkb(geometry));
    return hash.hex();
}

using ReadiedLayers = std::map<const ConstraintLayer*, std::vector<Readied>>;

ReadiedLayers readied(const Snapshot& snapshot) {
    ReadiedLayers out;
    for (const auto& [id, layer] : snapshot.layers) {
        std::vector<std::optional<Readied>> made(layer.features.size());
        tbb::parallel_for(std::size_t{0}, made.size(), [&](std::size_t i) {
            const Geometry& geometry = layer.features[i].geometry;
            made[i] = Readied{Linework(geometry), hashOf(geometry)};
        });
        for (auto& one : made) out[&layer].push_back(std::move(*one));
    }
    return out;
}

/// A rule with the constraint features it looks at, ready for many sites.
struct Prepared {
    std::size_t rule = 0;
    const Rule* definition = nullptr;
    const ConstraintLayer* layer = nullptr;
    std::vector<const Constraint*> features;
    std::vector<const Readied*> readied;  ///< aligned with `features`
    std::vector<Metres> halfWidths;       ///< aligned with `features`
    Metres reach;                    ///< boxes farther away than this cannot be hit
    BoxIndex index{{}};
    Metres accuracy;
};

/// The reason why a rule cannot be checked at all, or nothing.
std::optional<Localized> obstacle(const Snapshot& snapshot, const Rule& rule) {
    if (const auto missing = snapshot.missing.find(rule.layer); missing != snapshot.missing.end()) return missing->second;
    const auto layer = snapshot.layers.find(rule.layer);
    if (layer == snapshot.layers.end()) return Localized{"图层未读取", "the layer was not read"};
    const ConstraintLayer& from = layer->second;
    if (from.features.empty()) {
        return Localized{fmt::format("图层 {} 是空的，无法据此判断", from.id), fmt::format("layer {} is empty and proves nothing", from.id)};
    }
    std::vector<std::string> needed = rule.filter.fields();
    for (const std::string* field : {&rule.widthField, &rule.allowedField}) {
        if (!field->empty()) needed.push_back(*field);
    }
    for (const std::string& field : needed) {
        const auto at = std::find(from.fields.begin(), from.fields.end(), field);
        if (at == from.fields.end() || !from.present[static_cast<std::size_t>(at - from.fields.begin())]) {
            return Localized{fmt::format("图层 {} 没有字段 {}", from.id, field), fmt::format("layer {} has no field {}", from.id, field)};
        }
    }
    return std::nullopt;
}

Prepared prepare(const Snapshot& snapshot, const ReadiedLayers& readied, const std::vector<Rule>& rules, std::size_t number) {
    const Rule& rule = rules[number];
    Prepared out;
    out.rule = number;
    out.definition = &rule;
    out.layer = &snapshot.layers.at(rule.layer);
    out.accuracy = Metres(std::hypot(snapshot.siteAccuracy.value, out.layer->accuracy.value));
    std::vector<Box> boxes;
    const std::vector<Readied>& made = readied.find(out.layer)->second;
    for (std::size_t i = 0; i < out.layer->features.size(); ++i) {
        const Constraint& feature = out.layer->features[i];
        if (!passes(rule.filter, out.layer->fields, feature.values)) continue;
        Metres half = rule.halfWidth;
        if (!rule.widthField.empty()) half = Metres(plan::asNumber(valueOf(rule.widthField, out.layer->fields, feature.values)).value_or(0) / 2);
        out.features.push_back(&feature);
        out.readied.push_back(&made[i]);
        out.halfWidths.push_back(half);
        out.reach = std::max(out.reach, rule.distance + half);
        boxes.push_back(made[i].lines.box());
    }
    out.index = BoxIndex(boxes);
    return out;
}

/// What a rule weighs for a site, or nothing when it does not apply.
struct Weight {
    Severity severity;
    Localized note;
};

std::optional<Weight> weightFor(const Snapshot& snapshot, const Rule& rule, const Site& site) {
    const bool kindFits = rule.appliesTo.empty() || site.kind.empty() ||
                          std::find(rule.appliesTo.begin(), rule.appliesTo.end(), site.kind) != rule.appliesTo.end();
    if (!kindFits || !passes(rule.siteFilter, snapshot.siteFields, site.values)) return std::nullopt;
    for (const Exception& exception : rule.exceptions) {
        if (!passes(exception.when, snapshot.siteFields, site.values)) continue;
        if (!exception.severity) return std::nullopt;
        return Weight{*exception.severity, exception.note};
    }
    return Weight{rule.severity, {}};
}

bool isAllowed(const Rule& rule, const Snapshot& snapshot, const Site& site, const Prepared& prepared, const Constraint& constraint) {
    const std::string own = plan::asText(valueOf(rule.siteField, snapshot.siteFields, site.values));
    const std::string list = plan::asText(valueOf(rule.allowedField, prepared.layer->fields, constraint.values));
    if (own.empty() || list.empty()) return true;
    std::size_t at = 0;
    while (at <= list.size()) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        std::string_view word(list.data() + at, comma - at);
        while (!word.empty() && word.front() == ' ') word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ') word.remove_suffix(1);
        if (word == own) return true;
        at = comma + 1;
    }
    return false;
}

/// A site with what is made of it once, for all rules.
struct Subject {
    const Site& site;
    Linework lines;
    std::string hash;  ///< SHA-256 of its geometry
};

Result<Measure> measure(const Prepared& prepared, const Subject& subject, std::size_t feature, Metres farthest) {
    const Pair pair{&subject.site.geometry, &prepared.features[feature]->geometry, &subject.lines, &prepared.readied[feature]->lines, prepared.accuracy};
    const Position position = positionOf(pair, farthest);
    const Rule& rule = *prepared.definition;
    switch (rule.relation) {
        case Relation::Within: return measureWithin(pair, {rule.distance, prepared.halfWidths[feature], rule.distanceOnly}, position);
        case Relation::Crosses: return measureCrossing(pair, position);
        default: return measureOverlap(pair, position);
    }
}

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

class Checker {
public:
    Checker(const Snapshot& snapshot, const std::vector<Rule>& rules, const CheckOptions& options)
        : mSnapshot(snapshot), mRules(rules), mOptions(options) {}

    std::vector<Prepared> prepared;

    [[nodiscard]] SiteResult check(std::size_t number, const Ellipsoid* ellipsoid) const {
        const Site& site = mSnapshot.sites[number];
        const Subject subject{site, Linework(site.geometry), hashOf(site.geometry)};
        SiteResult out;
        out.facts = {site.id, site.key, site.name, site.kind, site.geometry, areaOf(site.geometry), {}, lengthOf(site.geometry)};
        if (const auto* area = std::get_if<MultiPolygon>(&site.geometry); area != nullptr && ellipsoid != nullptr && mOptions.siteAreas) {
            out.facts.areaEllipsoidal = ellipsoid->area(*area);
        }
        for (const Prepared& rule : prepared) {
            const auto weight = weightFor(mSnapshot, *rule.definition, site);
            if (!weight) continue;
            const std::size_t before = out.findings.size();
            const std::size_t unchecked = out.notChecked.size();
            const auto nearest = rule.definition->relation == Relation::NotCovered ? checkCover(rule, number, out) : checkPairs(rule, subject, number, out);
            for (std::size_t i = before; i < out.findings.size(); ++i) complete(out.findings[i], out.facts, *weight, ellipsoid);
            if (out.findings.size() == before && out.notChecked.size() == unchecked) out.cleared.push_back({number, rule.rule, nearest});
        }
        return out;
    }

private:
    void fault(const Prepared& rule, const Site& site, const Error& error, SiteResult& out) const {
        const Localized what{describe(error, Language::Chinese), describe(error, Language::English)};
        out.notChecked.push_back({rule.definition->id, site.key, what});
    }

    std::optional<Metres> checkPairs(const Prepared& rule, const Subject& subject, std::size_t number, SiteResult& out) const {
        const Site& site = subject.site;
        std::optional<Metres> nearest;
        const Metres farthest = std::max(rule.reach, mOptions.nearest);
        const std::size_t before = out.findings.size();
        for (const std::uint32_t feature : rule.index.meeting(subject.lines.box().grownBy(farthest.value))) {
            const Constraint& constraint = *rule.features[feature];
            const bool mismatch = rule.definition->relation == Relation::Mismatch;
            if (mismatch && isAllowed(*rule.definition, mSnapshot, site, rule, constraint)) continue;
            Result<Measure> measured = measure(rule, subject, feature, farthest);
            if (!measured) {
                fault(rule, site, {measured.error().code, measured.error().detail, rule.layer->id + " " + constraint.key}, out);
                continue;
            }
            if (!measured->hit) {
                if (measured->distance.value <= mOptions.nearest.value && (!nearest || measured->distance < *nearest)) nearest = measured->distance;
                continue;
            }
            Finding finding;
            finding.site = number;
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

    std::optional<Metres> checkCover(const Prepared& rule, std::size_t number, SiteResult& out) const {
        const Site& site = mSnapshot.sites[number];
        std::vector<const Geometry*> covers;
        Sha256 hash;
        hash.addField(rule.definition->hash);
        hash.addField(toWkb(site.geometry));
        for (const std::uint32_t feature : rule.index.meeting(boxOf(site.geometry).grownBy(1 + 2 * rule.accuracy.value))) {
            covers.push_back(&rule.features[feature]->geometry);
            hash.addField(toWkb(*covers.back()));
        }
        Result<Measure> measured = measureNotCovered(site.geometry, covers, rule.accuracy);
        if (!measured) {
            fault(rule, site, {measured.error().code, measured.error().detail, rule.layer->id}, out);
            return std::nullopt;
        }
        if (!measured->hit) return std::nullopt;
        Finding finding;
        finding.site = number;
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

    void complete(Finding& finding, const SiteFacts& site, const Weight& weight, const Ellipsoid* ellipsoid) const {
        finding.severity = weight.severity;
        finding.exceptionNote = weight.note;
        finding.overlap = areaOf(finding.geometry);
        finding.overlapLength = lengthOf(finding.geometry);
        if (const auto* area = std::get_if<MultiPolygon>(&finding.geometry); area != nullptr && ellipsoid != nullptr) {
            finding.overlapEllipsoidal = ellipsoid->area(*area);
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

void addRemarks(const Snapshot& snapshot, Report& report) {
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
    const ReadiedLayers ready = readied(snapshot);
    for (std::size_t i = 0; i < report.rules.size(); ++i) {
        const auto reason = obstacle(snapshot, report.rules[i]);
        report.checked.push_back(!reason);
        if (reason) report.notChecked.push_back({report.rules[i].id, "", *reason});
        else checker.prepared.push_back(prepare(snapshot, ready, report.rules, i));
    }
    for (const BadSite& bad : snapshot.badSites) report.notChecked.push_back({"", bad.key, bad.reason});

    std::vector<SiteResult> results(snapshot.sites.size());
    tbb::enumerable_thread_specific<std::optional<Ellipsoid>> ellipsoids([&]() -> std::optional<Ellipsoid> {
        if (!snapshot.crs) return std::nullopt;
        Result<Ellipsoid> made = Ellipsoid::of(*snapshot.crs);
        return made ? std::optional<Ellipsoid>(std::move(*made)) : std::nullopt;
    });
    std::mutex reporting;
    std::atomic<std::size_t> done{0};
    std::atomic<bool> stop{false};
    tbb::parallel_for(std::size_t{0}, results.size(), [&](std::size_t i) {
        if (stop) return;
        const std::optional<Ellipsoid>& ellipsoid = ellipsoids.local();
        results[i] = checker.check(i, ellipsoid ? &*ellipsoid : nullptr);
        if (++done % 64 != 0) return;
        const std::lock_guard lock(reporting);
        if (!progress.report(static_cast<double>(done) / static_cast<double>(results.size()), "check")) stop = true;
    });
    if (stop) return failure(ErrorCode::Cancelled, "");
    for (SiteResult& result : results) {
        report.sites.push_back(std::move(result.facts));
        std::move(result.findings.begin(), result.findings.end(), std::back_inserter(report.findings));
        std::move(result.cleared.begin(), result.cleared.end(), std::back_inserter(report.cleared));
        std::move(result.notChecked.begin(), result.notChecked.end(), std::back_inserter(report.notChecked));
    }
    addRemarks(snapshot, report);
    return report;
}

}  // namespace zonewright::analysis::siting
