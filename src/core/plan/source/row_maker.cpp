#include "core/plan/source/row_maker.h"

#include <cmath>

#include <fmt/format.h>

#include "core/base/uuid.h"
#include "core/plan/source/validity.h"

namespace zonewright::plan::source {
namespace {

/// 8-4-4-4-12 hexadecimal digits, with or without braces, in lower case; nothing for other text.
std::optional<std::string> uuidOf(std::string text) {
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') text = text.substr(1, 36);
    if (text.size() != 36) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) return std::nullopt;
        text[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[i])));
    }
    return text;
}

}  // namespace

FeatureId contentId(const std::string& layer, const Row& row) {
    std::string name = fmt::format("{}\n{}\n", layer, row.number);
    for (const Value& value : row.values) name += asText(value) + '\x1f';
    name += row.wkb;
    return namedFeatureId(name);
}

MadeRow RowMaker::made(RawRow&& raw, const Decoder& decoder, const Placer& placer) const {
    MadeRow out;
    out.number = raw.number;
    out.remarks[static_cast<std::size_t>(Remark::HeightDropped)] = raw.hasZ;
    out.remarks[static_cast<std::size_t>(Remark::CurveStraightened)] = raw.hasCurves;
    const Row row = mPlan.source->decoded(mPlan.sourceLayer, std::move(raw), decoder);
    out.id = contentId(mPlan.layer->id, row);
    if (auto reason = fill(row, out, placer)) out.rejected = rejectedRow(row, std::move(*reason), placer);
    return out;
}

std::optional<Localized> RowMaker::fill(const Row& row, MadeRow& out, const Placer& placer) const {
    if (!row.fault.empty()) return Localized{faultInChinese(row.fault), row.fault};
    const std::vector<catalogue::Field>& fields = mPlan.layer->fields;
    out.values.resize(fields.size());
    for (std::size_t f = 0; f < fields.size(); ++f) {
        if (const auto column = mPlan.mapping.columns[f]) {
            auto value = mConverter.converted(f, row.values[*column]);
            if (!value) return std::move(value.error());
            out.values[f] = std::move(*value);
        } else if (fields[f].name == mPlan.layer->keyField && fields[f].required) {
            out.values[f] = fields[f].type == catalogue::FieldType::Text ? Value{std::to_string(row.number)} : Value{row.number};
        }
    }
    if (mPlan.mapping.uuid) {
        const std::string text = asText(row.values[*mPlan.mapping.uuid]);
        if (!text.empty()) {
            auto uuid = uuidOf(text);
            if (!uuid) return Localized{"uuid “" + text + "”不是 UUID", "uuid '" + text + "' is no UUID"};
            out.id.text = std::move(*uuid);
            out.hasOwnId = true;
        }
    }
    auto geometry = GeometryMaker(placer, mPlan.layer->geometry).made(row.geometry);
    if (!geometry) return std::move(geometry.error());
    out.geometry = std::move(geometry->geometry);
    out.remarks[static_cast<std::size_t>(Remark::LineClosed)] = geometry->closedLine;
    return std::nullopt;
}

RejectedRow RowMaker::rejectedRow(const Row& row, Localized reason, const Placer& placer) const {
    RejectedRow out{row.number, std::move(reason), {}, fullWkt(row.wkb),
                    attributesAsJson(mPlan.source->layers()[mPlan.sourceLayer].columns, row.values)};
    auto kept = asKind(row.geometry, mPlan.layer->geometry);
    if (!kept) return out;
    placer.apply(kept->geometry);
    bool finite = true;
    forEachPoint(kept->geometry, [&](const Point& p) { finite = finite && std::isfinite(p.x) && std::isfinite(p.y); });
    if (finite && !boxOf(kept->geometry).empty()) out.geometry = std::move(kept->geometry);
    return out;
}

}  // namespace zonewright::plan::source
