#include "desktop/tools/reach_tool.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QPainter>
#include <QPainterPath>

#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/tools/edit_desk.h"
#include "desktop/tools/reach_bar.h"
#include "desktop/tools/toolbox.h"

namespace zonewright::desktop {
namespace {

constexpr double kSquareMetresPerSquareKilometre = 1e6;
constexpr double kFinestBoundary = 25;  ///< metres
constexpr double kCoarsestBoundary = 75;
const QColor kReach(0x1b, 0x7f, 0xa8);
const QColor kToday(0x40, 0x48, 0x50);

QString squareKilometres(SquareMetres area) { return number(area.value / kSquareMetresPerSquareKilometre, 1) + QStringLiteral(" km²"); }

QString signOf(double value) { return value < 0 ? QStringLiteral("−") : QStringLiteral("+"); }

QString people(double count) { return text("%1 人", "%1 people").arg(number(count, 0)); }

/// Against today's network: "（较现状 +46.4 km²）".
template <typename Shown>
QString changeOf(double by, Shown shown) {
    return text("（较现状 %1%2）", " (%1%2 against today)").arg(signOf(by), shown(std::abs(by)));
}

}  // namespace

ReachTool::ReachTool(Workspace& workspace) : mWorkspace(workspace), mLive(workspace.document()), mBar(new ReachBar(&workspace.map(), mLive)) {
    connect(mBar, &ReachBar::changed, this, &ReachTool::ask);
    connect(mBar, &ReachBar::closed, this, &ReachTool::end);
    connect(&mLive, &LiveReach::answered, this, [this] {
        mWorkspace.map().update();
        // A place without a road is told beside the tool: the next one has one.
        const auto& fault = mLive.fault();
        if (fault && fault->code != ErrorCode::Cancelled && !(fault->code == ErrorCode::NoNetwork && mLive.isReady())) mWorkspace.say(*fault);
    });
    connect(&mLive, &LiveReach::ready, this, &ReachTool::ask);
    connect(&workspace.document(), &PlanDocument::closed, this, [this] { mOrigin.reset(); });
    connect(&workspace.document(), &PlanDocument::opened, this, [this] {
        if (mBar && !mBar->isHidden()) mLive.start();
    });
}

ReachTool::~ReachTool() { delete mBar; }

void ReachTool::enter() {
    mBar->move(12, 12);
    mBar->show();
    mBar->raise();
    if (mWorkspace.document().isOpen()) mLive.start();
}

void ReachTool::leave() {
    mMoved = false;
    mDragging = false;
    mOrigin.reset();
    mLive.stop();
    if (mBar) mBar->hide();
}

void ReachTool::end() { mWorkspace.tools().take(QStringLiteral("tool.select")); }

void ReachTool::press(const Pointer& pointer) {
    if (pointer.button != Qt::LeftButton) return;
    mDragging = true;
    mMoved = false;
    mOrigin = pointer.map;
    ask();
}

void ReachTool::move(const Pointer& pointer) {
    if (!mDragging) return;
    mMoved = true;
    mOrigin = pointer.map;
    ask();
}

void ReachTool::release(const Pointer&) {
    mDragging = false;
    if (std::exchange(mMoved, false)) ask();
}

void ReachTool::ask() {
    if (!mOrigin) return;
    // While the hand moves the boundary is worked out no finer than the screen shows it.
    const double tolerance = mMoved ? std::clamp(mWorkspace.map().view().metresPerPixel, kFinestBoundary, kCoarsestBoundary) : kFinestBoundary;
    mLive.ask({*mOrigin, mBar->minutes(), mBar->sense(), mBar->projects(), tolerance});
    mWorkspace.map().update();
}

QStringList ReachTool::figures() const {
    const auto& answer = *mLive.answer();
    QStringList lines;
    lines << text("%1 分钟内 %2（平面）", "%2 within %1 min (planar)").arg(answer.question.minutes).arg(squareKilometres(answer.reach.planar));
    if (answer.today) lines.back() += changeOf(answer.reach.planar.value - answer.today->planar.value, [](double by) { return squareKilometres(SquareMetres(by)); });
    if (!mLive.hasPeople()) return lines;
    lines << people(answer.reach.people);
    if (answer.today) lines.back() += changeOf(answer.reach.people - answer.today->people, people);
    return lines;
}

void ReachTool::paint(QPainter& painter, const ViewTransform& view) {
    if (!mOrigin) return;
    const QPointF origin = view.toPixel(*mOrigin);
    if (mLive.answer()) {
        const auto& answer = *mLive.answer();
        QColor fill = kReach;
        fill.setAlpha(70);
        painter.setBrush(fill);
        painter.setPen(QPen(kReach, 1.6));
        painter.drawPath(pathOf(Geometry(answer.reach.area), view));
        painter.setBrush(Qt::NoBrush);
        if (answer.today) {
            // Ragged where roads are few: a line that calls for attention would hide what lies below.
            QColor line = kToday;
            line.setAlpha(170);
            painter.setPen(QPen(line, 1, Qt::DotLine));
            painter.drawPath(pathOf(Geometry(answer.today->area), view));
        }
        if (answer.question.origin == *mOrigin) {
            painter.setPen(QPen(kToday, 1.2, Qt::DotLine));
            painter.drawLine(origin, view.toPixel(answer.joined));
        }
    }
    painter.setPen(QPen(Qt::white, 2));
    painter.setBrush(QColor(0xd3, 0x2f, 0x2f));
    painter.drawEllipse(origin, 6.5, 6.5);
    if (mLive.answer()) paintNote(painter, origin + QPointF(14, 10), figures());
}

QString ReachTool::hint() const {
    return text("点击或拖动起点，可达范围随之变化；Esc 结束", "Click or drag the origin and its reach follows; Esc ends");
}

void addReachTool(Workspace& workspace) {
    workspace.tools().add({"tool.reach", {"实时可达范围", "Live isochrone"}, Menu::Analysis, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, "reach", Bar::Select,
                           {"拖动起点，看多少分钟内能到哪里、覆盖多少人；不写入规划", "Drag an origin to see how far one gets in time and how many live there; nothing is written to the plan"}},
                          std::make_unique<ReachTool>(workspace));
}

}  // namespace zonewright::desktop
