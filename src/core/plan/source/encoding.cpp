#include "core/plan/source/encoding.h"

#include <array>
#include <cerrno>

#include <fmt/format.h>
#include <iconv.h>

namespace zonewright::plan::source {
namespace {

constexpr std::size_t kShown = 40;  ///< bytes of a sample value that evidence quotes

struct Fit {
    std::size_t values = 0;   ///< values that are not plain ASCII
    std::size_t invalid = 0;  ///< of them, not valid in the encoding
    std::size_t pairs = 0;    ///< two-byte characters
    std::size_t common = 0;   ///< of them, inside GB2312: everyday hanzi and punctuation
    std::size_t alone = 0;    ///< high bytes followed by ASCII, as accented letters are
    std::string example;      ///< the first value, as UTF-8
};

/// Shares of GB2312 among the two-byte characters: true Chinese text is nearly all inside, chance bytes are not.
void countPairs(std::string_view bytes, Fit& fit) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x81 || i + 1 >= bytes.size()) continue;
        const auto trail = static_cast<unsigned char>(bytes[++i]);
        ++fit.pairs;
        if (trail < 0x80) ++fit.alone;
        if (lead >= 0xA1 && lead <= 0xF7 && trail >= 0xA1) ++fit.common;
    }
}

Fit fitOf(std::span<const std::string> sample, const Decoder& decoder) {
    Fit fit;
    for (const std::string& value : sample) {
        if (isAscii(value)) continue;
        ++fit.values;
        const auto text = decoder.decoded(value, true);
        if (!text) ++fit.invalid;
        else if (fit.example.empty()) fit.example = text->substr(0, kShown);
        countPairs(value, fit);
    }
    while (!isUtf8(fit.example)) fit.example.pop_back();
    return fit;
}

bool isSingleByte(const std::string& encoding) {
    return encoding.starts_with("CP125") || encoding.starts_with("ISO-8859") || encoding.starts_with("CP4") || encoding.starts_with("CP8");
}

bool readsAsChinese(const Fit& fit) { return fit.pairs > 0 && fit.common * 10 >= fit.pairs * 9; }

std::optional<Fit> tried(std::span<const std::string> sample, const std::string& encoding) {
    const Result<Decoder> decoder = Decoder::from(encoding);
    if (!decoder) return std::nullopt;
    return fitOf(sample, *decoder);
}

Localized joined(const Localized& a, const Localized& b) {
    if (a.zh.empty()) return b;
    return {a.zh + "；" + b.zh, a.en + "; " + b.en};
}

Localized validity(const std::string& encoding, const Fit& fit) {
    return {fmt::format("{} 个非 ASCII 文本值全部为有效 {}（例：{}）", fit.values, encoding, fit.example),
            fmt::format("all {} non-ASCII text values are valid {} (e.g. {})", fit.values, encoding, fit.example)};
}

/// Whether text that nobody has made a statement about may be taken for this encoding, the bytes being valid in it.
bool isBelievable(std::string_view encoding, const Fit& fit) {
    if (encoding == "UTF-8") return true;  // chance bytes are practically never valid UTF-8
    if (encoding == "GBK") return readsAsChinese(fit);
    if (encoding == "GB18030") return fit.common * 2 >= fit.pairs;
    return fit.pairs >= 5;
}

/// Encodings of several bytes, the strictest first.
std::optional<EncodingGuess> byContent(std::span<const std::string> sample, const Localized& before) {
    for (const char* encoding : {"UTF-8", "GBK", "GB18030", "BIG5"}) {
        const auto fit = tried(sample, encoding);
        if (fit && fit->invalid == 0 && isBelievable(encoding, *fit)) return EncodingGuess{encoding, joined(before, validity(encoding, *fit))};
    }
    return std::nullopt;
}

/// A better encoding than the one declared, though the bytes are valid in that one too: chance bytes are never UTF-8, and
/// in a single-byte encoding every byte is valid.
std::optional<std::string> contradiction(std::span<const std::string> sample, const std::string& encoding, const Fit& fit) {
    if (encoding == "UTF-8" || (readsAsChinese(fit) && !isSingleByte(encoding))) return std::nullopt;
    const auto found = byContent(sample, {});
    if (found && (found->value == "UTF-8" || isSingleByte(encoding))) return found->value;
    return std::nullopt;
}

}  // namespace

Result<EncodingGuess> guessEncoding(std::span<const std::string> sample, const std::vector<DeclaredEncoding>& declared) {
    Localized notes;
    const bool ascii = std::all_of(sample.begin(), sample.end(), [](const std::string& value) { return isAscii(value); });
    for (const DeclaredEncoding& statement : declared) {
        const std::string encoding = canonicalEncoding(statement.encoding);
        const auto fit = tried(sample, encoding);
        if (!fit) {
            notes = joined(notes, {statement.evidence.zh + "，但该编码未知", statement.evidence.en + ", which is not known"});
            continue;
        }
        if (ascii) return EncodingGuess{encoding, joined(notes, joined(statement.evidence, {"文本全为 ASCII", "all text is ASCII"}))};
        if (fit->invalid > 0) {
            notes = joined(notes, {fmt::format("{}，但 {} 个值中有 {} 个无效", statement.evidence.zh, fit->values, fit->invalid),
                                   fmt::format("{}, but {} of {} values are not valid in it", statement.evidence.en, fit->invalid, fit->values)});
            continue;
        }
        if (auto other = contradiction(sample, encoding, *fit)) {
            return EncodingGuess{*other, joined(notes, {statement.evidence.zh + "，但字节符合 " + *other, statement.evidence.en + ", but the bytes read as " + *other})};
        }
        return EncodingGuess{encoding, joined(notes, joined(statement.evidence, validity(encoding, *fit)))};
    }
    if (ascii) return EncodingGuess{"UTF-8", joined(notes, {"文本全为 ASCII", "all text is ASCII"})};
    if (auto found = byContent(sample, notes)) return *found;
    if (const auto latin = tried(sample, "CP1252"); latin && latin->invalid == 0 && latin->alone * 2 >= latin->pairs) {
        return EncodingGuess{"CP1252", joined(notes, joined({"不是任何中文编码", "no Chinese encoding fits"}, validity("CP1252", *latin)))};
    }
    return failure(ErrorCode::SourceEncoding, notes.en.empty() ? "no known encoding fits the text" : notes.en);
}

std::string canonicalEncoding(std::string_view name) {
    std::string upper;
    for (const char c : name) {
        if (c == '_') upper += '-';
        else if (static_cast<unsigned char>(c) > 0x20) upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kAliases{{{"UTF8", "UTF-8"},
                                                                                      {"65001", "UTF-8"},
                                                                                      {"CP65001", "UTF-8"},
                                                                                      {"936", "GBK"},
                                                                                      {"CP936", "GBK"},
                                                                                      {"GB2312", "GBK"},
                                                                                      {"EUC-CN", "GBK"},
                                                                                      {"ANSI-936", "GBK"},
                                                                                      {"ANSI936", "GBK"},
                                                                                      {"54936", "GB18030"},
                                                                                      {"CP54936", "GB18030"},
                                                                                      {"950", "BIG5"},
                                                                                      {"CP950", "BIG5"},
                                                                                      {"ANSI-950", "BIG5"},
                                                                                      {"BIG-5", "BIG5"},
                                                                                      {"1252", "CP1252"},
                                                                                      {"WINDOWS-1252", "CP1252"},
                                                                                      {"LATIN1", "ISO-8859-1"},
                                                                                      {"88591", "ISO-8859-1"},
                                                                                      {"8859-1", "ISO-8859-1"},
                                                                                      {"ASCII", "UTF-8"},
                                                                                      {"US-ASCII", "UTF-8"}}};
    for (const auto& [alias, canonical] : kAliases) {
        if (upper == alias) return std::string(canonical);
    }
    return upper;
}

std::optional<std::string> encodingOfLdid(unsigned char ldid) {
    switch (ldid) {
        case 0x4D: case 0x7A: return "GBK";
        case 0x4F: case 0x78: return "BIG5";
        case 0x03: case 0x58: case 0x59: return "CP1252";
        case 0x01: return "CP437";
        case 0x02: return "CP850";
        case 0xC8: return "CP1250";
        case 0xC9: return "CP1251";
        case 0x13: case 0x7B: return "CP932";
        case 0x4E: case 0x79: return "CP949";
        default: return std::nullopt;
    }
}

std::optional<std::string> encodingOfDwgCodePage(std::string_view codePage) {
    const std::string canonical = canonicalEncoding(codePage);
    if (canonical == "GBK" || canonical == "BIG5" || canonical == "UTF-8") return canonical;
    if (canonical.starts_with("ANSI-")) return "CP" + canonical.substr(5);
    if (canonical == "GB2312") return "GBK";
    return std::nullopt;
}

void Decoder::Close::operator()(void* handle) const { iconv_close(handle); }

Result<Decoder> Decoder::from(const std::string& encoding) {
    Decoder decoder;
    if (canonicalEncoding(encoding) == "UTF-8") return decoder;
    const iconv_t handle = iconv_open("UTF-8", canonicalEncoding(encoding).c_str());
    if (handle == reinterpret_cast<iconv_t>(-1)) return failure(ErrorCode::SourceEncoding, fmt::format("unknown encoding '{}'", encoding));
    decoder.mHandle.reset(handle);
    return decoder;
}

std::optional<std::string> Decoder::decoded(std::string_view bytes, bool cutTail) const {
    if (isAscii(bytes)) return std::string(bytes);
    if (!mHandle) {
        if (isUtf8(bytes)) return std::string(bytes);
        for (std::size_t cut = 1; cutTail && cut <= 3 && cut < bytes.size(); ++cut) {
            const std::string_view head = bytes.substr(0, bytes.size() - cut);
            const auto lead = static_cast<unsigned char>(bytes[head.size()]);
            if (lead >= 0xC2 && isUtf8(head)) return std::string(head);
            if (lead < 0x80) break;
        }
        return std::nullopt;
    }
    iconv(mHandle.get(), nullptr, nullptr, nullptr, nullptr);
    std::string out(bytes.size() * 3 + 8, '\0');
    char* from = const_cast<char*>(bytes.data());  // iconv's signature is older than const
    char* to = out.data();
    std::size_t left = bytes.size();
    std::size_t room = out.size();
    if (iconv(mHandle.get(), &from, &left, &to, &room) == static_cast<std::size_t>(-1)) {
        if (!(cutTail && errno == EINVAL)) return std::nullopt;
    }
    out.resize(out.size() - room);
    return out;
}

bool isAscii(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool isUtf8(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size();) {
        const auto lead = static_cast<unsigned char>(bytes[i]);
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || bytes.size() - i < length) return false;
        std::uint32_t code = lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0) != 0x80) return false;
            code = (code << 6) | (next & 0x3F);
        }
        constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
        if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return false;
        i += length;
    }
    return true;
}

}  // namespace zonewright::plan::source
