#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace zonewright {

/// Stable numbered causes of failure; a number, once given, is never used for anything else.
/// The text a user reads is made from the number in the user's language (`describe`).
enum class ErrorCode {
    Internal = 100,
    FileNotFound = 101,
    FileExists = 102,
    FileUnreadable = 103,
    FileUnwritable = 104,
    DiskFull = 105,
    BadArgument = 110,
    BadCatalogue = 120,
    UnknownLayer = 121,
    UnknownField = 122,
    UnknownTheme = 123,
    UnknownFeature = 124,
    NotAPlan = 130,
    PlanLocked = 131,
    PlanTooNew = 132,
    PlanDamaged = 133,
    PlanReadOnly = 134,
    SourceUnreadable = 140,
    SourceEncoding = 141,
    SourceCrs = 142,
    SourceShifted = 143,
    SourceEmpty = 144,
    BadGeometry = 150,
    WouldCross = 151,
    WouldLeaveGap = 152,
    WouldOverlap = 153,
    WouldCollapse = 154,
    LinkedLayerRefuses = 155,
    NothingToUndo = 156,
    NothingToRedo = 157,
    BadRule = 160,
    ModuleUnusable = 170,
    NoNetwork = 171,
    CartographerUnavailable = 180,
    CartographerFailed = 181,
    Cancelled = 190,
};

enum class Language { Chinese, English };

/// A failure as core reports it: which, where (file, line, layer, feature, coordinates) and an untranslated detail.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::string where;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// Shorthand for `return failure(ErrorCode::X, "detail", "where");`.
[[nodiscard]] inline tl::unexpected<Error> failure(ErrorCode code, std::string detail, std::string where = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(where)});
}

/// One line for people: `what, where; what to do`, without the program's name and code.
[[nodiscard]] std::string describe(const Error& error, Language language);

}  // namespace zonewright
