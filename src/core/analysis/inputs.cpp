#include "core/analysis/inputs.h"

#include <atomic>
#include <cstring>
#include <mutex>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include "core/analysis/layer_source.h"
#include "core/base/hash.h"
#include "core/geometry/wkb.h"
#include "core/plan/source/gcj02.h"

namespace zonewright::analysis {
namespace {

const Localized kUnreadable{"几何无法读取：", "the geometry cannot be read: "};
const Localized kNoGeometry{"没有几何", "no geometry"};
const Localized kNotPolygon{"不是面", "not a polygon"};
const Localized kOutsideCrs{"坐标不在坐标系的有效范围内", "coordinates outside the domain of the CRS"};

Localized with(const Localized& what, const std::string& detail) {
    return {what.zh + detail, what.en + detail};
}

/// Brings coordinates into the run's CRS. One instance a thread.
class Mover {
public:
    static Result<Mover> make(const LayerSource& source, const std::optional<Crs>& target) {
        Mover mover;
        mover.mShift = source.shift();
        if (!source.crs() || !target) return mover;
        const bool same = source.crs()->definition() == target->definition() ||
                          (!target->code().empty() && source.crs()->code() == target->code());
        if (same) return mover;
        Result<Transform> transform = Transform::between(*source.crs(), *target);
        if (!transform) return tl::unexpected(transform.error());
        mover.mTransform = std::move(*transform);
        return mover;
    }

    [[nodiscard]] bool moves() const { return mTransform.has_value(); }

    /// False when a point has no place in the target.
    bool operator()(Geometry& geometry) const {
        bool finite = true;
        forEachPoint(geometry, [&](Point& p) {
            if (mShift == "GCJ-02")
                p = plan::source::wgs84FromGcj02(p);
            else if (mShift == "BD-09")
                p = plan::source::wgs84FromGcj02(plan::source::gcj02FromBd09(p));
            if (mTransform) p = (*mTransform)(p);
            finite = finite && std::isfinite(p.x) && std::isfinite(p.y);
        });
        return finite;
    }

private:
    std::string mShift;
    std::optional<Transform> mTransform;
};

/// The bytes a row adds to the hash of its block.
void addRow(std::string& bytes, const SourceRow& row) {
    const auto number = [&](std::uint64_t n) { bytes.append(reinterpret_cast<const char*>(&n), sizeof n); };
    number(static_cast<std::uint64_t>(row.fid));
    if (row.blob.empty() && !std::holds_alternative<std::monostate>(row.geometry)) {
        const std::string wkb = toWkb(row.geometry);
        number(wkb.size());
        bytes += wkb;
    } else {
        number(row.blob.size());
        bytes += row.blob;
    }
    for (const plan::Value& value : row.values) {
        bytes += static_cast<char>('0' + value.index());
        if (const auto* i = std::get_if<std::int64_t>(&value))
            number(static_cast<std::uint64_t>(*i));
        else if (const auto* d = std::get_if<double>(&value))
            bytes.append(reinterpret_cast<const char*>(d), sizeof *d);
        else if (const auto* s = std::get_if<std::string>(&value)) {
            number(s->size());
            bytes += *s;
        }
    }
}

/// Collects rows of one block and knows their hash at the end.
class BlockHash {
public:
    explicit BlockHash(bool on) : mOn(on) {}
    void add(const SourceRow& row) {
        if (!mOn) return;
        addRow(mBytes, row);
        if (mBytes.size() < (1U << 20)) return;
        mHash.add(mBytes);
        mBytes.clear();
    }
    std::string hex() {
        if (!mOn) return {};
        mHash.add(mBytes);
        mBytes.clear();
        return mHash.hex();
    }

private:
    bool mOn;
    std::string mBytes;
    Sha256 mHash;
};

Result<Geometry> geometryOf(SourceRow& row) {
    if (!row.fault.empty()) return failure(ErrorCode::BadGeometry, row.fault);
    if (row.blob.empty()) return std::move(row.geometry);
    return fromGeoPackage(row.blob);
}

std::int64_t blockOf(std::int64_t fid) {
    return fid - ((fid % kBlockFids) + kBlockFids) % kBlockFids;
}

/// Reads a source's blocks, in parallel where it can be, into one `Block` each, given in order of fid.
/// `take(Block&, SourceRow&&, const Mover&)` runs on any thread, one at a time for a block.
template <typename Block, typename Take>
Result<std::vector<Block>> readBlocks(LayerSource& source, const std::vector<std::string>& fields,
                                      const std::optional<Crs>& target, Progress& progress, Take take) {
    std::vector<Block> out;
    if (!source.isParallel()) {
        const Result<Mover> mover = Mover::make(source, target);
        if (!mover) return tl::unexpected(mover.error());
        std::int64_t current = std::numeric_limits<std::int64_t>::min();
        auto done = source.readAll(fields, [&](SourceRow&& row) -> Result<void> {
            if (out.empty() || blockOf(row.fid) != current) {
                current = blockOf(row.fid);
                out.emplace_back();
                if (!progress.report(0, source.name())) return failure(ErrorCode::Cancelled, "");
            }
            take(out.back(), std::move(row), *mover);
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        return out;
    }
    const Result<std::vector<std::int64_t>> blocks = source.blocks();
    if (!blocks) return tl::unexpected(blocks.error());
    out.resize(blocks->size());
    std::mutex reporting;
    std::optional<Error> fault;
    std::atomic<std::size_t> finished{0};
    std::atomic<bool> stop{false};
    struct Worker {
        Result<plan::Database> database;
        Result<Mover> mover;
    };
    tbb::enumerable_thread_specific<Worker> workers([&] {
        return Worker{source.connect(), Mover::make(source, target)};
    });
    tbb::parallel_for(std::size_t{0}, blocks->size(), [&](std::size_t i) {
        if (stop) return;
        Worker& worker = workers.local();
        Result<void> done = worker.database ? Result<void>() : tl::unexpected(worker.database.error());
        if (done && !worker.mover) done = tl::unexpected(worker.mover.error());
        if (done) {
            done = source.readBlock(*worker.database, (*blocks)[i], fields,
                                    [&](SourceRow&& row) -> Result<void> {
                                        take(out[i], std::move(row), *worker.mover);
                                        return {};
                                    });
        }
        const std::lock_guard lock(reporting);
        if (done && !progress.report(static_cast<double>(++finished) / static_cast<double>(blocks->size()),
                                     source.name())) {
            done = failure(ErrorCode::Cancelled, "");
        }
        if (!done && !fault) fault = done.error();
        if (!done) stop = true;
    });
    if (fault) return tl::unexpected(*fault);
    return out;
}

std::string combined(const std::vector<std::string>& hashes) {
    Sha256 all;
    for (const std::string& hash : hashes) all.add(hash);
    return all.hex();
}

/// The wanted columns that are there, and where each wanted one is among them.
struct Columns {
    std::vector<std::string> wanted;
    std::vector<bool> present;
    std::vector<std::string> read;
};

Result<Columns> columnsOf(const LayerSource& source, const ReadRequest& request) {
    Columns out;
    const auto has = [&](const std::string& name) {
        return std::find(source.columns().begin(), source.columns().end(), name) != source.columns().end();
    };
    for (const std::string& field : request.fields) {
        if (!has(field)) {
            return failure(ErrorCode::UnknownField,
                           fmt::format("{} (there are: {})", field, fmt::join(source.columns(), ", ")),
                           source.name());
        }
        out.wanted.push_back(field);
    }
    for (const std::string& field : request.optionalFields) out.wanted.push_back(field);
    for (const std::string& field : out.wanted) {
        out.present.push_back(!field.empty() && has(field));
        if (out.present.back()) out.read.push_back(field);
    }
    return out;
}

/// Reads one ring of little-endian 2D coordinates; false when the bytes end or a coordinate is not finite.
bool readRing(std::string_view bytes, std::size_t& at, std::vector<Point>& ring) {
    std::uint32_t count = 0;
    if (bytes.size() - at < 4) return false;
    std::memcpy(&count, bytes.data() + at, 4);
    at += 4;
    if (count > (bytes.size() - at) / sizeof(Point)) return false;
    ring.resize(count);
    if (count > 0) std::memcpy(ring.data(), bytes.data() + at, count * sizeof(Point));
    at += count * sizeof(Point);
    double sum = 0;
    for (const Point& p : ring) sum += p.x - p.x + (p.y - p.y);  // NaN unless all are finite
    return sum == 0;
}

/// The common case without values in between: little-endian 2D (multi)polygons. False leaves it to the
/// careful reader; `set` may then hold rings without an end of feature, which the caller drops.
bool addPlainPolygon(PolygonSet& set, std::string_view blob, std::vector<Point>& scratch) {
    if (blob.size() < 13 || blob[0] != 'G' || blob[1] != 'P') return false;
    const auto flags = static_cast<unsigned char>(blob[3]);
    constexpr std::array<std::size_t, 8> kEnvelope{0, 32, 48, 48, 64, 0, 0, 0};
    if ((flags & 0x20U) != 0 || ((flags >> 1U) & 7U) > 4) return false;
    std::size_t at = 8 + kEnvelope[(flags >> 1U) & 7U];
    const auto header = [&](std::uint32_t wanted) {
        std::uint32_t type = 0;
        if (at + 5 > blob.size() || blob[at] != 1) return false;
        std::memcpy(&type, blob.data() + at + 1, 4);
        return type == wanted;
    };
    const auto number = [&] {
        std::uint32_t n = 0;
        if (blob.size() - at >= 4) std::memcpy(&n, blob.data() + at, 4);
        at += 4;
        return n;
    };
    std::uint32_t parts = 1;
    if (header(6)) {
        at += 5;
        parts = number();
    }
    for (std::uint32_t part = 0; part < parts; ++part) {
        if (!header(3)) return false;
        at += 5;
        if (at + 4 > blob.size()) return false;
        const std::uint32_t rings = number();
        bool kept = true;
        for (std::uint32_t ring = 0; ring < rings; ++ring) {
            if (!readRing(blob, at, scratch)) return false;
            if (kept) kept = set.addRing(scratch, ring == 0) || ring > 0;
        }
    }
    return parts > 0;
}

struct PolygonBlock {
    PolygonTable table;
    std::vector<TextIndex> texts;
    std::vector<RejectedRow> rejected;
    std::optional<BlockHash> hash;
    std::vector<Point> scratch;
    std::int64_t rows = 0;
};

struct FeatureBlock {
    std::vector<plan::Feature> features;
    std::vector<RejectedRow> rejected;
    std::optional<BlockHash> hash;
    std::int64_t rows = 0;
};

/// Takes the row's polygon into the block, or says why not.
std::optional<Localized> takePolygon(PolygonBlock& block, SourceRow& row, const Mover& mover) {
    PolygonSet& set = block.table.geometry;
    if (!mover.moves() && !row.blob.empty()) {
        if (addPlainPolygon(set, row.blob, block.scratch)) {
            set.endFeature();
            return std::nullopt;
        }
        set.dropOpenRings();
    }
    Result<Geometry> geometry = geometryOf(row);
    if (!geometry) return with(kUnreadable, geometry.error().detail);
    if (std::holds_alternative<std::monostate>(*geometry)) return kNoGeometry;
    if (!mover(*geometry)) return kOutsideCrs;
    const auto* polygons = std::get_if<MultiPolygon>(&*geometry);
    if (polygons == nullptr) return kNotPolygon;
    set.add(*polygons);
    return std::nullopt;
}

void takeValue(PolygonColumn& column, TextIndex& index, const plan::Value* value) {
    if (column.isText) {
        column.codes.push_back(
            index.idOf(value != nullptr ? plan::asText(*value) : std::string(), column.texts));
        return;
    }
    const std::optional<double> number = value != nullptr ? plan::asNumber(*value) : std::nullopt;
    const bool given =
        value != nullptr && !std::holds_alternative<std::monostate>(*value) && !plan::asText(*value).empty();
    if (!number && given) ++column.unreadable;
    column.numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace

std::optional<Crs> Inputs::crs() const {
    return mPlan != nullptr ? std::optional(mPlan->crs()) : mCrs;
}

Result<Crs> Inputs::workingCrs(const Crs& ofLayer, const std::string& layer) {
    if (mPlan == nullptr && !mCrs) {
        if (!ofLayer.isProjectedInMetres()) {
            return failure(ErrorCode::SourceCrs,
                           ofLayer.name() + " is not projected in metres; name the CRS to work in (--crs)",
                           layer);
        }
        mCrs = ofLayer;
    }
    return *crs();
}

Result<bool> Inputs::has(const LayerReference& layer) const {
    if (layer.empty()) return false;
    if (mPlan != nullptr) {
        const Result<bool> known = mPlan->hasLayer(layer.text);
        if (!known || *known) return known;
    }
    const Result<plan::source::Spec> spec = plan::source::parseSpec(layer.text);
    std::error_code none;
    return spec && std::filesystem::is_regular_file(spec->file, none);
}

Result<std::vector<std::string>> Inputs::columns(const LayerReference& layer) const {
    const Result<LayerSource> source = LayerSource::open(mPlan, layer);
    if (!source) return tl::unexpected(source.error());
    return source->columns();
}

/// What both ways of reading share: opening, columns, the CRS, the record.
class Inputs::Reading {
public:
    static Result<Reading> begin(Inputs& inputs, const ReadRequest& request) {
        Result<LayerSource> source = LayerSource::open(inputs.mPlan, request.layer);
        if (!source) return tl::unexpected(source.error());
        Result<Columns> columns = columnsOf(*source, request);
        if (!columns) return tl::unexpected(columns.error());
        Reading reading{std::move(*source), std::move(*columns), std::nullopt};
        if (!reading.source.crs()) return reading;
        const Result<Crs> crs = inputs.workingCrs(*reading.source.crs(), request.layer.text);
        if (!crs) return tl::unexpected(crs.error());
        reading.target = *crs;
        const Result<Mover> mover = Mover::make(reading.source, reading.target);
        if (!mover) return tl::unexpected(mover.error());
        if (mover->moves()) {
            const std::string from =
                reading.source.shift().empty() ? reading.source.crs()->name() : reading.source.shift();
            inputs.mRemarks.push_back(
                {fmt::format("{}：由 {} 转换到 {}", request.layer.text, from, crs->name()),
                 fmt::format("{}: transformed from {} to {}", request.layer.text, from, crs->name())});
        }
        return reading;
    }

    template <typename Block>
    void record(Inputs& inputs, const ReadRequest& request, std::vector<Block>& blocks) const {
        InputRecord record{request.parameter, request.layer.text, columns.read, 0, {}};
        std::vector<std::string> hashes;
        for (Block& block : blocks) {
            record.features += block.rows;
            if (block.hash) hashes.push_back(block.hash->hex());
        }
        if (inputs.mHashing) record.sha256 = combined(hashes);
        inputs.mRecords.push_back(std::move(record));
    }

    LayerSource source;
    Columns columns;
    std::optional<Crs> target;
};

Result<LayerSnapshot> Inputs::read(const ReadRequest& request, Progress& progress) {
    Result<Reading> reading = Reading::begin(*this, request);
    if (!reading) return tl::unexpected(reading.error());
    const bool spatial = reading->source.crs().has_value();
    auto take = [&](FeatureBlock& block, SourceRow&& row, const Mover& mover) {
        if (!block.hash) block.hash.emplace(mHashing);
        block.hash->add(row);
        ++block.rows;
        plan::Feature feature;
        feature.fid = Fid{row.fid};
        feature.id.text = row.uuid;
        if (spatial) {
            Result<Geometry> geometry = geometryOf(row);
            if (!geometry)
                return block.rejected.push_back({row.fid, with(kUnreadable, geometry.error().detail)});
            if (!mover(*geometry)) return block.rejected.push_back({row.fid, kOutsideCrs});
            feature.geometry = std::move(*geometry);
        }
        std::size_t next = 0;
        for (const bool there : reading->columns.present)
            feature.values.push_back(there ? std::move(row.values[next++]) : plan::Value{});
        block.features.push_back(std::move(feature));
    };
    auto blocks =
        readBlocks<FeatureBlock>(reading->source, reading->columns.read, reading->target, progress, take);
    if (!blocks) return tl::unexpected(blocks.error());
    LayerSnapshot out{reading->source.name(), reading->columns.wanted, reading->columns.present, {}, {}};
    reading->record(*this, request, *blocks);
    for (FeatureBlock& block : *blocks) {
        std::move(block.features.begin(), block.features.end(), std::back_inserter(out.features));
        std::move(block.rejected.begin(), block.rejected.end(), std::back_inserter(out.rejected));
    }
    return out;
}

Result<PolygonSnapshot> Inputs::readPolygons(const ReadRequest& request, Progress& progress) {
    Result<Reading> reading = Reading::begin(*this, request);
    if (!reading) return tl::unexpected(reading.error());
    if (!reading->source.crs())
        return failure(ErrorCode::BadArgument, "the layer has no geometry", request.layer.text);
    const Columns& columns = reading->columns;
    PolygonTable empty;
    for (const std::string& field : columns.wanted) {
        empty.columns.emplace_back().isText = std::find(request.textFields.begin(), request.textFields.end(),
                                                        field) != request.textFields.end();
    }
    auto take = [&](PolygonBlock& block, SourceRow&& row, const Mover& mover) {
        if (!block.hash) {
            block.hash.emplace(mHashing);
            block.table.columns = empty.columns;
            block.texts.resize(columns.wanted.size());
        }
        block.hash->add(row);
        ++block.rows;
        if (auto reason = takePolygon(block, row, mover))
            return block.rejected.push_back({row.fid, std::move(*reason)});
        block.table.fids.push_back(row.fid);
        std::size_t next = 0;
        for (std::size_t c = 0; c < columns.wanted.size(); ++c) {
            takeValue(block.table.columns[c], block.texts[c],
                      columns.present[c] ? &row.values[next++] : nullptr);
        }
    };
    auto blocks = readBlocks<PolygonBlock>(reading->source, columns.read, reading->target, progress, take);
    if (!blocks) return tl::unexpected(blocks.error());
    PolygonSnapshot out{reading->source.name(), columns.wanted, columns.present, std::move(empty), {}};
    reading->record(*this, request, *blocks);
    std::size_t features = 0;
    std::size_t points = 0;
    for (const PolygonBlock& block : *blocks) {
        features += block.table.geometry.size();
        points += block.table.geometry.points();
    }
    if (blocks->size() > 1) out.table.geometry.reserve(features, points);
    for (PolygonBlock& block : *blocks) {
        out.table.append(std::move(block.table));
        std::move(block.rejected.begin(), block.rejected.end(), std::back_inserter(out.rejected));
    }
    return out;
}

Result<std::string> contentHash(const plan::Plan* plan, const InputRecord& record) {
    Result<LayerSource> source = LayerSource::open(plan, {record.source});
    if (!source) return tl::unexpected(source.error());
    for (const std::string& field : record.fields) {
        if (std::find(source->columns().begin(), source->columns().end(), field) == source->columns().end()) {
            return failure(ErrorCode::UnknownField, field, record.source);
        }
    }
    Progress silent;
    auto take = [](FeatureBlock& block, SourceRow&& row, const Mover&) {
        if (!block.hash) block.hash.emplace(true);
        block.hash->add(row);
    };
    auto blocks = readBlocks<FeatureBlock>(*source, record.fields, std::nullopt, silent, take);
    if (!blocks) return tl::unexpected(blocks.error());
    std::vector<std::string> hashes;
    for (FeatureBlock& block : *blocks) {
        if (block.hash) hashes.push_back(block.hash->hex());
    }
    return combined(hashes);
}

}  // namespace zonewright::analysis
