#include "core/catalogue/toml_reader.h"

#include <fmt/format.h>

namespace zonewright::catalogue {

Result<TomlReader> TomlReader::open(const std::filesystem::path& file, ErrorCode failureCode) {
    TomlReader reader;
    reader.mFile = file;
    reader.mCode = failureCode;
    std::error_code none;
    if (!std::filesystem::is_regular_file(file, none)) return failure(ErrorCode::FileNotFound, "", file.string());
    try {
        reader.mRoot = toml::parse_file(file.string());
    } catch (const toml::parse_error& e) {
        return failure(failureCode, std::string(e.description()),
                       fmt::format("{}:{}:{}", file.string(), e.source().begin.line, e.source().begin.column));
    }
    return reader;
}

void TomlReader::fault(const toml::node& at, std::string_view key, const std::string& what) {
    if (mFault) return;
    mFault = Error{mCode, fmt::format("{}: {}", key, what), fmt::format("{}:{}", mFile.string(), at.source().begin.line)};
}

const toml::node* TomlReader::get(const toml::table& table, std::string_view key, bool required) {
    const toml::node* node = table.get(key);
    if (node == nullptr && required) fault(table, key, "missing");
    return node;
}

std::string TomlReader::text(const toml::table& table, std::string_view key) {
    const toml::node* node = get(table, key, true);
    if (node == nullptr) return {};
    if (const auto value = node->value_exact<std::string>()) {
        if (value->empty()) fault(*node, key, "must not be empty");
        return *value;
    }
    fault(*node, key, "must be text");
    return {};
}

std::string TomlReader::textOr(const toml::table& table, std::string_view key, std::string fallback) {
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return fallback;
    if (const auto value = node->value_exact<std::string>()) return *value;
    fault(*node, key, "must be text");
    return fallback;
}

std::optional<double> TomlReader::number(const toml::table& table, std::string_view key) {
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return std::nullopt;
    if (const auto value = node->value<double>()) return value;
    fault(*node, key, "must be a number");
    return std::nullopt;
}

bool TomlReader::flagOr(const toml::table& table, std::string_view key, bool fallback) {
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return fallback;
    if (const auto value = node->value_exact<bool>()) return *value;
    fault(*node, key, "must be true or false");
    return fallback;
}

Localized TomlReader::localized(const toml::table& table, std::string_view key) {
    const toml::node* node = get(table, key, true);
    if (node == nullptr) return {};
    const toml::table* both = node->as_table();
    if (both == nullptr) {
        fault(*node, key, "must be { zh = \"...\", en = \"...\" }");
        return {};
    }
    allowOnly(*both, {"zh", "en"});
    return {text(*both, "zh"), text(*both, "en")};
}

Localized TomlReader::localizedOr(const toml::table& table, std::string_view key, Localized fallback) {
    return table.contains(key) ? localized(table, key) : std::move(fallback);
}

std::vector<std::string> TomlReader::texts(const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return out;
    const toml::array* items = node->as_array();
    if (items == nullptr) {
        fault(*node, key, "must be a list of texts");
        return out;
    }
    for (const toml::node& item : *items) {
        if (const auto value = item.value_exact<std::string>()) out.push_back(*value);
        else fault(item, key, "must be a list of texts");
    }
    return out;
}

std::vector<const toml::table*> TomlReader::tables(const toml::table& table, std::string_view key) {
    std::vector<const toml::table*> out;
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return out;
    const toml::array* items = node->as_array();
    if (items == nullptr) {
        fault(*node, key, "must be a list of tables");
        return out;
    }
    for (const toml::node& item : *items) {
        if (const toml::table* one = item.as_table()) out.push_back(one);
        else fault(item, key, "must be a list of tables");
    }
    return out;
}

const toml::table* TomlReader::subtable(const toml::table& table, std::string_view key) {
    const toml::node* node = get(table, key, false);
    if (node == nullptr) return nullptr;
    if (node->as_table() == nullptr) fault(*node, key, "must be a table");
    return node->as_table();
}

void TomlReader::allowOnly(const toml::table& table, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
        if (std::find(known.begin(), known.end(), key.str()) == known.end()) fault(node, key.str(), "unknown key");
    }
}

}  // namespace zonewright::catalogue
