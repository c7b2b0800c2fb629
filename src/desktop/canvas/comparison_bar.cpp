#include "desktop/canvas/comparison_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include "desktop/canvas/comparison.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"

namespace zonewright::desktop {

ComparisonBar::ComparisonBar(MapContent& content, Comparison& comparison)
    : mContent(content), mComparison(comparison), mLeft(new QComboBox), mRight(new QComboBox), mSwipe(new QToolButton), mSide(new QToolButton), mClose(new QToolButton) {
    setObjectName(QStringLiteral("comparison"));
    mLeft->setObjectName(QStringLiteral("comparison.left"));
    mRight->setObjectName(QStringLiteral("comparison.right"));
    mSwipe->setObjectName(QStringLiteral("comparison.swipe"));
    mSide->setObjectName(QStringLiteral("comparison.side"));
    mClose->setObjectName(QStringLiteral("comparison.close"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 3, 6, 3);
    row->setSpacing(6);
    for (QComboBox* box : {mLeft, mRight}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        box->setMinimumContentsLength(12);
    }
    for (QToolButton* button : {mSwipe, mSide}) {
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    }
    mClose->setAutoRaise(true);
    row->addWidget(mLeft);
    row->addStretch();
    row->addWidget(mSwipe);
    row->addWidget(mSide);
    row->addStretch();
    row->addWidget(mRight);
    row->addWidget(mClose);
    connect(mLeft, &QComboBox::activated, this, [this](int index) { mComparison.showLeft(mLeft->itemData(index).toString().toStdString()); });
    connect(mRight, &QComboBox::activated, this, [this](int index) { mContent.showTheme(mRight->itemData(index).toString().toStdString()); });
    connect(mSwipe, &QToolButton::clicked, this, [this] { mComparison.setWay(Comparison::Way::Swipe); });
    connect(mSide, &QToolButton::clicked, this, [this] { mComparison.setWay(Comparison::Way::SideBySide); });
    connect(mClose, &QToolButton::clicked, this, [this] { mComparison.end(); });
    connect(&comparison, &Comparison::changed, this, qOverload<>(&ComparisonBar::fill));
    connect(&content, &MapContent::layersChanged, this, qOverload<>(&ComparisonBar::fill));
    connect(&languageSwitch(), &LanguageSwitch::changed, this, qOverload<>(&ComparisonBar::fill));
    hide();
}

void ComparisonBar::fill() {
    setVisible(mComparison.isOn());
    if (!mComparison.isOn()) return;
    mSwipe->setText(text("卷帘", "Swipe"));
    mSide->setText(text("并列", "Side by side"));
    mSwipe->setChecked(mComparison.way() == Comparison::Way::Swipe);
    mSide->setChecked(mComparison.way() == Comparison::Way::SideBySide);
    mLeft->setToolTip(text("左图", "The left map"));
    mRight->setToolTip(text("右图", "The right map"));
    mClose->setIcon(icon(QStringLiteral("close")));
    mClose->setToolTip(text("结束对比", "End the comparison"));
    const auto* shown = mContent.theme();
    fill(mLeft, mComparison.leftTheme(), mComparison.leftTitle());
    fill(mRight, shown != nullptr ? shown->id : std::string(), mComparison.rightTitle());
}

/// All themes that the plan can show; the one that is shown under the name it has in this comparison.
void ComparisonBar::fill(QComboBox* box, const std::string& theme, const QString& title) {
    const QSignalBlocker quiet(box);
    box->clear();
    for (const cartographer::ThemeInfo& one : mContent.themes()) {
        if (one.id.ends_with("_pages") || !mContent.canShow(one)) continue;
        box->addItem(one.id == theme ? title : text(one.title), QString::fromStdString(one.id));
    }
    box->setCurrentIndex(box->findData(QString::fromStdString(theme)));
}

}  // namespace zonewright::desktop
