#include "core/plan/source/import.h"

#include <unordered_set>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_pipeline.h>

#include "core/plan/change_set.h"
#include "core/plan/journal_rows.h"
#include "core/plan/source/row_maker.h"

namespace zonewright::plan::source {
namespace {

constexpr std::size_t kBatch = 256;
constexpr std::size_t kBatchesInFlight = 16;

/// What each thread of the pipeline needs for itself.
struct Tools {
    Decoder decoder;
    Placer placer;
};

Result<Tools> makeTools(const Source& source, const Placement& placement, const Crs& target) {
    Result<Decoder> decoder = source.makeDecoder();
    if (!decoder) return tl::unexpected(decoder.error());
    Result<Placer> placer = Placer::from(placement, target);
    if (!placer) return tl::unexpected(placer.error());
    return Tools{std::move(*decoder), std::move(*placer)};
}

/// The ids that are taken already; only asked where two rows can have the same.
class Ids {
public:
    [[nodiscard]] static Result<Ids> of(const Plan& plan, const Table& table) {
        Ids ids;
        Result<Statement> rows = plan.database().prepare("SELECT uuid FROM " + sqlName(table.layer));
        if (!rows) return tl::unexpected(rows.error());
        while (true) {
            const Result<bool> row = rows->step();
            if (!row) return tl::unexpected(row.error());
            if (!*row) break;
            ids.mTaken.emplace(rows->text(0));
        }
        ids.mAsked = !ids.mTaken.empty();
        return ids;
    }
    void expectOwnIds() { mAsked = true; }
    /// False when another row has this id.
    bool take(const FeatureId& id) { return !mAsked || mTaken.insert(id.text).second; }

private:
    std::unordered_set<std::string> mTaken;
    bool mAsked = false;
};

/// Takes made rows in order into the plan and counts them.
class Sink {
public:
    Sink(BulkInsert insert, Rejects& rejects, Ids ids, const catalogue::Layer& layer)
        : mInsert(std::move(insert)), mRejects(&rejects), mIds(std::move(ids)), mLayer(&layer), mEmpty(layer.fields.size()) {
        for (const catalogue::Field& field : layer.fields) mColumns.push_back({field.name});
    }

    Result<void> add(MadeRow& row, ImportResult& result) {
        ++result.read;
        for (std::size_t i = 0; i < kRemarks; ++i) mRemarks[i] += row.remarks[i] ? 1 : 0;
        if (!row.rejected && !mIds.take(row.id)) {
            row.rejected = RejectedRow{row.number,
                                       row.hasOwnId ? Localized{"uuid 已被使用：" + row.id.text, "the uuid is in use: " + row.id.text}
                                                    : Localized{"同一行已导入过", "this very row was imported before"},
                                       row.geometry, {}, attributesAsJson(mColumns, row.values)};
        }
        if (row.rejected) {
            ++result.rejected;
            result.rejects.push_back({row.number, row.rejected->reason});
            return mRejects->add(*row.rejected);
        }
        const Result<Fid> added = mInsert.add(row.id, row.geometry, row.values);
        if (!added) return tl::unexpected(added.error());
        if (result.taken == 0) mFirst = *added;
        mLast = *added;
        for (std::size_t f = 0; f < mEmpty.size(); ++f) mEmpty[f] += std::holds_alternative<std::monostate>(row.values[f]) ? 1 : 0;
        ++result.taken;
        return {};
    }

    Result<void> finish(ImportResult& result) {
        constexpr std::array<std::array<const char*, 2>, kRemarks> kTexts{{{"{} 个要素的高程或测度已舍去", "z or m of {} features was dropped"},
                                                                           {"{} 个要素的弧线已化为折线", "arcs of {} features became short straight pieces"},
                                                                           {"{} 条闭合线按面导入", "{} closed lines were taken as polygons"}}};
        for (std::size_t i = 0; i < kRemarks; ++i) {
            if (mRemarks[i] == 0) continue;
            result.warnings.push_back({fmt::format(fmt::runtime(kTexts[i][0]), mRemarks[i]), fmt::format(fmt::runtime(kTexts[i][1]), mRemarks[i])});
        }
        for (std::size_t f = 0; f < mEmpty.size(); ++f) {
            const catalogue::Field& field = mLayer->fields[f];
            if (!field.required || mEmpty[f] == 0) continue;
            result.warnings.push_back({fmt::format("{} 个要素的必填字段 {} 为空", mEmpty[f], field.name),
                                       fmt::format("the required field {} is empty in {} features", field.name, mEmpty[f])});
        }
        if (auto done = mRejects->finish(); !done) return done;
        return mInsert.finish();
    }

    /// The numbers of the first and the last row taken.
    [[nodiscard]] std::pair<Fid, Fid> taken() const { return {mFirst, mLast}; }

private:
    BulkInsert mInsert;
    Rejects* mRejects;
    Ids mIds;
    const catalogue::Layer* mLayer;
    std::vector<Column> mColumns;  ///< the layer's fields
    std::vector<std::int64_t> mEmpty;  ///< taken rows without a value, by field
    std::array<std::int64_t, kRemarks> mRemarks{};
    Fid mFirst{};
    Fid mLast{};
};

struct Flow {
    Source& source;
    std::size_t layer;
    const RowMaker& maker;
    const std::function<Result<Tools>()>& tools;
    Sink& sink;
    Progress& progress;
};

/// Reads, makes and writes in three overlapping stages; reading and writing keep the source's order.
Result<void> pump(const Flow& flow, ImportResult& result) {
    std::optional<Error> error;  // written by the serial stages only
    std::atomic<bool> stopped = false;
    const auto stop = [&](const Error& e) {
        if (!error) error = e;
        stopped = true;
    };
    const double expected = static_cast<double>(std::max<std::int64_t>(flow.source.layers()[flow.layer].announced, 1));
    tbb::enumerable_thread_specific<Result<Tools>> tools(flow.tools);
    using Raw = std::vector<RawRow>;
    using Made = std::vector<MadeRow>;
    std::optional<Error> readError;
    const auto reading = tbb::make_filter<void, Raw>(tbb::filter_mode::serial_in_order, [&](tbb::flow_control& control) {
        Result<Raw> rows = stopped ? Result<Raw>(Raw{}) : flow.source.read(flow.layer, kBatch);
        if (!rows) readError = rows.error();
        if (!rows || rows->empty()) {
            control.stop();
            return Raw{};
        }
        return std::move(*rows);
    });
    const auto making = tbb::make_filter<Raw, Made>(tbb::filter_mode::parallel, [&](Raw raw) {
        const Result<Tools>& own = tools.local();
        Made made;
        if (!own) return made;  // `tools` was tried before; it cannot fail now
        made.reserve(raw.size());
        for (RawRow& row : raw) made.push_back(flow.maker.made(std::move(row), own->decoder, own->placer));
        return made;
    });
    const auto writing = tbb::make_filter<Made, void>(tbb::filter_mode::serial_in_order, [&](Made rows) {
        for (MadeRow& row : rows) {
            if (stopped) return;
            if (auto added = flow.sink.add(row, result); !added) stop(added.error());
        }
        const double done = std::min(1.0, static_cast<double>(result.read) / expected);
        if (!flow.progress.report(done, flow.source.layers()[flow.layer].name)) stop(Error{ErrorCode::Cancelled, "", ""});
    });
    flow.source.rewind(flow.layer);
    tbb::parallel_pipeline(kBatchesInFlight, reading & making & writing);
    if (readError) return tl::unexpected(*readError);
    if (error) return tl::unexpected(*error);
    return {};
}

void reportMapping(const catalogue::Layer& layer, const FieldMapping& mapping, const std::vector<Column>& columns, ImportResult& result) {
    for (std::size_t f = 0; f < layer.fields.size(); ++f) {
        if (mapping.columns[f]) result.mapping.emplace_back(layer.fields[f].name, columns[*mapping.columns[f]].name);
    }
    if (mapping.uuid) result.mapping.emplace_back("uuid", columns[*mapping.uuid].name);
    for (const std::size_t c : mapping.unused) result.unusedColumns.push_back(columns[c].name);
    for (const std::string& field : mapping.missing) {
        if (field == layer.keyField) {
            result.warnings.push_back({fmt::format("没有列对应代码字段 {}，按行号编号", field), fmt::format("no column feeds the key {}; rows were numbered", field)});
        } else {
            result.warnings.push_back({fmt::format("没有列对应必填字段 {}（可用 --map {}=列名）", field, field),
                                       fmt::format("no column feeds the required field {} (--map {}=COLUMN)", field, field)});
        }
    }
}

/// Fields in the order of the table, which BulkInsert wants.
catalogue::Layer inTableOrder(const catalogue::Layer& layer, const Table& table) {
    catalogue::Layer out = layer;
    out.fields.clear();
    for (const Table::Column& column : table.fields) {
        if (const catalogue::Field* field = layer.find(column.name)) {
            out.fields.push_back(*field);
            continue;
        }
        catalogue::Field plain;
        plain.name = column.name;
        plain.title = {column.name, column.name};
        if (column.sqlType.find("INT") != std::string::npos) plain.type = catalogue::FieldType::Integer;
        if (column.sqlType == "REAL" || column.sqlType == "DOUBLE") plain.type = catalogue::FieldType::Real;
        if (column.sqlType == "DATE") plain.type = catalogue::FieldType::Date;
        out.fields.push_back(std::move(plain));
    }
    return out;
}

/// Empties the layer for `replace`, with history: what an import throws out must come back by undo. The rows removed.
Result<std::int64_t> emptied(const Plan& plan, const Table& table) {
    if (auto done = plan.database().execute("DELETE FROM " + sqlName(table.layer)); !done) return tl::unexpected(done.error());
    return plan.database().changes();
}

struct Work {
    const ImportTarget& target;
    const catalogue::Layer& layer;
    const Table& table;
    const ImportOptions& options;
    Rejects& rejects;
};

/// All that happens to the plan, in one transaction.
Result<void> write(const Work& work, Source& source, const std::function<Result<void>(Sink&)>& pumped, ImportResult& result) {
    const Plan& plan = work.target.plan;
    const std::string file = source.file().filename().string();
    Result<ChangeSet> change = ChangeSet::begin(plan, {"import", fmt::format("导入 {} ← {}", work.target.layer, file), "import", 0});
    if (!change) return tl::unexpected(change.error());
    result.changeSet = change->id();
    if (work.options.replace) {
        const Result<std::int64_t> removed = emptied(plan, work.table);
        if (!removed) return tl::unexpected(removed.error());
        result.removed = *removed;
    }
    if (auto done = change->withoutJournal(); !done) return done;
    Result<Ids> ids = Ids::of(plan, work.table);
    if (!ids) return tl::unexpected(ids.error());
    const bool ownIds = std::any_of(result.mapping.begin(), result.mapping.end(), [](const auto& pair) { return pair.first == "uuid"; });
    if (ownIds) ids->expectOwnIds();
    if (auto begun = work.rejects.begin(change->id(), file); !begun) return begun;
    Result<BulkInsert> insert = BulkInsert::into(plan, work.table);
    if (!insert) return tl::unexpected(insert.error());
    Sink sink(std::move(*insert), work.rejects, std::move(*ids), work.layer);
    if (auto done = pumped(sink); !done) return done;
    if (result.read == 0) return failure(ErrorCode::SourceEmpty, "no rows", source.file().string());
    if (work.options.replace && result.taken == 0 && result.removed > 0) {
        return failure(ErrorCode::BadGeometry, "no row could be taken, the layer keeps what it has; row 1: " + result.rejects.front().reason.en,
                       source.file().string());
    }
    if (auto done = sink.finish(result); !done) return done;
    if (result.taken > 0) {
        if (auto done = recordBulk(plan, work.target.layer, sink.taken()); !done) return done;
    }
    return change->commit();
}

}  // namespace

Result<catalogue::Layer> describeLayer(const Plan& plan, const catalogue::Catalogue& catalogue, const std::string& layer) {
    const Result<Table> table = tableOf(plan, layer);
    if (!table) return tl::unexpected(table.error());
    catalogue::Layer known;
    if (const catalogue::Layer* found = catalogue.find(layer)) {
        known = *found;
    } else {
        known.id = layer;
        known.title = {layer, layer};
        constexpr std::array<std::pair<std::string_view, catalogue::GeometryKind>, 7> kKinds{{{"POINT", catalogue::GeometryKind::Point},
                                                                                              {"LINESTRING", catalogue::GeometryKind::LineString},
                                                                                              {"MULTILINESTRING", catalogue::GeometryKind::MultiLineString},
                                                                                              {"POLYGON", catalogue::GeometryKind::MultiPolygon},
                                                                                              {"MULTIPOLYGON", catalogue::GeometryKind::MultiPolygon},
                                                                                              {"GEOMETRY", catalogue::GeometryKind::MultiPolygon},
                                                                                              {"", catalogue::GeometryKind::None}}};
        for (const auto& [word, kind] : kKinds) {
            if (table->geometryType == word) known.geometry = kind;
        }
    }
    return inTableOrder(known, *table);
}

Result<ImportResult> importLayer(const ImportTarget& target, Source& source, const ImportOptions& options, Progress& progress) {
    const Result<catalogue::Layer> layer = describeLayer(target.plan, target.catalogue, target.layer);
    if (!layer) return tl::unexpected(layer.error());
    const Result<std::size_t> index = source.onlyLayer();
    if (!index) return tl::unexpected(index.error());
    const SourceLayer& shape = source.layers()[*index];
    ImportResult result;
    result.encoding = source.encoding().value;

    Placement placement;
    if (options.trusted) {
        placement.crs = placement.name = options.sourceCrs;
    } else if (layer->geometry != catalogue::GeometryKind::None) {
        const Result<std::optional<Reference>> reference = referenceOf(target.plan);
        if (!reference) return tl::unexpected(reference.error());
        const Result<Survey> where = survey(source, *index, *reference);
        if (!where) return tl::unexpected(where.error());
        Result<Placement> decided = decidePlacement(*where, {options.sourceCrs, options.controlPoints}, target.plan.crs());
        if (!decided) return failure(decided.error().code, decided.error().detail, source.file().string());
        placement = std::move(*decided);
    }
    result.crs = placement.name;
    result.fit = placement.fit;
    result.warnings = placement.notes;

    Result<FieldMapping> mapping = mapFields(*layer, shape.columns, options.map);
    if (!mapping) return tl::unexpected(mapping.error());
    reportMapping(*layer, *mapping, shape.columns, result);

    const std::function<Result<Tools>()> tools = [&] { return makeTools(source, placement, target.plan.crs()); };
    if (const Result<Tools> tried = tools(); !tried) return tl::unexpected(tried.error());
    const RowMaker maker({&source, *index, &*layer, std::move(*mapping)}, ValueConverter(target.catalogue, *layer));
    Result<Rejects> rejects = Rejects::of(target.plan, *layer);
    if (!rejects) return tl::unexpected(rejects.error());
    const Result<Table> table = tableOf(target.plan, target.layer);
    if (!table) return tl::unexpected(table.error());
    const auto pumped = [&](Sink& sink) { return pump({source, *index, maker, tools, sink, progress}, result); };
    const ImportResult untouched = result;
    auto done = write({target, *layer, *table, options, *rejects}, source, pumped, result);
    if (!done && rejects->isWanted()) {
        if (auto made = rejects->make(); !made) return tl::unexpected(made.error());
        result = untouched;
        done = write({target, *layer, *table, options, *rejects}, source, pumped, result);
    }
    if (!done) {
        rejects->discard();
        return tl::unexpected(done.error());
    }
    if (result.rejected > 0) result.rejectsLayer = rejectsLayerOf(target.layer);
    return result;
}

}  // namespace zonewright::plan::source
