#pragma once

#include <QFrame>

#include "desktop/session/workspace.h"

class QLabel;
class QPushButton;
class QTimer;

namespace zonewright::desktop {

/// One message over the map at a time. Notes go by themselves, warnings and failures stay until they are closed.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    void show(Message message);
    [[nodiscard]] QString shown() const;

private:
    QLabel* mIcon;
    QLabel* mText;
    QPushButton* mAction;
    QTimer* mTimer;
    std::function<void()> mRun;
};

}  // namespace zonewright::desktop
