#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace zonewright {

/// Incremental SHA-256 (FIPS 180-4).
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void add(std::string_view bytes);
    /// Adds the length before the bytes, so that ("ab","c") and ("a","bc") differ.
    void addField(std::string_view bytes);
    /// Lower-case hex of all that was added, 64 characters; the hash cannot be added to afterwards.
    [[nodiscard]] std::string hex();

private:
    struct State;
    std::unique_ptr<State> mState;
};

[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& file);

}  // namespace zonewright
