#include "desktop/tools/edit_desk.h"

#include <cmath>

#include <QPainter>

#include "core/geometry/measure.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/feature_name.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr double kHectare = 10000;

}  // namespace

EditDesk::EditDesk(Workspace& workspace) : mWorkspace(workspace), mGround(workspace), mLive(workspace.document()) {
    workspace.map().addOverlay(this);
    connect(&mLive, &LiveCheck::answered, this, [this] { mWorkspace.map().update(); });
    connect(&workspace.document(), &PlanDocument::changed, this, [this] { clearRefusal(); });
}

EditDesk::~EditDesk() = default;

bool EditDesk::ensureLayer() {
    if (!mWorkspace.editedLayer().empty()) return true;
    const auto& catalogue = mWorkspace.document().catalogue();
    const auto isZoned = [&](const std::string& id) {
        const auto* layer = catalogue.find(id);
        return layer != nullptr && layer->geometry == catalogue::GeometryKind::MultiPolygon;
    };
    if (const FeatureRef* picked = mWorkspace.selection().single(); picked != nullptr && isZoned(picked->layer)) {
        mWorkspace.setEditedLayer(picked->layer);
        return true;
    }
    // The theme's own subject comes before the backdrop: the topmost layer whose zones share boundaries.
    for (const bool shared : {true, false}) {
        for (const Drawing& drawing : mWorkspace.content().drawings()) {
            const auto* layer = catalogue.find(drawing.layer());
            if (!drawing.visible || layer == nullptr || !isZoned(layer->id) || drawing.id.find(":mask") != std::string::npos) continue;
            if (shared && layer->topology.kind == catalogue::TopologyKind::None) continue;
            mWorkspace.setEditedLayer(layer->id);
            return true;
        }
    }
    mWorkspace.say(Message{Severity::Warning, text("请先在工具栏选择要编辑的图层", "Choose the layer to edit in the tool bar first")});
    return false;
}

void EditDesk::apply(coverage::Edit edit, std::function<void(bool)> then) {
    make(std::move(edit), [then = std::move(then)](const editing::EditReport* report) {
        if (then) then(report != nullptr);
    });
}

void EditDesk::applyAndSelectNew(coverage::Edit edit) {
    make(std::move(edit), [this, layer = mWorkspace.editedLayer()](const editing::EditReport* report) {
        if (report == nullptr) return;
        for (const editing::ChangedFeature& one : report->changed) {
            if (!one.isNew || one.layer != layer) continue;
            mWorkspace.selection().set({{one.layer, one.fid}});
            mWorkspace.showPanel(QStringLiteral("feature"));
        }
    });
}

void EditDesk::make(coverage::Edit edit, std::function<void(const editing::EditReport*)> then) {
    clearRefusal();
    const std::string layer = mWorkspace.editedLayer();
    mWorkspace.document().edit({layer, std::move(edit)}, {}, this, [this, layer, then = std::move(then)](coverage::Outcome<editing::EditReport> outcome) {
        if (!outcome) {
            showRefusal(outcome.error());
            return then(nullptr);
        }
        QStringList parts;
        for (const editing::ChangedFeature& one : outcome->changed) {
            if (one.layer == layer && parts.size() < 4) parts << QString::fromStdString(one.name) + QLatin1Char(' ') + changeText(one.gained - one.lost);
        }
        mWorkspace.say(Message{Severity::Note, text("已写入：", "Written: ") + parts.join(text("，", ", ")) + text("（平面面积）", " (planar)")});
        then(&*outcome);
    });
}

void EditDesk::tryOut(coverage::Edit edit, Answer answer) {
    const std::uint64_t trial = ++mTrial;
    const std::string layerId = mWorkspace.editedLayer();
    using Shared = Result<std::shared_ptr<coverage::Outcome<coverage::Applied>>>;
    mWorkspace.document().read(
        this,
        [&catalogue = mWorkspace.document().catalogue(), layerId, edit = std::move(edit)](const plan::Plan& plan) -> Shared {
            const auto layer = catalogue.layer(layerId);
            if (!layer) return tl::unexpected(layer.error());
            const auto zones = editing::neighbourhoodOf(plan, **layer, edit);
            if (!zones) return tl::unexpected(zones.error());
            return std::make_shared<coverage::Outcome<coverage::Applied>>(coverage::tryOut(zones->coverage, edit));
        },
        [this, trial, answer = std::move(answer)](Shared applied) {
            if (trial == mTrial && applied) answer(**applied);
        });
}

void EditDesk::zoneAt(Point place, QObject* context, std::function<void(std::optional<PickedZone>)> then) {
    const std::string layerId = mWorkspace.editedLayer();
    using Picked = Result<std::optional<PickedZone>>;
    mWorkspace.document().read(
        context,
        [&catalogue = mWorkspace.document().catalogue(), layerId, place, words = language()](const plan::Plan& plan) -> Picked {
            const auto layer = catalogue.layer(layerId);
            if (!layer) return tl::unexpected(layer.error());
            Box box;
            box.add(place);
            const auto zones = editing::neighbourhoodAround(plan, **layer, box);
            if (!zones) return tl::unexpected(zones.error());
            const auto fid = coverage::zoneAt(zones->coverage, place);
            if (!fid) return std::optional<PickedZone>();
            const plan::Feature* feature = zones->find(*fid);
            return std::optional(PickedZone{*fid, shownName(**layer, zones->table, feature->values, words),
                                            std::get<MultiPolygon>(feature->geometry)});
        },
        [this, then = std::move(then)](Picked picked) {
            if (!picked) return mWorkspace.say(picked.error());
            if (!*picked) mWorkspace.say(Message{Severity::Note, text("此处没有所编辑图层的分区", "There is no zone of the edited layer here")});
            then(std::move(*picked));
        });
}

void EditDesk::showRefusal(const coverage::Refusal& refusal) {
    if (refusal.code == ErrorCode::Cancelled) return;
    mRefusal = refusal;
    mWorkspace.say(Message{Severity::Failure, text("未作改动：", "Nothing was changed: ") + reasonOf(refusal)});
    mWorkspace.map().update();
}

void EditDesk::clearRefusal() {
    if (!mRefusal) return;
    mRefusal.reset();
    mWorkspace.map().update();
}

void EditDesk::paint(QPainter& painter, const ViewTransform& view) {
    if (!mRefusal || mRefusal->place == Point{}) return;
    const QPointF at = view.toPixel(mRefusal->place);
    const QColor red(0xd3, 0x2f, 0x2f);
    painter.setPen(QPen(Qt::white, 5));
    painter.drawEllipse(at, 12, 12);
    painter.setPen(QPen(red, 2.5));
    painter.drawEllipse(at, 12, 12);
    painter.drawLine(at + QPointF(-8, -8), at + QPointF(8, 8));
    if (mRefusal->legal) {
        const QPointF legal = view.toPixel(*mRefusal->legal);
        painter.setPen(QPen(red, 1.5, Qt::DashLine));
        painter.drawLine(at, legal);
        paintHandle(painter, legal, false);
    }
    paintNote(painter, at + QPointF(16, 4), {reasonOf(*mRefusal)});
}

QString reasonOf(const coverage::Refusal& refusal) {
    Error plain = refusal;
    plain.where.clear();
    // The detail of topological refusals only says again what the code says.
    const bool saysAgain = refusal.code == ErrorCode::WouldCross || refusal.code == ErrorCode::WouldLeaveGap || refusal.code == ErrorCode::WouldOverlap ||
                           refusal.code == ErrorCode::WouldCollapse;
    if (saysAgain) plain.detail.clear();
    return text(plain);
}

QString areaText(SquareMetres area) {
    if (std::abs(area.value) < kHectare / 10) return number(area.value, 1) + QStringLiteral(" m²");
    return text("%1 ha · %2 亩", "%1 ha · %2 mu").arg(number(toHectares(area), 2), number(toMu(area), 1));
}

QString changeText(SquareMetres change) {
    const QString sign = change.value < 0 ? QStringLiteral("−") : QStringLiteral("+");
    const double size = std::abs(change.value);
    if (size < kHectare / 10) return sign + number(size, 1) + QStringLiteral(" m²");
    return sign + number(size / kHectare, 2) + QStringLiteral(" ha");
}

QString lengthText(Metres length) {
    return length.value < 10000 ? number(length.value, 2) + QStringLiteral(" m") : number(length.value / 1000, 3) + QStringLiteral(" km");
}

void paintSnap(QPainter& painter, const ViewTransform& view, const coverage::Snap& snap) {
    const QPointF at = view.toPixel(snap.place);
    painter.setBrush(Qt::NoBrush);
    for (const auto& [colour, width] : {std::pair(QColor(Qt::white), 4.0), std::pair(kEditColour, 2.0)}) {
        painter.setPen(QPen(colour, width));
        switch (snap.kind) {
            case coverage::SnapKind::Vertex: painter.drawRect(QRectF(at - QPointF(6, 6), QSizeF(12, 12))); break;
            case coverage::SnapKind::Intersection:
                painter.drawLine(at + QPointF(-6, -6), at + QPointF(6, 6));
                painter.drawLine(at + QPointF(-6, 6), at + QPointF(6, -6));
                break;
            case coverage::SnapKind::Edge:
                painter.drawPolygon(QPolygonF({at + QPointF(-6, -6), at + QPointF(6, -6), at + QPointF(-6, 6), at + QPointF(6, 6)}));
                break;
        }
    }
}

void paintNote(QPainter& painter, QPointF beside, const QStringList& lines) {
    if (lines.isEmpty()) return;
    const QFontMetricsF metrics(painter.font());
    double width = 0;
    for (const QString& line : lines) width = std::max(width, metrics.horizontalAdvance(line));
    QRectF plate(beside, QSizeF(width + 14, metrics.height() * lines.size() + 8));
    // Stays on the map.
    const QRectF board = painter.viewport();
    if (plate.right() > board.right()) plate.moveRight(std::max(board.right() - 4, plate.width()));
    if (plate.bottom() > board.bottom()) plate.moveBottom(board.bottom() - 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x22, 0x28, 0x2e, 225));
    painter.drawRoundedRect(plate, 4, 4);
    painter.setPen(Qt::white);
    for (int i = 0; i < lines.size(); ++i) painter.drawText(QPointF(plate.x() + 7, plate.y() + 4 + metrics.ascent() + i * metrics.height()), lines[i]);
}

void paintConflicts(QPainter& painter, const ViewTransform& view, const LiveCheck& live) {
    painter.setPen(QPen(QColor(0xb7, 0x1c, 0x1c), 1.5));
    painter.setBrush(QBrush(QColor(0xd3, 0x2f, 0x2f, 150), Qt::BDiagPattern));
    for (const Geometry& conflict : live.conflicts()) painter.drawPath(pathOf(conflict, view));
    painter.setBrush(Qt::NoBrush);
}

QStringList linesOf(const LiveCheck& live, bool changes) {
    QStringList out;
    for (const LiveCheck::Total& total : live.totals()) {
        if (out.size() == 5) break;
        QString line = QStringLiteral("⚠ %1 · %2").arg(QString::fromStdString(total.place), text(total.title));
        if (total.overlap.value > 0) line += QStringLiteral("  ") + areaText(total.overlap);
        if (total.overlap.value > 0 && changes) line += QStringLiteral("  ") + changeText(total.change);
        out << line;
    }
    return out;
}

void paintHandle(QPainter& painter, QPointF at, bool active) {
    painter.setPen(QPen(active ? Qt::white : kEditColour, 1.6));
    painter.setBrush(active ? QBrush(kEditColour) : QBrush(Qt::white));
    const double r = active ? 5.5 : 4;
    painter.drawRect(QRectF(at - QPointF(r, r), QSizeF(2 * r, 2 * r)));
}

void paintApplied(QPainter& painter, const ViewTransform& view, const coverage::Applied& applied) {
    for (const coverage::ZoneChange& change : applied.changes) {
        if (!change.after) continue;
        painter.setPen(QPen(QColor(255, 255, 255, 200), 4));
        painter.setBrush(change.before ? Qt::NoBrush : QBrush(QColor(0xd8, 0x1b, 0x60, 45)));
        const QPainterPath path = pathOf(Geometry(*change.after), view);
        painter.drawPath(path);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(kEditColour, 2, change.before ? Qt::SolidLine : Qt::DashLine));
        painter.drawPath(path);
    }
}

QStringList linesOf(const coverage::Applied& applied, const std::function<std::string(Fid)>& nameOf) {
    QStringList out;
    for (std::size_t i = 0; i < applied.changes.size() && out.size() < 6; ++i) {
        const coverage::ZoneChange& change = applied.changes[i];
        const SquareMetres now = change.after ? planarArea(*change.after) : SquareMetres();
        const QString name = change.before ? QString::fromStdString(nameOf(change.zone)) : text("新分区", "new zone");
        QString line = name + QStringLiteral("  ") + areaText(now);
        if (change.before) line += QStringLiteral("  ") + changeText(applied.areas[i].gained - applied.areas[i].lost);
        out << line;
    }
    return out;
}

}  // namespace zonewright::desktop
