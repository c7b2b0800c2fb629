#pragma once

#include <string>
#include <vector>

#include <qgsabstractlayoutiterator.h>

#include "cartographer/service/sheet.h"

namespace zonewright::cartographer {

/// The pages of an atlas: one sheet, turned to one feature after the other. Each page has its own round scale and a
/// legend of what is on it.
class AtlasPages : public QgsAbstractLayoutIterator {
public:
    /// `composition` and `sheet` must outlive the pages.
    /// Errors: UnknownLayer, BadArgument for the filter, SourceEmpty.
    [[nodiscard]] static Result<AtlasPages> create(MapProject& project, const Composition& composition, Sheet& sheet,
                                                   const AtlasRequest& request);

    QgsLayout* layout() override { return mSheet->layout.get(); }
    bool beginRender() override;
    bool endRender() override;
    int count() const override { return static_cast<int>(mCount); }
    bool next() override;
    /// Turns to one page, from 1. Errors: BadArgument when there is none.
    [[nodiscard]] Result<void> show(int page);
    QString filePath(const QString&, const QString&) override { return {}; }

    /// Where the pages lie, in their order; the sheet's own map is left where it was. `kMostFrames` at most.
    [[nodiscard]] std::vector<PageFrame> frames();
    static constexpr std::size_t kMostFrames = 2000;

    /// Names of pages whose legend did not fit.
    [[nodiscard]] const std::vector<std::string>& cutLegends() const { return mCutLegends; }

private:
    AtlasPages(const Composition& composition, Sheet& sheet, const AtlasRequest& request)
        : mComposition(&composition), mSheet(&sheet), mRequest(&request) {}

    void fill();
    [[nodiscard]] QgsRectangle extentOf(const QgsGeometry& feature) const;

    const Composition* mComposition;
    Sheet* mSheet;
    const AtlasRequest* mRequest;
    int mCount = 0;
    int mPage = 0;
    std::vector<std::string> mCutLegends;
};

}  // namespace zonewright::cartographer
