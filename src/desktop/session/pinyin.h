#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace zonewright::desktop {

/// A name as it is typed on a Latin keyboard, lower case, without tones and blanks.
struct Typed {
    std::string whole;     ///< "湖塘镇" -> "hutangzhen"
    std::string initials;  ///< "htz"
};

/// Reads Chinese by ICU's Han-Latin; of several readings the commonest. To be made on the thread that uses it.
class Pinyin {
public:
    Pinyin();
    ~Pinyin();

    [[nodiscard]] Typed typed(std::string_view name) const;

private:
    struct State;
    std::unique_ptr<State> mState;
};

}  // namespace zonewright::desktop
