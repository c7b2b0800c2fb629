#pragma once

#include "desktop/session/map_content.h"
#include "desktop/session/map_service.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// A second map of the open plan, with content of its own and drawn by a service of its own, so that neither map waits for
/// the other. It follows the plan's changes. Requires: the document is open; made anew for another plan.
class OtherMap : public QObject {
    Q_OBJECT
public:
    OtherMap(PlanDocument& document, const MapContent& main);

    [[nodiscard]] MapService& maps() { return mMaps; }
    [[nodiscard]] MapContent& content() { return mContent; }
    [[nodiscard]] bool isOpen() const { return mOpen; }

signals:
    void opened();
    void failed(const zonewright::Error& error);
    /// What was drawn within `area` (empty: anywhere) is out of date.
    void outdated(const zonewright::Box& area);

private:
    MapService mMaps;
    MapContent mContent;
    bool mOpen = false;
};

}  // namespace zonewright::desktop
