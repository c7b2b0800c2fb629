#pragma once

#include <map>
#include <optional>
#include <vector>

#include <QObject>

#include "core/base/localized.h"
#include "core/editing/exchange.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// What one feature was and is.
struct HistoryItem {
    plan::FeatureChange change;
    editing::Exchange exchange;
    Localized name;
    MultiPolygon gained;  ///< land it has and had not
};

/// What lies between the states after two change-sets.
struct HistoryDifference {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<HistoryItem> items;
    SquareMetres moved;  ///< planar, as editing::movedArea counts
    Box box;             ///< of what is different
};

/// The history of the open plan: its change-sets and tags, what lies between two states, restoring and tagging.
class PlanHistory : public QObject {
    Q_OBJECT
public:
    explicit PlanHistory(PlanDocument& document);

    [[nodiscard]] const std::vector<plan::ChangeSetRecord>& records() const { return mRecords; }  ///< newest first
    [[nodiscard]] const std::vector<plan::Tag>& tags() const { return mTags; }

    /// Land that a change-set moved; nothing while it is not known. `wantMoved` has it worked out, `movedKnown` follows.
    [[nodiscard]] std::optional<SquareMetres> moved(std::int64_t changeSet) const;
    void wantMoved(const std::vector<std::int64_t>& changeSets);
    /// False for imports and analyses, which may hold any number of rows.
    [[nodiscard]] static bool isMeasured(const plan::ChangeSetRecord& record);

    /// `compared` follows; only the last question is answered.
    void compare(std::int64_t from, std::int64_t to);
    void forgetComparison();
    [[nodiscard]] const std::optional<HistoryDifference>& difference() const { return mDifference; }

    /// Brings the plan back to the state after a change-set, as a new change-set that can be undone.
    void restore(std::int64_t changeSet);
    /// Names the present state.
    void tag(const std::string& name);

signals:
    void changed();
    void movedKnown();
    void compared();
    void restored(const QString& title);
    void tagged(const QString& name, const QString& code);
    void failed(const zonewright::Error& error);

private:
    void load();
    void measureNext();

    PlanDocument& mDocument;
    std::vector<plan::ChangeSetRecord> mRecords;
    std::vector<plan::Tag> mTags;
    std::map<std::int64_t, SquareMetres> mMoved;
    std::vector<std::int64_t> mWanted;
    bool mMeasuring = false;
    std::uint64_t mQuestion = 0;
    std::optional<HistoryDifference> mDifference;
};

/// "2021-09-30 14:05", local, of a time as the journal writes it.
[[nodiscard]] QString localTime(const std::string& utc);

}  // namespace zonewright::desktop
