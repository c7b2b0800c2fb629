#include "desktop/dialogs/search_box.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include "core/plan/features.h"
#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/dialogs.h"
#include "desktop/session/coordinates.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kWidth = 560;
constexpr int kRowHeight = 30;
constexpr int kMostRows = 12;  ///< seen at once; the rest by scrolling
constexpr std::size_t kMostFeatures = 40;
constexpr std::size_t kMostCommands = 8;
constexpr double kPlaceReach = 500;  ///< metres around a place that is gone to

}  // namespace

SearchBox::SearchBox(Workspace& workspace) : QFrame(workspace.window()), mWorkspace(workspace), mLine(new QLineEdit), mList(new QListWidget) {
    setObjectName(QStringLiteral("search"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    hide();
    mThread.setMaxThreadCount(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    mLine->setObjectName(QStringLiteral("search.line"));
    mLine->setClearButtonEnabled(true);
    QFont font = mLine->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    mLine->setFont(font);
    mList->setObjectName(QStringLiteral("search.list"));
    mList->setFrameShape(QFrame::NoFrame);
    mList->setFocusPolicy(Qt::NoFocus);
    mList->setUniformItemSizes(true);
    mList->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(mLine);
    column->addWidget(mList);
    mLine->installEventFilter(this);
    connect(mLine, &QLineEdit::textChanged, this, [this] { search(); });
    connect(mList, &QListWidget::itemClicked, this, [this] { run(); });
    PlanDocument& document = workspace.document();
    connect(&document, &PlanDocument::opened, this, [this] { mStale = true; });
    connect(&document, &PlanDocument::changed, this, [this] { mStale = true; });
    connect(&document, &PlanDocument::closed, this, [this] {
        mNames.reset();
        mStale = true;
        hide();
    });
    inLanguage(this, [this] {
        mLine->setPlaceholderText(text("查找要素、地名（汉字、拼音或首字母）、坐标、命令", "Find features and places (name, pinyin, initials), coordinates, commands"));
    });
}

SearchBox::~SearchBox() { mThread.waitForDone(); }

void SearchBox::open() {
    const QRect over(mWorkspace.map().mapTo(mWorkspace.window(), QPoint(0, 0)), mWorkspace.map().size());
    const int width = std::min(kWidth, over.width() - 24);
    setGeometry(over.center().x() - width / 2, over.top() + 12, width, 60);
    QFrame::show();
    raise();
    mLine->setFocus();
    mLine->selectAll();
    readCommands();
    readNames();
    search();
}

/// Names are read when they are first asked for, and anew after a change; until then the ones there are answer.
void SearchBox::readNames() {
    if (!mStale || mReading || !mWorkspace.document().isOpen()) return;
    mReading = true;
    mStale = false;
    mWorkspace.document().read(
        this, [&catalogue = mWorkspace.document().catalogue()](const plan::Plan& plan) { return NameIndex::read(plan, catalogue); },
        [this](Result<std::shared_ptr<const NameIndex>> names) {
            mReading = false;
            if (!names) return mWorkspace.say(names.error());
            mNames = std::move(*names);
            if (isVisible()) search();
        });
}

/// Beside the user's work: the first reading of pinyin loads its tables.
void SearchBox::readCommands() {
    if (mCommands.size() == mWorkspace.commands().all().size()) return;
    mThread.start([this, specs = mWorkspace.commands().all()] {
        std::vector<std::pair<Named, QString>> commands;
        const Pinyin pinyin;
        for (const CommandSpec& spec : specs) {
            Localized title = spec.title;
            for (std::string* words : {&title.zh, &title.en}) {
                if (const auto dots = words->find("…"); dots != std::string::npos) words->erase(dots);
            }
            commands.emplace_back(named(std::move(title), {}, {}, pinyin), spec.id);
        }
        QMetaObject::invokeMethod(
            this,
            [this, commands = std::move(commands)]() mutable {
                mCommands = std::move(commands);
                if (isVisible()) search();
            },
            Qt::QueuedConnection);
    });
}

void SearchBox::search() {
    const QString query = mLine->text().trimmed();
    const std::uint64_t question = ++mQuestion;
    if (query.isEmpty() || !mNames) return show(query, {});
    mThread.start([this, question, query, names = mNames] {
        std::vector<Named> found = names->find(asQuery(query.toStdString()), kMostFeatures);
        QMetaObject::invokeMethod(
            this,
            [this, question, query, found = std::move(found)]() mutable {
                if (question == mQuestion) show(query, std::move(found));
            },
            Qt::QueuedConnection);
    });
}

void SearchBox::addRow(const QString& iconName, const QString& title, const QString& detail, std::function<void()> run) {
    auto* item = new QListWidgetItem(icon(iconName), detail.isEmpty() ? title : title + QStringLiteral("    ") + detail, mList);
    item->setSizeHint(QSize(100, kRowHeight));
    item->setToolTip(item->text());
    mRuns.push_back(std::move(run));
}

void SearchBox::addPlace(const QString& query) {
    if (!mWorkspace.document().isOpen()) return;
    const auto coordinates = Coordinates::of(mWorkspace.document().crs());
    const auto place = coordinates ? coordinates->read(query.toStdString()) : std::nullopt;
    if (!place) return;
    addRow(QStringLiteral("zoom-selection"), text("转到 ", "Go to ") + QString::fromStdString(coordinates->write(*place, CoordinateStyle::Projected)),
           QString::fromStdString(coordinates->write(*place, CoordinateStyle::DegreesMinutes)), [this, place = *place] {
               zonewright::Box box;  // QFrame has one too
               box.add(place);
               mWorkspace.map().showBox(box.grownBy(kPlaceReach));
               mWorkspace.map().flash(Geometry(place));
           });
}

void SearchBox::addCommands(const QString& query) {
    std::vector<std::pair<int, std::size_t>> found;
    const std::string plain = asQuery(query.toStdString());
    for (std::size_t i = 0; i < mCommands.size(); ++i) {
        const QAction* action = mWorkspace.commands().find(mCommands[i].second);
        if (const int fit = fitOf(mCommands[i].first, plain); fit > 0 && action != nullptr && action->isEnabled()) found.emplace_back(-fit, i);
    }
    std::ranges::sort(found);
    for (std::size_t i = 0; i < std::min(found.size(), kMostCommands); ++i) {
        const QString id = mCommands[found[i].second].second;
        const auto keys = mWorkspace.commands().keysOf(id);
        addRow(QStringLiteral("play"), text(mCommands[found[i].second].first.name), keys.isEmpty() ? QString() : keys.front().toString(QKeySequence::NativeText), [this, id] {
            if (QAction* action = mWorkspace.commands().find(id)) action->trigger();
        });
    }
}

void SearchBox::show(const QString& query, std::vector<Named> features) {
    mList->clear();
    mRuns.clear();
    if (!query.isEmpty()) {
        addPlace(query);
        for (const Named& one : features) {
            const auto* layer = mWorkspace.document().catalogue().find(one.feature.layer);
            QString detail = layer != nullptr ? text(layer->title) : QString::fromStdString(one.feature.layer);
            if (!one.key.empty()) detail += QStringLiteral(" · ") + QString::fromStdString(one.key);
            const QString name = text(one.name);
            addRow(QStringLiteral("select"), name.isEmpty() ? QString::fromStdString(one.key) : name, detail, [this, feature = one.feature] { goTo(feature); });
        }
        addCommands(query);
        if (mRuns.empty()) {
            auto* none = new QListWidgetItem(mReading ? text("正在读取名称…", "Reading names…") : text("没有找到", "Nothing found"), mList);
            none->setSizeHint(QSize(100, kRowHeight));
            none->setFlags(Qt::NoItemFlags);
        }
    }
    if (!mRuns.empty()) mList->setCurrentRow(0);
    mList->setVisible(mList->count() > 0);
    mList->setFixedHeight(std::min(mList->count(), kMostRows) * kRowHeight + 4);
    layout()->activate();
    resize(width(), sizeHint().height());
}

void SearchBox::run() {
    const int row = mList->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= mRuns.size()) return;
    const auto chosen = mRuns[static_cast<std::size_t>(row)];
    hide();
    mWorkspace.map().setFocus();
    chosen();
}

void SearchBox::goTo(const FeatureRef& feature) {
    mWorkspace.selection().set({feature});
    mWorkspace.document().read(
        this,
        [feature](const plan::Plan& plan) { return plan::findFeature(plan, feature.layer, std::to_string(static_cast<std::int64_t>(feature.fid))); },
        [this](Result<plan::Feature> found) {
            if (!found) return mWorkspace.say(found.error());
            const zonewright::Box box = boxOf(found->geometry);
            if (!box.empty()) mWorkspace.map().showBox(box.maxX - box.minX < 1 && box.maxY - box.minY < 1 ? box.grownBy(kPlaceReach) : box, 0.3);
            mWorkspace.map().flash(found->geometry);
        });
}

bool SearchBox::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut && !isAncestorOf(QApplication::focusWidget())) {
        hide();
    } else if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int step = key->key() == Qt::Key_Down ? 1 : key->key() == Qt::Key_Up ? -1 : key->key() == Qt::Key_PageDown ? kMostRows : key->key() == Qt::Key_PageUp ? -kMostRows : 0;
        if (step != 0 && !mRuns.empty()) {
            mList->setCurrentRow(std::clamp(mList->currentRow() + step, 0, static_cast<int>(mRuns.size()) - 1));
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            run();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            hide();
            mWorkspace.map().setFocus();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void addSearchBox(Workspace& workspace) {
    auto* box = new SearchBox(workspace);
    workspace.commands().add({"view.search", {"查找…", "Find…"}, Menu::View, {QKeySequence(Qt::CTRL | Qt::Key_K)}, "search", Bar::Navigate,
                              {"按名称、拼音首字母、代码、坐标查找，也可查找命令", "Find by name, pinyin initials, code or coordinates; commands too"}},
                             [box] { box->open(); });
}

}  // namespace zonewright::desktop
