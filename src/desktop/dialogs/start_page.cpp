#include "desktop/dialogs/start_page.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/dialogs.h"
#include "desktop/dialogs/questions.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

namespace zonewright::desktop {
namespace {

constexpr int kWidth = 720;
constexpr int kFirstMeridian = 75;  ///< of the 3-degree zones, EPSG:4534
constexpr int kLastMeridian = 135;
constexpr int kFirstCode = 4534;
constexpr int kUsualMeridian = 120;

QString home() { return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation); }

/// Asks where a plan is to lie; `then` with the file.
void askWhere(QWidget* parent, const QString& name, std::function<void(QString)> then) {
    askWhereToWrite(parent, text("规划文件存放在", "Where to keep the plan"), home() + QLatin1Char('/') + name, text("规划文件 (*.gpkg)", "Plans (*.gpkg)"), std::move(then));
}

/// The CGCS2000 zone of an empty plan, then its file.
void askForZone(QWidget* parent, std::function<void(QString)> then) {
    auto* ask = new QDialog(parent);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setWindowTitle(text("新建规划", "New plan"));
    auto* form = new QFormLayout(ask);
    auto* zones = new QComboBox;
    zones->setObjectName(QStringLiteral("zone"));
    for (int meridian = kFirstMeridian; meridian <= kLastMeridian; meridian += 3) {
        const int code = kFirstCode + (meridian - kFirstMeridian) / 3;
        zones->addItem(text("CGCS2000 三度带，中央经线 %1°E（EPSG:%2）", "CGCS2000, 3-degree Gauss-Kruger, CM %1°E (EPSG:%2)").arg(meridian).arg(code), QStringLiteral("EPSG:%1").arg(code));
        if (meridian == kUsualMeridian) zones->setCurrentIndex(zones->count() - 1);
    }
    form->addRow(text("坐标系", "CRS"), zones);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    form->addRow(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, ask, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, ask, &QDialog::reject);
    QObject::connect(ask, &QDialog::accepted, parent, [zones, then = std::move(then)] { then(zones->currentData().toString()); });
    ask->open();
}

}  // namespace

StartPage::StartPage(Workspace& workspace)
    : QFrame(&workspace.map()), mWorkspace(workspace), mMaker(new PlanMaker(workspace.document().sharedCatalogue(), this)), mSamples(samples()), mTitle(new QLabel),
      mSubtitle(new QLabel), mOpen(new QPushButton), mNew(new QPushButton), mRecentTitle(new QLabel), mRecent(new QListWidget), mHint(new QLabel),
      mProgress(new QProgressBar) {
    setObjectName(QStringLiteral("start_page"));
    setAutoFillBackground(true);
    setCursor(Qt::ArrowCursor);
    build();
    setGeometry(workspace.map().rect());
    workspace.map().installEventFilter(this);

    PlanDocument& document = workspace.document();
    connect(&document, &PlanDocument::opened, this, [this] {
        mOpening.clear();
        hide();
    });
    connect(&document, &PlanDocument::openFailed, this, [this] { mOpening.clear(); });
    connect(&document, &PlanDocument::closed, this, [this] {
        fillRecent();
        show();
        raise();
    });
    connect(mOpen, &QPushButton::clicked, this, [this] { mWorkspace.commands().find(QStringLiteral("file.open"))->trigger(); });
    connect(mNew, &QPushButton::clicked, this, &StartPage::askForNew);
    connect(mRecent, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) { openRecent(item->data(Qt::UserRole).toString()); });
    connect(mRecent, &QListWidget::itemClicked, mRecent, &QListWidget::itemActivated);
    connect(mMaker, &PlanMaker::progressed, this, [this](double done) {
        mProgress->setValue(static_cast<int>(done * 100));
        showBusy();
    });
    connect(mMaker, &PlanMaker::made, this, [this](const std::filesystem::path& file) {
        showBusy();
        mWorkspace.openPlan(file);
    });
    connect(mMaker, &PlanMaker::failed, this, [this](const Error& error) {
        showBusy();
        mWorkspace.say(error);
    });
    workspace.commands().add({"file.new", {"新建规划…", "New plan…"}, Menu::File, {QKeySequence::New}, "new", Bar::None, {}}, [this] { askForNew(); });
    inLanguage(this, [this] { say(); });
    showBusy();
    setVisible(!document.isOpen());
}

void StartPage::build() {
    auto* column = new QWidget;
    column->setMaximumWidth(kWidth);
    auto* rows = new QVBoxLayout(column);
    rows->setSpacing(10);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 2.3);
    large.setBold(true);
    mTitle->setFont(large);
    mSubtitle->setWordWrap(true);
    mSubtitle->setForegroundRole(QPalette::PlaceholderText);
    rows->addStretch(2);
    rows->addWidget(mTitle);
    rows->addWidget(mSubtitle);
    rows->addSpacing(12);
    auto* ways = new QHBoxLayout;
    const auto add = [&](QPushButton* button, const char* mark) {
        button->setIcon(icon(QString::fromLatin1(mark)));
        button->setIconSize(QSize(24, 24));
        button->setMinimumHeight(46);
        button->setAutoDefault(true);
        ways->addWidget(button, 1);
    };
    mOpen->setObjectName(QStringLiteral("start_open"));
    mNew->setObjectName(QStringLiteral("start_new"));
    add(mOpen, "open");
    add(mNew, "new");
    for (const Sample& sample : mSamples) {
        auto* button = new QPushButton;
        button->setObjectName(QStringLiteral("sample.") + QString::fromStdString(sample.folder.filename().string()));
        connect(button, &QPushButton::clicked, this, [this, sample] { askForSample(sample); });
        add(button, "theme");
        mSampleButtons.push_back(button);
    }
    rows->addLayout(ways);
    mProgress->setRange(0, 100);
    rows->addWidget(mProgress);
    rows->addSpacing(12);
    QFont bold = font();
    bold.setBold(true);
    mRecentTitle->setFont(bold);
    rows->addWidget(mRecentTitle);
    mRecent->setObjectName(QStringLiteral("recent"));
    mRecent->setFrameShape(QFrame::NoFrame);
    mRecent->setMinimumHeight(150);
    mRecent->setMouseTracking(true);
    mRecent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    mRecent->setTextElideMode(Qt::ElideMiddle);
    rows->addWidget(mRecent, 3);
    mHint->setForegroundRole(QPalette::PlaceholderText);
    mHint->setWordWrap(true);
    rows->addWidget(mHint);
    rows->addStretch(2);
    auto* middle = new QHBoxLayout(this);
    middle->addStretch(1);
    middle->addWidget(column, 20);
    middle->addStretch(1);
}

void StartPage::say() {
    mTitle->setText(text("知界规划", "Zonewright"));
    mSubtitle->setText(text("编辑分区界线，查项目选址，出专题图。每次编辑立即写入文件，随时可以撤销。",
                            "Edit zone boundaries, check where projects may go, print thematic maps. Every edit is on disk at once and can be undone."));
    mOpen->setText(text(" 打开规划…", " Open a plan…"));
    mNew->setText(text(" 新建空规划…", " New, empty plan…"));
    for (std::size_t i = 0; i < mSamples.size(); ++i) {
        mSampleButtons[i]->setText(text(" 示例规划", " Sample plan"));
        mSampleButtons[i]->setToolTip(text(mSamples[i].title));
    }
    mRecentTitle->setText(text("最近的规划", "Recent plans"));
    mHint->setText(text("也可以把规划文件拖到窗口里。", "Or drop a plan on the window."));
    fillRecent();
}

void StartPage::fillRecent() {
    mRecent->clear();
    for (const QString& file : preferences::recentPlans()) {
        const QFileInfo info(file);
        auto* item = new QListWidgetItem(icon(QStringLiteral("layers")),
                                         info.fileName() + QLatin1Char('\n') + info.path() + QStringLiteral("   ") + info.lastModified().toString(QStringLiteral("yyyy-MM-dd HH:mm")), mRecent);
        item->setData(Qt::UserRole, file);
        item->setToolTip(file);
    }
    mRecentTitle->setVisible(mRecent->count() > 0);
    mRecent->setVisible(mRecent->count() > 0);
}

void StartPage::showBusy() {
    mProgress->setVisible(mMaker->isBusy());
    for (QPushButton* button : findChildren<QPushButton*>()) button->setEnabled(!mMaker->isBusy());
    mRecent->setEnabled(!mMaker->isBusy());
}

void StartPage::askForSample(const Sample& sample) {
    askWhere(this, QString::fromStdString(sample.folder.filename().string()) + QStringLiteral(".gpkg"), [this, sample](const QString& file) { mMaker->makeSample(file.toStdString(), sample); });
}

void StartPage::askForNew() {
    QWidget* parent = mWorkspace.window();
    askForZone(parent, [this, parent](const QString& crs) {
        askWhere(parent, text("新规划", "plan") + QStringLiteral(".gpkg"), [this, crs](const QString& file) {
            std::error_code none;
            if (mWorkspace.document().isOpen() && std::filesystem::equivalent(file.toStdString(), mWorkspace.document().file(), none)) {
                return mWorkspace.say(Message{Severity::Warning, text("这个规划正打开着，不能覆盖", "This plan is open and is not replaced")});
            }
            mMaker->makeEmpty(file.toStdString(), crs.toStdString());
        });
    });
}

void StartPage::openRecent(const QString& file) {
    if (std::exchange(mOpening, file) != file) mWorkspace.openPlan(file.toStdString());
}

/// It covers the map.
bool StartPage::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QFrame::eventFilter(watched, event);
}

void addStartPage(Workspace& workspace) { new StartPage(workspace); }

}  // namespace zonewright::desktop
