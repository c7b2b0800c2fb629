#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/plan/features.h"

namespace zonewright::analysis::siting {

/// A condition on a feature's fields, as rule files write it:
///
///   kind = 'permanent_basic' and not (area_ha < 0.5 or name like '%试验%')
///   state in ('open', 'construction')      project is null
///
/// Operators: = <> != < <= > >=, in (...), not in (...), like ('%' any text, '_' one character), is null, is not null,
/// and, or, not, parentheses. Literals are numbers and texts in single quotes ('' is a quote).
/// A comparison with an empty field, or of a number with text that is no number, is false.
class Filter {
public:
    /// An empty text is the filter that everything passes.
    /// Errors: BadRule with the reason; `where` is its column, counted in characters from 1.
    [[nodiscard]] static Result<Filter> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return mText; }
    /// Names of the fields it reads, each once, in order of appearance.
    [[nodiscard]] const std::vector<std::string>& fields() const { return mFields; }
    /// `values` aligned with `fields()`.
    [[nodiscard]] bool passes(std::span<const plan::Value> values) const;

    struct Node;

private:
    std::string mText;
    std::vector<std::string> mFields;
    std::shared_ptr<const Node> mRoot;
};

}  // namespace zonewright::analysis::siting
