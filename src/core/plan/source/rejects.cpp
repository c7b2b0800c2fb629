#include "core/plan/source/rejects.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <ogr_geometry.h>

#include "core/base/uuid.h"
#include "core/plan/source/gdal_errors.h"

namespace zonewright::plan::source {
namespace {

using catalogue::FieldType;

catalogue::Layer describe(const catalogue::Layer& layer) {
    catalogue::Layer rejects;
    rejects.id = rejectsLayerOf(layer.id);
    rejects.title = {layer.title.zh + "（未导入）", layer.title.en + " (not imported)"};
    rejects.group = layer.group;
    rejects.geometry = layer.geometry;
    const auto field = [&](const char* name, FieldType type, const char* zh, const char* en) {
        catalogue::Field out;
        out.name = name;
        out.type = type;
        out.title = {zh, en};
        rejects.fields.push_back(std::move(out));
    };
    field("changeset", FieldType::Integer, "变更集", "Change-set");
    field("source", FieldType::Text, "来源", "Source");
    field("row", FieldType::Integer, "行号", "Row");
    field("reason", FieldType::Text, "原因", "Reason (Chinese)");
    field("reason_en", FieldType::Text, "原因（英文）", "Reason");
    field("attributes", FieldType::Text, "属性 (JSON)", "Attributes (JSON)");
    field("source_wkt", FieldType::Text, "原几何 (WKT)", "Original geometry (WKT)");
    return rejects;
}

}  // namespace

std::string rejectsLayerOf(const std::string& layer) { return layer + "_rejects"; }

std::string fullWkt(const std::string& wkb) {
    const GdalErrors quiet;
    OGRGeometry* raw = nullptr;
    if (wkb.empty() || OGRGeometryFactory::createFromWkb(wkb.data(), nullptr, &raw, wkb.size(), wkbVariantIso) != OGRERR_NONE) return {};
    const std::unique_ptr<OGRGeometry> geometry(raw);
    constexpr std::size_t kLongest = 1 << 20;
    const std::string wkt = geometry->exportToWkt();
    return wkt.size() > kLongest ? std::string() : wkt;
}

std::string attributesAsJson(const std::vector<Column>& columns, const std::vector<Value>& values) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i) {
        nlohmann::ordered_json& slot = json[columns[i].name];
        if (const auto* integer = std::get_if<std::int64_t>(&values[i])) slot = *integer;
        else if (const auto* real = std::get_if<double>(&values[i])) slot = *real;
        else if (const auto* text = std::get_if<std::string>(&values[i])) slot = *text;
    }
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<Rejects> Rejects::of(Plan& plan, const catalogue::Layer& layer) {
    catalogue::Layer rejects = describe(layer);
    const Result<bool> known = plan.hasLayer(rejects.id);
    if (!known) return tl::unexpected(known.error());
    return Rejects(plan, std::move(rejects), *known);
}

Result<void> Rejects::make() {
    mWanted = false;
    mInsert.reset();
    if (auto added = addLayer(*mPlan, mLayer); !added) return added;
    mExists = mMade = true;
    return {};
}

Result<void> Rejects::begin(std::int64_t changeSet, std::string source) {
    mInsert.reset();
    mChangeSet = changeSet;
    mSource = std::move(source);
    if (!mExists) return {};
    Result<Table> table = tableOf(*mPlan, mLayer.id);
    if (!table) return tl::unexpected(table.error());
    mTable = std::move(*table);
    return {};
}

Result<void> Rejects::add(const RejectedRow& row) {
    if (!mExists) {
        mWanted = true;
        return failure(ErrorCode::Internal, "no rejects layer yet", mLayer.id);
    }
    if (!mInsert) {
        Result<BulkInsert> insert = BulkInsert::into(*mPlan, mTable);
        if (!insert) return tl::unexpected(insert.error());
        mInsert.emplace(std::move(*insert));
    }
    const auto textOrNone = [](const std::string& text) { return text.empty() ? Value{} : Value{text}; };
    const std::vector<Value> values{mChangeSet, mSource, row.row, row.reason.zh, row.reason.en, row.attributes, textOrNone(row.sourceWkt)};
    const FeatureId id = namedFeatureId(fmt::format("{}|{}|{}|{}", mLayer.id, mChangeSet, mSource, row.row));
    const Result<Fid> added = mInsert->add(id, row.geometry, values);
    if (!added) return tl::unexpected(added.error());
    return {};
}

Result<void> Rejects::finish() { return mInsert ? mInsert->finish() : Result<void>{}; }

void Rejects::discard() {
    mInsert.reset();
    if (mMade) (void)dropLayer(*mPlan, mLayer.id);
}

}  // namespace zonewright::plan::source
