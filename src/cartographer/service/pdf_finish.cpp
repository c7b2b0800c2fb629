#include "cartographer/service/pdf_finish.h"

#include <fstream>
#include <map>
#include <regex>

#include <QFont>
#include <QRawFont>
#include <QString>

#include <fmt/format.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace zonewright::cartographer {
namespace {

/// Radical -> character, for the blocks Kangxi Radicals, CJK Radicals Supplement and CJK Compatibility Ideographs.
/// Unicode's own decompositions where there is one; else the character with the same glyph in the typeface of maps.
std::map<char16_t, char16_t> radicals() {
    std::map<char16_t, char16_t> all;
    const QRawFont font = QRawFont::fromFont(QFont(QStringLiteral("Noto Sans CJK SC")));
    const auto glyph = [&](char16_t character) {
        const auto indices = font.glyphIndexesForString(QString(QChar(character)));
        return indices.isEmpty() ? 0U : indices.first();
    };
    std::map<quint32, char16_t> characters;
    for (char16_t c = 0x9FFF; c >= 0x4E00; --c) characters[glyph(c)] = c;
    for (const auto& [first, last] : {std::pair<char16_t, char16_t>{0x2E80, 0x2FD5}, {0xF900, 0xFAD9}}) {
        for (char16_t c = first; c <= last; ++c) {
            const QString decomposed = QString(QChar(c)).normalized(QString::NormalizationForm_KC);
            if (decomposed.size() == 1 && decomposed[0] != QChar(c)) {
                all[c] = decomposed[0].unicode();
            } else if (const quint32 index = glyph(c); index != 0 && characters.contains(index)) {
                all[c] = characters[index];
            }
        }
    }
    return all;
}

std::string pdfDate(const std::string& date) {
    int year = 2000;
    int month = 1;
    int day = 1;
    static const std::regex kDate(R"((\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?)");
    if (std::smatch match; std::regex_search(date, match, kDate)) {
        year = std::stoi(match[1]);
        month = std::stoi(match[2]);
        if (match[3].matched) day = std::stoi(match[3]);
    }
    return fmt::format("D:{:04}{:02}{:02}000000Z", year, month, day);
}

void setInfo(QPDF& pdf, const PdfInfo& info) {
    QPDFObjectHandle dictionary = pdf.getTrailer().getKey("/Info");
    if (!dictionary.isDictionary()) return;
    const QPDFObjectHandle date = QPDFObjectHandle::newString(pdfDate(info.date));
    dictionary.replaceKey("/CreationDate", date);
    if (dictionary.hasKey("/ModDate")) dictionary.replaceKey("/ModDate", date);
    dictionary.replaceKey("/Title", QPDFObjectHandle::newUnicodeString(info.title));
    dictionary.replaceKey("/Author", QPDFObjectHandle::newUnicodeString(info.author));
}

/// Qt marks embedded subsets of typefaces with six letters that change from run to run; these follow from the name.
void renameSubset(QPDFObjectHandle& dictionary) {
    for (const char* key : {"/BaseFont", "/FontName"}) {
        if (!dictionary.getKey(key).isName()) continue;
        const std::string name = dictionary.getKey(key).getName();
        constexpr std::size_t kPlus = 7;  // after a slash and the six letters
        if (name.size() <= kPlus || name[kPlus] != '+') continue;
        std::uint64_t hash = 14695981039346656037U;  // FNV-1a
        for (const char c : name.substr(kPlus)) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        std::string tag;
        for (int i = 0; i < 6; ++i, hash /= 26) tag += static_cast<char>('A' + hash % 26);
        dictionary.replaceKey(key, QPDFObjectHandle::newName("/" + tag + name.substr(kPlus)));
    }
}

}  // namespace

std::string withoutRadicals(const std::string& map) {
    static const std::map<char16_t, char16_t> kRadicals = radicals();
    std::string out;
    std::size_t at = 0;
    // Targets are written as <2F8B>; glyph numbers are written alike, but come first on their line.
    static const std::regex kCode("<([0-9A-Fa-f]{4})>");
    for (std::sregex_iterator match(map.begin(), map.end(), kCode), end; match != end; ++match) {
        const auto position = static_cast<std::size_t>(match->position());
        const std::size_t lineStart = map.rfind('\n', position) + 1;
        const auto known = kRadicals.find(static_cast<char16_t>(std::stoul((*match)[1], nullptr, 16)));
        if (known == kRadicals.end() || position == lineStart) continue;
        out.append(map, at, position - at);
        out += fmt::format("<{:04X}>", static_cast<unsigned>(known->second));
        at = position + 6;
    }
    return out.append(map, at);
}

Result<void> finishPdf(const std::filesystem::path& path, const PdfInfo& info) {
    try {
        QPDF pdf;
        pdf.processFile(path.c_str());
        setInfo(pdf, info);
        for (QPDFObjectHandle object : pdf.getAllObjects()) {
            if (!object.isDictionary()) continue;
            renameSubset(object);
            if (!object.getKey("/ToUnicode").isStream()) continue;
            QPDFObjectHandle stream = object.getKey("/ToUnicode");
            const auto data = stream.getStreamData();
            const std::string text(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
            stream.replaceStreamData(withoutRadicals(text), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
        }
        QPDFWriter writer(pdf);
        writer.setOutputMemory();
        writer.setDeterministicID(true);
        writer.write();
        const auto written = writer.getBufferSharedPointer();
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file.write(reinterpret_cast<const char*>(written->getBuffer()), static_cast<std::streamsize>(written->getSize()));
        if (!file.flush()) return failure(ErrorCode::FileUnwritable, {}, path.string());
    } catch (const std::exception& e) {
        return failure(ErrorCode::CartographerFailed, e.what(), path.string());
    }
    return {};
}

}  // namespace zonewright::cartographer
