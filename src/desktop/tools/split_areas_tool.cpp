#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

#include "core/geometry/measure.h"
#include "desktop/canvas/geometry_path.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"
#include "desktop/tools/edit_tools.h"
#include "desktop/tools/trial.h"

namespace zonewright::desktop {
namespace {

constexpr double kSquareMetresAHectare = 10000;

/// "3, 2.5 1" as hectares; nothing when a part is no positive number.
std::optional<std::vector<SquareMetres>> readHectares(QString text) {
    text.replace(QStringLiteral("，"), QStringLiteral(","));
    text.replace(QStringLiteral("、"), QStringLiteral(","));
    text.replace(QLatin1Char(' '), QLatin1Char(','));
    std::vector<SquareMetres> out;
    for (const QString& part : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool ok = false;
        const double hectares = part.toDouble(&ok);
        if (!ok || !(hectares > 0)) return std::nullopt;
        out.emplace_back(hectares * kSquareMetresAHectare);
    }
    if (out.empty()) return std::nullopt;
    return out;
}

/// Click a zone, type the areas of the pieces and the bearing in which they follow one another.
class SplitAreasTool : public Tool {
public:
    explicit SplitAreasTool(EditDesk& desk) : mDesk(desk), mTrial(desk) {}

    void enter() override {
        mDesk.ensureLayer();
        if (mForm == nullptr) makeForm();
    }
    void leave() override { cancel(); }
    void press(const Pointer& pointer) override {
        if (pointer.button != Qt::LeftButton) return;
        mDesk.clearRefusal();
        mDesk.zoneAt(pointer.map, this, [this, place = pointer.map](std::optional<PickedZone> zone) {
            mZone = std::move(zone);
            mPlace = place;
            mForm->setVisible(mZone.has_value());
            if (!mZone) return;
            mName->setText(QString::fromStdString(mZone->name) + QStringLiteral("  ") + areaText(planarArea(mZone->geometry)));
            mForm->adjustSize();
            mForm->move(12, mDesk.workspace().map().height() - mForm->height() - 12);
            mForm->raise();
            mAreas->setFocus();
            mAreas->selectAll();
            preview();
        });
    }
    void doubleClick(const Pointer&) override {}
    void finish(const Pointer&) override { make(); }
    void cancel() override {
        mZone.reset();
        mTrial.clear();
        if (mForm != nullptr) mForm->hide();
        mDesk.clearRefusal();
        mDesk.workspace().map().update();
    }
    void paint(QPainter& painter, const ViewTransform& view) override {
        if (!mZone) return;
        painter.setPen(QPen(kEditColour, 2));
        painter.drawPath(pathOf(Geometry(mZone->geometry), view));
        mTrial.paint(painter, view, mPlace);
    }
    [[nodiscard]] QString hint() const override {
        return text("单击要分割的分区，然后输入各块面积（公顷）和方向，Enter 或右键完成", "Click the zone to split, then type the areas in hectares and the bearing; Enter or right button finishes");
    }

private:
    void makeForm() {
        MapView& map = mDesk.workspace().map();
        auto* frame = new QFrame(&map);
        mForm = frame;
        frame->setObjectName(QStringLiteral("split_areas"));
        frame->setAutoFillBackground(true);
        frame->setFrameShape(QFrame::StyledPanel);
        mName = new QLabel(frame);
        mAreas = new QLineEdit(frame);
        mAreas->setObjectName(QStringLiteral("split_areas_text"));
        mAreas->setMinimumWidth(220);
        mBearing = new QDoubleSpinBox(frame);
        mBearing->setRange(0, 359.9);
        mBearing->setDecimals(1);
        mBearing->setSuffix(QStringLiteral("°"));
        mBearing->setWrapping(true);
        mBearing->setValue(90);
        auto* button = new QPushButton(frame);
        auto* form = new QFormLayout(frame);
        auto* areasLabel = new QLabel(frame);
        auto* bearingLabel = new QLabel(frame);
        form->addRow(mName);
        form->addRow(areasLabel, mAreas);
        form->addRow(bearingLabel, mBearing);
        form->addRow(button);
        connect(mAreas, &QLineEdit::textChanged, this, [this] { preview(); });
        connect(mBearing, &QDoubleSpinBox::valueChanged, this, [this] { preview(); });
        connect(mAreas, &QLineEdit::returnPressed, this, [this] { make(); });
        connect(button, &QPushButton::clicked, this, [this] { make(); });
        inLanguage(this, [this, areasLabel, bearingLabel, button] {
            areasLabel->setText(text("各块面积 (ha)", "Areas (ha)"));
            bearingLabel->setText(text("方向（自北顺时针）", "Bearing from north"));
            mAreas->setPlaceholderText(text("如 3, 2.5（余下自成一块）", "e.g. 3, 2.5 (the rest is one piece)"));
            button->setText(text("分割", "Split"));
        });
    }

    [[nodiscard]] std::optional<coverage::SplitByAreas> edit() const {
        const auto areas = readHectares(mAreas->text());
        if (!mZone || !areas) return std::nullopt;
        return coverage::SplitByAreas{mZone->fid, *areas, coverage::Degrees(mBearing->value())};
    }
    void preview() {
        if (const auto wanted = edit()) mTrial.ask(*wanted);
        else mTrial.clear();
        mDesk.workspace().map().update();
    }
    void make() {
        const auto wanted = edit();
        if (!wanted) return;
        cancel();
        mDesk.workspace().map().setFocus();
        mDesk.apply(*wanted);
    }

    EditDesk& mDesk;
    Trial mTrial;
    std::optional<PickedZone> mZone;
    Point mPlace;
    QFrame* mForm = nullptr;
    QLabel* mName = nullptr;
    QLineEdit* mAreas = nullptr;
    QDoubleSpinBox* mBearing = nullptr;
};

}  // namespace

void addSplitAreasTool(EditDesk& desk) {
    desk.workspace().tools().add({"tool.split_areas", {"按面积分割", "Split by areas"}, Menu::Edit, {QKeySequence(Qt::SHIFT | Qt::Key_K)}, "split-areas", Bar::Edit, {}},
                                 std::make_unique<SplitAreasTool>(desk), true);
}

}  // namespace zonewright::desktop
