#include "desktop/panels/parameter_form.h"

#include <limits>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "desktop/canvas/map_view.h"
#include "desktop/dialogs/questions.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

using analysis::Parameter;
using analysis::ParameterType;

constexpr double kBeyond = 1e12;
constexpr int kDecimals = 6;
constexpr int kDigits = 12;  ///< a number is written as it was declared, without trailing zeros

class PlainSpin : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override { return QString::number(value, 'g', kDigits); }
};

bool fits(const std::string& wanted, const catalogue::Layer* layer) {
    if (wanted.empty() || layer == nullptr) return true;
    switch (layer->geometry) {
        case catalogue::GeometryKind::MultiPolygon: return wanted == "polygon";
        case catalogue::GeometryKind::LineString:
        case catalogue::GeometryKind::MultiLineString: return wanted == "line";
        case catalogue::GeometryKind::Point: return wanted == "point";
        case catalogue::GeometryKind::None: break;
    }
    return wanted == "table";
}

/// An editable box says the code of what was chosen, or what was typed.
QString textOf(const QComboBox& box) {
    const int index = box.findText(box.currentText());
    return index >= 0 ? box.itemData(index).toString() : box.currentText().trimmed();
}

void choose(QComboBox& box, const QString& value) {
    const int index = box.findData(value);
    if (index >= 0) box.setCurrentIndex(index);
    else box.setEditText(value);
}

QString shownNumber(double value) { return QString::number(value, 'g', kDigits); }

}  // namespace

ParameterForm::ParameterForm(Workspace& workspace, const analysis::Module& module, QWidget* parent) : QWidget(parent), mWorkspace(workspace), mHelp(new QLabel) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    const auto newForm = [] {
        auto* form = new QFormLayout;
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        form->setVerticalSpacing(6);
        return form;
    };
    auto* plain = newForm();
    column->addLayout(plain);
    mFold = new QToolButton;
    mFold->setObjectName(QStringLiteral("form.fold"));
    mFold->setText(text("更多参数", "More parameters"));
    mFold->setCheckable(true);
    mFold->setAutoRaise(true);
    mFold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    mFold->setArrowType(Qt::RightArrow);
    column->addWidget(mFold);
    auto* folded = new QWidget;
    auto* more = newForm();
    more->setContentsMargins(0, 0, 0, 0);
    folded->setLayout(more);
    folded->hide();
    column->addWidget(folded);
    connect(mFold, &QToolButton::toggled, this, [this, folded](bool on) {
        folded->setVisible(on);
        mFold->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
    });
    mHelp->setWordWrap(true);
    mHelp->setTextFormat(Qt::PlainText);
    mHelp->setEnabled(false);
    mHelp->setMinimumHeight(fontMetrics().height() * 3);
    mHelp->setAlignment(Qt::AlignTop);
    column->addWidget(mHelp);

    auto run = module.newRun();
    if (!run) {
        mHelp->setText(text(run.error()));
        return;
    }
    mRun = std::move(*run);
    mRun->declare(mDeclared);
    bool any = false;
    for (const Parameter* parameter : mDeclared.all()) {
        add(*parameter, parameter->advanced ? *more : *plain);
        any = any || parameter->advanced;
    }
    mFold->setVisible(any);
    fillFields();
}

void ParameterForm::add(const Parameter& parameter, QFormLayout& form) {
    Field field = editorOf(parameter);
    field.parameter = &parameter;
    field.editor->setObjectName(QStringLiteral("parameter.") + QString::fromStdString(parameter.id));
    field.editor->setToolTip(text(parameter.help));
    field.editor->installEventFilter(this);
    for (QWidget* inner : field.editor->findChildren<QWidget*>()) inner->installEventFilter(this);
    QString title = text(parameter.title);
    if (parameter.required) title += QStringLiteral(" *");
    auto* label = new QLabel(title);
    label->setToolTip(text(parameter.help));
    if (parameter.type == ParameterType::Boolean) form.addRow(QString(), field.editor);
    else form.addRow(label, field.editor);
    if (parameter.type == ParameterType::Boolean) label->deleteLater();
    field.set(QString::fromStdString(parameter.defaultText));
    mFields.push_back(std::move(field));
}

ParameterForm::Field ParameterForm::editorOf(const Parameter& parameter) {
    switch (parameter.type) {
        case ParameterType::Number:
        case ParameterType::Integer: return spinOf(parameter);
        case ParameterType::Boolean: {
            auto* box = new QCheckBox(text(parameter.title));
            connect(box, &QCheckBox::toggled, this, &ParameterForm::changed);
            return {nullptr, box, [box] { return box->isChecked() ? QStringLiteral("true") : QStringLiteral("false"); },
                    [box](const QString& value) { box->setChecked(value == QLatin1String("true")); }};
        }
        case ParameterType::Layer: return layerOf(parameter);
        case ParameterType::Field: return fieldOf(parameter);
        case ParameterType::Choice: return choiceOf(parameter);
        default: return parameter.choices.empty() ? lineOf(parameter) : choiceOf(parameter);
    }
}

ParameterForm::Field ParameterForm::spinOf(const Parameter& parameter) {
    auto* spin = new PlainSpin;
    spin->setDecimals(parameter.type == ParameterType::Integer ? 0 : kDecimals);
    spin->setRange(parameter.min.value_or(-kBeyond), parameter.max.value_or(kBeyond));
    spin->setKeyboardTracking(true);
    if (!parameter.unit.empty()) spin->setSuffix(QLatin1Char(' ') + unitText(parameter.unit));
    if (parameter.min && parameter.max) spin->setSingleStep(std::max(parameter.type == ParameterType::Integer ? 1.0 : 0.01, (*parameter.max - *parameter.min) / 100));
    connect(spin, &QDoubleSpinBox::valueChanged, this, &ParameterForm::changed);
    return {nullptr, spin, [spin] { return QString::number(spin->value(), 'g', kDigits); }, [spin](const QString& value) { spin->setValue(value.toDouble()); }};
}

ParameterForm::Field ParameterForm::choiceOf(const Parameter& parameter) {
    auto* box = new QComboBox;
    for (const analysis::Choice& choice : parameter.choices) box->addItem(text(choice.title), QString::fromStdString(choice.id));
    connect(box, &QComboBox::currentIndexChanged, this, &ParameterForm::changed);
    return {nullptr, box, [box] { return box->currentData().toString(); }, [box](const QString& value) { box->setCurrentIndex(std::max(0, box->findData(value))); }};
}

ParameterForm::Field ParameterForm::layerOf(const Parameter& parameter) {
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    if (!parameter.required) box->addItem(QString(), QString());
    for (const plan::LayerInfo& layer : mWorkspace.document().layers()) {
        const auto* known = mWorkspace.document().catalogue().find(layer.id);
        if (fits(parameter.geometry, known)) box->addItem(known != nullptr ? text(known->title) : QString::fromStdString(layer.id), QString::fromStdString(layer.id));
    }
    auto* open = new QToolButton;
    open->setText(QStringLiteral("…"));
    open->setToolTip(text("使用文件中的图层", "Use a layer of a file"));
    columns->addWidget(box, 1);
    columns->addWidget(open);
    connect(open, &QToolButton::clicked, this, [this, box] {
        askForFile(box, text("选择图层文件", "Choose a layer file"), {}, [box](const QString& file) { box->setEditText(file); });
    });
    connect(box, &QComboBox::currentTextChanged, this, [this] {
        fillFields();
        emit changed();
    });
    return {nullptr, row, [box] { return textOf(*box); }, [box](const QString& value) { choose(*box, value); }};
}

ParameterForm::Field ParameterForm::fieldOf(const Parameter&) {
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(10);
    connect(box, &QComboBox::currentTextChanged, this, &ParameterForm::changed);
    return {nullptr, box, [box] { return textOf(*box); }, [box](const QString& value) { choose(*box, value); }};
}

ParameterForm::Field ParameterForm::lineOf(const Parameter& parameter) {
    auto* row = new QWidget;
    auto* columns = new QHBoxLayout(row);
    columns->setContentsMargins(0, 0, 0, 0);
    auto* line = new QLineEdit;
    columns->addWidget(line, 1);
    connect(line, &QLineEdit::textChanged, this, &ParameterForm::changed);
    auto* help = new QToolButton;
    help->setText(QStringLiteral("…"));
    switch (parameter.type) {
        case ParameterType::Point:
            help->setIcon(icon(QStringLiteral("zoom-selection")));
            help->setToolTip(text("取地图中心", "Take the middle of the map"));
            connect(help, &QToolButton::clicked, this, [this, line] {
                const Point at = mWorkspace.map().view().centre;
                line->setText(QStringLiteral("%1,%2").arg(at.x, 0, 'f', 1).arg(at.y, 0, 'f', 1));
            });
            columns->addWidget(help);
            break;
        case ParameterType::File:
            connect(help, &QToolButton::clicked, this, [this, line] {
                askForFile(line, text("选择文件", "Choose a file"), {}, [line](const QString& file) { line->setText(file); });
            });
            columns->addWidget(help);
            break;
        case ParameterType::Layers: {
            auto* menu = new QMenu(help);
            for (const plan::LayerInfo& layer : mWorkspace.document().layers()) {
                const auto* known = mWorkspace.document().catalogue().find(layer.id);
                if (!fits(parameter.geometry, known)) continue;
                menu->addAction(known != nullptr ? text(known->title) : QString::fromStdString(layer.id), line, [line, id = QString::fromStdString(layer.id)] {
                    QStringList ids = line->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
                    if (!ids.removeOne(id)) ids << id;
                    line->setText(ids.join(QLatin1Char(',')));
                });
            }
            help->setMenu(menu);
            help->setPopupMode(QToolButton::InstantPopup);
            help->setToolTip(text("加入或去掉图层", "Add or take out layers"));
            columns->addWidget(help);
            break;
        }
        default: help->deleteLater(); break;
    }
    return {nullptr, row, [line] { return line->text().trimmed(); }, [line](const QString& value) { line->setText(value); }};
}

QString ParameterForm::valueOf(const std::string& parameter) const {
    for (const Field& field : mFields) {
        if (field.parameter->id == parameter) return field.get();
    }
    return {};
}

/// Columns of the layers that are chosen now.
void ParameterForm::fillFields() {
    for (const Field& field : mFields) {
        if (field.parameter->type != ParameterType::Field) continue;
        auto* box = qobject_cast<QComboBox*>(field.editor);
        const QString now = field.get();
        const QSignalBlocker quiet(box);
        box->clear();
        box->addItem(QString(), QString());
        if (const auto* layer = mWorkspace.document().catalogue().find(valueOf(field.parameter->ofLayer).toStdString())) {
            for (const catalogue::Field& one : layer->fields) {
                box->addItem(QStringLiteral("%1  %2").arg(text(one.title), QString::fromStdString(one.name)), QString::fromStdString(one.name));
            }
        }
        choose(*box, now);
    }
}

analysis::Assignments ParameterForm::assignments() const {
    analysis::Assignments out;
    for (const Field& field : mFields) {
        const std::string value = field.get().toStdString();
        const bool number = field.parameter->type == ParameterType::Number || field.parameter->type == ParameterType::Integer;
        const bool same = number ? field.get().toDouble() == QString::fromStdString(field.parameter->defaultText).toDouble() : value == field.parameter->defaultText;
        if (!same) out.emplace_back(field.parameter->id, value);
    }
    return out;
}

void ParameterForm::setAssignments(const analysis::Assignments& assignments) {
    for (const Field& field : mFields) {
        const auto found = std::ranges::find(assignments, field.parameter->id, &std::pair<std::string, std::string>::first);
        field.set(QString::fromStdString(found != assignments.end() ? found->second : field.parameter->defaultText));
        if (found != assignments.end() && field.parameter->advanced) mFold->setChecked(true);
    }
    fillFields();
    emit changed();
}

QString ParameterForm::problem() const {
    for (const Field& field : mFields) {
        const QString value = field.get();
        if (value.isEmpty() && field.parameter->required) return text("请填写“%1”", "\"%1\" is needed").arg(text(field.parameter->title));
        if (value.isEmpty() || !field.parameter->assign) continue;
        if (const auto fit = field.parameter->assign(value.toStdString()); !fit) {
            return QStringLiteral("%1: %2").arg(text(field.parameter->title), text(fit.error()));
        }
    }
    return {};
}

void ParameterForm::showHelp(const Parameter& parameter) {
    QString words = text(parameter.help);
    QStringList facts;
    if (parameter.min && parameter.max && *parameter.max < kBeyond) facts << text("范围 %1 至 %2", "from %1 to %2").arg(shownNumber(*parameter.min), shownNumber(*parameter.max));
    else if (parameter.min) facts << text("不小于 %1", "at least %1").arg(shownNumber(*parameter.min));
    if (!parameter.defaultText.empty()) facts << text("默认 %1", "default %1").arg(QString::fromStdString(parameter.defaultText));
    if (!facts.isEmpty()) words += (words.isEmpty() ? QString() : QStringLiteral("\n")) + facts.join(text("；", "; ")) + QLatin1Char(' ') + unitText(parameter.unit);
    mHelp->setText(words);
}

bool ParameterForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::Enter) {
        for (const Field& field : mFields) {
            if (field.editor == watched || field.editor->isAncestorOf(qobject_cast<QWidget*>(watched))) showHelp(*field.parameter);
        }
    }
    // The wheel scrolls the form; it changes no value that it passes over.
    if (event->type() == QEvent::Wheel && !qobject_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace zonewright::desktop
