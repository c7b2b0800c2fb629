#include "core/plan/source/declared_encoding.h"

#include <array>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace zonewright::plan::source {
namespace {

namespace fs = std::filesystem;

std::string headOf(const fs::path& file, std::size_t bytes) {
    std::ifstream in(file, std::ios::binary);
    std::string head(bytes, '\0');
    in.read(head.data(), static_cast<std::streamsize>(bytes));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return head;
}

/// The side file with this extension in either case, or an empty path.
fs::path sideFile(const fs::path& file, const char* lower, const char* upper) {
    std::error_code none;
    for (const char* extension : {lower, upper}) {
        fs::path side = file;
        side.replace_extension(extension);
        if (fs::is_regular_file(side, none)) return side;
    }
    return {};
}

std::string trimmed(std::string text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0' || c == '"'; };
    while (!text.empty() && isSpace(text.back())) text.pop_back();
    while (!text.empty() && isSpace(text.front())) text.erase(text.begin());
    return text;
}

std::vector<DeclaredEncoding> ofShapefile(const fs::path& file) {
    std::vector<DeclaredEncoding> found;
    if (const fs::path cpg = sideFile(file, ".cpg", ".CPG"); !cpg.empty()) {
        const std::string word = trimmed(headOf(cpg, 64));
        if (!word.empty()) {
            found.push_back({word, {fmt::format(".cpg 写明 {}", word), fmt::format("the .cpg file says {}", word)}});
        }
    }
    if (const fs::path dbf = sideFile(file, ".dbf", ".DBF"); !dbf.empty()) {
        const std::string head = headOf(dbf, 32);
        if (head.size() == 32 && head[29] != 0) {
            const auto ldid = static_cast<unsigned char>(head[29]);
            if (const auto encoding = encodingOfLdid(ldid)) {
                found.push_back({*encoding, {fmt::format("dbf 语言标识 LDID 0x{:02X}", ldid), fmt::format("the dbf's LDID is 0x{:02X}", ldid)}});
            }
        }
    }
    return found;
}

/// The value of a DXF header variable: its name stands on a line of its own, a group code and the value follow.
std::string dxfVariable(const std::string& head, const std::string& name) {
    std::istringstream lines(head);
    std::string line;
    while (std::getline(lines, line)) {
        if (trimmed(line) != name) continue;
        std::getline(lines, line);
        std::getline(lines, line);
        return trimmed(line);
    }
    return {};
}

std::vector<DeclaredEncoding> ofDxf(const fs::path& file) {
    const std::string head = headOf(file, 1 << 16);
    const std::string version = dxfVariable(head, "$ACADVER");
    const std::string codePage = dxfVariable(head, "$DWGCODEPAGE");
    std::vector<DeclaredEncoding> found;
    if (version >= "AC1021") {  // AutoCAD 2007 and later write UTF-8
        found.push_back({"UTF-8", {"$ACADVER " + version + "（2007 及以后为 UTF-8）", "$ACADVER is " + version + " (2007 and later are UTF-8)"}});
    }
    if (const auto encoding = encodingOfDwgCodePage(codePage)) {
        found.push_back({*encoding, {"$DWGCODEPAGE " + codePage, "$DWGCODEPAGE is " + codePage}});
    }
    return found;
}

/// MapInfo's word for its character set, from the .tab or .mif; empty for "Neutral".
std::string mapInfoCharset(const fs::path& file) {
    std::istringstream lines(headOf(file, 4096));
    std::string line;
    while (std::getline(lines, line)) {
        line = trimmed(line);
        std::string lower = line;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        for (const std::string_view key : {"!charset", "charset"}) {
            if (!lower.starts_with(key)) continue;
            const std::string word = trimmed(line.substr(key.size()));
            return word == "Neutral" ? std::string() : word;
        }
    }
    return {};
}

std::string encodingOfMapInfoCharset(const std::string& charset) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKnown{{{"WindowsSimpChinese", "GBK"},
                                                                                   {"WindowsTradChinese", "BIG5"},
                                                                                   {"WindowsLatin1", "CP1252"},
                                                                                   {"ISO8859_1", "ISO-8859-1"},
                                                                                   {"UTF-8", "UTF-8"}}};
    for (const auto& [word, encoding] : kKnown) {
        if (charset == word) return std::string(encoding);
    }
    return charset;
}

}  // namespace

std::vector<DeclaredEncoding> declaredEncodings(const fs::path& file, const std::string& format) {
    if (format == "ESRI Shapefile") return ofShapefile(file);
    if (format == "DXF") return ofDxf(file);
    if (format == "MapInfo File") {
        const std::string charset = mapInfoCharset(file);
        if (charset.empty()) return {};
        return {{encodingOfMapInfoCharset(charset), {"文件写明字符集 " + charset, "the file's charset line says " + charset}}};
    }
    if (format == "CSV") {
        if (!headOf(file, 3).starts_with("\xEF\xBB\xBF")) return {};
        return {{"UTF-8", {"文件以 UTF-8 字节序标记开头", "the file starts with UTF-8's byte order mark"}}};
    }
    return {{"UTF-8", {format + " 格式规定为 UTF-8", format + " is UTF-8 by its standard"}}};
}

bool isRecodedOnReading(const fs::path& file, const std::string& format) {
    return format == "MapInfo File" && !mapInfoCharset(file).empty();
}

}  // namespace zonewright::plan::source
