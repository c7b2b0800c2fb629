#include <cmath>

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QDateTime>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/analysis/siting/runs.h"
#include "core/geometry/measure.h"
#include "desktop/canvas/map_view.h"
#include "desktop/panels/panels.h"
#include "desktop/session/icons.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"
#include "desktop/session/workspace.h"

namespace zonewright::desktop {
namespace {

/// Everything the panel says of a feature, read in one go.
struct FeatureFacts {
    plan::Table table;
    plan::Feature feature;
    std::optional<SquareMetres> planar;
    std::optional<SquareMetres> ellipsoidal;
    std::optional<Metres> length;
    std::vector<plan::ChangeSetRecord> history;
    std::vector<analysis::siting::KeptFinding> findings;
    std::string checked;  ///< time of the check that they are from
};

Result<FeatureFacts> readFacts(const plan::Plan& plan, const FeatureRef& ref, const std::string& keyField) {
    FeatureFacts facts;
    auto table = plan::tableOf(plan, ref.layer);
    if (!table) return tl::unexpected(table.error());
    facts.table = std::move(*table);
    auto feature = plan::findFeature(plan, ref.layer, std::to_string(static_cast<std::int64_t>(ref.fid)));
    if (!feature) return tl::unexpected(feature.error());
    facts.feature = std::move(*feature);
    if (const auto* area = std::get_if<MultiPolygon>(&facts.feature.geometry)) {
        facts.planar = planarArea(*area);
        if (const auto ellipsoid = Ellipsoid::of(plan.crs())) facts.ellipsoidal = ellipsoid->area(*area);
    }
    if (const auto* line = std::get_if<LineString>(&facts.feature.geometry)) facts.length = planarLength(*line);
    if (const auto* lines = std::get_if<MultiLineString>(&facts.feature.geometry)) facts.length = planarLength(*lines);
    if (auto history = plan::historyOf(plan, ref.layer, facts.feature.id)) facts.history = std::move(*history);
    const auto key = keyField.empty() ? std::nullopt : facts.table.indexOf(keyField);
    const std::string keyText = key ? plan::asText(facts.feature.values[*key]) : std::string();
    if (const auto run = analysis::siting::keptRun(plan, {})) {
        facts.checked = run->time;
        for (const auto& finding : run->findings) {
            const bool mine = finding.site == facts.feature.id.text || finding.feature == facts.feature.id.text ||
                              (!keyText.empty() && (finding.site == keyText || finding.feature == keyText));
            if (mine) facts.findings.push_back(finding);
        }
    }
    return facts;
}

QLabel* heading(const QString& words) {
    auto* label = new QLabel(words);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setContentsMargins(0, 10, 0, 2);
    return label;
}

constexpr int kWidestLabel = 132;

QLabel* plain(const QString& words) {
    auto* label = new QLabel(words);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString localTime(const std::string& utc) {
    const QDateTime time = QDateTime::fromString(QString::fromStdString(utc), Qt::ISODateWithMs);
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")) : QString::fromStdString(utc);
}

class FeaturePanel : public QScrollArea {
public:
    explicit FeaturePanel(Workspace& workspace) : mWorkspace(workspace) {
        setWidgetResizable(true);
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setMinimumWidth(300);
        connect(&workspace.selection(), &Selection::changed, this, [this] { reload(); });
        connect(&workspace.document(), &PlanDocument::changed, this, [this] { reload(); });
        connect(&workspace.document(), &PlanDocument::closed, this, [this] { showNothing(); });
        inLanguage(this, [this] { mFacts ? show(*mFacts) : showNothing(); });
    }

private:
    void reload() {
        const auto& features = mWorkspace.selection().features();
        if (features.size() != 1) {
            mFacts.reset();
            showNothing();
            return;
        }
        mRef = features.front();
        const auto* layer = mWorkspace.document().catalogue().find(mRef.layer);
        mWorkspace.document().read(
            this, [ref = mRef, key = layer != nullptr ? layer->keyField : std::string()](const plan::Plan& plan) { return readFacts(plan, ref, key); },
            [this, ref = mRef](Result<FeatureFacts> facts) {
                if (!(ref == mRef)) return;
                if (facts) {
                    mFacts = std::move(*facts);
                    show(*mFacts);
                } else {
                    mFacts.reset();
                    showNothing();
                }
            });
    }

    void showNothing() {
        const std::size_t count = mWorkspace.selection().features().size();
        auto* label = plain(count > 1 ? text("已选 %1 个要素", "%1 features selected").arg(count)
                                      : text("在地图上单击要素，这里显示其属性、面积、规划依据、检查结果和历史。",
                                             "Click a feature on the map: its attributes, area, source in the plan, findings and history appear here."));
        label->setAlignment(Qt::AlignTop);
        label->setMargin(12);
        setWidget(label);
    }

    void show(const FeatureFacts& facts) {
        // What is being typed stays: the panel is made anew when the field has been left.
        const int scrolled = verticalScrollBar()->value();
        auto* page = new QWidget;
        auto* column = new QVBoxLayout(page);
        column->setContentsMargins(12, 8, 12, 12);
        column->setSpacing(4);
        const auto* layer = mWorkspace.document().catalogue().find(facts.table.layer);
        addTitle(*column, facts, layer);
        addAttributes(*column, facts, layer);
        addMeasures(*column, facts);
        if (layer != nullptr) addSource(*column, *layer);
        addFindings(*column, facts);
        addHistory(*column, facts);
        column->addStretch(1);
        setWidget(page);
        verticalScrollBar()->setValue(scrolled);
    }

    void addTitle(QVBoxLayout& column, const FeatureFacts& facts, const catalogue::Layer* layer) {
        const auto name = layer == nullptr || layer->nameField.empty() ? std::nullopt : facts.table.indexOf(layer->nameField);
        auto* title = plain(name ? QString::fromStdString(plan::asText(facts.feature.values[*name])) : QString());
        QFont font = title->font();
        font.setPointSizeF(font.pointSizeF() * 1.3);
        font.setBold(true);
        title->setFont(font);
        auto* row = new QHBoxLayout;
        row->addWidget(title, 1);
        const auto button = [&](const char* shape, const QString& tip, auto run) {
            auto* made = new QToolButton;
            made->setIcon(icon(QString::fromLatin1(shape)));
            made->setToolTip(tip);
            made->setAutoRaise(true);
            QObject::connect(made, &QToolButton::clicked, this, run);
            row->addWidget(made);
        };
        button("zoom-selection", text("缩放到此要素", "Zoom to this feature"), [this, box = boxOf(facts.feature.geometry)] { mWorkspace.map().showBox(box, 0.3); });
        button("search", text("在地图上闪烁", "Flash on the map"), [this, geometry = facts.feature.geometry] { mWorkspace.map().flash(geometry); });
        column.addLayout(row);
        column.addWidget(plain((layer != nullptr ? text(layer->title) : QString::fromStdString(facts.table.layer)) +
                               QStringLiteral("  ·  fid %1").arg(static_cast<qlonglong>(facts.feature.fid))));
    }

    void addAttributes(QVBoxLayout& column, const FeatureFacts& facts, const catalogue::Layer* layer) {
        column.addWidget(heading(text("属性", "Attributes")));
        auto* form = new QFormLayout;
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setLabelAlignment(Qt::AlignLeft);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        for (std::size_t i = 0; i < facts.table.fields.size(); ++i) {
            const catalogue::Field* field = layer != nullptr ? layer->find(facts.table.fields[i].name) : nullptr;
            if (field == nullptr) {
                form->addRow(QString::fromStdString(facts.table.fields[i].name), plain(QString::fromStdString(plan::asText(facts.feature.values[i]))));
                continue;
            }
            QString label = text(field->title);
            if (!field->unit.empty()) label += QStringLiteral(" (%1)").arg(unitText(field->unit));
            if (field->required) label += QStringLiteral(" *");
            QWidget* editor = editorOf(*field, facts.feature.values[i]);
            editor->setEnabled(mWorkspace.document().isWritable());
            editor->setObjectName(QStringLiteral("field.") + QString::fromStdString(field->name));
            // A long title takes lines, not the room of the fields.
            auto* words = new QLabel(label);
            words->setWordWrap(true);
            words->setFixedWidth(std::min(words->fontMetrics().horizontalAdvance(label) + 2, kWidestLabel));
            words->setBuddy(editor);
            form->addRow(words, editor);
        }
        column.addLayout(form);
    }

    QWidget* editorOf(const catalogue::Field& field, const plan::Value& value) {
        const QString now = QString::fromStdString(plan::asText(value));
        if (const auto* domain = field.domain.empty() ? nullptr : mWorkspace.document().catalogue().findDomain(field.domain)) {
            auto* box = new QComboBox;
            box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
            box->setMinimumContentsLength(10);
            if (!field.required || now.isEmpty()) box->addItem(QString(), QString());
            for (const catalogue::DomainValue& one : domain->values) {
                box->addItem(QStringLiteral("%1  %2").arg(QString::fromStdString(one.code), text(one.title)), QString::fromStdString(one.code));
            }
            if (box->findData(now) < 0) box->addItem(now + text("（不在值域中）", " (not in the domain)"), now);
            box->setCurrentIndex(box->findData(now));
            box->installEventFilter(this);
            connect(box, &QComboBox::activated, this, [this, box, name = field.name] { put(name, box->currentData().toString()); });
            return box;
        }
        if (field.type == catalogue::FieldType::Boolean) {
            auto* box = new QCheckBox;
            box->setChecked(now == QLatin1String("1") || now == QLatin1String("true"));
            connect(box, &QCheckBox::clicked, this, [this, name = field.name](bool on) { put(name, on ? QStringLiteral("true") : QStringLiteral("false")); });
            return box;
        }
        auto* line = new QLineEdit(now);
        line->setCursorPosition(0);
        line->setToolTip(now);
        if (field.type == catalogue::FieldType::Date) line->setPlaceholderText(QStringLiteral("2025-01-31"));
        connect(line, &QLineEdit::editingFinished, this, [this, line, now, name = field.name] {
            if (line->text() != now) put(name, line->text());
        });
        return line;
    }

    void put(const std::string& field, const QString& value) {
        mWorkspace.document().setValues(mRef, {{field, value.toStdString()}}, this, [this](Result<editing::EditReport> done) {
            if (done) return;
            mWorkspace.say(done.error());
            // The field shows again what is in the plan; not while it still handles the event.
            QMetaObject::invokeMethod(this, [this] { reload(); }, Qt::QueuedConnection);
        });
    }

    static void addMeasures(QVBoxLayout& column, const FeatureFacts& facts) {
        if (facts.length) {
            column.addWidget(heading(text("长度", "Length")));
            column.addWidget(plain(text("%1 m（平面）", "%1 m (planar)").arg(number(facts.length->value, 2))));
        }
        if (!facts.planar) return;
        column.addWidget(heading(text("面积", "Area")));
        auto* grid = new QGridLayout;
        grid->setHorizontalSpacing(18);
        grid->setVerticalSpacing(2);
        const auto cell = [&](int row, int at, const QString& words) {
            QLabel* label = plain(words);
            label->setWordWrap(false);
            label->setAlignment(at > 0 ? Qt::AlignRight : Qt::AlignLeft);
            grid->addWidget(label, row, at);
        };
        cell(1, 0, QStringLiteral("m²"));
        cell(2, 0, QStringLiteral("ha"));
        cell(3, 0, text("亩", "mu"));
        const auto down = [&](int at, const QString& method, SquareMetres area) {
            cell(0, at, method);
            cell(1, at, number(area.value, 1));
            cell(2, at, number(toHectares(area), 2));
            cell(3, at, number(toMu(area), 1));
        };
        down(1, text("平面", "planar"), *facts.planar);
        if (facts.ellipsoidal) down(2, text("椭球", "ellipsoidal"), *facts.ellipsoidal);
        grid->setColumnStretch(3, 1);
        column.addLayout(grid);
    }

    static void addSource(QVBoxLayout& column, const catalogue::Layer& layer) {
        column.addWidget(heading(text("规划依据", "Source in the plan")));
        QStringList words;
        if (!layer.provenance.clause.empty()) words << QString::fromStdString(layer.provenance.clause);
        if (const QString source = text(layer.provenance.source); !source.isEmpty()) words << source;
        if (!layer.provenance.date.empty()) words << QString::fromStdString(layer.provenance.date);
        words << text("位置精度 ±%1 m", "Positional accuracy ±%1 m").arg(number(layer.accuracy.value, layer.accuracy.value < 1 ? 2 : 0));
        if (layer.provenance.schematic) words << text("示意图形，不作为定界依据", "Schematic; not evidence of any boundary");
        column.addWidget(plain(words.join(QLatin1Char('\n'))));
    }

    static void addFindings(QVBoxLayout& column, const FeatureFacts& facts) {
        column.addWidget(heading(text("选址检查", "Siting findings")));
        if (facts.checked.empty()) {
            column.addWidget(plain(text("尚无保存的检查", "No check has been kept yet")));
            return;
        }
        column.addWidget(plain(text("最近一次检查：", "Last check: ") + localTime(facts.checked)));
        if (facts.findings.empty()) column.addWidget(plain(text("没有涉及此要素的结果", "Nothing concerns this feature")));
        for (const auto& finding : facts.findings) {
            QString words = QStringLiteral("%1 · %2").arg(QString::fromStdString(finding.rule), QString::fromStdString(finding.verdict));
            if (finding.overlap.value > 0) words += text("，重叠 %1 m²", ", overlap %1 m²").arg(number(finding.overlap.value, 1));
            column.addWidget(plain(words));
        }
    }

    static void addHistory(QVBoxLayout& column, const FeatureFacts& facts) {
        column.addWidget(heading(text("历史", "History")));
        if (facts.history.empty()) column.addWidget(plain(text("导入后未改动", "Not changed since it was imported")));
        int shown = 0;
        for (auto record = facts.history.rbegin(); record != facts.history.rend() && shown < 12; ++record, ++shown) {
            column.addWidget(plain(QStringLiteral("#%1  %2  %3\n%4")
                                       .arg(record->id)
                                       .arg(localTime(record->time), QString::fromStdString(record->author), QString::fromStdString(record->title))));
        }
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        // The wheel scrolls the panel; it changes no value that it passes over.
        if (event->type() == QEvent::Wheel) {
            event->ignore();
            return true;
        }
        return QScrollArea::eventFilter(watched, event);
    }

private:
    Workspace& mWorkspace;
    FeatureRef mRef;
    std::optional<FeatureFacts> mFacts;
};

}  // namespace

void addFeaturePanel(Workspace& workspace) {
    workspace.addPanel({"feature", {"要素", "Feature"}, Qt::RightDockWidgetArea, "info", {QKeySequence(Qt::CTRL | Qt::Key_2)}, true}, new FeaturePanel(workspace));
}

}  // namespace zonewright::desktop
