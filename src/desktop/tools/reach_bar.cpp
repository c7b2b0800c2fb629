#include "desktop/tools/reach_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kFewest = 5;  ///< minutes
constexpr int kMost = 90;
constexpr int kStep = 5;
constexpr int kUsual = 30;

}  // namespace

ReachBar::ReachBar(QWidget* map, LiveReach& live)
    : QFrame(map), mLive(live), mMinutes(new QSlider(Qt::Horizontal)), mMinutesText(new QLabel), mSense(new QComboBox), mProjects(new QComboBox), mProgress(new QProgressBar),
      mStop(new QPushButton), mState(new QLabel), mClose(new QPushButton) {
    setObjectName(QStringLiteral("reach"));
    setAutoFillBackground(true);
    setFrameShape(QFrame::StyledPanel);
    setCursor(Qt::ArrowCursor);
    mMinutes->setObjectName(QStringLiteral("reach.minutes"));
    mMinutes->setRange(kFewest, kMost);
    mMinutes->setSingleStep(1);
    mMinutes->setPageStep(kStep);
    mMinutes->setTickInterval(15);
    mMinutes->setTickPosition(QSlider::TicksBelow);
    mMinutes->setValue(kUsual);
    mMinutes->setFixedWidth(200);
    mSense->setObjectName(QStringLiteral("reach.sense"));
    mProjects->setObjectName(QStringLiteral("reach.projects"));
    mProjects->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    mProjects->setMinimumContentsLength(18);
    mProgress->setObjectName(QStringLiteral("reach.progress"));
    mProgress->setRange(0, 100);
    mProgress->setMaximumHeight(18);
    mStop->setObjectName(QStringLiteral("reach.stop"));
    mState->setObjectName(QStringLiteral("reach.state"));
    mState->setWordWrap(true);
    mClose->setObjectName(QStringLiteral("reach.close"));
    mClose->setFlat(true);
    mClose->setFixedSize(24, 24);
    // Keys go on to the map, so that Esc ends the tool wherever the hand was.
    for (QWidget* control : {static_cast<QWidget*>(mMinutes), static_cast<QWidget*>(mSense), static_cast<QWidget*>(mProjects), static_cast<QWidget*>(mStop), static_cast<QWidget*>(mClose)}) control->setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 8, 6);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(mMinutesText);
    row->addWidget(mMinutes);
    row->addWidget(mSense);
    row->addWidget(mProjects);
    row->addWidget(mClose);
    column->addLayout(row);
    auto* running = new QHBoxLayout;
    running->addWidget(mProgress, 1);
    running->addWidget(mStop);
    column->addLayout(running);
    column->addWidget(mState);
    connect(mMinutes, &QSlider::valueChanged, this, [this] {
        showState();
        emit changed();
    });
    connect(mSense, &QComboBox::activated, this, &ReachBar::changed);
    connect(mProjects, &QComboBox::activated, this, &ReachBar::changed);
    connect(mClose, &QPushButton::clicked, this, &ReachBar::closed);
    connect(mStop, &QPushButton::clicked, this, &ReachBar::closed);
    connect(&mLive, &LiveReach::ready, this, [this] {
        fillProjects();
        showState();
    });
    connect(&mLive, &LiveReach::answered, this, &ReachBar::showState);
    connect(&mLive.work(), &Background::runningChanged, this, &ReachBar::showState);
    connect(&mLive.work(), &Background::progressed, this, &ReachBar::showState);
    inLanguage(this, [this] {
        const QSignalBlocker quiet(mSense);
        const int sense = std::max(0, mSense->currentIndex());
        mSense->clear();
        mSense->addItem(text("从此处出发", "From here"));
        mSense->addItem(text("到达此处", "To here"));
        mSense->setCurrentIndex(sense);
        mMinutes->setToolTip(text("时限（分钟）", "Cut-off (minutes)"));
        mProjects->setToolTip(text("开通的交通项目；虚线为现状范围", "Transport projects that are open; dashed: today's reach"));
        mStop->setText(text("停止", "Stop"));
        mClose->setIcon(icon(QStringLiteral("close")));
        mClose->setToolTip(text("结束（Esc）", "End (Esc)"));
        fillProjects();
        showState();
    });
    hide();
}

int ReachBar::minutes() const { return mMinutes->value(); }
network::Sense ReachBar::sense() const { return mSense->currentIndex() == 1 ? network::Sense::To : network::Sense::From; }

std::vector<std::string> ReachBar::projects() const {
    const QString chosen = mProjects->currentData().toString();
    std::vector<std::string> codes;
    for (const auto& [code, project] : mLive.projects()) {
        if (chosen == QStringLiteral("*") || chosen.toStdString() == code) codes.push_back(code);
    }
    return codes;
}

void ReachBar::fillProjects() {
    const QSignalBlocker quiet(mProjects);
    const QVariant chosen = mProjects->currentData();
    mProjects->clear();
    mProjects->addItem(text("现状路网", "Today's network"), QString());
    if (mLive.projects().size() > 1) mProjects->addItem(text("全部规划项目", "All planned projects"), QStringLiteral("*"));
    for (const auto& [code, project] : mLive.projects()) {
        QString words = text(project.name);
        if (project.year > 0) words += QStringLiteral(" (%1)").arg(project.year);
        mProjects->addItem(words, QString::fromStdString(code));
    }
    mProjects->setCurrentIndex(std::max(0, mProjects->findData(chosen)));
    mProjects->setVisible(mProjects->count() > 1);
    mProjects->view()->setMinimumWidth(mProjects->view()->sizeHintForColumn(0) + 30);
}

void ReachBar::showState() {
    mMinutesText->setText(text("%1 分钟", "%1 min").arg(mMinutes->value(), 2));
    mMinutesText->setMinimumWidth(fontMetrics().horizontalAdvance(text("%1 分钟", "%1 min").arg(kMost)) + 4);
    const bool running = mLive.work().isRunning();
    mProgress->setVisible(running);
    mStop->setVisible(running);
    mProgress->setValue(static_cast<int>(mLive.work().done() * 100));
    mProgress->setFormat(mLive.work().what() + QStringLiteral("  %p%"));
    QString words;
    if (mLive.fault() && mLive.fault()->code == ErrorCode::NoNetwork && mLive.isReady()) words = text("此处附近没有道路，请换一处。", "No road near this place; try another one.");
    else if (mLive.fault() && mLive.fault()->code != ErrorCode::Cancelled) words = text(*mLive.fault());
    mState->setText(words);
    mState->setVisible(!words.isEmpty());
    adjustSize();
}

}  // namespace zonewright::desktop
