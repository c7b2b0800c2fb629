#include "desktop/session/source_desk.h"

#include <chrono>

#include "core/plan/source/field_mapping.h"

namespace zonewright::desktop {
namespace {

namespace source = plan::source;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kFirstRows = 20;
constexpr double kByName = 1000;  ///< a name says more than any number of columns
constexpr auto kTellEvery = std::chrono::milliseconds(80);

Result<std::shared_ptr<const SourceLook>> lookInto(const source::Spec& spec, const std::filesystem::path& file, Progress& progress) {
    auto look = std::make_shared<SourceLook>();
    look->spec = spec;
    auto opened = source::Source::open(spec);
    if (!opened) return tl::unexpected(opened.error());
    std::optional<source::Reference> reference;
    if (const auto plan = plan::Plan::open(file, plan::OpenMode::Read)) {
        if (auto found = source::referenceOf(*plan)) reference = std::move(*found);
    }
    auto inspection = source::inspect(*opened, reference, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    look->inspection = std::move(*inspection);
    for (std::size_t layer = 0; layer < look->inspection.layers.size(); ++layer) {
        auto& rows = look->firstRows.emplace_back();
        const auto read = opened->forEachRow(layer, [&](source::Row&& row) {
            rows.push_back(std::move(row));
            return rows.size() < kFirstRows;
        });
        if (!read) return tl::unexpected(read.error());
    }
    return std::shared_ptr<const SourceLook>(std::move(look));
}

bool isOfKind(const std::string& geometryType, catalogue::GeometryKind kind) {
    const QString type = QString::fromStdString(geometryType);
    const auto has = [&](const char* word) { return type.contains(QLatin1String(word), Qt::CaseInsensitive); };
    switch (kind) {
        case catalogue::GeometryKind::MultiPolygon: return has("Polygon") || has("Surface");
        case catalogue::GeometryKind::LineString:
        case catalogue::GeometryKind::MultiLineString: return has("Line") || has("Curve");
        case catalogue::GeometryKind::Point: return has("Point");
        default: return has("None");
    }
}

}  // namespace

/// Carries progress to the desk's thread, at a rate that eyes can follow.
class SourceDesk::Relay : public Progress {
public:
    explicit Relay(SourceDesk* desk) : mDesk(desk) {}

    bool report(double done, std::string_view) override {
        const auto now = Clock::now();
        if (now - mTold >= kTellEvery) {
            mTold = now;
            QMetaObject::invokeMethod(
                qApp, [desk = mDesk, done] { if (desk) emit desk->progressed(done); }, Qt::QueuedConnection);
        }
        return !mStop;
    }
    void stop() { mStop = true; }

private:
    QPointer<SourceDesk> mDesk;
    Clock::time_point mTold;
    std::atomic<bool> mStop = false;
};

SourceDesk::SourceDesk(PlanDocument& document, QObject* parent) : QObject(parent), mDocument(document) { mThread.setMaxThreadCount(1); }

SourceDesk::~SourceDesk() { cancel(); }

std::shared_ptr<SourceDesk::Relay> SourceDesk::relay() {
    cancel();
    return mRelay = std::make_shared<Relay>(this);
}

void SourceDesk::cancel() {
    if (mRelay) mRelay->stop();
}

void SourceDesk::look(const source::Spec& spec) {
    mThread.start([relay = relay(), spec, file = mDocument.file(), guard = QPointer<SourceDesk>(this), serial = ++mSerial] {
        auto look = lookInto(spec, file, *relay);
        QMetaObject::invokeMethod(
            qApp,
            [guard, serial, look = std::move(look)] {
                if (!guard || serial != guard->mSerial) return;
                if (look) emit guard->looked(*look);
                else emit guard->lookFailed(look.error());
            },
            Qt::QueuedConnection);
    });
}

void SourceDesk::readPoints(const std::filesystem::path& table) {
    mThread.start([table, guard = QPointer<SourceDesk>(this)] {
        auto points = source::readControlPoints(table);
        QMetaObject::invokeMethod(
            qApp,
            [guard, points = std::move(points)] {
                if (!guard) return;
                if (points) emit guard->pointsRead(*points);
                else emit guard->pointsFailed(points.error());
            },
            Qt::QueuedConnection);
    });
}

void SourceDesk::import(const std::string& layer, const source::Spec& spec, const source::ImportOptions& options) {
    using Imported = Result<std::shared_ptr<const source::ImportResult>>;
    mDocument.write(
        this,
        [relay = relay(), layer, spec, options, &catalogue = mDocument.catalogue()](plan::Plan& plan) -> Imported {
            auto opened = source::Source::open(spec);
            if (!opened) return tl::unexpected(opened.error());
            auto result = source::importLayer({plan, catalogue, layer}, *opened, options, *relay);
            if (!result) return tl::unexpected(result.error());
            return std::make_shared<const source::ImportResult>(std::move(*result));
        },
        [this](Imported result) {
            if (!result) {
                emit importFailed(result.error());
                return;
            }
            mDocument.announceImport((**result).changeSet);
            emit imported(*result);
        });
}

std::string likelyTarget(const PlanDocument& document, const SourceLook& look, std::size_t layer) {
    const source::LayerReport& report = look.inspection.layers[layer];
    std::string best;
    double most = -1;
    for (const catalogue::Layer& one : document.catalogue().layers) {
        if (!document.hasLayer(one.id) || !isOfKind(report.geometryType, one.geometry)) continue;
        const auto mapping = source::mapFields(one, report.layer.columns, {});
        double score = 0;
        if (mapping) score = static_cast<double>(std::ranges::count_if(mapping->columns, [](const auto& column) { return column.has_value(); }));
        for (const std::string& name : {report.layer.name, look.spec.file.stem().string()}) {
            if (!name.empty() && (name == one.id || name == one.title.zh || name == one.title.en)) score += kByName;
        }
        if (score > most) {
            most = score;
            best = one.id;
        }
    }
    return best;
}

}  // namespace zonewright::desktop
