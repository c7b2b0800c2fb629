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

namespace {

SheetTable readTable(catalogue::TomlReader& reader, const toml::table& table) {
    reader.allowOnly(table, {"id", "title", "layer", "rows", "bold", "order", "columns"});
    SheetTable out;
    out.id = reader.text(table, "id");
    out.title = reader.localized(table, "title");
    out.layer = reader.text(table, "layer");
    out.rows = reader.textOr(table, "rows", {});
    out.bold = reader.textOr(table, "bold", {});
    out.order = reader.textOr(table, "order", {});
    for (const toml::table* column : reader.tables(table, "columns")) {
        reader.allowOnly(*column, {"title", "value", "right"});
        out.columns.push_back({reader.localized(*column, "title"), reader.text(*column, "value"), reader.flagOr(*column, "right", false)});
    }
    return out;
}

}  // namespace

Result<Themes> readThemes(const std::filesystem::path& file) {
    auto reader = catalogue::TomlReader::open(file);
    if (!reader) return tl::unexpected(reader.error());
    Themes all;
    for (const toml::table* table : reader->tables(reader->root(), "themes")) {
        reader->allowOnly(*table, {"id", "title", "subtitle", "note", "layers", "legend", "extent", "needs", "made_by", "tables", "halves"});
        Theme theme;
        theme.id = reader->text(*table, "id");
        theme.title = reader->localized(*table, "title");
        theme.subtitle = reader->localizedOr(*table, "subtitle", {});
        theme.note = reader->localizedOr(*table, "note", {});
        theme.layers = reader->texts(*table, "layers");
        theme.legend = resolveLegend(reader->texts(*table, "legend"), theme.layers);
        theme.extent = reader->textOr(*table, "extent", {});
        theme.needs = reader->textOr(*table, "needs", {});
        theme.madeBy = reader->textOr(*table, "made_by", {});
        if (table->contains("tables")) theme.tables = reader->texts(*table, "tables");
        if (table->contains("halves")) theme.halves = reader->texts(*table, "halves");
        all.themes.push_back(std::move(theme));
    }
    for (const toml::table* table : reader->tables(reader->root(), "tables")) {
        SheetTable read = readTable(*reader, *table);
        all.tables.emplace(read.id, std::move(read));
    }
    for (const Theme& theme : all.themes) {
        const bool paired = theme.halves.empty() || (theme.halves.size() == 2 && std::ranges::all_of(theme.halves, [&](const std::string& half) { return all.find(half).has_value(); }));
        if (!paired) reader->fault(reader->root(), "themes.halves", theme.id + ": two ids of themes");
        for (const std::string& table : theme.tables) {
            if (!all.tables.contains(table)) reader->fault(reader->root(), "themes.tables", "no [[tables]] with the id " + table);
        }
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
