#include "desktop/models/feature_table_model.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/plan/sqlite.h"
#include "desktop/session/language.h"
#include "desktop/session/numbers.h"

namespace zonewright::desktop {
namespace {

constexpr std::size_t kPage = 200;
constexpr std::size_t kMostPages = 40;

using plan::sqlName;
using plan::sqlText;

std::string listOf(const std::vector<Fid>& fids, std::size_t from, std::size_t to) {
    std::string out;
    for (std::size_t i = from; i < to; ++i) out += fmt::format("{}{}", out.empty() ? "" : ",", static_cast<std::int64_t>(fids[i]));
    return out;
}

/// The words as a pattern of LIKE.
std::string likeText(const std::string& words) {
    std::string pattern = "%";
    for (const char c : words) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return sqlText(pattern + "%") + " ESCAPE '\\'";
}

Result<std::vector<std::vector<plan::Value>>> readPage(const plan::Plan& plan, const plan::Table& table, const std::vector<Fid>& fids) {
    std::string columns = "fid";
    for (const auto& field : table.fields) columns += ", " + sqlName(field.name);
    auto query = plan.database().prepare(fmt::format("SELECT {} FROM {} WHERE fid IN ({})", columns, sqlName(table.layer), listOf(fids, 0, fids.size())));
    if (!query) return tl::unexpected(query.error());
    std::map<std::int64_t, std::vector<plan::Value>> rows;
    while (true) {
        const auto row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        auto& values = rows[query->integer(0)];
        for (std::size_t i = 0; i < table.fields.size(); ++i) {
            const int at = static_cast<int>(i) + 1;
            if (query->isNull(at)) values.emplace_back();
            else values.emplace_back(std::string(query->text(at)));
        }
    }
    std::vector<std::vector<plan::Value>> out;
    for (const Fid fid : fids) {
        auto found = rows.find(static_cast<std::int64_t>(fid));
        out.push_back(found != rows.end() ? std::move(found->second) : std::vector<plan::Value>(table.fields.size()));
    }
    return out;
}

bool isNumber(const plan::Table::Column& column) { return column.sqlType.starts_with("INT") || column.sqlType.starts_with("REAL") || column.sqlType.starts_with("DOUBLE") || column.sqlType.starts_with("MEDIUMINT"); }

}  // namespace

FeatureTableModel::FeatureTableModel(PlanDocument& document) : mDocument(document) {
    connect(&document, &PlanDocument::changed, this, [this](const Change& change) {
        if (change.layers.empty() || std::ranges::find(change.layers, mLayer) != change.layers.end()) reload();
    });
    connect(&document, &PlanDocument::closed, this, [this] { setLayer({}); });
}

void FeatureTableModel::setLayer(const std::string& layer) {
    if (layer == mLayer) return;
    mLayer = layer;
    mKnown = mDocument.catalogue().find(layer);
    mSortColumn = -1;
    mOnly.reset();
    beginResetModel();
    mTable = {};
    mOrder.clear();
    mRows.clear();
    mPages.clear();
    mTotal = 0;
    endResetModel();
    reload();
}

void FeatureTableModel::setFilter(const QString& words) {
    mFilter = words.trimmed();
    reload();
}

void FeatureTableModel::setOnly(std::optional<std::vector<Fid>> fids) {
    mOnly = std::move(fids);
    reload();
}

/// The filter in SQL: words as they are stored, and codes whose titles have them.
std::string FeatureTableModel::where() const {
    std::string out = "1";
    if (mOnly) out += fmt::format(" AND fid IN ({})", listOf(*mOnly, 0, mOnly->size()));
    if (mFilter.isEmpty()) return out;
    const std::string words = mFilter.toStdString();
    std::string any = fmt::format("CAST(fid AS TEXT) = {}", sqlText(words));
    for (const auto& column : mTable.fields) {
        any += fmt::format(" OR {} LIKE {}", sqlName(column.name), likeText(words));
        const auto* field = mKnown != nullptr ? mKnown->find(column.name) : nullptr;
        const auto* domain = field == nullptr || field->domain.empty() ? nullptr : mDocument.catalogue().findDomain(field->domain);
        if (domain == nullptr) continue;
        for (const auto& value : domain->values) {
            if (text(value.title).contains(mFilter, Qt::CaseInsensitive)) any += fmt::format(" OR {} = {}", sqlName(column.name), sqlText(value.code));
        }
    }
    return out + " AND (" + any + ")";
}

Result<FeatureTableModel::Listing> FeatureTableModel::list(const plan::Plan& plan, const std::string& layer, const std::string& where, const std::string& orderBy) {
    auto table = plan::tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    Listing out{std::move(*table), {}, {}, 0};
    auto query = plan.database().prepare(fmt::format("SELECT fid FROM {} WHERE {} ORDER BY {}", sqlName(layer), where, orderBy));
    if (!query) return tl::unexpected(query.error());
    while (true) {
        const auto row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        out.rows.emplace_back(Fid{query->integer(0)}, static_cast<int>(out.order.size()));
        out.order.push_back(Fid{query->integer(0)});
    }
    std::ranges::sort(out.rows);
    const auto total = plan.database().value(fmt::format("SELECT count(*) FROM {}", sqlName(layer)));
    if (!total) return tl::unexpected(total.error());
    out.total = *total ? std::stoull(**total) : 0;
    return out;
}

void FeatureTableModel::reload() {
    if (mLayer.empty() || !mDocument.isOpen()) return;
    const std::uint64_t listing = ++mListing;
    std::string orderBy = "fid";
    if (mSortColumn >= 0 && static_cast<std::size_t>(mSortColumn) < mTable.fields.size()) {
        const std::string name = sqlName(mTable.fields[static_cast<std::size_t>(mSortColumn)].name);
        // What has no value comes last either way.
        orderBy = fmt::format("{0} IS NULL, {0} {1}, fid", name, mSortOrder == Qt::AscendingOrder ? "ASC" : "DESC");
    }
    mDocument.read(
        this, [layer = mLayer, where = where(), orderBy](const plan::Plan& plan) { return list(plan, layer, where, orderBy); },
        [this, listing](Result<Listing> listed) {
            if (listing != mListing) return;
            if (!listed) {
                emit failed(listed.error());
                return;
            }
            const bool first = mTable.fields.empty();
            beginResetModel();
            mTable = std::move(listed->table);
            mOrder = std::move(listed->order);
            mTotal = listed->total;
            mPages.clear();
            mWanted.clear();
            mRows = std::move(listed->rows);
            endResetModel();
            emit this->listed();
            if (first && !mFilter.isEmpty()) reload();  // the columns were not known yet
        });
}

int FeatureTableModel::rowOf(Fid fid) const {
    const auto found = std::ranges::lower_bound(mRows, fid, {}, &std::pair<Fid, int>::first);
    return found == mRows.end() || found->first != fid ? -1 : found->second;
}

const catalogue::Field* FeatureTableModel::fieldAt(int column) const {
    if (mKnown == nullptr || column < 0 || static_cast<std::size_t>(column) >= mTable.fields.size()) return nullptr;
    return mKnown->find(mTable.fields[static_cast<std::size_t>(column)].name);
}

int FeatureTableModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(mOrder.size()); }
int FeatureTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(mTable.fields.size()); }

void FeatureTableModel::wantPage(std::size_t page) const {
    if (std::ranges::find(mWanted, page) != mWanted.end()) return;
    mWanted.push_back(page);
    const std::size_t from = page * kPage;
    const std::size_t to = std::min(from + kPage, mOrder.size());
    std::vector<Fid> fids(mOrder.begin() + static_cast<std::ptrdiff_t>(from), mOrder.begin() + static_cast<std::ptrdiff_t>(to));
    auto* self = const_cast<FeatureTableModel*>(this);  // cells ask for what they show while they are painted
    mDocument.read(
        self, [table = mTable, fids = std::move(fids)](const plan::Plan& plan) { return readPage(plan, table, fids); },
        [self, page, from, to, listing = mListing](Result<Page> rows) {
            if (listing != self->mListing || !rows) return;
            std::erase(self->mWanted, page);
            if (self->mPages.size() >= kMostPages) self->mPages.clear();
            self->mPages[page] = std::move(*rows);
            emit self->dataChanged(self->index(static_cast<int>(from), 0), self->index(static_cast<int>(to) - 1, self->columnCount() - 1));
        });
}

QString FeatureTableModel::shown(std::size_t column, const plan::Value& value) const {
    const QString raw = QString::fromStdString(plan::asText(value));
    const auto* field = fieldAt(static_cast<int>(column));
    if (raw.isEmpty() || field == nullptr) return raw;
    if (const auto* domain = field->domain.empty() ? nullptr : mDocument.catalogue().findDomain(field->domain)) {
        const auto* known = domain->find(raw.toStdString());
        return known != nullptr ? text(known->title) : raw;
    }
    if (field->type == catalogue::FieldType::Boolean) return raw == QLatin1String("0") ? text("否", "no") : text("是", "yes");
    return raw;
}

QVariant FeatureTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto row = static_cast<std::size_t>(index.row());
    const auto column = static_cast<std::size_t>(index.column());
    if (role == Qt::TextAlignmentRole) {
        const auto* field = fieldAt(index.column());
        const bool right = isNumber(mTable.fields[column]) && (field == nullptr || (field->domain.empty() && field->type != catalogue::FieldType::Boolean));
        return QVariant((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::EditRole && role != RawRole && role != Qt::ToolTipRole) return {};
    const auto page = mPages.find(row / kPage);
    if (page == mPages.end()) {
        wantPage(row / kPage);
        return role == Qt::DisplayRole ? QVariant(QStringLiteral("…")) : QVariant();
    }
    const plan::Value& value = page->second[row % kPage][column];
    if (role == Qt::EditRole || role == RawRole) return QString::fromStdString(plan::asText(value));
    return shown(column, value);
}

QVariant FeatureTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) {
        if (role == Qt::DisplayRole && static_cast<std::size_t>(section) < mOrder.size()) return QVariant::fromValue<qlonglong>(static_cast<qlonglong>(mOrder[static_cast<std::size_t>(section)]));
        return {};
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    const auto* field = fieldAt(section);
    if (field == nullptr) return static_cast<std::size_t>(section) < mTable.fields.size() ? QString::fromStdString(mTable.fields[static_cast<std::size_t>(section)].name) : QVariant();
    QString title = text(field->title);
    if (!field->unit.empty()) title += QStringLiteral(" (%1)").arg(unitText(field->unit));
    return role == Qt::ToolTipRole ? title + QStringLiteral("\n") + QString::fromStdString(field->name) : title;
}

Qt::ItemFlags FeatureTableModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags plain = QAbstractTableModel::flags(index);
    return fieldAt(index.column()) != nullptr && mDocument.isWritable() ? plain | Qt::ItemIsEditable : plain;
}

bool FeatureTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto* field = fieldAt(index.column());
    if (role != Qt::EditRole || field == nullptr || value.toString() == data(index, RawRole).toString()) return false;
    mDocument.setValues(featureAt(index.row()), {{field->name, value.toString().toStdString()}}, this, [this](Result<editing::EditReport> done) {
        if (!done) emit failed(done.error());
    });
    return true;
}

void FeatureTableModel::sort(int column, Qt::SortOrder order) {
    mSortColumn = column;
    mSortOrder = order;
    reload();
}

}  // namespace zonewright::desktop
