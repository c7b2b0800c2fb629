#pragma once

#include <atomic>
#include <memory>

#include <QObject>
#include <QThreadPool>

#include "core/plan/source/control_points.h"
#include "core/plan/source/import.h"
#include "core/plan/source/inspect.h"
#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// What a file from outside turned out to be.
struct SourceLook {
    plan::source::Spec spec;
    plan::source::Inspection inspection;
    std::vector<std::vector<plan::source::Row>> firstRows;  ///< aligned with the layers
};

/// The layer of a plan that a source layer fits best: of its kind of geometry, by name or by the columns it would fill;
/// empty when none is of its kind.
[[nodiscard]] std::string likelyTarget(const PlanDocument& document, const SourceLook& look, std::size_t layer);

/// Looks into foreign files and brings them into the open plan, in the background, by what `inspect` and `import` do.
class SourceDesk : public QObject {
    Q_OBJECT
public:
    explicit SourceDesk(PlanDocument& document, QObject* parent = nullptr);
    ~SourceDesk() override;

    /// Reads the file through; of several in a row, the last one is answered.
    void look(const plan::source::Spec& spec);
    /// Reads a table of control points.
    void readPoints(const std::filesystem::path& table);
    /// Imports into `layer`, as one change-set.
    void import(const std::string& layer, const plan::source::Spec& spec, const plan::source::ImportOptions& options);
    void cancel();

signals:
    void progressed(double done);
    void looked(std::shared_ptr<const zonewright::desktop::SourceLook> look);
    void lookFailed(const zonewright::Error& error);
    void pointsRead(const std::vector<zonewright::plan::source::ControlPoint>& points);
    void pointsFailed(const zonewright::Error& error);
    void imported(std::shared_ptr<const zonewright::plan::source::ImportResult> result);
    void importFailed(const zonewright::Error& error);

private:
    class Relay;
    std::shared_ptr<Relay> relay();

    PlanDocument& mDocument;
    QThreadPool mThread;
    std::shared_ptr<Relay> mRelay;
    std::uint64_t mSerial = 0;
};

}  // namespace zonewright::desktop
