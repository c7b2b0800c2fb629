#include "cartographer/service/themes.h"

#include <algorithm>

#include "core/catalogue/toml_reader.h"

namespace zonewright::cartographer {

Result<const Theme*> Themes::find(std::string_view id) const {
    const auto found = std::ranges::find(themes, id, &Theme::id);
    if (found != themes.end()) return &*found;
    std::string known;
    for (const auto& theme : themes) known += (known.empty() ? "" : ", ") + theme.id;
    return failure(ErrorCode::UnknownTheme, std::string(id) + " (" + known + ")");
}

std::string layerOf(std::string_view drawing) { return std::string(drawing.substr(0, drawing.find(':'))); }

std::string variantOf(std::string_view drawing) {
    const auto colon = drawing.find(':');
    return colon == std::string_view::npos ? std::string() : std::string(drawing.substr(colon + 1));
}

std::vector<std::string> resolveLegend(const std::vector<std::string>& legend, const std::vector<std::string>& layers) {
    std::vector<std::string> resolved;
    for (const auto& entry : legend) {
        const bool drawnAsIs = std::ranges::find(layers, entry) != layers.end();
        const auto first = std::ranges::find_if(layers, [&](const auto& drawing) { return layerOf(drawing) == entry; });
        resolved.push_back(drawnAsIs || first == layers.end() ? entry : *first);
    }
    return resolved;
}

Result<Themes> readThemes(const std::filesystem::path& file) {
    auto reader = catalogue::TomlReader::open(file);
    if (!reader) return tl::unexpected(reader.error());
    Themes all;
    for (const toml::table* table : reader->tables(reader->root(), "themes")) {
        reader->allowOnly(*table, {"id", "title", "subtitle", "note", "layers", "legend", "extent"});
        Theme theme;
        theme.id = reader->text(*table, "id");
        theme.title = reader->localized(*table, "title");
        theme.subtitle = reader->localizedOr(*table, "subtitle", {});
        theme.note = reader->localizedOr(*table, "note", {});
        theme.layers = reader->texts(*table, "layers");
        theme.legend = resolveLegend(reader->texts(*table, "legend"), theme.layers);
        theme.extent = reader->textOr(*table, "extent", {});
        all.themes.push_back(std::move(theme));
    }
    if (const toml::table* titles = reader->subtable(reader->root(), "titles")) {
        for (const auto& [drawing, title] : *titles) all.titles[std::string(drawing.str())] = reader->localized(*titles, drawing.str());
    }
    if (const toml::table* layouts = reader->subtable(reader->root(), "layouts")) {
        for (const auto& [id, node] : *layouts) {
            const toml::table* table = reader->subtable(*layouts, id.str());
            if (table == nullptr) continue;
            all.layouts.push_back({std::string(id.str()), reader->localized(*table, "title"), reader->number(*table, "symbol_factor").value_or(1)});
        }
    }
    if (reader->firstFault()) return tl::unexpected(*reader->firstFault());
    return all;
}

}  // namespace zonewright::cartographer
