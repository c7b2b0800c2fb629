#include "cartographer/service/pdf_date.h"

#include <fstream>
#include <regex>
#include <sstream>

#include <fmt/format.h>

namespace zonewright::cartographer {

Result<void> fixPdfDate(const std::filesystem::path& pdf, const std::string& date) {
    int year = 2000;
    int month = 1;
    int day = 1;
    static const std::regex kDate(R"((\d{4})\D+(\d{1,2})(?:\D+(\d{1,2}))?)");
    if (std::smatch match; std::regex_search(date, match, kDate)) {
        year = std::stoi(match[1]);
        month = std::stoi(match[2]);
        if (match[3].matched) day = std::stoi(match[3]);
    }
    const std::string stamp = fmt::format("{:04}{:02}{:02}000000", year, month, day);

    std::fstream file(pdf, std::ios::in | std::ios::out | std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    const std::string text = content.str();
    // The places are of equal length, so that the file's cross-reference table stays right.
    for (const std::string key : {"/CreationDate (D:", "/ModDate (D:"}) {
        for (std::size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
            file.seekp(static_cast<std::streamoff>(at + key.size()));
            file << stamp;
        }
    }
    if (!file.flush()) return failure(ErrorCode::FileUnwritable, "the date in it", pdf.string());
    return {};
}

}  // namespace zonewright::cartographer
