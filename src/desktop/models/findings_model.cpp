#include "desktop/models/findings_model.h"

#include <algorithm>
#include <map>
#include <set>

#include <QColor>
#include <QImage>
#include <QPainter>

#include "core/analysis/siting/documents.h"
#include "core/geometry/measure.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

namespace siting = analysis::siting;

constexpr int kDot = 10;

FindingsModel::Weight weightOf(const siting::Finding& finding) {
    if (finding.waiver) return FindingsModel::Waived;
    if (finding.verdict == siting::Verdict::Undecidable) return FindingsModel::Undecidable;
    switch (finding.severity) {
        case siting::Severity::Prohibited: return FindingsModel::Prohibited;
        case siting::Severity::Restricted: return FindingsModel::Restricted;
        case siting::Severity::Advice: break;
    }
    return FindingsModel::Advice;
}

/// The one number that says most, in the unit planners use.
QString measureText(const siting::Finding& finding) {
    if (finding.overlap.value > 0) return shortAreaText(finding.overlap);
    if (finding.overlapLength.value > 0) return number(finding.overlapLength.value, 1) + QStringLiteral(" m");
    return text("距 %1 m", "%1 m away").arg(number(finding.distance.value, 1));
}

QImage dotOf(FindingsModel::Weight weight) {
    static std::map<FindingsModel::Weight, QImage> dots;
    QImage& dot = dots[weight];
    if (dot.isNull()) {
        dot = QImage(kDot, kDot, QImage::Format_ARGB32_Premultiplied);
        dot.fill(Qt::transparent);
        QPainter painter(&dot);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(FindingsModel::colourOf(weight));
        painter.drawEllipse(0, 0, kDot, kDot);
    }
    return dot;
}

}  // namespace

void FindingsModel::setReport(std::shared_ptr<const siting::Report> report) {
    beginResetModel();
    mReport = std::move(report);
    mRows.clear();
    if (mReport != nullptr) {
        for (const auto& finding : mReport->findings) mRows.push_back({weightOf(finding), &finding, nullptr, nullptr});
        for (const auto& missed : mReport->notChecked) mRows.push_back({NotChecked, nullptr, nullptr, &missed});
        for (const auto& cleared : mReport->cleared) mRows.push_back({Clear, nullptr, &cleared, nullptr});
        std::ranges::stable_sort(mRows, {}, &Row::weight);
    }
    endResetModel();
}

QColor FindingsModel::colourOf(Weight weight) {
    switch (weight) {
        case Prohibited: return {0xc6, 0x28, 0x28};
        case Restricted: return {0xe6, 0x7e, 0x00};
        case Advice: return {0x1e, 0x7b, 0xb8};
        case Undecidable: return {0x8e, 0x5a, 0xa8};
        case Waived: return {0x78, 0x78, 0x78};
        case NotChecked: return {0x9e, 0x9e, 0x9e};
        case Clear: break;
    }
    return {0x2e, 0x8b, 0x43};
}

QString FindingsModel::titleOf(Weight weight) {
    switch (weight) {
        case Prohibited: return text("禁止", "Prohibited");
        case Restricted: return text("限制", "Restricted");
        case Advice: return text("提示", "Advice");
        case Undecidable: return text("无法判定", "Undecidable");
        case Waived: return text("已豁免", "Waived");
        case NotChecked: return text("未检查", "Not checked");
        case Clear: break;
    }
    return text("无冲突", "Clear");
}

std::size_t FindingsModel::notApplying(const siting::Report& report) {
    std::set<std::pair<std::size_t, std::size_t>> told;
    for (const auto& finding : report.findings) told.emplace(finding.site, finding.rule);
    for (const auto& cleared : report.cleared) told.emplace(cleared.site, cleared.rule);
    const auto checked = static_cast<std::size_t>(std::ranges::count(report.checked, true));
    return report.sites.size() * checked - std::min(told.size(), report.sites.size() * checked);
}

int FindingsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(mRows.size()); }
int FindingsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QString FindingsModel::words(const Row& row, int column) const {
    const auto rule = [&](std::size_t index) { return text(mReport->rules[index].title); };
    const auto site = [&](std::size_t index) { return text(mReport->sites[index].name); };
    if (column == VerdictColumn) return titleOf(row.weight);
    if (row.finding != nullptr) {
        switch (column) {
            case RuleColumn: return rule(row.finding->rule);
            case ConstraintColumn: return row.finding->feature.empty() ? text("（在其外）", "(outside)") : text(row.finding->featureName);
            case MeasureColumn: return measureText(*row.finding);
            default: return site(row.finding->site);
        }
    }
    if (row.cleared != nullptr) {
        switch (column) {
            case RuleColumn: return rule(row.cleared->rule);
            case MeasureColumn: return row.cleared->nearest ? text("最近 %1 m", "nearest %1 m").arg(number(row.cleared->nearest->value, 0)) : QString();
            case SiteColumn: return site(row.cleared->site);
            default: return {};
        }
    }
    switch (column) {
        case RuleColumn: {
            if (row.notChecked->rule.empty()) return text("全部规则", "All rules");
            const auto found = std::ranges::find(mReport->rules, row.notChecked->rule, &siting::Rule::id);
            return found == mReport->rules.end() ? QString::fromStdString(row.notChecked->rule) : text(found->title);
        }
        case ConstraintColumn: return text(row.notChecked->reason);
        case SiteColumn: return QString::fromStdString(row.notChecked->site);
        default: return {};
    }
}

QVariant FindingsModel::sortKey(const Row& row, int column) const {
    if (column == VerdictColumn) return row.weight;
    if (column != MeasureColumn) return words(row, column);
    if (row.finding != nullptr) return row.finding->overlap.value > 0 ? row.finding->overlap.value : -row.finding->distance.value;
    return row.cleared != nullptr && row.cleared->nearest ? -1e6 - row.cleared->nearest->value : -1e12;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || mReport == nullptr) return {};
    const Row& one = row(index.row());
    switch (role) {
        case Qt::DisplayRole: return words(one, index.column());
        case Qt::ToolTipRole: return words(one, index.column());
        case Qt::DecorationRole: return index.column() == VerdictColumn ? QVariant(dotOf(one.weight)) : QVariant();
        case Qt::TextAlignmentRole: return QVariant(index.column() == MeasureColumn ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case WeightRole: return one.weight;
        case SortRole: return sortKey(one, index.column());
        default: return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case VerdictColumn: return text("结论", "Verdict");
        case RuleColumn: return text("规则", "Rule");
        case ConstraintColumn: return text("约束要素", "Constraint");
        case MeasureColumn: return text("量算", "Measured");
        default: return text("地块", "Site");
    }
}

}  // namespace zonewright::desktop
