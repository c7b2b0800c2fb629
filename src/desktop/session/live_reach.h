#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "core/analysis/transport/live_network.h"
#include "desktop/session/asking.h"
#include "desktop/session/background.h"

namespace zonewright::desktop {

/// How far one gets in a time, for an origin that is being dragged: the network is read once, then every position is
/// answered on a thread of its own. When positions come faster than answers, only the newest is kept.
class LiveReach : public QObject {
    Q_OBJECT
public:
    explicit LiveReach(PlanDocument& document);
    ~LiveReach() override;

    /// Makes the network ready for the plan as it is now, in the background; at once when no layer of it has changed.
    void start();
    /// Drops what is asked and being made ready; the network stays at hand.
    void stop();

    struct Question {
        Point origin;
        int minutes = 30;
        network::Sense sense = network::Sense::From;
        std::vector<std::string> projects;  ///< codes of those that are open
        double tolerance = 25;              ///< metres, of the boundary
        bool operator==(const Question&) const = default;
    };
    void ask(Question question);

    struct Reach {
        MultiPolygon area;
        SquareMetres planar;
        double people = 0;
    };
    struct Answer {
        Question question;
        Point joined;               ///< where the origin meets the network
        Reach reach;
        std::optional<Reach> today;  ///< without the projects, when there are any
        double milliseconds = 0;     ///< it took to work out
    };
    /// The newest; nothing after a fault.
    [[nodiscard]] const std::optional<Answer>& answer() const { return mAnswer; }
    /// Why there is no network, or why the origin has no answer.
    [[nodiscard]] const std::optional<Error>& fault() const { return mFault; }
    [[nodiscard]] bool isReady() const { return mNetwork != nullptr; }
    [[nodiscard]] bool isAsking() const { return mAsking.isBusy(); }
    [[nodiscard]] bool hasPeople() const { return mNetwork && mNetwork->hasPeople; }
    /// Those that may be opened, by code.
    [[nodiscard]] const std::map<std::string, analysis::transport::Project>& projects() const { return mProjects; }
    [[nodiscard]] Background& work() { return mWork; }

signals:
    void ready();
    void answered();

private:
    using Shared = std::shared_ptr<analysis::transport::LiveNetwork>;
    void next();
    void take(Result<Answer> answer);

    PlanDocument& mDocument;
    Shared mNetwork;  ///< its isochrone is for the thread of `mAsking` alone
    std::map<std::string, analysis::transport::Project> mProjects;
    bool mActive = false;
    std::optional<Question> mWaiting;
    std::optional<Answer> mAnswer;
    std::optional<Error> mFault;
    std::shared_ptr<std::atomic<bool>> mStop;
    Background mWork;
    Asking mAsking;
};

}  // namespace zonewright::desktop
