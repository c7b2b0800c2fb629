#include "core/editing/attributes.h"

#include <charconv>

#include <fmt/format.h>

namespace zonewright::editing {
namespace {

tl::unexpected<Error> refused(const catalogue::Field& field, const std::string& text, const std::string& allowed) {
    return failure(ErrorCode::BadArgument, fmt::format("{} = '{}': {}", field.name, text, allowed));
}

Result<plan::Value> fromDomain(const catalogue::Domain& domain, const catalogue::Field& field, const std::string& text) {
    std::string allowed;
    for (const catalogue::DomainValue& value : domain.values) {
        if (text == value.code || text == value.title.zh || text == value.title.en) return value.code;
        if (allowed.size() < 200) allowed += (allowed.empty() ? "" : ", ") + value.code;
    }
    return refused(field, text, "one of " + allowed);
}

}  // namespace

Result<plan::Value> parsedValue(const catalogue::Catalogue& catalogue, const catalogue::Field& field, const std::string& text) {
    if (text.empty()) {
        if (field.required) return refused(field, text, "a value is required");
        return plan::Value{};
    }
    if (const catalogue::Domain* domain = field.domain.empty() ? nullptr : catalogue.findDomain(field.domain)) {
        return fromDomain(*domain, field, text);
    }
    if (field.type == catalogue::FieldType::Text || field.type == catalogue::FieldType::Date) return text;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return refused(field, text, "a number");
    if (field.min && number < *field.min) return refused(field, text, fmt::format("at least {}", *field.min));
    if (field.max && number > *field.max) return refused(field, text, fmt::format("at most {}", *field.max));
    if (field.type == catalogue::FieldType::Real) return number;
    if (number != std::floor(number) || std::abs(number) > 9e15) return refused(field, text, "a whole number");
    return static_cast<std::int64_t>(number);
}

Result<std::string> freeKey(const plan::Plan& plan, const catalogue::Layer& layer, const std::string& key,
                            const std::set<std::string>& given) {
    Result<plan::Statement> query =
        plan.database().prepare(fmt::format("SELECT 1 FROM {} WHERE {} = ?1", plan::sqlName(layer.id), plan::sqlName(layer.keyField)));
    if (!query) return tl::unexpected(query.error());
    std::string candidate = key;
    for (int n = 2;; ++n) {
        query->bind(1, std::string_view(candidate));
        const Result<bool> taken = query->step();
        if (!taken) return tl::unexpected(taken.error());
        query->reset();
        if (!*taken && !given.contains(candidate)) return candidate;
        candidate = fmt::format("{}-{}", key, n);
    }
}

}  // namespace zonewright::editing
