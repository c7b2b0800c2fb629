#include <clocale>

#include <dlfcn.h>

/// The typefaces of our maps have digits of another design for Latin text of no language, and those have no character
/// behind them: "CGCS2000" could be read in a PDF but not searched or copied. HarfBuzz takes the language of all text
/// from the locale's name, and a Chinese locale need not be installed where maps are drawn; so the name alone is given.
extern "C" char* setlocale(int category, const char* locale) noexcept {
    using Function = char* (*)(int, const char*);
    static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "setlocale"));
    static char shaping[] = "zh_CN.UTF-8";
    if (category == LC_CTYPE && locale == nullptr) return shaping;
    return real(category, locale);
}
