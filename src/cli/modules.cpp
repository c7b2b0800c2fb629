#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "core/analysis/registry.h"

namespace zonewright::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string wordOf(const Json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// A module's parameters as a person reads them.
std::string sheetOf(const Session& session, const Json& module) {
    const char* key = session.language == Language::Chinese ? "zh" : "en";
    std::string text = fmt::format(
        "{}  {}  ({})\n{}\n", module["id"].get<std::string>(), module["title"][key].get<std::string>(),
        module["version"].get<std::string>(), module["help"][key].get<std::string>());
    for (const Json& p : module["parameters"]) {
        text += fmt::format("  {:<20} {:<9}", p["id"].get<std::string>(), p["type"].get<std::string>());
        text += p["required"].get<bool>() ? session.text(" 必填", " required")
                                          : fmt::format(" = {}", wordOf(p["default"]));
        if (!p["unit"].get<std::string>().empty()) text += " " + p["unit"].get<std::string>();
        if (!p["min"].is_null() || !p["max"].is_null())
            text += fmt::format(" [{} ... {}]", wordOf(p["min"]), wordOf(p["max"]));
        text += fmt::format("\n      {}", p["title"][key].get<std::string>());
        if (!p["help"][key].get<std::string>().empty())
            text += session.text("：", ": ") + p["help"][key].get<std::string>();
        if (p.contains("choices")) {
            for (const Json& choice : p["choices"]) {
                text += fmt::format("\n        {:<12} {}", choice["id"].get<std::string>(),
                                    choice["title"][key].get<std::string>());
            }
        }
        text += "\n";
    }
    text += session.text("输出：\n", "Outputs:\n");
    for (const Json& output : module["outputs"]) {
        text += fmt::format("  {:<24} {:<14} {}\n", output["id"].get<std::string>(),
                            output["geometry"].get<std::string>(), output["title"][key].get<std::string>());
    }
    return text;
}

Result<Outcome> modules(const Session& session, const std::string& name) {
    const analysis::Registry registry = analysis::Registry::standard();
    Outcome out;
    if (!name.empty()) {
        const Result<const analysis::Module*> module = registry.find(name);
        if (!module) return tl::unexpected(module.error());
        out.document = {{"modules", Json::array({analysis::describe(registry, **module)})}};
        out.text = sheetOf(session, out.document["modules"][0]);
        return out;
    }
    out.document = analysis::describe(registry);
    for (const Json& module : out.document["modules"]) {
        out.text += fmt::format(
            "{:<22} {}\n", module["id"].get<std::string>(),
            module["title"][session.language == Language::Chinese ? "zh" : "en"].get<std::string>());
    }
    for (const Json& unusable : out.document["unusable"]) {
        out.text += fmt::format("{}: {} ({})\n", session.text("不可用", "unusable"),
                                unusable["file"].get<std::string>(), unusable["reason"].get<std::string>());
    }
    return out;
}

}  // namespace

void addModules(CLI::App& app, Session& session) {
    auto name = std::make_shared<std::string>();
    CLI::App* command =
        addCommand(app, session, "modules",
                   session.text("列出分析模块及其参数", "List the analysis modules and their parameters"),
                   [&session, name] { return modules(session, *name); });
    command->add_option("MODULE", *name, session.text("只看这一个", "Only this one"));
}

}  // namespace zonewright::cli
