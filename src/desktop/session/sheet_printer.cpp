#include "desktop/session/sheet_printer.h"

#include <algorithm>

#include <QThreadPool>

#include "cartographer/client/sheet_text.h"

namespace zonewright::desktop {
namespace {

constexpr int kSoonMilliseconds = 120;  ///< typing and dragging ask for many previews

}  // namespace

SheetPrinter::SheetPrinter(PlanDocument& document, QObject* parent) : QObject(parent), mDocument(document) {
    mSoon.setSingleShot(true);
    mSoon.setInterval(kSoonMilliseconds);
    connect(&mSoon, &QTimer::timeout, this, &SheetPrinter::beginPreview);
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        mMaps.begin(cartographer::RefreshRequest{change.layers}, this, {});
    });
    connect(&document, &PlanDocument::closed, this, &SheetPrinter::forgetPlan);
}

void SheetPrinter::forgetPlan() {
    mOpened = false;
    mPlanTextOf.reset();
    mWanted.reset();
    cancel();
}

void SheetPrinter::preview(Sheet sheet, double dpi) {
    if (!sheet.over.empty() && sheet.page == 0) sheet.page = 1;
    mWanted = Wanted{std::move(sheet), dpi};
    if (mPrinting) return;
    if (mBusy && mJob) mMaps.cancel(*mJob);
    mSoon.start();
}

void SheetPrinter::beginPreview() {
    if (!mWanted || mBusy || mPrinting || !mFolder.isValid()) return;
    Wanted wanted = std::move(*mWanted);
    mWanted.reset();
    mBusy = true;
    emit previewing(true);
    begin(std::move(wanted.sheet), {mFolder.filePath(QStringLiteral("preview.png")).toStdString(), wanted.dpi},
          [this](Result<cartographer::PrintReply> reply) { takePreview(std::move(reply)); });
}

void SheetPrinter::takePreview(Result<cartographer::PrintReply> reply) {
    const auto finish = [this] {
        mBusy = false;
        if (mWanted) mSoon.start();
        else emit previewing(false);
    };
    if (!reply) {
        if (reply.error().code != ErrorCode::Cancelled) emit previewFailed(reply.error());
        return finish();
    }
    // A large picture takes a while to unpack.
    QThreadPool::globalInstance()->start([guard = QPointer<SheetPrinter>(this), reply = std::move(*reply), finish, home = qApp] {
        QImage page(QString::fromStdString(reply.file.string()));
        QMetaObject::invokeMethod(
            home,
            [guard, reply, finish, page = std::move(page)] {
                if (!guard) return;
                emit guard->previewed(page, reply);
                finish();
            },
            Qt::QueuedConnection);
    });
}

void SheetPrinter::print(Sheet sheet, const std::filesystem::path& file, double dpi) {
    if (mPrinting) return;
    if (mBusy && mJob) mMaps.cancel(*mJob);
    mPrinting = true;
    mCancelled = false;
    emit progressed(0);
    begin(std::move(sheet), {file, dpi}, [this](Result<cartographer::PrintReply> reply) {
        mPrinting = false;
        if (reply) emit printed(*reply);
        else emit printFailed(reply.error());
        if (mWanted) mSoon.start();
    });
}

void SheetPrinter::cancel() {
    mCancelled = true;
    if (mJob) mMaps.cancel(*mJob);
}

void SheetPrinter::readPlanText(std::function<void()> then, Language words) {
    const std::pair now(mDocument.revision(), words);
    if (mPlanTextOf == now) return then();
    mDocument.read(
        this,
        [words](const plan::Plan& plan) -> Result<std::pair<Result<cartographer::SheetText>, std::vector<analysis::Chart>>> {
            // A sheet is printed without the charts of a result that cannot be read.
            auto charts = analysis::newestCharts(plan);
            return std::pair(cartographer::sheetText(plan, words), charts ? std::move(*charts) : std::vector<analysis::Chart>());
        },
        [this, now, then = std::move(then)](Result<std::pair<Result<cartographer::SheetText>, std::vector<analysis::Chart>>> read) {
            mPlanText = read && read->first ? std::move(*read->first) : cartographer::SheetText{};
            mCharts = read ? std::move(read->second) : std::vector<analysis::Chart>();
            mPlanTextOf = now;
            emit planTextRead();
            then();
        });
}

/// Opens the plan first if need be, and fills up the sheet's texts with those of the plan.
void SheetPrinter::begin(Sheet sheet, std::pair<std::filesystem::path, double> to, std::function<void(Result<cartographer::PrintReply>)> then) {
    if (!mOpened) {
        mOpened = true;
        mMaps.open(mDocument.file(), this, [this](Result<cartographer::OpenReply> reply) {
            if (!reply) mOpened = false;
        });
    }
    const Language words = sheet.view.language;
    readPlanText(
        [this, printing = mPrinting, sheet = std::move(sheet), to = std::move(to), then = std::move(then)]() mutable {
            sheet.text = cartographer::filledUp(std::move(sheet.text), mPlanText);
            if (printing ? mCancelled : mPrinting) return then(failure(ErrorCode::Cancelled, {}));
            send(std::move(sheet), std::move(to), std::move(then));
        },
        words);
}

void SheetPrinter::send(Sheet sheet, std::pair<std::filesystem::path, double> to, std::function<void(Result<cartographer::PrintReply>)> then) {
    cartographer::PrintRequest request;
    request.view = std::move(sheet.view);
    request.layout = std::move(sheet.layout);
    request.file = std::move(to.first);
    request.placement = sheet.placement;
    request.dpi = to.second;
    request.text = std::move(sheet.text);
    const auto chart = std::ranges::find(mCharts, sheet.chart, &analysis::Chart::id);
    if (chart != mCharts.end()) request.chart = analysis::toSvg(chart->drawing, request.view.language, analysis::kSheetChartWidth);
    MapService::Handlers handlers;
    const std::uint64_t serial = ++mSerial;
    if (mPrinting) {
        handlers.progress = [this, serial](const cartographer::ProgressEvent& event) {
            if (serial == mSerial) emit progressed(event.done);
        };
    }
    handlers.done = [this, serial, then = std::move(then)](Result<cartographer::Reply> reply) {
        if (serial == mSerial) mJob.reset();
        then(MapService::as<cartographer::PrintReply>(std::move(reply)));
    };
    cartographer::Request job = std::move(request);
    if (!sheet.over.empty()) {
        cartographer::AtlasRequest pages;
        pages.sheet = std::get<cartographer::PrintRequest>(std::move(job));
        pages.over = std::move(sheet.over);
        pages.page = sheet.page;
        pages.frames = sheet.page > 0;
        job = std::move(pages);
    }
    mJob = mMaps.begin(std::move(job), this, std::move(handlers));
}

}  // namespace zonewright::desktop
