#include "core/analysis/chart_svg.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace zonewright::analysis::svg {
namespace {

constexpr double kNoteFont = 11;
constexpr double kAxisRoom = 26;
constexpr double kFootMargin = 10;

/// Bytes of the character that begins with this one.
std::size_t lengthOf(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

double widthOf(std::string_view text) {
    double width = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) width += 0.58 * kFont;
        else if (byte >= 0xE0) width += kFont;
        else if (byte >= 0xC0) width += 0.58 * kFont;
    }
    return width;
}

std::string tickText(double value) {
    std::string text = fmt::format("{:.10g}", value);
    if (text == "-0") text = "0";
    const auto point = text.find('.');
    const bool plain = text.find('e') == std::string::npos;
    // Thousands stand apart, as figures of people and hectares are read.
    const std::size_t first = text.front() == '-' ? 1 : 0;
    if (plain) {
        for (std::size_t at = point == std::string::npos ? text.size() : point; at > first + 3;) {
            at -= 3;
            text.insert(at, ",");
        }
    }
    return text;
}

std::string begin(const std::string& title, double width, double height) {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{2}\" height=\"{0}\" viewBox=\"0 0 {2} {0}\" "
        "font-family=\"Noto Sans CJK SC, Noto Sans, sans-serif\" font-size=\"{3}\">\n"
        "<rect width=\"{2}\" height=\"{0}\" fill=\"#ffffff\"/>\n<text x=\"{4}\" y=\"30\" font-size=\"{5:.1f}\">{1}</text>\n",
        height, escaped(title), width, kFont, kMargin, std::min(18.0, 18 * (width - 2 * kMargin) / std::max(1.0, widthOf(title) * 18 / kFont)));
}

double footHeight(const std::vector<std::string>& notes) { return kAxisRoom + kNoteLine * static_cast<double>(notes.size()) + kFootMargin; }

std::string end(const std::vector<std::string>& notes, double y) {
    std::string out;
    y += kAxisRoom;
    for (const std::string& note : notes) {
        y += kNoteLine;
        out += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#555555\" font-size=\"{}\">{}</text>\n", kMargin, y, kNoteFont, escaped(note));
    }
    return out + "</svg>\n";
}

std::vector<std::string> linesOf(const std::vector<Localized>& notes, Language language, double width) {
    const double room = (width - 2 * kMargin) * kFont / kNoteFont;
    std::vector<std::string> out;
    for (const Localized& note : notes) {
        const std::string& text = note.in(language);
        if (text.empty()) continue;
        std::string line;
        std::size_t blank = 0;  // where the line may be broken between words
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t length = lengthOf(text[i]);
            line += text.substr(i, length);
            i += length;
            if (line.back() == ' ') blank = line.size();
            if (widthOf(line) <= room || i >= text.size()) continue;
            const std::size_t cut = blank > 0 ? blank : line.size();
            out.push_back(line.substr(0, cut));
            line.erase(0, cut);
            blank = 0;
        }
        out.push_back(line);
    }
    return out;
}

}  // namespace zonewright::analysis::svg

namespace zonewright::analysis {

AxisScale axisOver(double least, double most) {
    constexpr int kSteps = 5;  // at most, of the longer side
    least = std::fmin(least, 0.0);
    most = std::fmax(most, 0.0);
    const double range = most - least;
    if (!(range > 0) || !std::isfinite(range)) return {};
    const double power = std::pow(10.0, std::floor(std::log10(range / kSteps)));
    double step = 10 * power;
    for (const double factor : {5.0, 2.5, 2.0, 1.0}) {
        if (range / (factor * power) <= kSteps) step = factor * power;
    }
    return {std::floor(least / step + 1e-9) * step, std::ceil(most / step - 1e-9) * step, step};
}

Localized withUnit(const Localized& title, const Localized& unit) {
    const auto joined = [](const std::string& words, const std::string& of) { return of.empty() ? words : words + " (" + of + ")"; };
    return {joined(title.zh, unit.zh), joined(title.en, unit.en)};
}

std::string toSvg(const Drawing& drawing, Language language, double width) {
    return std::visit([&](const auto& chart) { return toSvg(chart, language, width); }, drawing);
}

const Localized& titleOf(const Drawing& drawing) {
    return std::visit([](const auto& chart) -> const Localized& { return chart.title; }, drawing);
}

std::vector<Localized>& notesOf(Drawing& drawing) {
    return std::visit([](auto& chart) -> std::vector<Localized>& { return chart.notes; }, drawing);
}

}  // namespace zonewright::analysis
