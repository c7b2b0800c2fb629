#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"

namespace zonewright::plan::source {

/// What a file says about its own text: by whom ("the .cpg file says GBK") and which encoding.
struct DeclaredEncoding {
    std::string encoding;
    Localized evidence;
    bool binding = false;  ///< a format that allows nothing else (GeoPackage); still checked against the bytes
};

struct EncodingGuess {
    std::string value;  ///< "UTF-8", "GBK", "GB18030", "BIG5", "CP1252" ...
    Localized evidence;
};

/// Decides the encoding of a sample of raw text values. The order: a stated or declared encoding under which every
/// value is valid and reads as text; UTF-8; GBK; GB18030; Big5; Windows-1252.
///
/// Errors: SourceEncoding when nothing fits; an encoding is never assumed against the bytes.
[[nodiscard]] Result<EncodingGuess> guessEncoding(std::span<const std::string> sample, const std::vector<DeclaredEncoding>& declared);

/// The usual name for an alias: "cp936" and "936" are GBK, "utf8" and "65001" are UTF-8. Unknown names come back in upper case.
[[nodiscard]] std::string canonicalEncoding(std::string_view name);

/// What the language driver id (byte 29 of a .dbf header) stands for, or nothing. 0x57 ("ANSI") is nothing: it is the
/// code page of the machine that wrote it. Source: dBASE/FoxPro code page marks as listed by ESRI.
[[nodiscard]] std::optional<std::string> encodingOfLdid(unsigned char ldid);

/// What DXF's `$DWGCODEPAGE` stands for ("ANSI_936" is GBK), or nothing.
[[nodiscard]] std::optional<std::string> encodingOfDwgCodePage(std::string_view codePage);

/// Turns text into UTF-8, strictly. Not for use from two threads at once.
class Decoder {
public:
    /// Errors: SourceEncoding when the encoding is not known.
    [[nodiscard]] static Result<Decoder> from(const std::string& encoding);
    Decoder(Decoder&&) noexcept = default;

    /// Nothing when the bytes are not valid. A character cut in half at the end, as fixed-width fields leave it, is
    /// dropped with the bytes before it intact when `cutTail` is set.
    [[nodiscard]] std::optional<std::string> decoded(std::string_view bytes, bool cutTail = false) const;

private:
    Decoder() = default;
    struct Close {
        void operator()(void* handle) const;
    };
    std::unique_ptr<void, Close> mHandle;  ///< none for UTF-8
};

[[nodiscard]] bool isAscii(std::string_view bytes);
/// RFC 3629: no overlong forms, no surrogates, at most U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view bytes);

}  // namespace zonewright::plan::source
