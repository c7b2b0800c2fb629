#include "desktop/canvas/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {
namespace {

constexpr int kNoteMilliseconds = 6000;

/// Black on a pale ground in either look: a message is read, not looked at.
const char* groundOf(Severity severity) {
    switch (severity) {
        case Severity::Note: return "#dcebf7";
        case Severity::Warning: return "#fdf0c8";
        case Severity::Failure: return "#fbdcd9";
    }
    return "#ffffff";
}

const char* markOf(Severity severity) {
    switch (severity) {
        case Severity::Note: return "#1f6fb5";
        case Severity::Warning: return "#b27700";
        case Severity::Failure: return "#c0392b";
    }
    return "#000000";
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), mIcon(new QLabel(this)), mText(new QLabel(this)), mAction(new QPushButton(this)), mTimer(new QTimer(this)) {
    setObjectName(QStringLiteral("message"));
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    inLanguage(close, [close] { close->setToolTip(text("关闭", "Close")); });
    mText->setWordWrap(true);
    mText->setTextFormat(Qt::PlainText);
    mText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 4, 6, 4);
    row->addWidget(mIcon);
    row->addWidget(mText, 1);
    row->addWidget(mAction);
    row->addWidget(close);
    mTimer->setSingleShot(true);
    connect(mTimer, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(mAction, &QPushButton::clicked, this, [this] {
        hide();
        if (mRun) mRun();
    });
    hide();
}

void MessageBar::show(Message message) {
    setStyleSheet(QStringLiteral("#message { background: %1; border: 0; border-left: 4px solid %2; } #message QLabel, #message QToolButton { color: #20262c; }")
                      .arg(QLatin1String(groundOf(message.severity)), QLatin1String(markOf(message.severity))));
    mIcon->setText(message.severity == Severity::Note ? QStringLiteral("ⓘ") : QStringLiteral("⚠"));
    mText->setText(message.text);
    mAction->setText(message.action);
    mAction->setVisible(!message.action.isEmpty());
    mRun = std::move(message.run);
    QFrame::show();
    if (message.severity == Severity::Note) mTimer->start(kNoteMilliseconds);
    else mTimer->stop();
}

QString MessageBar::shown() const { return isHidden() ? QString() : mText->text(); }

}  // namespace zonewright::desktop
