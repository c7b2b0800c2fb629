#include "desktop/session/plan_history.h"

#include <algorithm>

#include <QDateTime>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "desktop/session/feature_name.h"

namespace zonewright::desktop {
namespace {

struct Loaded {
    std::vector<plan::ChangeSetRecord> records;
    std::vector<plan::Tag> tags;
};

Result<Loaded> readHistory(const plan::Plan& plan) {
    auto records = plan::history(plan);
    if (!records) return tl::unexpected(records.error());
    auto tags = plan::tags(plan);
    if (!tags) return tl::unexpected(tags.error());
    std::ranges::reverse(*records);
    return Loaded{std::move(*records), std::move(*tags)};
}

Result<SquareMetres> readMoved(const plan::Plan& plan, std::int64_t changeSet) {
    const auto changes = plan::diff(plan, changeSet - 1, changeSet);
    if (!changes) return tl::unexpected(changes.error());
    const auto exchanges = editing::exchanges(*changes);
    if (!exchanges) return tl::unexpected(exchanges.error());
    return editing::movedArea(*changes, *exchanges);
}

/// The name of a feature as it is, or as it was when it is no longer there.
Localized nameOf(const plan::Plan& plan, const catalogue::Layer* layer, const plan::FeatureChange& change) {
    if (layer == nullptr || layer->nameField.empty()) return {};
    const auto table = plan::tableOf(plan, change.layer);
    const auto now = table ? plan::findFeature(plan, change.layer, change.id.text) : tl::unexpected(table.error());
    if (now) return {shownName(*layer, *table, now->values, Language::Chinese), shownName(*layer, *table, now->values, Language::English)};
    const auto field = std::ranges::find(change.fields, layer->nameField, &plan::FieldChange::field);
    if (field == change.fields.end()) return {};
    const std::string& was = field->before.empty() ? field->after : field->before;
    return {was, was};
}

Result<HistoryDifference> readDifference(const plan::Plan& plan, const catalogue::Catalogue& catalogue, std::pair<std::int64_t, std::int64_t> span) {
    auto changes = plan::diff(plan, span.first, span.second);
    if (!changes) return tl::unexpected(changes.error());
    auto exchanges = editing::exchanges(*changes);
    if (!exchanges) return tl::unexpected(exchanges.error());
    HistoryDifference out{span.first, span.second, {}, editing::movedArea(*changes, *exchanges), {}};
    for (std::size_t i = 0; i < changes->size(); ++i) {
        HistoryItem item{std::move((*changes)[i]), std::move((*exchanges)[i]), {}, {}};
        item.name = nameOf(plan, catalogue.find(item.change.layer), item.change);
        out.box.add(boxOfDifference(item.change.before, item.change.after));
        if (const auto* after = std::get_if<MultiPolygon>(&item.change.after); after != nullptr && item.exchange.gained.value > 0) {
            const auto* before = std::get_if<MultiPolygon>(&item.change.before);
            auto gained = geos::difference(*after, before != nullptr ? *before : MultiPolygon{});
            if (!gained) return tl::unexpected(gained.error());
            item.gained = std::move(*gained);
        }
        out.items.push_back(std::move(item));
    }
    return out;
}

}  // namespace

PlanHistory::PlanHistory(PlanDocument& document) : mDocument(document) {
    connect(&document, &PlanDocument::historyChanged, this, &PlanHistory::load);
}

void PlanHistory::load() {
    if (!mDocument.isOpen()) {
        mRecords.clear();
        mTags.clear();
        mMoved.clear();
        mWanted.clear();
        forgetComparison();
        emit changed();
        return;
    }
    mDocument.read(
        this, [](const plan::Plan& plan) { return readHistory(plan); },
        [this](Result<Loaded> loaded) {
            if (!loaded) {
                emit failed(loaded.error());
                return;
            }
            // What others do within two seconds of one another goes into one change-set, which so may have grown.
            if (!mRecords.empty()) mMoved.erase(mRecords.front().id);
            mRecords = std::move(loaded->records);
            mTags = std::move(loaded->tags);
            emit changed();
        });
}

bool PlanHistory::isMeasured(const plan::ChangeSetRecord& record) { return record.kind != "import" && record.kind != "analysis"; }

std::optional<SquareMetres> PlanHistory::moved(std::int64_t changeSet) const {
    const auto found = mMoved.find(changeSet);
    return found == mMoved.end() ? std::nullopt : std::optional(found->second);
}

void PlanHistory::wantMoved(const std::vector<std::int64_t>& changeSets) {
    mWanted = changeSets;
    std::erase_if(mWanted, [this](std::int64_t id) { return mMoved.contains(id); });
    measureNext();
}

void PlanHistory::measureNext() {
    if (mMeasuring || mWanted.empty() || !mDocument.isOpen()) return;
    mMeasuring = true;
    const std::int64_t next = mWanted.front();
    mWanted.erase(mWanted.begin());
    mDocument.read(
        this, [next](const plan::Plan& plan) { return readMoved(plan, next); },
        [this, next](Result<SquareMetres> moved) {
            mMeasuring = false;
            mMoved[next] = moved ? *moved : SquareMetres();
            emit movedKnown();
            measureNext();
        });
}

void PlanHistory::compare(std::int64_t from, std::int64_t to) {
    const std::uint64_t question = ++mQuestion;
    mDocument.read(
        this, [&catalogue = mDocument.catalogue(), from, to](const plan::Plan& plan) { return readDifference(plan, catalogue, {from, to}); },
        [this, question](Result<HistoryDifference> difference) {
            if (question != mQuestion) return;
            if (!difference) {
                emit failed(difference.error());
                return;
            }
            mDifference = std::move(*difference);
            emit compared();
        });
}

void PlanHistory::forgetComparison() {
    ++mQuestion;
    mDifference.reset();
    emit compared();
}

void PlanHistory::restore(std::int64_t changeSet) {
    mDocument.write(
        this, [changeSet](plan::Plan& plan) { return plan::restore(plan, changeSet); },
        [this](Result<plan::Reversal> done) {
            if (!done) {
                emit failed(done.error());
                return;
            }
            emit restored(QString::fromStdString(done->title));
            mDocument.announce(done->changeSet);
        });
}

void PlanHistory::tag(const std::string& name) {
    mDocument.write(
        this, [name](plan::Plan& plan) { return plan::tag(plan, name); },
        [this](Result<plan::Tag> tag) {
            if (!tag) {
                emit failed(tag.error());
                return;
            }
            emit tagged(QString::fromStdString(tag->name), QString::fromStdString(tag->code));
            load();
        });
}

QString localTime(const std::string& utc) {
    const QDateTime time = QDateTime::fromString(QString::fromStdString(utc), Qt::ISODateWithMs);
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString::fromStdString(utc);
}

}  // namespace zonewright::desktop
