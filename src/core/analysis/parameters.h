#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/units.h"
#include "core/geometry/types.h"

/// Analyses that are written once: what a module declares here makes its command line, its form and its QGIS
/// algorithm.
namespace zonewright::analysis {

/// A plan layer's id, or a file: `FILE` or `FILE|layername=L`, as in QGIS.
struct LayerReference {
    std::string text;

    [[nodiscard]] bool empty() const { return text.empty(); }
    bool operator==(const LayerReference&) const = default;
};

/// The name of a column of the layer that another parameter names.
struct FieldName {
    std::string text;

    [[nodiscard]] bool empty() const { return text.empty(); }
    bool operator==(const FieldName&) const = default;
};

enum class ParameterType {
    Layer,
    Layers,
    Field,
    Number,
    Integer,
    Boolean,
    Choice,
    Text,
    File,
    Point,
    Geometry,
    List
};

/// The word used in JSON: "layer", "number" ...
[[nodiscard]] std::string_view nameOf(ParameterType type);

struct Choice {
    std::string id;
    Localized title;
};

/// A parameter as its users see it. The default is the bound field's value at declaration.
struct Parameter {
    std::string id;
    Localized title;
    Localized help;
    ParameterType type = ParameterType::Text;
    std::string unit;  ///< "m", "m2", "s", "km/h", "min" ..., empty for a pure number
    std::optional<double> min;
    std::optional<double> max;
    bool required = false;  ///< has no default and must be given
    bool advanced = false;  ///< shown folded in forms
    std::string geometry;   ///< layers: "polygon", "line", "point", "table", or empty for any
    std::string ofLayer;    ///< fields: id of the layer parameter whose column this is
    std::vector<Choice> choices;
    std::string defaultText;

    std::function<Result<void>(std::string_view)> assign;  ///< parses and stores into the bound field
    std::function<std::string()> text;                     ///< the bound field's value, as `assign` reads it
};

/// How a field's C++ type is read and written; specialised below for every type that may be bound.
template <typename T>
struct ParameterCodec;

/// Adds what a declaration may say after its id, title and field.
class ParameterBuilder {
public:
    explicit ParameterBuilder(Parameter& parameter) : mParameter(&parameter) {}

    ParameterBuilder& help(Localized text);
    ParameterBuilder& unit(std::string name);
    ParameterBuilder& range(double min, double max);
    ParameterBuilder& atLeast(double min);
    ParameterBuilder& required();
    ParameterBuilder& advanced();
    ParameterBuilder& geometry(std::string kind);
    ParameterBuilder& of(std::string layerParameter);
    ParameterBuilder& choices(std::vector<Choice> choices);  ///< for a bound std::string

private:
    Parameter* mParameter;
};

/// The declared parameters of one run, each bound to the field it fills.
///
/// Requires: the bound fields outlive the set.
class ParameterSet {
public:
    ParameterSet() = default;
    ParameterSet(const ParameterSet&) = delete;
    ParameterSet& operator=(const ParameterSet&) = delete;

    /// Declares a parameter: `set.add("radius", {"半径", "Radius"}, mRadius).range(0, 5000).help({...})`.
    template <typename T>
    ParameterBuilder add(std::string id, Localized title, T& field) {
        Parameter& p = append(std::move(id), std::move(title), ParameterCodec<T>::type);
        p.unit = ParameterCodec<T>::unit();
        p.defaultText = ParameterCodec<T>::text(field);
        p.assign = [&field, &p](std::string_view text) -> Result<void> {
            Result<T> value = ParameterCodec<T>::parse(text, p);
            if (!value) return tl::unexpected(value.error());
            field = std::move(*value);
            return {};
        };
        p.text = [&field] { return ParameterCodec<T>::text(field); };
        return ParameterBuilder(p);
    }

    [[nodiscard]] std::vector<const Parameter*> all() const;
    [[nodiscard]] const Parameter* find(std::string_view id) const;

    /// Errors: BadArgument naming the parameter, the value and what is allowed; an unknown id names those
    /// there are.
    [[nodiscard]] Result<void> assign(std::string_view id, std::string_view text);
    /// Errors: BadArgument naming the required parameters that were not given.
    [[nodiscard]] Result<void> checkComplete() const;

    /// {id: value} with numbers and booleans as such; what a result keeps of the run it came from.
    [[nodiscard]] nlohmann::ordered_json values() const;
    /// As in `modules --json`: [{id, title, help, type, unit, min, max, default, required, choices, ...}].
    [[nodiscard]] nlohmann::ordered_json describe() const;

private:
    Parameter& append(std::string id, Localized title, ParameterType type);

    std::vector<std::unique_ptr<Parameter>> mParameters;  // addresses are bound in closures
    std::vector<std::string> mGiven;
};

/// Parsers shared by the codecs. Errors: BadArgument with the parameter's id, the value and the range.
namespace parse {
[[nodiscard]] Result<double> number(std::string_view text, const Parameter& parameter);
[[nodiscard]] Result<std::int64_t> integer(std::string_view text, const Parameter& parameter);
[[nodiscard]] Result<bool> boolean(std::string_view text, const Parameter& parameter);
[[nodiscard]] Result<std::string> text(std::string_view text, const Parameter& parameter);
[[nodiscard]] Result<Point> point(std::string_view text, const Parameter& parameter);
[[nodiscard]] Result<Geometry> geometry(std::string_view text, const Parameter& parameter);
/// Parts between commas, blanks around them cut; a JSON array is read as such.
[[nodiscard]] Result<std::vector<std::string>> list(std::string_view text, const Parameter& parameter);
[[nodiscard]] std::string numberText(double value);
[[nodiscard]] std::string listText(const std::vector<std::string>& values);
[[nodiscard]] std::string pointText(Point point);
[[nodiscard]] std::string geometryText(const Geometry& geometry);
}  // namespace parse

template <>
struct ParameterCodec<double> {
    static constexpr ParameterType type = ParameterType::Number;
    static std::string unit() { return {}; }
    static Result<double> parse(std::string_view text, const Parameter& p) { return parse::number(text, p); }
    static std::string text(double value) { return parse::numberText(value); }
};

template <typename Unit>
struct ParameterCodec<Quantity<Unit>> {
    static constexpr ParameterType type = ParameterType::Number;
    static std::string unit() {
        if constexpr (std::is_same_v<Quantity<Unit>, Metres>)
            return "m";
        else if constexpr (std::is_same_v<Quantity<Unit>, SquareMetres>)
            return "m2";
        else if constexpr (std::is_same_v<Quantity<Unit>, Seconds>)
            return "s";
        else
            return "km/h";
    }
    static Result<Quantity<Unit>> parse(std::string_view text, const Parameter& p) {
        return parse::number(text, p).map([](double v) { return Quantity<Unit>(v); });
    }
    static std::string text(Quantity<Unit> value) { return parse::numberText(value.value); }
};

template <>
struct ParameterCodec<std::int64_t> {
    static constexpr ParameterType type = ParameterType::Integer;
    static std::string unit() { return {}; }
    static Result<std::int64_t> parse(std::string_view text, const Parameter& p) {
        return parse::integer(text, p);
    }
    static std::string text(std::int64_t value) { return std::to_string(value); }
};

template <>
struct ParameterCodec<bool> {
    static constexpr ParameterType type = ParameterType::Boolean;
    static std::string unit() { return {}; }
    static Result<bool> parse(std::string_view text, const Parameter& p) { return parse::boolean(text, p); }
    static std::string text(bool value) { return value ? "true" : "false"; }
};

template <>
struct ParameterCodec<std::string> {
    static constexpr ParameterType type = ParameterType::Text;
    static std::string unit() { return {}; }
    static Result<std::string> parse(std::string_view text, const Parameter& p) {
        return parse::text(text, p);
    }
    static std::string text(const std::string& value) { return value; }
};

template <>
struct ParameterCodec<LayerReference> {
    static constexpr ParameterType type = ParameterType::Layer;
    static std::string unit() { return {}; }
    static Result<LayerReference> parse(std::string_view text, const Parameter& p) {
        return parse::text(text, p).map([](std::string v) { return LayerReference{std::move(v)}; });
    }
    static std::string text(const LayerReference& value) { return value.text; }
};

template <>
struct ParameterCodec<FieldName> {
    static constexpr ParameterType type = ParameterType::Field;
    static std::string unit() { return {}; }
    static Result<FieldName> parse(std::string_view text, const Parameter& p) {
        return parse::text(text, p).map([](std::string v) { return FieldName{std::move(v)}; });
    }
    static std::string text(const FieldName& value) { return value.text; }
};

template <>
struct ParameterCodec<std::vector<std::string>> {
    static constexpr ParameterType type = ParameterType::List;
    static std::string unit() { return {}; }
    static Result<std::vector<std::string>> parse(std::string_view text, const Parameter& p) {
        return parse::list(text, p);
    }
    static std::string text(const std::vector<std::string>& value) { return parse::listText(value); }
};

template <>
struct ParameterCodec<std::vector<LayerReference>> {
    static constexpr ParameterType type = ParameterType::Layers;
    static std::string unit() { return {}; }
    static Result<std::vector<LayerReference>> parse(std::string_view text, const Parameter& p);
    static std::string text(const std::vector<LayerReference>& value);
};

template <>
struct ParameterCodec<std::filesystem::path> {
    static constexpr ParameterType type = ParameterType::File;
    static std::string unit() { return {}; }
    static Result<std::filesystem::path> parse(std::string_view text, const Parameter& p) {
        return parse::text(text, p).map([](const std::string& v) { return std::filesystem::path(v); });
    }
    static std::string text(const std::filesystem::path& value) { return value.string(); }
};

/// Nothing when empty; "x,y" in the plan's CRS.
template <>
struct ParameterCodec<std::optional<Point>> {
    static constexpr ParameterType type = ParameterType::Point;
    static std::string unit() { return {}; }
    static Result<std::optional<Point>> parse(std::string_view text, const Parameter& p) {
        if (text.empty()) return std::optional<Point>();
        return parse::point(text, p).map([](Point v) { return std::optional(v); });
    }
    static std::string text(const std::optional<Point>& value) {
        return value ? parse::pointText(*value) : std::string();
    }
};

/// WKT in the plan's CRS; `std::monostate` when empty.
template <>
struct ParameterCodec<Geometry> {
    static constexpr ParameterType type = ParameterType::Geometry;
    static std::string unit() { return {}; }
    static Result<Geometry> parse(std::string_view text, const Parameter& p) {
        return parse::geometry(text, p);
    }
    static std::string text(const Geometry& value) { return parse::geometryText(value); }
};

}  // namespace zonewright::analysis
