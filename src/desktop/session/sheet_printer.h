#pragma once

#include <QImage>
#include <QObject>
#include <QTemporaryDir>
#include <QTimer>

#include "core/analysis/execution.h"
#include "desktop/session/map_service.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// A sheet as it was chosen.
struct Sheet {
    cartographer::View view;
    std::string layout;  ///< id of a template, or the path of a .qpt
    cartographer::Placement placement;
    cartographer::SheetText text;  ///< what was stated; the plan fills up the rest
    std::string over;              ///< layer with a page a feature; empty for a single sheet
    int page = 0;                  ///< only this one of the atlas, from 1; 0 for all
    std::string chart{};           ///< id of a chart that the plan keeps; empty for none
};

/// Prints sheets of the open plan and shows beforehand what they will look like, by the same requests: a preview is the
/// printed sheet at another resolution. One job at a time, in a drawing service of its own, so that the map stays quick.
class SheetPrinter : public QObject {
    Q_OBJECT
public:
    explicit SheetPrinter(PlanDocument& document, QObject* parent = nullptr);

    /// Asks for the sheet as a picture (for an atlas: of one page); of several in a row, the last one is answered.
    void preview(Sheet sheet, double dpi);
    /// Writes the sheet, or all pages of the atlas, to a file (.pdf .png .svg .tif); `printed` follows.
    void print(Sheet sheet, const std::filesystem::path& file, double dpi);
    void cancel();
    [[nodiscard]] bool isPrinting() const { return mPrinting; }
    /// What the plan says of itself on a sheet, once it has been read; empty before.
    [[nodiscard]] const cartographer::SheetText& planText() const { return mPlanText; }
    /// Charts that may stand on a sheet, read along with it.
    [[nodiscard]] const std::vector<analysis::Chart>& charts() const { return mCharts; }

signals:
    void previewed(const QImage& page, const zonewright::cartographer::PrintReply& reply);
    void previewFailed(const zonewright::Error& error);
    void previewing(bool busy);
    void planTextRead();
    void progressed(double done);
    /// Last of `print`: the reply, or why there is none.
    void printed(const zonewright::cartographer::PrintReply& reply);
    void printFailed(const zonewright::Error& error);

private:
    struct Wanted {
        Sheet sheet;
        double dpi = 0;
    };
    void forgetPlan();
    void readPlanText(std::function<void()> then, Language words);
    void beginPreview();
    void takePreview(Result<cartographer::PrintReply> reply);
    void begin(Sheet sheet, std::pair<std::filesystem::path, double> to, std::function<void(Result<cartographer::PrintReply>)> then);
    void send(Sheet sheet, std::pair<std::filesystem::path, double> to, std::function<void(Result<cartographer::PrintReply>)> then);

    PlanDocument& mDocument;
    MapService mMaps;
    QTemporaryDir mFolder;
    cartographer::SheetText mPlanText;
    std::vector<analysis::Chart> mCharts;
    std::optional<std::pair<std::uint64_t, Language>> mPlanTextOf;  ///< revision and language it was read for
    bool mOpened = false;
    std::optional<Wanted> mWanted;
    QTimer mSoon;
    std::optional<cartographer::JobId> mJob;
    bool mBusy = false;  ///< a preview is being made
    bool mPrinting = false;
    bool mCancelled = false;
    std::uint64_t mSerial = 0;
};

}  // namespace zonewright::desktop
