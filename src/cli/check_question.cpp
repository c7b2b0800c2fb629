#include "cli/check_question.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/geometry/wkt.h"

namespace zonewright::cli {

namespace siting = analysis::siting;

bool isDay(const std::string& day) {
    const bool shaped = day.size() == 10 && day[4] == '-' && day[7] == '-' && day.find_first_not_of("0123456789-") == std::string::npos;
    return shaped && day.substr(5, 2) >= "01" && day.substr(5, 2) <= "12" && day.substr(8) >= "01" && day.substr(8) <= "31";
}

void addRuleOptions(CLI::App& command, const Session& session, CheckQuestion& question) {
    command.add_option("--kind", question.kind, session.text("项目类型（图层未注明时）", "Kind of project where the layer does not say"));
    command.add_option("--rules", question.rules, session.text("规则文件或目录", "Rule file or folder"));
    command.add_option("--layer", question.layers, session.text("以文件代替约束图层：LAYER=FILE", "Use a file as constraint layer: LAYER=FILE"));
    command.add_option("--on", question.day, session.text("按这一天有效的规则，如 2021-09-30", "Rules in force on this day, as 2021-09-30"))
        ->check([&session](const std::string& day) { return isDay(day) ? std::string() : std::string(session.text("日期写作 2021-09-30", "write the day as 2021-09-30")); });
}

Result<std::vector<siting::Rule>> rulesFor(const Session& session, const CheckQuestion& question) {
    if (question.rules.empty()) return siting::loadRules(session.paths.layers / "rules");
    std::vector<siting::Rule> all;
    for (const std::string& place : question.rules) {
        Result<std::vector<siting::Rule>> some = siting::loadRules(place);
        if (!some) return some;
        all.insert(all.end(), some->begin(), some->end());
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (all[i].id == all[i - 1].id) return failure(ErrorCode::BadRule, fmt::format("rule \"{}\" is there twice", all[i].id));
    }
    return all;
}

Result<siting::SiteSource> sitesFor(const CheckQuestion& question) {
    siting::SiteSource source;
    source.layer.text = question.sites;
    source.only = question.only;
    source.kind = question.kind;
    if (question.accuracy) source.accuracy = Metres(*question.accuracy);
    if (!question.wkt.empty()) {
        Result<Geometry> drawn = fromWkt(question.wkt);
        if (!drawn) return failure(ErrorCode::BadArgument, fmt::format("--site wants WKT in the plan's coordinates: {}", drawn.error().detail));
        if (boxOf(*drawn).empty()) return failure(ErrorCode::BadArgument, "--site: the geometry is empty");
        source.drawn = std::move(*drawn);
    }
    for (const std::string& text : question.layers) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos) return failure(ErrorCode::BadArgument, text + ": LAYER=FILE is expected", "--layer");
        source.replaced[text.substr(0, equals)] = text.substr(equals + 1);
    }
    return source;
}

}  // namespace zonewright::cli
