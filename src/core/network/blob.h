#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/base/error.h"

namespace zonewright::network {

/// Writes plain values one after another; `sealed` puts a tag, a version and a hash before them.
class BlobWriter {
public:
    template <typename T>
    void add(const std::vector<T>& values) {
        static_assert(std::is_trivially_copyable_v<T>);
        add(static_cast<std::uint64_t>(values.size()));
        mBytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    }
    void add(std::uint64_t value) { mBytes.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void add(const std::vector<std::string>& texts);

    [[nodiscard]] std::string sealed(std::string_view tag, std::uint64_t version) &&;

private:
    std::string mBytes;
};

/// Reads what BlobWriter wrote; after the first read beyond the end everything comes back empty and `whole` is false.
class BlobReader {
public:
    /// Errors: SourceUnreadable when tag, version or hash differ.
    [[nodiscard]] static Result<BlobReader> open(std::string_view bytes, std::string_view tag, std::uint64_t version);

    template <typename T>
    void read(std::vector<T>& into) {
        const std::uint64_t count = number();
        const std::string_view raw = take(count <= mRest.size() / sizeof(T) ? count * sizeof(T) : mRest.size() + 1);
        into.resize(mWhole ? count : 0);
        if (!into.empty()) std::memcpy(into.data(), raw.data(), raw.size());
    }
    void read(std::vector<std::string>& into);
    [[nodiscard]] std::uint64_t number();
    [[nodiscard]] bool whole() const { return mWhole && mRest.empty(); }

private:
    std::string_view take(std::size_t size);

    std::string_view mRest;
    bool mWhole = true;
};

}  // namespace zonewright::network
