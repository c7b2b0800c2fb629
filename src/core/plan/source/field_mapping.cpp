#include "core/plan/source/field_mapping.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace zonewright::plan::source {
namespace {

using catalogue::Field;
using catalogue::FieldType;

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(c < 0x80 ? std::tolower(c) : c); });
    return out;
}

/// Lower case without underscores, hyphens and spaces.
std::string bare(std::string_view text) {
    std::string out = lowered(text);
    std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == ' '; });
    return out;
}

std::string withoutUnit(const Field& field) {
    const std::string unit = "_" + lowered(field.unit);
    if (field.unit.empty() || !field.name.ends_with(unit)) return bare(field.name);
    return bare(std::string_view(field.name).substr(0, field.name.size() - unit.size()));
}

using Fits = bool (*)(const Field&, const std::string& column);

constexpr std::array<Fits, 5> kByName{
    [](const Field& f, const std::string& c) { return f.name == c; },
    [](const Field& f, const std::string& c) { return lowered(f.name) == lowered(c); },
    [](const Field& f, const std::string& c) { return f.title.zh == c || lowered(f.title.en) == lowered(c); },
    [](const Field& f, const std::string& c) { return bare(f.name) == bare(c); },
    [](const Field& f, const std::string& c) { return withoutUnit(f) == bare(c); },
};

std::string listOf(const std::vector<Column>& columns) {
    std::string names;
    for (const Column& column : columns) names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

std::optional<std::size_t> indexOf(const std::vector<Column>& columns, const std::string& name) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

tl::unexpected<Localized> refused(const Field& field, const std::string& value, const char* zh, const char* en) {
    return tl::unexpected(Localized{fmt::format("字段 {}：“{}”{}", field.name, value, zh), fmt::format("field {}: '{}' {}", field.name, value, en)});
}

std::optional<double> realOf(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        std::string_view digits = trimmed(*text);
        if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
        return asNumber(Value{std::string(digits)});
    }
    return asNumber(value);
}

tl::expected<Value, Localized> asInteger(const Field& field, const Value& value) {
    if (std::holds_alternative<std::int64_t>(value)) return value;
    if (const auto* text = std::get_if<std::string>(&value)) {
        const std::string_view digits = trimmed(*text);
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error == std::errc{} && end == digits.data() + digits.size()) return Value{number};
    }
    const auto real = realOf(value);
    if (!real || std::abs(*real) > 9e15 || *real != std::floor(*real)) return refused(field, asText(value), "不是整数", "is no whole number");
    return Value{static_cast<std::int64_t>(*real)};
}

tl::expected<Value, Localized> asReal(const Field& field, const Value& value) {
    const auto real = realOf(value);
    if (!real || !std::isfinite(*real)) return refused(field, asText(value), "不是数字", "is no number");
    return Value{*real};
}

tl::expected<Value, Localized> asBoolean(const Field& field, const Value& value) {
    const std::string word = lowered(trimmed(asText(value)));
    for (const char* yes : {"1", "true", "yes", "y", "t", "是", "有"}) {
        if (word == yes) return Value{std::int64_t{1}};
    }
    for (const char* no : {"0", "false", "no", "n", "f", "否", "无"}) {
        if (word == no) return Value{std::int64_t{0}};
    }
    return refused(field, asText(value), "不是“是/否”", "is neither yes nor no");
}

/// 2021-03-05 from 2021-03-05, 2021/3/5, 20210305, each with or without a time behind it.
tl::expected<Value, Localized> asDate(const Field& field, const Value& value) {
    const std::string text(trimmed(asText(value)));
    std::array<int, 3> parts{};
    int read = 0;
    if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos) {
        read = std::sscanf(text.c_str(), "%4d%2d%2d", &parts[0], &parts[1], &parts[2]);
    } else {
        read = std::sscanf(text.c_str(), "%4d%*[-/.年]%2d%*[-/.月]%2d", &parts[0], &parts[1], &parts[2]);
    }
    constexpr std::array<int, 13> kDays{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const auto [year, month, day] = parts;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (read != 3 || month < 1 || month > 12 || day < 1 || day > kDays[static_cast<std::size_t>(month)] + (month == 2 && leap ? 1 : 0)) {
        return refused(field, text, "不是日期", "is no date");
    }
    return Value{fmt::format("{:04}-{:02}-{:02}", year, month, day)};
}

std::string plainText(const Value& value) {
    if (const auto* real = std::get_if<double>(&value); real != nullptr && *real == std::floor(*real) && std::abs(*real) < 1e15) {
        return fmt::format("{:.0f}", *real);
    }
    return asText(value);
}

/// The code that a value means: the code itself, a title, or a number whose leading zeros a spreadsheet has eaten.
const catalogue::DomainValue* meant(const catalogue::Domain& domain, const std::string& text, bool isNumber) {
    if (const auto* found = domain.find(text)) return found;
    for (const catalogue::DomainValue& value : domain.values) {
        if (lowered(value.code) == lowered(text) || value.title.zh == text || lowered(value.title.en) == lowered(text)) return &value;
    }
    if (!isNumber) return nullptr;
    for (const std::size_t width : {2U, 4U, 6U}) {
        if (width <= text.size()) continue;
        if (const auto* found = domain.find(std::string(width - text.size(), '0') + text)) return found;
    }
    return nullptr;
}

}  // namespace

Result<FieldMapping> mapFields(const catalogue::Layer& layer, const std::vector<Column>& columns,
                               const std::vector<std::pair<std::string, std::string>>& stated) {
    FieldMapping mapping;
    mapping.columns.resize(layer.fields.size());
    std::vector<bool> used(columns.size(), false);
    std::vector<bool> settled(layer.fields.size(), false);
    for (const auto& [field, column] : stated) {
        const catalogue::Field* known = layer.find(field);
        if (known == nullptr) return failure(ErrorCode::UnknownField, field, layer.id);
        const auto index = static_cast<std::size_t>(known - layer.fields.data());
        settled[index] = true;
        if (column.empty()) continue;
        mapping.columns[index] = indexOf(columns, column);
        if (!mapping.columns[index]) return failure(ErrorCode::UnknownField, fmt::format("{} (the source has: {})", column, listOf(columns)));
        used[*mapping.columns[index]] = true;
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (lowered(columns[c].name) == "uuid" && !used[c] && !mapping.uuid) {
            mapping.uuid = c;
            used[c] = true;
        }
    }
    for (const Fits fits : kByName) {
        for (std::size_t f = 0; f < layer.fields.size(); ++f) {
            for (std::size_t c = 0; c < columns.size() && !settled[f]; ++c) {
                if (used[c] || !fits(layer.fields[f], columns[c].name)) continue;
                mapping.columns[f] = c;
                used[c] = settled[f] = true;
            }
        }
    }
    for (std::size_t f = 0; f < layer.fields.size(); ++f) {
        if (layer.fields[f].required && !mapping.columns[f]) mapping.missing.push_back(layer.fields[f].name);
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (!used[c]) mapping.unused.push_back(c);
    }
    return mapping;
}

ValueConverter::ValueConverter(const catalogue::Catalogue& catalogue, const catalogue::Layer& layer) {
    for (const Field& field : layer.fields) mRules.push_back({&field, field.domain.empty() ? nullptr : catalogue.findDomain(field.domain)});
}

tl::expected<Value, Localized> ValueConverter::converted(std::size_t index, const Value& value) const {
    const auto& [field, domain] = mRules[index];
    const auto* text = std::get_if<std::string>(&value);
    const bool none = std::holds_alternative<std::monostate>(value) || (text != nullptr && trimmed(*text).empty());
    if (none) return Value{};
    if (domain != nullptr) {
        const std::string word(trimmed(plainText(value)));
        const catalogue::DomainValue* code = meant(*domain, word, text == nullptr);
        if (code == nullptr) return refused(*field, word, "不在取值表中", "is not in the field's list of values");
        if (field->type == FieldType::Text) return Value{code->code};
        return field->type == FieldType::Integer ? asInteger(*field, Value{code->code}) : asReal(*field, Value{code->code});
    }
    tl::expected<Value, Localized> out{value};
    switch (field->type) {
        case FieldType::Text: return text != nullptr ? out : Value{plainText(value)};
        case FieldType::Boolean: return asBoolean(*field, value);
        case FieldType::Date: return asDate(*field, value);
        case FieldType::Integer: out = asInteger(*field, value); break;
        case FieldType::Real: out = asReal(*field, value); break;
    }
    if (!out) return out;
    const double number = asNumber(*out).value_or(0);
    if (field->min && number < *field->min) return refused(*field, plainText(value), "小于下限", fmt::format("is below {}", *field->min).c_str());
    if (field->max && number > *field->max) return refused(*field, plainText(value), "大于上限", fmt::format("is above {}", *field->max).c_str());
    return out;
}

}  // namespace zonewright::plan::source
