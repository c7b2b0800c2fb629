#include "core/analysis/row_view.h"

#include "core/geometry/geos.h"

namespace zonewright::analysis {

std::string RowView::text(std::string_view field) const {
    const plan::Value* value = find(field);
    return value == nullptr ? std::string() : plan::asText(*value);
}

std::optional<double> RowView::number(std::string_view field) const {
    const plan::Value* value = find(field);
    return value == nullptr ? std::nullopt : plan::asNumber(*value);
}

std::string RowView::code() const {
    std::string code = text("code");
    return code.empty() ? std::to_string(static_cast<std::int64_t>(mFeature->fid)) : code;
}

Localized RowView::name() const {
    std::string zh = text("name");
    std::string en = text("name_en");
    if (zh.empty()) zh = en.empty() ? code() : en;
    if (en.empty()) en = zh;
    return {std::move(zh), std::move(en)};
}

const plan::Value* RowView::find(std::string_view field) const {
    for (std::size_t i = 0; i < mSnapshot->fields.size(); ++i) {
        if (mSnapshot->fields[i] == field && mSnapshot->present[i]) return &mFeature->values[i];
    }
    return nullptr;
}

std::vector<LineString> linesOf(const Geometry& geometry) {
    if (const auto* line = std::get_if<LineString>(&geometry)) return {*line};
    if (const auto* lines = std::get_if<MultiLineString>(&geometry)) return lines->lines;
    return {};
}

std::optional<Point> pointOf(const Geometry& geometry) {
    if (const auto* p = std::get_if<Point>(&geometry)) return *p;
    const Result<Point> inside = geos::pointInside(geometry);
    if (!inside) return std::nullopt;
    return *inside;
}

}  // namespace zonewright::analysis
