#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QCoreApplication>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include "core/catalogue/catalogue.h"
#include "core/coverage/outcome.h"
#include "core/editing/editor.h"
#include "core/plan/changes.h"
#include "core/plan/history.h"
#include "core/plan/plan.h"
#include "desktop/session/lane.h"
#include "desktop/session/selection.h"

namespace zonewright::desktop {

/// What became different in the plan.
struct Change {
    std::vector<std::string> layers;  ///< sorted; empty: anything may have changed
    Box area;                         ///< all differences lie in it; empty: not known, or no geometry changed
    std::int64_t changeSet = 0;
    bool geometry = true;
    bool external = false;  ///< made by another program
};

/// The open plan. It is opened for writing, and for reading when somebody else is writing. Nothing here waits for the
/// file: tasks run on one of two threads, edits on the one that holds the lock, everything else on a read-only one, and
/// their results are handed over on the thread of this object.
class PlanDocument : public QObject {
    Q_OBJECT
public:
    explicit PlanDocument(std::shared_ptr<const catalogue::Catalogue> catalogue, QObject* parent = nullptr);
    ~PlanDocument() override;

    void open(const std::filesystem::path& file);
    void close();

    [[nodiscard]] bool isOpen() const { return mOpen; }
    [[nodiscard]] bool isWritable() const { return mWritable; }
    /// Why the plan is open for reading only; names the holder of the lock.
    [[nodiscard]] const std::optional<Error>& whyReadOnly() const { return mWhyReadOnly; }
    [[nodiscard]] const std::filesystem::path& file() const { return mFile; }
    [[nodiscard]] const catalogue::Catalogue& catalogue() const { return *mCatalogue; }
    /// For work on other threads, which may outlast the document.
    [[nodiscard]] std::shared_ptr<const catalogue::Catalogue> sharedCatalogue() const { return mCatalogue; }
    [[nodiscard]] const Crs& crs() const { return *mCrs; }  ///< Requires: isOpen()
    [[nodiscard]] const std::vector<plan::LayerInfo>& layers() const { return mLayers; }
    [[nodiscard]] bool hasLayer(std::string_view id) const;
    /// Edits that are not on disk yet. 0 means that everything is.
    [[nodiscard]] int pending() const { return mPending; }
    [[nodiscard]] const std::optional<plan::ChangeSetRecord>& nextUndo() const { return mNextUndo; }
    [[nodiscard]] const std::optional<plan::ChangeSetRecord>& nextRedo() const { return mNextRedo; }
    /// Rises with every change; what was read earlier may be out of date.
    [[nodiscard]] std::uint64_t revision() const { return mRevision; }

    /// Runs `task(const plan::Plan&) -> Result<T>` on the reading thread, then `then(Result<T>)` here, unless `context`
    /// has gone by then. `Cancelled` when no plan is open.
    template <typename Task, typename Then>
    void read(QObject* context, Task task, Then then) {
        post<const plan::Plan&>(mReader, context, std::move(task), std::move(then));
    }
    /// The same on the writing thread, for what changes the plan through core (`task` may take a plain `plan::Plan&`); `then`
    /// first, then `changed`.
    /// `title` is for the status bar while it runs.
    template <typename Task, typename Then>
    void write(QObject* context, Task task, Then then) {
        beginWrite();
        auto finish = [this, then = std::move(then)](auto result) mutable {
            then(std::move(result));
            endWrite();
        };
        post<plan::Plan&>(mWriter, this, std::move(task), [guard = QPointer<QObject>(context), finish = std::move(finish), this](auto result) mutable {
            if (guard) finish(std::move(result));
            else endWrite();
        });
    }

    using EditThen = std::function<void(coverage::Outcome<editing::EditReport>)>;
    void edit(std::pair<std::string, coverage::Edit> layerEdit, editing::EditOptions options, QObject* context, EditThen then);
    void setValues(const FeatureRef& feature, editing::Values values, QObject* context, std::function<void(Result<editing::EditReport>)> then);
    void undo();
    void redo();
    void restore(std::int64_t changeSet);
    /// Says that a task of `write` has made a change-set; reads from the journal what it touched.
    void announce(std::int64_t changeSet);
    /// The same after an import, which may also have made a layer.
    void announceImport(std::int64_t changeSet);

signals:
    void opened();
    void openFailed(const zonewright::Error& error);
    void aboutToClose();
    void closed();
    void changed(const zonewright::desktop::Change& change);
    void historyChanged();
    void pendingChanged();
    /// An undo, redo or restore did (not) work; for the message bar.
    void reversed(const QString& title, bool redo);
    void failed(const zonewright::Error& error);

private:
    struct Opened {
        bool writable = false;
        std::optional<Error> whyReadOnly;
        std::optional<Crs> crs;
        std::vector<plan::LayerInfo> layers;
        std::int64_t newest = 0;
        std::optional<plan::ChangeSetRecord> nextUndo;
        std::optional<plan::ChangeSetRecord> nextRedo;
    };

    template <typename PlanRef, typename Task, typename Then>
    void post(Lane& lane, QObject* context, Task task, Then then) {
        using Outcome = std::invoke_result_t<Task, PlanRef>;
        lane.post([task = std::move(task), then = std::move(then), guard = QPointer<QObject>(context), home = mHome](
                      std::optional<plan::Plan>& plan) mutable {
            Outcome result = failureAs<Outcome>({ErrorCode::Cancelled, {}, {}});
            if (plan) {
                try {
                    result = task(static_cast<PlanRef>(*plan));
                } catch (const std::exception& e) {
                    result = failureAs<Outcome>({ErrorCode::Internal, e.what(), {}});
                }
            }
            QMetaObject::invokeMethod(
                home, [then = std::move(then), guard, result = std::move(result)]() mutable { if (guard) then(std::move(result)); },
                Qt::QueuedConnection);
        });
    }
    template <typename Outcome>
    static Outcome failureAs(Error error) {
        typename Outcome::error_type out;
        static_cast<Error&>(out) = std::move(error);
        return tl::unexpected(std::move(out));
    }

    void beginWrite();
    void endWrite();
    void takeOver(Opened opened);
    void reverse(std::function<Result<plan::Reversal>(const plan::Plan&)> what, bool redo);
    void refreshSteps();
    void lookOutside();
    void takeOutside(const plan::Changes& changes, Change change);

    std::shared_ptr<const catalogue::Catalogue> mCatalogue;
    QObject* mHome;  ///< results are handed over while this lives
    bool mOpen = false;
    bool mWritable = false;
    std::optional<Error> mWhyReadOnly;
    std::filesystem::path mFile;
    std::optional<Crs> mCrs;
    std::vector<plan::LayerInfo> mLayers;
    std::optional<plan::ChangeSetRecord> mNextUndo;
    std::optional<plan::ChangeSetRecord> mNextRedo;
    std::int64_t mNewest = 0;
    std::uint64_t mRevision = 0;
    int mPending = 0;
    bool mLooking = false;
    std::shared_ptr<std::optional<plan::ChangeWatch>> mOutside;  ///< used on the reading thread alone
    QTimer mWatch;
    Lane mWriter;
    Lane mReader;  // closed first: the last to close a plan turns it back into one file
};

}  // namespace zonewright::desktop
