#include "core/analysis/siting/rules.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/base/hash.h"
#include "core/catalogue/toml_reader.h"

namespace zonewright::analysis::siting {
namespace {

using catalogue::TomlReader;

constexpr std::array kRelations{std::pair{Relation::Overlaps, std::string_view("overlaps")},
                                std::pair{Relation::Within, std::string_view("within")},
                                std::pair{Relation::NotCovered, std::string_view("not_covered")},
                                std::pair{Relation::Crosses, std::string_view("crosses")},
                                std::pair{Relation::Mismatch, std::string_view("mismatch")}};
constexpr std::array kSeverities{std::pair{Severity::Prohibited, std::string_view("prohibited")},
                                 std::pair{Severity::Restricted, std::string_view("restricted")},
                                 std::pair{Severity::Advice, std::string_view("advice")}};
constexpr std::array kConfidences{std::pair{Confidence::Stated, std::string_view("stated")},
                                  std::pair{Confidence::SecondHand, std::string_view("second_hand")}};

template <typename Words, typename T>
std::string_view wordOf(const Words& words, T value) {
    for (const auto& [known, name] : words) {
        if (known == value) return name;
    }
    return {};
}

/// The value a key's word stands for; a fault that names the words there are.
template <typename T, typename Words>
T oneOf(TomlReader& reader, const toml::table& table, std::pair<std::string_view, T> keyAndFallback, const Words& words) {
    const std::string name = reader.textOr(table, keyAndFallback.first, std::string(wordOf(words, keyAndFallback.second)));
    std::string all;
    for (const auto& [value, word] : words) {
        if (word == name) return value;
        all += (all.empty() ? "" : ", ") + std::string(word);
    }
    const toml::node* node = table.get(keyAndFallback.first);
    reader.fault(node != nullptr ? *node : table, keyAndFallback.first, fmt::format("\"{}\" is none of: {}", name, all));
    return keyAndFallback.second;
}

Filter filterOf(TomlReader& reader, const toml::table& table, std::string_view key) {
    const std::string text = reader.textOr(table, key, "");
    Result<Filter> filter = Filter::parse(text);
    if (filter) return std::move(*filter);
    const auto column = table.get(key)->source().begin.column + std::stoul(filter.error().where);  // behind the quote
    reader.fault(*table.get(key), key, fmt::format("column {}: {} in: {}", column, filter.error().detail, text));
    return {};
}

bool isDay(const std::string& text) {
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return text.substr(5, 2) >= "01" && text.substr(5, 2) <= "12" && text.substr(8) >= "01" && text.substr(8) <= "31";
}

std::string dayOf(TomlReader& reader, const toml::table& table, std::string_view key) {
    std::string text = reader.textOr(table, key, "");
    if (!text.empty() && !isDay(text)) reader.fault(*table.get(key), key, fmt::format("\"{}\" is no day, as in \"2021-09-01\"", text));
    return text;
}

Metres lengthOf(TomlReader& reader, const toml::table& table, std::string_view key) {
    const std::optional<double> value = reader.number(table, key);
    if (value && !(*value >= 0 && *value <= 100000)) reader.fault(*table.get(key), key, "must be 0 to 100000 metres");
    return Metres(value.value_or(0));
}

std::vector<Exception> exceptionsOf(TomlReader& reader, const toml::table& table) {
    std::vector<Exception> out;
    for (const toml::table* entry : reader.tables(table, "exceptions")) {
        reader.allowOnly(*entry, {"when", "severity", "note"});
        reader.text(*entry, "when");
        Exception exception{filterOf(reader, *entry, "when"), {}, reader.localized(*entry, "note")};
        if (entry->contains("severity")) exception.severity = oneOf(reader, *entry, std::pair{std::string_view("severity"), Severity::Advice}, kSeverities);
        out.push_back(std::move(exception));
    }
    return out;
}

void checkRelation(TomlReader& reader, const toml::table& table, const Rule& rule) {
    const bool within = rule.relation == Relation::Within;
    const bool mismatch = rule.relation == Relation::Mismatch;
    if (within && !table.contains("distance_m")) reader.fault(table, "distance_m", "missing; relation \"within\" needs it");
    for (const std::string_view key : {"distance_m", "half_width_m", "width_field", "measured_from", "distance_only"}) {
        if (!within && table.contains(key)) reader.fault(*table.get(key), key, "only relation \"within\" has it");
    }
    for (const std::string_view key : {"site_field", "allowed_field"}) {
        if (mismatch && !table.contains(key)) reader.fault(table, key, "missing; relation \"mismatch\" needs it");
        if (!mismatch && table.contains(key)) reader.fault(*table.get(key), key, "only relation \"mismatch\" has it");
    }
    if (rule.confidence == Confidence::SecondHand && rule.confidenceNote.zh.empty()) {
        reader.fault(table, "confidence_note", "missing; a second-hand source says where it was seen");
    }
    if (!rule.from.empty() && !rule.to.empty() && rule.to < rule.from) reader.fault(*table.get("to"), "to", "is before \"from\"");
}

std::string hashOf(const Rule& rule) {
    Sha256 hash;
    for (const std::string& part :
         {rule.id, rule.layer, rule.filter.text(), std::string(nameOf(rule.relation)), fmt::format("{}", rule.distance.value),
          fmt::format("{}", rule.halfWidth.value), rule.widthField, rule.siteField, rule.allowedField, rule.siteFilter.text(),
          std::string(nameOf(rule.severity)), rule.law.zh, rule.article.zh}) {
        hash.addField(part);
    }
    for (const std::string& kind : rule.appliesTo) hash.addField(kind);
    if (rule.distanceOnly) hash.addField("distance_only");
    for (const Exception& exception : rule.exceptions) {
        hash.addField(exception.when.text());
        hash.addField(exception.severity ? nameOf(*exception.severity) : "none");
    }
    return hash.hex();
}

Rule ruleOf(TomlReader& reader, const toml::table& table, const Localized& subject) {
    reader.allowOnly(table, {"id", "title", "layer", "filter", "relation", "distance_m", "half_width_m", "width_field", "measured_from",
                             "distance_only", "site_field", "allowed_field", "applies_to", "site_filter", "exceptions", "severity", "law", "article",
                             "confidence", "confidence_note", "remedy", "from", "to"});
    Rule rule;
    rule.id = reader.text(table, "id");
    rule.subject = subject;
    rule.title = reader.localized(table, "title");
    rule.layer = reader.text(table, "layer");
    rule.filter = filterOf(reader, table, "filter");
    rule.relation = oneOf(reader, table, std::pair{std::string_view("relation"), Relation::Overlaps}, kRelations);
    rule.distance = lengthOf(reader, table, "distance_m");
    rule.halfWidth = lengthOf(reader, table, "half_width_m");
    rule.widthField = reader.textOr(table, "width_field", "");
    rule.distanceOnly = reader.flagOr(table, "distance_only", false);
    rule.siteField = reader.textOr(table, "site_field", "");
    rule.allowedField = reader.textOr(table, "allowed_field", "");
    if (table.contains("applies_to")) rule.appliesTo = reader.texts(table, "applies_to");
    rule.siteFilter = filterOf(reader, table, "site_filter");
    rule.exceptions = exceptionsOf(reader, table);
    reader.text(table, "severity");
    rule.severity = oneOf(reader, table, std::pair{std::string_view("severity"), Severity::Restricted}, kSeverities);
    rule.law = reader.localized(table, "law");
    rule.article = reader.localized(table, "article");
    rule.measuredFrom = reader.localizedOr(table, "measured_from", {});
    rule.confidence = oneOf(reader, table, std::pair{std::string_view("confidence"), Confidence::Stated}, kConfidences);
    rule.confidenceNote = reader.localizedOr(table, "confidence_note", {});
    rule.remedy = reader.localized(table, "remedy");
    rule.from = dayOf(reader, table, "from");
    rule.to = dayOf(reader, table, "to");
    checkRelation(reader, table, rule);
    rule.hash = hashOf(rule);
    return rule;
}

Result<void> readFile(const std::filesystem::path& file, std::vector<Rule>& rules) {
    Result<TomlReader> reader = TomlReader::open(file, ErrorCode::BadRule);
    if (!reader) return tl::unexpected(reader.error());
    reader->allowOnly(reader->root(), {"subject", "rules"});
    const Localized subject = reader->localized(reader->root(), "subject");
    for (const toml::table* table : reader->tables(reader->root(), "rules")) {
        Rule rule = ruleOf(*reader, *table, subject);
        const auto same = [&](const Rule& r) { return r.id == rule.id; };
        if (std::any_of(rules.begin(), rules.end(), same)) reader->fault(*table, "id", fmt::format("\"{}\" is there twice", rule.id));
        if (reader->firstFault()) return tl::unexpected(*reader->firstFault());
        rules.push_back(std::move(rule));
    }
    if (reader->firstFault()) return tl::unexpected(*reader->firstFault());
    return {};
}

}  // namespace

std::string_view nameOf(Relation relation) { return wordOf(kRelations, relation); }
std::string_view nameOf(Severity severity) { return wordOf(kSeverities, severity); }

Localized titleOf(Severity severity) {
    switch (severity) {
        case Severity::Prohibited: return {"禁止", "Prohibited"};
        case Severity::Restricted: return {"限制", "Restricted"};
        case Severity::Advice: break;
    }
    return {"提示", "Advice"};
}

Result<Severity> severityOf(std::string_view name) {
    for (const auto& [severity, word] : kSeverities) {
        if (word == name) return severity;
    }
    return failure(ErrorCode::BadArgument, fmt::format("\"{}\" is none of: prohibited, restricted, advice", name));
}

Result<std::vector<Rule>> loadRules(const std::filesystem::path& folderOrFile) {
    std::vector<std::filesystem::path> files;
    std::error_code fault;
    if (std::filesystem::is_directory(folderOrFile, fault)) {
        for (const auto& entry : std::filesystem::directory_iterator(folderOrFile, fault)) {
            if (entry.path().extension() == ".toml") files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
    } else {
        files.push_back(folderOrFile);
    }
    std::vector<Rule> rules;
    for (const auto& file : files) {
        const Result<void> read = readFile(file, rules);
        if (!read) return tl::unexpected(read.error());
    }
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return rules;
}

}  // namespace zonewright::analysis::siting
