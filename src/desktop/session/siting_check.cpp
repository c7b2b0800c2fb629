#include "desktop/session/siting_check.h"

#include <algorithm>

#include "cartographer/client/siting_report.h"
#include "core/analysis/siting/documents.h"
#include "core/analysis/siting/layer_files.h"
#include "core/analysis/siting/runs.h"
#include "core/analysis/siting/trial.h"
#include "core/base/paths.h"
#include "core/plan/change_set.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

namespace siting = analysis::siting;

/// Rules and everything they speak of.
struct Material {
    std::vector<siting::Rule> rules;
    siting::Snapshot snapshot;
};

Result<Material> readMaterial(analysis::Inputs& inputs, const SitingQuestion& question, Progress& progress) {
    auto rules = siting::loadRules(productPaths().layers / "rules");
    if (!rules) return tl::unexpected(rules.error());
    siting::SiteSource source;
    source.layer.text = question.layer;
    source.only = question.only;
    source.drawn = question.drawn;
    source.kind = question.kind;
    auto snapshot = siting::readSnapshot(inputs, *rules, source, progress);
    if (!snapshot) return tl::unexpected(snapshot.error());
    return Material{std::move(*rules), std::move(*snapshot)};
}

analysis::Inputs inputsOf(const plan::Plan& plan, const catalogue::Catalogue& catalogue) {
    analysis::Inputs inputs(&plan, catalogue);
    inputs.setHashing(false);
    return inputs;
}

std::string dayOf(const std::string& asked) { return asked.empty() ? siting::today() : asked; }

struct Checked {
    siting::Report report;
    std::vector<siting::Waiver> waivers;
    std::vector<std::string> layers;
};

Result<Checked> checkSites(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const SitingQuestion& question, Progress& progress) {
    auto inputs = inputsOf(plan, catalogue);
    const auto material = readMaterial(inputs, question, progress);
    if (!material) return tl::unexpected(material.error());
    siting::CheckOptions options;
    options.day = dayOf(question.day);
    auto report = siting::check(material->snapshot, material->rules, options, progress);
    if (!report) return tl::unexpected(report.error());
    Checked out{std::move(*report), {}, {}};
    auto waivers = siting::readWaivers(plan);
    if (!waivers) return tl::unexpected(waivers.error());
    out.waivers = std::move(*waivers);
    for (const auto& [id, layer] : material->snapshot.layers) out.layers.push_back(id);
    for (const auto& [id, reason] : material->snapshot.missing) out.layers.push_back(id);
    if (boxOf(question.drawn).empty()) out.layers.push_back(question.layer);
    return out;
}

Result<SitingCheck::Clearing> clearSite(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const SitingQuestion& question, SitingCheck::Clearing wanted,
                                        Progress& progress) {
    auto inputs = inputsOf(plan, catalogue);
    auto material = readMaterial(inputs, question, progress);
    if (!material) return tl::unexpected(material.error());
    if (material->snapshot.sites.empty()) return failure(ErrorCode::UnknownFeature, "");
    const siting::Site site = material->snapshot.sites.front();
    const siting::Trial trial(std::move(material->snapshot), material->rules, dayOf(question.day));
    auto shift = trial.smallestShift(site, wanted.within);
    if (!shift) return tl::unexpected(shift.error());
    wanted.shift = *shift;
    if (std::holds_alternative<MultiPolygon>(site.geometry)) {
        auto cut = trial.smallestCut(site);
        if (!cut) return tl::unexpected(cut.error());
        wanted.cut = std::move(*cut);
    }
    return wanted;
}

Result<siting::Suggestions> suggestPlaces(const plan::Plan& plan, const catalogue::Catalogue& catalogue, const PlaceQuestion& question, Progress& progress) {
    auto inputs = inputsOf(plan, catalogue);
    auto request = siting::readSuggestRequest(inputs, {question.within}, progress);
    if (!request) return tl::unexpected(request.error());
    request->area = question.area;
    request->most = question.most;
    SitingQuestion project;
    project.kind = question.kind;
    project.drawn = request->within.front();  // stands for the project until a place is found
    auto material = readMaterial(inputs, project, progress);
    if (!material) return tl::unexpected(material.error());
    if (material->snapshot.sites.empty()) return failure(ErrorCode::BadGeometry, material->snapshot.badSites.front().reason.en, question.within);
    request->project = material->snapshot.sites.front();
    const siting::Trial trial(std::move(material->snapshot), material->rules, siting::today());
    return siting::suggest(trial, *request, progress);
}

}  // namespace

SitingCheck::SitingCheck(PlanDocument& document) : mDocument(document), mWork(document) {
    connect(&document, &PlanDocument::changed, this, &SitingCheck::followChange);
    connect(&document, &PlanDocument::closed, this, [this] {
        mReport.reset();
        mShown.reset();
        mSuggestions.reset();
        mClearing.reset();
        mMaps.reset();
        mOutOfDate = false;
        emit answered();
        emit suggested();
        emit cleared();
    });
}

SitingCheck::~SitingCheck() = default;

void SitingCheck::check(SitingQuestion question) {
    mQuestion = std::move(question);
    mClearing.reset();
    emit cleared();
    mWork.run(
        this, [catalogue = mDocument.sharedCatalogue(), asked = mQuestion](const plan::Plan& plan, Progress& progress) { return checkSites(plan, *catalogue, asked, progress); },
        [this, revision = mDocument.revision()](Result<Checked> checked) {
            if (!checked) {
                emit failed(checked.error());
                return;
            }
            mReport = std::move(checked->report);
            mWaivers = std::move(checked->waivers);
            mLayers = std::move(checked->layers);
            mOutOfDate = revision != mDocument.revision();
            show();
        });
}

void SitingCheck::suggest(PlaceQuestion question) {
    mWork.run(
        this, [catalogue = mDocument.sharedCatalogue(), question](const plan::Plan& plan, Progress& progress) { return suggestPlaces(plan, *catalogue, question, progress); },
        [this](Result<siting::Suggestions> found) {
            if (!found) {
                emit failed(found.error());
                return;
            }
            mSuggestions = std::move(*found);
            emit suggested();
        });
}

void SitingCheck::clear(std::size_t site, Metres within) {
    if (!mReport || site >= mReport->sites.size()) return;
    SitingQuestion question = mQuestion;
    if (boxOf(question.drawn).empty()) question.only = {mReport->sites[site].key};
    Clearing wanted{site, mReport->sites[site].geometry, {}, {}, within};
    mWork.run(
        this,
        [catalogue = mDocument.sharedCatalogue(), question, wanted = std::move(wanted)](const plan::Plan& plan, Progress& progress) {
            return clearSite(plan, *catalogue, question, wanted, progress);
        },
        [this](Result<Clearing> found) {
            if (!found) {
                emit failed(found.error());
                return;
            }
            mClearing = std::move(*found);
            emit cleared();
        });
}

void SitingCheck::forgetClearing() {
    mClearing.reset();
    emit cleared();
}

void SitingCheck::followChange(const Change& change) {
    const auto touches = [&](std::string_view layer) { return change.layers.empty() || std::ranges::find(change.layers, layer) != change.layers.end(); };
    if (!mReport) return;
    if (touches(siting::kWaiverTable)) readWaivers();
    if (!mOutOfDate && std::ranges::any_of(mLayers, touches)) {
        mOutOfDate = true;
        emit answered();
    }
}

void SitingCheck::readWaivers() {
    mDocument.read(
        this, [](const plan::Plan& plan) { return siting::readWaivers(plan); },
        [this](Result<std::vector<siting::Waiver>> waivers) {
            if (!waivers || !mReport) return;
            mWaivers = std::move(*waivers);
            show();
        });
}

void SitingCheck::show() {
    auto shown = std::make_shared<siting::Report>(*mReport);
    siting::applyWaivers(*shown, mWaivers);
    mShown = std::move(shown);
    emit answered();
}

void SitingCheck::waive(const siting::Finding& finding, siting::Waiver waiver) {
    waiver.key = finding.key;
    waiver.fingerprint = finding.fingerprint;
    mDocument.write(
        this,
        [waiver = std::move(waiver)](plan::Plan& plan) mutable -> Result<std::int64_t> {
            waiver.time = plan::timeStamp();
            if (auto added = siting::addWaiver(plan, waiver); !added) return tl::unexpected(added.error());
            return plan::newestChangeSet(plan);
        },
        [this](Result<std::int64_t> done) {
            if (!done) {
                emit failed(done.error());
                return;
            }
            readWaivers();
            mDocument.announce(*done);
        });
}

void SitingCheck::keep(const std::string& name) {
    if (!mReport) return;
    mDocument.write(
        this,
        [report = *mReport, name](plan::Plan& plan) -> Result<std::int64_t> {
            if (auto done = siting::keepRun(plan, report, name); !done) return tl::unexpected(done.error());
            return plan::newestChangeSet(plan);
        },
        [this, name](Result<std::int64_t> done) {
            if (!done) {
                emit failed(done.error());
                return;
            }
            mDocument.announce(*done);
            emit kept(QString::fromStdString(name));
        });
}

void SitingCheck::writeReport(const std::filesystem::path& file) {
    if (!mShown) return;
    if (file.extension() == ".pdf") return writePdf(file);
    mWork.run(
        this,
        [report = *mShown, file, language = language()](const plan::Plan& plan, Progress&) -> Result<bool> {
            constexpr bool kOverwrite = true;  // the file dialog has asked
            if (auto done = siting::writeReportFile(report, plan.crs(), file, {language, kOverwrite}); !done) return tl::unexpected(done.error());
            return true;
        },
        [this, file](Result<bool> done) {
            if (!done) emit failed(done.error());
            else emit written(QString::fromStdString(file.string()), {});
        });
}

void SitingCheck::writePdf(const std::filesystem::path& file) {
    mDocument.read(
        this,
        [&catalogue = mDocument.catalogue(), report = *mShown, language = language()](const plan::Plan& plan) {
            return cartographer::sitingReport({plan, catalogue, report, productPaths().styles, language});
        },
        [this, file](Result<cartographer::ReportRequest> request) {
            if (!request) {
                emit failed(request.error());
                return;
            }
            request->file = file;
            if (!mMaps) mMaps = std::make_unique<MapService>();
            mMaps->open(mDocument.file(), this, [this, request = std::move(*request)](Result<cartographer::OpenReply> opened) {
                if (!opened) {
                    emit failed(opened.error());
                    return;
                }
                mMaps->begin(request, this, {{}, {}, [this, file = request.file](Result<cartographer::Reply> reply) {
                    const auto pages = MapService::as<cartographer::PrintReply>(std::move(reply));
                    mMaps->deleteLater();
                    mMaps.release();
                    if (!pages) {
                        emit failed(pages.error());
                        return;
                    }
                    QStringList warnings;
                    for (const std::string& warning : pages->warnings) warnings << QString::fromStdString(warning);
                    emit written(QString::fromStdString(file.string()), warnings);
                }});
            });
        });
}

}  // namespace zonewright::desktop
