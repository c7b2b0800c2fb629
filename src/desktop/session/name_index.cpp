#include "desktop/session/name_index.h"

#include <algorithm>
#include <cctype>
#include <tuple>

#include "core/plan/features.h"
#include "desktop/session/feature_name.h"

namespace zonewright::desktop {
namespace {

enum Fit { None, Inside, InsideInitials, BeginsPinyin, BeginsInitials, BeginsName, Whole };

int fitOfText(std::string_view text, std::string_view query) {
    const std::size_t at = text.find(query);
    if (at == std::string_view::npos) return None;
    if (at != 0) return Inside;
    return text.size() == query.size() ? Whole : BeginsName;
}

}  // namespace

std::string asQuery(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::isspace(static_cast<unsigned char>(c)) == 0) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

Named named(Localized name, std::string key, FeatureRef feature, const Pinyin& pinyin) {
    Named out{std::move(name), std::move(key), std::move(feature), {}, {}};
    out.typed = pinyin.typed(out.name.zh);
    // One line a text, so that a query does not run over the end of one into the next.
    out.plain = asQuery(out.name.zh) + '\n' + asQuery(out.name.en) + '\n' + asQuery(out.key);
    return out;
}

int fitOf(const Named& named, std::string_view query) {
    if (query.empty()) return None;
    int best = None;
    std::string_view rest = named.plain;
    while (true) {
        const std::size_t end = rest.find('\n');
        best = std::max(best, fitOfText(rest.substr(0, end), query));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    if (best < BeginsInitials && named.typed.initials.starts_with(query)) best = BeginsInitials;
    if (best < BeginsPinyin && named.typed.whole.starts_with(query)) best = BeginsPinyin;
    if (best < InsideInitials && query.size() > 1 && named.typed.initials.find(query) != std::string::npos) best = InsideInitials;
    if (best < Inside && query.size() > 2 && named.typed.whole.find(query) != std::string::npos) best = Inside;
    return best;
}

Result<std::shared_ptr<const NameIndex>> NameIndex::read(const plan::Plan& plan, const catalogue::Catalogue& catalogue) {
    auto index = std::make_shared<NameIndex>();
    const Pinyin pinyin;
    for (const catalogue::Layer& layer : catalogue.layers) {
        if (layer.nameField.empty() || layer.geometry == catalogue::GeometryKind::None) continue;
        const auto there = plan.hasLayer(layer.id);
        if (!there) return tl::unexpected(there.error());
        if (!*there) continue;
        const auto table = plan::tableOf(plan, layer.id);
        if (!table) return tl::unexpected(table.error());
        // Only the columns that name a feature are read.
        plan::Table names{table->layer, table->geometryColumn, table->geometryType, {}};
        plan::Query query;
        query.geometry = false;
        for (const auto& column : table->fields) {
            if (column.name != layer.nameField && column.name != layer.nameField + "_en" && column.name != layer.keyField) continue;
            names.fields.push_back(column);
            query.fields.push_back(column.name);
        }
        if (query.fields.empty()) continue;
        const auto key = layer.keyField.empty() ? std::nullopt : names.indexOf(layer.keyField);
        const auto done = plan::forEachFeature(plan, *table, query, [&](plan::Feature&& feature) {
            Localized name{shownName(layer, names, feature.values, Language::Chinese), shownName(layer, names, feature.values, Language::English)};
            std::string code = key ? plan::asText(feature.values[*key]) : std::string();
            if (name.zh.empty() && code.empty()) return true;
            index->mNames.push_back(named(std::move(name), std::move(code), {layer.id, feature.fid}, pinyin));
            return true;
        });
        if (!done) return tl::unexpected(done.error());
    }
    return index;
}

std::vector<Named> NameIndex::find(std::string_view query, std::size_t most) const {
    struct Found {
        int fit;
        const Named* named;
    };
    std::vector<Found> found;
    for (const Named& one : mNames) {
        if (const int fit = fitOf(one, query); fit > 0) found.push_back({fit, &one});
    }
    const auto better = [](const Found& a, const Found& b) {
        return std::tuple(-a.fit, a.named->name.zh.size(), a.named->name.zh, a.named->feature.layer, a.named->feature.fid) <
               std::tuple(-b.fit, b.named->name.zh.size(), b.named->name.zh, b.named->feature.layer, b.named->feature.fid);
    };
    const std::size_t count = std::min(most, found.size());
    std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end(), better);
    std::vector<Named> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(*found[i].named);
    return out;
}

}  // namespace zonewright::desktop
