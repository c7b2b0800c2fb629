#pragma once

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "core/base/error.h"
#include "core/base/localized.h"

namespace zonewright::catalogue {

/// Reads typed values out of one TOML file and remembers the first fault with file, line and key, so that a reader can
/// take all its values in a row and look at the outcome once.
class TomlReader {
public:
    /// `failureCode` is what a fault in this kind of file is called.
    [[nodiscard]] static Result<TomlReader> open(const std::filesystem::path& file, ErrorCode failureCode = ErrorCode::BadCatalogue);

    [[nodiscard]] const toml::table& root() const { return mRoot; }
    [[nodiscard]] const std::filesystem::path& file() const { return mFile; }

    std::string text(const toml::table& table, std::string_view key);
    std::string textOr(const toml::table& table, std::string_view key, std::string fallback);
    std::optional<double> number(const toml::table& table, std::string_view key);
    bool flagOr(const toml::table& table, std::string_view key, bool fallback);
    Localized localized(const toml::table& table, std::string_view key);
    Localized localizedOr(const toml::table& table, std::string_view key, Localized fallback);
    std::vector<std::string> texts(const toml::table& table, std::string_view key);
    /// The tables of an array of tables; none when the key is absent.
    std::vector<const toml::table*> tables(const toml::table& table, std::string_view key);
    const toml::table* subtable(const toml::table& table, std::string_view key);

    /// A fault for every key of `table` that is not in `known`.
    void allowOnly(const toml::table& table, std::initializer_list<std::string_view> known);

    void fault(const toml::node& at, std::string_view key, const std::string& what);
    [[nodiscard]] const std::optional<Error>& firstFault() const { return mFault; }

private:
    const toml::node* get(const toml::table& table, std::string_view key, bool required);

    std::filesystem::path mFile;
    ErrorCode mCode = ErrorCode::BadCatalogue;
    toml::table mRoot;
    std::optional<Error> mFault;
};

}  // namespace zonewright::catalogue
