#pragma once

#include <memory>

#include <QSplitter>

#include "desktop/canvas/side_overlay.h"
#include "desktop/canvas/swipe.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {

class ComparisonBar;

/// One of two maps that are looked at against one another.
struct Half {
    std::string theme;
    Localized title{};  ///< empty: that of the theme
    std::vector<cartographer::ExtraLayer> extras{};
};

/// Two maps of one place: the main map, which shows the right half, and another one beside it or under its left part. Pan
/// and zoom move both.
class Comparison : public QObject {
    Q_OBJECT
public:
    enum class Way { Swipe, SideBySide };

    /// `board` holds the main map and takes the other one to its left.
    Comparison(Workspace& workspace, QSplitter& board);
    ~Comparison() override;

    void start(Half left, Half right);
    void end();
    [[nodiscard]] bool isOn() const { return mOther != nullptr; }

    [[nodiscard]] Way way() const { return mWay; }
    void setWay(Way way);
    [[nodiscard]] std::string leftTheme() const { return mLeft.theme; }
    void showLeft(const std::string& theme);

    /// Before and after as the styles tell it: of the result that these layers came from, or of the first theme that has a
    /// result to show; nothing when there is none.
    [[nodiscard]] std::optional<std::pair<Half, Half>> beforeAndAfter(const std::vector<std::string>& layers = {}) const;

    [[nodiscard]] QString leftTitle() const;
    [[nodiscard]] QString rightTitle() const;
    /// The other map: nothing while there is none; a view of its own only side by side.
    [[nodiscard]] OtherMap* other() const { return mOther.get(); }
    [[nodiscard]] Swipe* swipe() const { return mSwipe.get(); }
    [[nodiscard]] MapView* side() const { return mSide.get(); }
    /// Under the theme tabs while two maps are compared.
    [[nodiscard]] QWidget* bar() const;

signals:
    void changed();

private:
    void arrange();
    void makeSide();
    void retitle();
    [[nodiscard]] QString titleOf(const Half& half) const;

    Workspace& mWorkspace;
    QSplitter& mBoard;
    ComparisonBar* mBar;
    Way mWay = Way::Swipe;
    Half mLeft;
    Half mRight;
    std::string mThemeBefore;  ///< what the main map showed, and shows again afterwards
    std::unique_ptr<OtherMap> mOther;
    std::unique_ptr<Swipe> mSwipe;
    std::unique_ptr<MapView> mSide;
    std::unique_ptr<SideOverlay> mHere;
    std::unique_ptr<SideOverlay> mThere;
};

/// The commands that compare.
void addComparison(Workspace& workspace);

}  // namespace zonewright::desktop
