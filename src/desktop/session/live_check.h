#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QObject>

#include "core/analysis/siting/trial.h"
#include "desktop/session/asking.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// What prohibits a place, for what is being dragged: rules and constraint layers are read once, then every position is
/// checked on a thread of its own. When positions come faster than answers, those in between are left out.
class LiveCheck : public QObject {
    Q_OBJECT
public:
    explicit LiveCheck(PlanDocument& document);
    ~LiveCheck() override;

    /// What is dragged: a zone or site with its name.
    using Place = std::pair<std::string, MultiPolygon>;

    /// Makes ready for the plan as it is now; cheap while no constraint layer changes. Constraints of `layer` are left out:
    /// zones are not checked against themselves.
    void start(const std::string& layer);
    /// The first one asked after `start` is what later totals are compared with.
    void ask(std::vector<Place> places);
    void stop();

    struct Total {
        std::string place;
        Localized title;        ///< of the rule
        SquareMetres overlap;   ///< planar
        SquareMetres change;    ///< against the first one asked
        std::size_t conflicts = 0;
    };
    [[nodiscard]] const std::vector<Total>& totals() const { return mTotals; }
    [[nodiscard]] const std::vector<Geometry>& conflicts() const { return mConflicts; }

signals:
    void answered();

private:
    struct Answer {
        std::map<std::string, Total> totals;  ///< by place and rule
        std::vector<Geometry> conflicts;
    };
    void next();
    void take(Answer answer);

    PlanDocument& mDocument;
    std::shared_ptr<const analysis::siting::Trial> mTrial;
    bool mPreparing = false;
    bool mActive = false;
    std::string mLayer;
    std::optional<std::vector<Place>> mWaiting;
    std::optional<std::map<std::string, SquareMetres>> mFirst;
    std::vector<Total> mTotals;
    std::vector<Geometry> mConflicts;
    Asking mAsking;
};

}  // namespace zonewright::desktop
