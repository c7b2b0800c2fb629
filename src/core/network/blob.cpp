#include "core/network/blob.h"

#include <fmt/format.h>

#include "core/base/hash.h"

namespace zonewright::network {
namespace {

std::string header(std::string_view tag, std::uint64_t version) { return fmt::format("zonewright-{}-{}\n", tag, version); }

}  // namespace

void BlobWriter::add(const std::vector<std::string>& texts) {
    add(static_cast<std::uint64_t>(texts.size()));
    for (const std::string& text : texts) {
        add(static_cast<std::uint64_t>(text.size()));
        mBytes += text;
    }
}

std::string BlobWriter::sealed(std::string_view tag, std::uint64_t version) && {
    return header(tag, version) + sha256(mBytes) + mBytes;
}

Result<BlobReader> BlobReader::open(std::string_view bytes, std::string_view tag, std::uint64_t version) {
    constexpr std::size_t kHashSize = 64;
    const std::string expected = header(tag, version);
    if (!bytes.starts_with(expected) || bytes.size() < expected.size() + kHashSize) {
        return failure(ErrorCode::SourceUnreadable, fmt::format("not a stored {} of version {}", tag, version));
    }
    const std::string_view hash = bytes.substr(expected.size(), kHashSize);
    BlobReader reader;
    reader.mRest = bytes.substr(expected.size() + kHashSize);
    if (sha256(reader.mRest) != hash) return failure(ErrorCode::SourceUnreadable, fmt::format("stored {} is damaged", tag));
    return reader;
}

void BlobReader::read(std::vector<std::string>& into) {
    const std::uint64_t count = number();
    into.clear();
    for (std::uint64_t i = 0; i < count && mWhole; ++i) into.emplace_back(take(number()));
}

std::uint64_t BlobReader::number() {
    std::uint64_t value = 0;
    const std::string_view raw = take(sizeof value);
    if (mWhole) std::memcpy(&value, raw.data(), sizeof value);
    return value;
}

std::string_view BlobReader::take(std::size_t size) {
    if (!mWhole || size > mRest.size()) {
        mWhole = false;
        return {};
    }
    const std::string_view taken = mRest.substr(0, size);
    mRest.remove_prefix(size);
    return taken;
}

}  // namespace zonewright::network
