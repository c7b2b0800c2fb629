#include "desktop/dialogs/settings_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "desktop/dialogs/dialogs.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/preferences.h"

namespace zonewright::desktop {
namespace {

constexpr int kIdRole = Qt::UserRole;

QString shownKeys(const QList<QKeySequence>& keys) { return QKeySequence::listToString(keys, QKeySequence::NativeText); }

QString plainTitle(const CommandSpec& spec) {
    QString title = text(spec.title);
    return title.remove(QStringLiteral("…"));
}

void dress(preferences::Look look) {
    preferences::keepLook(look);
    preferences::wear(look);
}

void speak(Language wanted) {
    preferences::keepLanguage(wanted);
    languageSwitch().set(wanted);
}

}  // namespace

SettingsDialog::SettingsDialog(Workspace& workspace)
    : QDialog(workspace.window()), mWorkspace(workspace), mTabs(new QTabWidget), mLanguage(new QComboBox), mLook(new QComboBox), mSnap(new QDoubleSpinBox),
      mSnapUnit(new QComboBox), mFilter(new QLineEdit), mKeys(new QTreeWidget), mEdit(new QKeySequenceEdit), mTake(new QPushButton), mClear(new QPushButton),
      mDelivered(new QPushButton), mAllDelivered(new QPushButton), mConflict(new QLabel), mClose(new QPushButton) {
    setObjectName(QStringLiteral("settings_dialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    mTabs->addTab(makeGeneral(), QString());
    mTabs->addTab(makeKeys(), QString());
    mTabs->setObjectName(QStringLiteral("settings_tabs"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(mTabs, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(mClose);
    column->addLayout(buttons);
    for (QPushButton* button : findChildren<QPushButton*>()) button->setAutoDefault(false);
    resize(640, std::min(600, workspace.window()->height() - 80));
    connect(mClose, &QPushButton::clicked, this, &QDialog::close);
    inLanguage(this, [this] { say(); });
    connect(&workspace.commands(), &Commands::bound, this, &SettingsDialog::fillKeys);
}

QWidget* SettingsDialog::makeGeneral() {
    auto* page = new QWidget;
    auto* form = new QFormLayout(page);
    form->setContentsMargins(16, 16, 16, 16);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto row = [&](Localized label, auto* field) {
        auto* words = new QLabel;
        mLabels.emplace_back(words, std::move(label));
        form->addRow(words, field);
    };
    mLanguage->setObjectName(QStringLiteral("language"));
    mLook->setObjectName(QStringLiteral("look"));
    mSnap->setObjectName(QStringLiteral("snap"));
    mSnapUnit->setObjectName(QStringLiteral("snap_unit"));
    auto* snap = new QHBoxLayout;
    snap->addWidget(mSnap);
    snap->addWidget(mSnapUnit);
    snap->addStretch(1);
    row({"语言", "Language"}, mLanguage);
    row({"外观", "Look"}, mLook);
    row({"捕捉容差", "Snapping tolerance"}, snap);
    auto* why = new QLabel;
    why->setWordWrap(true);
    why->setForegroundRole(QPalette::PlaceholderText);
    mLabels.emplace_back(why, Localized{"像素：屏幕上离光标多远都捕捉得到，与比例尺无关。米：实地距离，放大后范围变大。",
                                        "Pixels: so far from the pointer on the screen, whatever the scale. Metres: a distance on the ground, which grows on the screen as you zoom in."});
    form->addRow(QString(), why);
    connect(mLanguage, &QComboBox::activated, this, [this] { speak(static_cast<Language>(mLanguage->currentData().toInt())); });
    connect(mLook, &QComboBox::activated, this, [this] {
        const auto look = static_cast<preferences::Look>(mLook->currentData().toInt());
        dress(look);
        QAction* dark = mWorkspace.commands().find(QStringLiteral("settings.dark"));
        const QSignalBlocker quiet(dark);
        dark->setChecked(look == preferences::Look::Dark);
    });
    connect(mSnapUnit, &QComboBox::activated, this, [this] {
        preferences::SnapReach reach;
        reach.inMetres = mSnapUnit->currentData().toBool();
        reach.value = reach.inMetres ? 1 : 10;
        preferences::keepSnapReach(reach);
        showSnap();
    });
    connect(mSnap, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!mFilling) preferences::keepSnapReach({value, mSnapUnit->currentData().toBool()});
    });
    return page;
}

QWidget* SettingsDialog::makeKeys() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    mFilter->setObjectName(QStringLiteral("key_filter"));
    mFilter->setClearButtonEnabled(true);
    mKeys->setObjectName(QStringLiteral("keys"));
    mEdit->setObjectName(QStringLiteral("key_edit"));
    mTake->setObjectName(QStringLiteral("key_take"));
    mClear->setObjectName(QStringLiteral("key_clear"));
    mDelivered->setObjectName(QStringLiteral("key_delivered"));
    mKeys->setColumnCount(2);
    mKeys->setRootIsDecorated(false);
    mKeys->setAlternatingRowColors(true);
    mKeys->setUniformRowHeights(true);
    mKeys->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    mKeys->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    mKeys->header()->setStretchLastSection(false);
    mConflict->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(mEdit, 1);
    for (QPushButton* button : {mTake, mClear, mDelivered, mAllDelivered}) row->addWidget(button);
    column->addWidget(mFilter);
    column->addWidget(mKeys, 1);
    column->addLayout(row);
    column->addWidget(mConflict);
    connect(mFilter, &QLineEdit::textChanged, this, &SettingsDialog::fillKeys);
    connect(mKeys, &QTreeWidget::currentItemChanged, this, [this] {
        if (!mFilling) showBinding();
    });
    connect(mEdit, &QKeySequenceEdit::keySequenceChanged, this, &SettingsDialog::tryKeys);
    connect(mTake, &QPushButton::clicked, this, [this] { bind({mEdit->keySequence()}); });
    connect(mClear, &QPushButton::clicked, this, [this] { bind({}); });
    connect(mDelivered, &QPushButton::clicked, this, [this] {
        for (const CommandSpec& spec : mWorkspace.commands().all()) {
            if (spec.id == command()) return bind(spec.keys);
        }
    });
    connect(mAllDelivered, &QPushButton::clicked, &mWorkspace.commands(), &Commands::bindAsDelivered);
    return page;
}

void SettingsDialog::say() {
    mFilling = true;
    setWindowTitle(text("设置", "Settings"));
    mTabs->setTabText(0, text("常规", "General"));
    mTabs->setTabText(1, text("快捷键", "Shortcuts"));
    for (const auto& [label, words] : mLabels) label->setText(text(words));
    mLanguage->clear();
    mLanguage->addItem(QStringLiteral("中文"), static_cast<int>(Language::Chinese));
    mLanguage->addItem(QStringLiteral("English"), static_cast<int>(Language::English));
    mLanguage->setCurrentIndex(mLanguage->findData(static_cast<int>(language())));
    mLook->clear();
    mLook->addItem(text("跟随系统", "As the system"), static_cast<int>(preferences::Look::System));
    mLook->addItem(text("浅色", "Light"), static_cast<int>(preferences::Look::Light));
    mLook->addItem(text("深色", "Dark"), static_cast<int>(preferences::Look::Dark));
    mLook->setCurrentIndex(mLook->findData(static_cast<int>(preferences::keptLook())));
    mSnapUnit->clear();
    mSnapUnit->addItem(text("像素", "pixels"), false);
    mSnapUnit->addItem(text("米", "metres"), true);
    mFilter->setPlaceholderText(text("按命令或按键查找", "Find a command or a key"));
    mKeys->setHeaderLabels({text("命令", "Command"), text("快捷键", "Keys")});
    mTake->setText(text("设定", "Set"));
    mClear->setText(text("清除", "Clear"));
    mDelivered->setText(text("恢复默认", "As delivered"));
    mAllDelivered->setText(text("全部恢复", "All as delivered"));
    mClose->setText(text("关闭", "Close"));
    mFilling = false;
    showSnap();
    fillKeys();
}

void SettingsDialog::showSnap() {
    mFilling = true;
    const preferences::SnapReach reach = preferences::snapReach();
    mSnapUnit->setCurrentIndex(reach.inMetres ? 1 : 0);
    mSnap->setDecimals(reach.inMetres ? 3 : 0);
    mSnap->setRange(reach.inMetres ? 0.001 : 1, reach.inMetres ? 1000 : 60);
    mSnap->setSingleStep(reach.inMetres ? 0.5 : 1);
    mSnap->setValue(reach.value);
    mFilling = false;
}

QString SettingsDialog::command() const { return mKeys->currentItem() != nullptr ? mKeys->currentItem()->data(0, kIdRole).toString() : QString(); }

void SettingsDialog::fillKeys() {
    const QString chosen = command();
    mFilling = true;
    mKeys->clear();
    for (const CommandSpec& spec : mWorkspace.commands().all()) {
        const QString title = plainTitle(spec);
        const QString keys = shownKeys(mWorkspace.commands().keysOf(spec.id));
        if (!mFilter->text().isEmpty() && !title.contains(mFilter->text(), Qt::CaseInsensitive) && !keys.contains(mFilter->text(), Qt::CaseInsensitive)) continue;
        auto* item = new QTreeWidgetItem(mKeys, {title, keys});
        item->setData(0, kIdRole, spec.id);
        item->setIcon(0, icon(spec.icon));
        if (!spec.help.zh.empty()) item->setToolTip(0, text(spec.help));
        if (spec.id == chosen) mKeys->setCurrentItem(item);
    }
    if (mKeys->currentItem() == nullptr && mKeys->topLevelItemCount() > 0) mKeys->setCurrentItem(mKeys->topLevelItem(0));
    mFilling = false;
    showBinding();
}

void SettingsDialog::showBinding() {
    mFilling = true;
    const auto keys = mWorkspace.commands().keysOf(command());
    mEdit->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.front());
    mFilling = false;
    tryKeys();
}

/// Says who has the keys that were just pressed.
void SettingsDialog::tryKeys() {
    if (mFilling) return;
    const QKeySequence keys = mEdit->keySequence();
    const QString holder = keys.isEmpty() ? QString() : mWorkspace.commands().holderOf(keys);
    const bool others = !holder.isEmpty() && holder != command();
    mTake->setEnabled(!command().isEmpty() && !keys.isEmpty() && holder != command());
    mClear->setEnabled(!mWorkspace.commands().keysOf(command()).isEmpty());
    if (!others) return mConflict->setText(QString());
    for (const CommandSpec& spec : mWorkspace.commands().all()) {
        if (spec.id == holder) mConflict->setText(text("此键现用于“%1”，设定后由这里接管", "“%1” has this key now; it will be taken from there").arg(plainTitle(spec)));
    }
}

void SettingsDialog::bind(const QList<QKeySequence>& keys) {
    const QString id = command();
    if (id.isEmpty()) return;
    Commands& commands = mWorkspace.commands();
    for (const QKeySequence& key : keys) {
        const QString holder = commands.holderOf(key);
        if (holder.isEmpty() || holder == id) continue;
        QList<QKeySequence> left = commands.keysOf(holder);
        left.removeAll(key);
        commands.bind(holder, left);
    }
    commands.bind(id, keys);
}

void addSettingsDialog(Workspace& workspace) {
    auto open = std::make_shared<QPointer<SettingsDialog>>();
    const auto show = [&workspace, open](int page) {
        if (!*open) *open = new SettingsDialog(workspace);
        (*open)->findChild<QTabWidget*>(QStringLiteral("settings_tabs"))->setCurrentIndex(page);
        (*open)->show();
        (*open)->raise();
        (*open)->activateWindow();
    };
    Commands& commands = workspace.commands();
    commands.add({"settings.open", {"设置…", "Settings…"}, Menu::File, {QKeySequence(Qt::CTRL | Qt::Key_Comma)}, "settings", Bar::None, {"语言、外观、捕捉容差", "Language, look, snapping"}},
                 [show] { show(0); });
    commands.add({"settings.keys", {"快捷键…", "Shortcuts…"}, Menu::Help, {}, {}, Bar::None, {"列出并修改所有快捷键", "All shortcuts, to look up and to change"}}, [show] { show(1); });
    // Named in the language that one would switch to, for those who cannot read the other.
    commands.add({"settings.language", {"Switch to English", "切换为中文"}, Menu::View, {}, {}, Bar::None, {}},
                 [] { speak(language() == Language::Chinese ? Language::English : Language::Chinese); });
    QAction* dark = commands.add({"settings.dark", {"深色外观", "Dark look"}, Menu::View, {}, "theme", Bar::None, {}}, {});
    dark->setCheckable(true);
    dark->setChecked(preferences::keptLook() == preferences::Look::Dark);
    QObject::connect(dark, &QAction::toggled, dark, [](bool on) { dress(on ? preferences::Look::Dark : preferences::Look::Light); });
    commands.add({"file.quit", {"退出", "Quit"}, Menu::File, {QKeySequence::Quit}, {}, Bar::None, {}}, [&workspace] { workspace.window()->close(); });
}

}  // namespace zonewright::desktop
