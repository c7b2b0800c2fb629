#include "desktop/canvas/comparison.h"

#include <algorithm>

#include "desktop/canvas/comparison_bar.h"
#include "desktop/canvas/map_view.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr const char* kOwner = "comparison";

}  // namespace

Comparison::Comparison(Workspace& workspace, QSplitter& board) : mWorkspace(workspace), mBoard(board), mBar(new ComparisonBar(workspace.content(), *this)) {
    connect(&workspace.content(), &MapContent::themeChanged, this, [this] {
        // Another theme of the user's choice is called by its own name.
        const auto* shown = mWorkspace.content().theme();
        if (!isOn() || shown == nullptr || shown->id == mRight.theme) return;
        mRight = {shown->id};
        mWorkspace.content().setExtras(kOwner, {});
        retitle();
    });
    connect(&workspace.document(), &PlanDocument::aboutToClose, this, &Comparison::end);
    connect(&languageSwitch(), &LanguageSwitch::changed, this, &Comparison::retitle);
}

Comparison::~Comparison() {
    mSwipe.reset();
    mSide.reset();
}

QWidget* Comparison::bar() const { return mBar; }

std::optional<std::pair<Half, Half>> Comparison::beforeAndAfter(const std::vector<std::string>& layers) const {
    const MapContent& content = mWorkspace.content();
    for (const cartographer::ThemeInfo& theme : content.themes()) {
        if (theme.halves.size() != 2 || !content.canShow(theme)) continue;
        if (!layers.empty() && std::ranges::find(layers, theme.needs) == layers.end()) continue;
        return std::pair(Half{theme.halves[0]}, Half{theme.halves[1]});
    }
    return std::nullopt;
}

void Comparison::start(Half left, Half right) {
    if (!mWorkspace.document().isOpen()) return;
    MapContent& content = mWorkspace.content();
    if (!isOn()) {
        const auto* shown = content.theme();
        mThemeBefore = shown != nullptr ? shown->id : std::string();
        mOther = std::make_unique<OtherMap>(mWorkspace.document(), content);
        connect(mOther.get(), &OtherMap::failed, this, [this](const Error& error) { mWorkspace.say(error); });
    }
    mLeft = std::move(left);
    mRight = std::move(right);
    content.setExtras(kOwner, mRight.extras);
    content.showOnlyExtrasOf(kOwner);
    content.showTheme(mRight.theme);
    mOther->content().setExtras(kOwner, mLeft.extras);
    mOther->content().showTheme(mLeft.theme);
    arrange();
}

void Comparison::end() {
    if (!isOn()) return;
    mSwipe.reset();
    mHere.reset();
    mThere.reset();
    mSide.reset();
    mOther.reset();
    MapContent& content = mWorkspace.content();
    content.setExtras(kOwner, {});
    content.showOnlyExtrasOf(std::nullopt);
    const auto* shown = content.theme();
    if (shown != nullptr && shown->id == mRight.theme && !mThemeBefore.empty()) content.showTheme(mThemeBefore);
    mWorkspace.map().setFocus();
    retitle();
}

void Comparison::setWay(Way way) {
    if (way == mWay) return;
    mWay = way;
    if (isOn()) arrange();
}

void Comparison::showLeft(const std::string& theme) {
    if (!isOn() || theme == mLeft.theme) return;
    mLeft = {theme};
    mOther->content().setExtras(kOwner, {});
    mOther->content().showTheme(theme);
    retitle();
}

void Comparison::arrange() {
    if (mWay == Way::Swipe) {
        mHere.reset();
        mThere.reset();
        mSide.reset();
        if (!mSwipe) {
            mSwipe = std::make_unique<Swipe>(mWorkspace.map(), *mOther);
            // Not from within its own event.
            connect(mSwipe.get(), &Swipe::ended, this, &Comparison::end, Qt::QueuedConnection);
            mSwipe->setFocus();
        }
    } else {
        mSwipe.reset();
        if (!mSide) makeSide();
    }
    retitle();
}

void Comparison::makeSide() {
    MapView& main = mWorkspace.map();
    mSide = std::make_unique<MapView>(mOther->maps(), mOther->content());
    MapView* side = mSide.get();
    side->setObjectName(QStringLiteral("map.other"));
    side->setWhole(main.whole());
    mBoard.insertWidget(0, side);
    const int half = mBoard.width() / 2;
    mBoard.setSizes({half, half});
    mHere = std::make_unique<SideOverlay>();
    mThere = std::make_unique<SideOverlay>();
    main.addOverlay(mHere.get());
    side->addOverlay(mThere.get());
    connect(&main, &MapView::viewChanged, side, [&main, side] { side->setView(main.view()); });
    connect(side, &MapView::viewChanged, &main, [&main, side] { main.setView(side->view()); });
    const auto follow = [](MapView* from, MapView* to, SideOverlay* mark) {
        connect(from, &MapView::pointerMoved, to, [from, to, mark] {
            mark->pointer = from->pointer();
            to->update();
        });
    };
    follow(&main, side, mThere.get());
    follow(side, &main, mHere.get());
    connect(mOther.get(), &OtherMap::outdated, side, [side](const Box& area) { side->frames().outdate(area); });
    connect(&side->frames(), &FrameSource::failed, mOther.get(), &OtherMap::failed);
    const auto open = [&main, side] {
        side->setPlanOpen(true);
        side->setView(main.view());
    };
    connect(mOther.get(), &OtherMap::opened, side, open);
    if (mOther->isOpen()) open();
}

QString Comparison::titleOf(const Half& half) const {
    if (!half.title.zh.empty()) return text(half.title);
    const auto* theme = mWorkspace.content().find(half.theme);
    return theme != nullptr ? text(theme->title) : QString::fromStdString(half.theme);
}

QString Comparison::leftTitle() const { return titleOf(mLeft); }
QString Comparison::rightTitle() const { return titleOf(mRight); }

void Comparison::retitle() {
    if (mSwipe) mSwipe->setTitles(leftTitle(), rightTitle());
    if (mSide) {
        mThere->title = leftTitle();
        mHere->title = rightTitle();
        mSide->update();
        mWorkspace.map().update();
    }
    emit changed();
}

void addComparison(Workspace& workspace) {
    const auto refuse = [&workspace] {
        workspace.say(Message{Severity::Note, text("还没有可对比前后的结果：请先运行 30 分钟可达性分析（含建设前后对比）。",
                                                   "No result to compare yet: run the 30-minute accessibility first, with before and after.")});
    };
    QAction* before = workspace.commands().add(
        {"view.before_after", {"建设前后对比（卷帘）", "Before and after (swipe)"}, Menu::View, {QKeySequence(Qt::CTRL | Qt::Key_B)}, "compare", Bar::Navigate, {}},
        [&workspace, refuse] {
            Comparison& comparison = workspace.comparison();
            if (comparison.isOn()) return comparison.end();
            const auto halves = comparison.beforeAndAfter();
            if (!halves) return refuse();
            comparison.start(halves->first, halves->second);
        });
    before->setCheckable(true);
    QAction* themes = workspace.commands().add(
        {"view.compare", {"与另一专题对比…", "Compare with another theme…"}, Menu::View, {}, "compare", Bar::None, {"左右两图共用同一视图，可卷帘或并列", "Two maps share one view, as a swipe or side by side"}},
        [&workspace] {
            Comparison& comparison = workspace.comparison();
            const auto* shown = workspace.content().theme();
            if (comparison.isOn() || shown == nullptr) return comparison.end();
            // The next theme is as good as any; the bar offers all.
            for (const cartographer::ThemeInfo& theme : workspace.content().themes()) {
                if (&theme == shown || !workspace.content().canShow(theme) || theme.id.ends_with("_pages")) continue;
                return comparison.start(Half{theme.id}, Half{shown->id});
            }
        });
    themes->setCheckable(true);
    QObject::connect(&workspace.comparison(), &Comparison::changed, before, [&workspace, before, themes] {
        before->setChecked(workspace.comparison().isOn());
        themes->setChecked(workspace.comparison().isOn());
    });
}

}  // namespace zonewright::desktop
