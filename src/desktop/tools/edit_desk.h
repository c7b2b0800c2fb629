#pragma once

#include <functional>
#include <optional>

#include "desktop/canvas/overlay.h"
#include "desktop/session/live_check.h"
#include "desktop/tools/edit_ground.h"

class QPainter;

namespace zonewright::desktop {

/// A zone of the edited layer that was pointed at.
struct PickedZone {
    Fid fid{};
    std::string name;
    MultiPolygon geometry;
};

/// What editing tools share: the ground they stand on, how an edit is tried, made and refused, and how it is shown.
class EditDesk : public QObject, public Overlay {
    Q_OBJECT
public:
    explicit EditDesk(Workspace& workspace);
    ~EditDesk() override;

    [[nodiscard]] Workspace& workspace() { return mWorkspace; }
    [[nodiscard]] EditGround& ground() { return mGround; }
    [[nodiscard]] LiveCheck& live() { return mLive; }

    /// Makes the edit; `then` is told whether it is on disk. A refusal is shown where it arises.
    void apply(coverage::Edit edit, std::function<void(bool made)> then = {});
    /// The same for an edit that makes a zone: it is picked, and the feature panel asks for its attributes.
    void applyAndSelectNew(coverage::Edit edit);
    /// Works the edit out without making it; only the answer to the last question is given.
    using Answer = std::function<void(const coverage::Outcome<coverage::Applied>&)>;
    void tryOut(coverage::Edit edit, Answer answer);
    void forgetTryOut() { ++mTrial; }

    /// The zone of the edited layer at the place, if there is one.
    void zoneAt(Point place, QObject* context, std::function<void(std::optional<PickedZone>)> then);

    void showRefusal(const coverage::Refusal& refusal);
    void clearRefusal();
    [[nodiscard]] const std::optional<coverage::Refusal>& refusal() const { return mRefusal; }
    void paint(QPainter& painter, const ViewTransform& view) override;

    /// The layer at hand, or the topmost shown polygon layer, which then becomes the edited one; false when there is none.
    bool ensureLayer();

private:
    void make(coverage::Edit edit, std::function<void(const editing::EditReport*)> then);

    Workspace& mWorkspace;
    EditGround mGround;
    LiveCheck mLive;
    std::optional<coverage::Refusal> mRefusal;
    std::uint64_t mTrial = 0;
};

/// Why, in the user's language, for the map: no file names, no commands.
[[nodiscard]] QString reasonOf(const coverage::Refusal& refusal);
/// "12.34 ha · 185.1 亩": planar area in the units planners use.
[[nodiscard]] QString areaText(SquareMetres area);
/// "+1.20 ha", "−340 m²".
[[nodiscard]] QString changeText(SquareMetres change);
[[nodiscard]] QString lengthText(Metres length);

void paintSnap(QPainter& painter, const ViewTransform& view, const coverage::Snap& snap);
/// A text on a dark plate beside the place.
void paintNote(QPainter& painter, QPointF beside, const QStringList& lines);
/// The conflicts found live, and a line of text for each rule.
void paintConflicts(QPainter& painter, const ViewTransform& view, const LiveCheck& live);
/// `changes`: also what is more or less than at first.
[[nodiscard]] QStringList linesOf(const LiveCheck& live, bool changes = true);
void paintHandle(QPainter& painter, QPointF at, bool active);
/// The new course of what an edit changes, and what changes hands, as tinted land.
void paintApplied(QPainter& painter, const ViewTransform& view, const coverage::Applied& applied);
/// "湖塘镇  12.3 ha  +1.2 ha" for each zone that an edit changes.
[[nodiscard]] QStringList linesOf(const coverage::Applied& applied, const std::function<std::string(Fid)>& nameOf);

inline const QColor kEditColour(0xd8, 0x1b, 0x60);

}  // namespace zonewright::desktop
