#include "desktop/session/pinyin.h"

#include <algorithm>
#include <cctype>

#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace zonewright::desktop {
namespace {

/// Words and figures of a Latin text.
Typed typedLatin(std::string_view text) {
    Typed out;
    bool begins = true;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
            begins = true;
            continue;
        }
        if (begins || std::isdigit(static_cast<unsigned char>(c)) != 0) out.initials += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        begins = false;
        out.whole += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return out;
}

}  // namespace

struct Pinyin::State {
    std::unique_ptr<icu::Transliterator> latin;
};

Pinyin::Pinyin() : mState(std::make_unique<State>()) {
    UErrorCode status = U_ZERO_ERROR;
    mState->latin.reset(icu::Transliterator::createInstance("Han-Latin; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) mState->latin.reset();
}

Pinyin::~Pinyin() = default;

Typed Pinyin::typed(std::string_view name) const {
    const bool latin = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (latin) return typedLatin(name);
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
    // Syllables of neighbouring characters come apart only with a blank between them.
    icu::UnicodeString spaced;
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
        const UChar32 c = text.char32At(i);
        const bool han = c >= 0x2e80;
        if (han) spaced.append(static_cast<UChar>(' '));
        spaced.append(c);
        if (han) spaced.append(static_cast<UChar>(' '));
    }
    if (mState->latin) mState->latin->transliterate(spaced);
    std::string plain;
    spaced.toUTF8String(plain);
    return typedLatin(plain);
}

}  // namespace zonewright::desktop
