#include "core/analysis/parameters.h"

#include <charconv>

#include <fmt/format.h>

#include "core/geometry/wkt.h"

namespace zonewright::analysis {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

tl::unexpected<Error> bad(const Parameter& parameter, std::string_view text, const std::string& wanted) {
    return failure(ErrorCode::BadArgument, fmt::format("{}={}: {}", parameter.id, text, wanted),
                   parameter.id);
}

template <typename T>
std::optional<T> fromChars(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string rangeOf(const Parameter& p) {
    std::string unit = p.unit.empty() ? "" : " " + p.unit;
    if (p.min && p.max) return fmt::format("{} ... {}{}", *p.min, *p.max, unit);
    if (p.min) return fmt::format(">= {}{}", *p.min, unit);
    if (p.max) return fmt::format("<= {}{}", *p.max, unit);
    return {};
}

nlohmann::ordered_json jsonOf(const Localized& text) {
    return {{"zh", text.zh}, {"en", text.en}};
}

/// The value as JSON: numbers and booleans as such, lists as arrays, everything else as text.
nlohmann::ordered_json jsonValue(const Parameter& p, const std::string& text) {
    switch (p.type) {
        case ParameterType::Number:
            if (const auto v = fromChars<double>(text)) return *v;
            return nullptr;
        case ParameterType::Integer:
            if (const auto v = fromChars<std::int64_t>(text)) return *v;
            return nullptr;
        case ParameterType::Boolean:
            return text == "true";
        case ParameterType::List:
        case ParameterType::Layers: {
            const auto parts = parse::list(text, p);
            return parts ? nlohmann::ordered_json(*parts) : nlohmann::ordered_json::array();
        }
        default:
            return text;
    }
}

}  // namespace

std::string_view nameOf(ParameterType type) {
    switch (type) {
        case ParameterType::Layer:
            return "layer";
        case ParameterType::Layers:
            return "layers";
        case ParameterType::Field:
            return "field";
        case ParameterType::Number:
            return "number";
        case ParameterType::Integer:
            return "integer";
        case ParameterType::Boolean:
            return "boolean";
        case ParameterType::Choice:
            return "choice";
        case ParameterType::Text:
            return "text";
        case ParameterType::File:
            return "file";
        case ParameterType::Point:
            return "point";
        case ParameterType::Geometry:
            return "geometry";
        case ParameterType::List:
            return "list";
    }
    return "text";
}

ParameterBuilder& ParameterBuilder::help(Localized text) {
    mParameter->help = std::move(text);
    return *this;
}
ParameterBuilder& ParameterBuilder::unit(std::string name) {
    mParameter->unit = std::move(name);
    return *this;
}
ParameterBuilder& ParameterBuilder::range(double min, double max) {
    mParameter->min = min;
    mParameter->max = max;
    return *this;
}
ParameterBuilder& ParameterBuilder::atLeast(double min) {
    mParameter->min = min;
    return *this;
}
ParameterBuilder& ParameterBuilder::required() {
    mParameter->required = true;
    return *this;
}
ParameterBuilder& ParameterBuilder::advanced() {
    mParameter->advanced = true;
    return *this;
}
ParameterBuilder& ParameterBuilder::geometry(std::string kind) {
    mParameter->geometry = std::move(kind);
    return *this;
}
ParameterBuilder& ParameterBuilder::of(std::string layerParameter) {
    mParameter->ofLayer = std::move(layerParameter);
    return *this;
}
ParameterBuilder& ParameterBuilder::choices(std::vector<Choice> choices) {
    mParameter->type = ParameterType::Choice;
    mParameter->choices = std::move(choices);
    return *this;
}

Parameter& ParameterSet::append(std::string id, Localized title, ParameterType type) {
    mParameters.push_back(std::make_unique<Parameter>());
    Parameter& p = *mParameters.back();
    p.id = std::move(id);
    p.title = std::move(title);
    p.type = type;
    return p;
}

std::vector<const Parameter*> ParameterSet::all() const {
    std::vector<const Parameter*> out;
    for (const auto& p : mParameters) out.push_back(p.get());
    return out;
}

const Parameter* ParameterSet::find(std::string_view id) const {
    for (const auto& p : mParameters) {
        if (p->id == id) return p.get();
    }
    return nullptr;
}

Result<void> ParameterSet::assign(std::string_view id, std::string_view text) {
    const Parameter* p = find(id);
    if (p == nullptr) {
        std::string known;
        for (const auto& each : mParameters) known += (known.empty() ? "" : ", ") + each->id;
        return failure(ErrorCode::BadArgument, fmt::format("no parameter '{}' (there are: {})", id, known),
                       std::string(id));
    }
    if (auto done = p->assign(text); !done) return done;
    mGiven.emplace_back(id);
    return {};
}

Result<void> ParameterSet::checkComplete() const {
    std::string missing;
    for (const auto& p : mParameters) {
        if (!p->required || !p->text().empty()) continue;
        missing += (missing.empty() ? "" : ", ") + p->id;
    }
    if (missing.empty()) return {};
    return failure(ErrorCode::BadArgument, "required and not given: " + missing, missing);
}

nlohmann::ordered_json ParameterSet::values() const {
    auto out = nlohmann::ordered_json::object();
    for (const auto& p : mParameters) out[p->id] = jsonValue(*p, p->text());
    return out;
}

nlohmann::ordered_json ParameterSet::describe() const {
    auto out = nlohmann::ordered_json::array();
    for (const auto& p : mParameters) {
        nlohmann::ordered_json j{
            {"id", p->id},
            {"title", jsonOf(p->title)},
            {"help", jsonOf(p->help)},
            {"type", nameOf(p->type)},
            {"unit", p->unit},
            {"min", p->min ? nlohmann::ordered_json(*p->min) : nullptr},
            {"max", p->max ? nlohmann::ordered_json(*p->max) : nullptr},
            {"default", p->required && p->defaultText.empty() ? nullptr : jsonValue(*p, p->defaultText)},
            {"required", p->required},
            {"advanced", p->advanced}};
        if (!p->geometry.empty()) j["geometry"] = p->geometry;
        if (!p->ofLayer.empty()) j["of"] = p->ofLayer;
        if (!p->choices.empty()) {
            auto& choices = j["choices"] = nlohmann::ordered_json::array();
            for (const Choice& c : p->choices) choices.push_back({{"id", c.id}, {"title", jsonOf(c.title)}});
        }
        out.push_back(std::move(j));
    }
    return out;
}

namespace parse {

Result<double> number(std::string_view text, const Parameter& p) {
    const auto value = fromChars<double>(trimmed(text));
    if (!value || !std::isfinite(*value)) return bad(p, text, "a number is wanted");
    if ((p.min && *value < *p.min) || (p.max && *value > *p.max))
        return bad(p, text, "allowed is " + rangeOf(p));
    return *value;
}

Result<std::int64_t> integer(std::string_view text, const Parameter& p) {
    const auto value = fromChars<std::int64_t>(trimmed(text));
    if (!value) return bad(p, text, "a whole number is wanted");
    const auto asReal = static_cast<double>(*value);
    if ((p.min && asReal < *p.min) || (p.max && asReal > *p.max))
        return bad(p, text, "allowed is " + rangeOf(p));
    return *value;
}

Result<bool> boolean(std::string_view text, const Parameter& p) {
    const std::string_view t = trimmed(text);
    if (t == "true" || t == "1" || t == "yes" || t == "on") return true;
    if (t == "false" || t == "0" || t == "no" || t == "off") return false;
    return bad(p, text, "true or false is wanted");
}

Result<std::string> text(std::string_view text, const Parameter& p) {
    if (p.choices.empty()) return std::string(text);
    std::string known;
    for (const Choice& c : p.choices) {
        if (c.id == text) return c.id;
        known += (known.empty() ? "" : ", ") + c.id;
    }
    return bad(p, text, "one of: " + known);
}

Result<Point> point(std::string_view text, const Parameter& p) {
    const std::size_t comma = text.find(',');
    if (comma != std::string_view::npos) {
        const auto x = fromChars<double>(trimmed(text.substr(0, comma)));
        const auto y = fromChars<double>(trimmed(text.substr(comma + 1)));
        if (x && y && std::isfinite(*x) && std::isfinite(*y)) return Point{*x, *y};
    }
    return bad(p, text, "a position 'x,y' is wanted");
}

Result<Geometry> geometry(std::string_view text, const Parameter& p) {
    if (trimmed(text).empty()) return Geometry{};
    Result<Geometry> value = fromWkt(std::string(text));
    if (!value) return bad(p, text.substr(0, 60), value.error().detail);
    return value;
}

Result<std::vector<std::string>> list(std::string_view text, const Parameter& p) {
    std::vector<std::string> out;
    if (trimmed(text).empty()) return out;
    if (trimmed(text).front() == '[') {
        const auto json = nlohmann::json::parse(text, nullptr, false);
        if (!json.is_array()) return bad(p, text, "a list is wanted");
        for (const auto& item : json) out.push_back(item.is_string() ? item.get<std::string>() : item.dump());
        return out;
    }
    while (true) {
        const std::size_t comma = text.find(',');
        out.emplace_back(trimmed(text.substr(0, comma)));
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

std::string numberText(double value) {
    return fmt::format("{}", value);
}

std::string listText(const std::vector<std::string>& values) {
    for (const std::string& value : values) {
        if (value.find(',') != std::string::npos || (!value.empty() && value.front() == '['))
            return nlohmann::json(values).dump();
    }
    return fmt::format("{}", fmt::join(values, ","));
}

std::string pointText(Point point) {
    return fmt::format("{},{}", point.x, point.y);
}

std::string geometryText(const Geometry& geometry) {
    return std::holds_alternative<std::monostate>(geometry) ? std::string() : toWkt(geometry);
}

}  // namespace parse

Result<std::vector<LayerReference>> ParameterCodec<std::vector<LayerReference>>::parse(std::string_view text,
                                                                                       const Parameter& p) {
    const auto parts = parse::list(text, p);
    if (!parts) return tl::unexpected(parts.error());
    std::vector<LayerReference> out;
    for (const std::string& part : *parts) out.push_back({part});
    return out;
}

std::string ParameterCodec<std::vector<LayerReference>>::text(const std::vector<LayerReference>& value) {
    std::vector<std::string> parts;
    for (const LayerReference& layer : value) parts.push_back(layer.text);
    return parse::listText(parts);
}

}  // namespace zonewright::analysis
