#include "desktop/panels/run_row.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {

RunRow::RunRow(Background& work, const QString& name)
    : mWork(work), mRun(new QPushButton), mStop(new QPushButton), mProgress(new QProgressBar), mRow(new QHBoxLayout(this)) {
    mRow->setContentsMargins(0, 0, 0, 0);
    mRun->setObjectName(name + QStringLiteral(".run"));
    mStop->setObjectName(name + QStringLiteral(".stop"));
    mProgress->setObjectName(name + QStringLiteral(".progress"));
    mProgress->setRange(0, 100);
    mProgress->setMaximumHeight(20);
    mRow->addWidget(mRun);
    mRow->addWidget(mProgress, 1);
    mRow->addWidget(mStop);
    mRow->addStretch();
    connect(mRun, &QPushButton::clicked, this, &RunRow::wanted);
    connect(mStop, &QPushButton::clicked, this, [this] { mWork.cancel(); });
    connect(&mWork, &Background::runningChanged, this, [this] { showRunning(); });
    connect(&mWork, &Background::progressed, this, [this] { showRunning(); });
    inLanguage(this, [this] {
        mRun->setIcon(icon(QStringLiteral("play")));
        mStop->setText(text("停止", "Stop"));
        showRunning();
    });
}

void RunRow::addButton(QPushButton* button) {
    mIdle << button;
    mRow->insertWidget(static_cast<int>(mIdle.size()), button);
}

void RunRow::showRunning() {
    const bool running = mWork.isRunning();
    mProgress->setVisible(running);
    mStop->setVisible(running);
    for (QPushButton* button : mIdle) button->setVisible(!running);
    mProgress->setValue(static_cast<int>(mWork.done() * 100));
    mProgress->setFormat(mWork.what() + QStringLiteral("  %p%"));
}

}  // namespace zonewright::desktop
