#pragma once

#include <vector>

#include "desktop/canvas/overlay.h"
#include "desktop/session/sheet_frame.h"

#include <QString>

namespace zonewright::desktop {

/// The pages of an atlas on the map: outline, number and name of each, the one that is looked at set off.
class PagesOverlay : public Overlay {
public:
    struct Page {
        SheetFrame frame;
        QString name;
    };
    void show(std::vector<Page> pages, int current);  ///< `current` from 1
    [[nodiscard]] const std::vector<Page>& pages() const { return mPages; }
    void paint(QPainter& painter, const ViewTransform& view) override;

private:
    std::vector<Page> mPages;
    int mCurrent = 0;
};

}  // namespace zonewright::desktop
