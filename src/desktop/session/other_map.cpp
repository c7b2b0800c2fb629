#include "desktop/session/other_map.h"

#include <algorithm>

namespace zonewright::desktop {

OtherMap::OtherMap(PlanDocument& document, const MapContent& main) {
    mContent.takeThemes(main);
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        mMaps.begin(cartographer::RefreshRequest{change.layers}, this, {});
        const bool seen = change.layers.empty() || std::ranges::any_of(change.layers, [this](const std::string& layer) { return mContent.shows(layer); });
        if (seen) emit outdated(change.geometry ? change.area : Box{});
    });
    connect(&main, &MapContent::layersChanged, this, [this, &main] { mContent.setLayers(main.layers()); });
    mMaps.open(document.file(), this, [this](Result<cartographer::OpenReply> reply) {
        if (!reply) {
            emit failed(reply.error());
            return;
        }
        mOpen = true;
        emit opened();
    });
}

}  // namespace zonewright::desktop
