#include <clocale>
#include <cstdlib>
#include <iostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/session.h"

namespace zonewright::cli {
namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

/// `--lang` decides the language of the help too, so it is looked for before parsing; then the locale, then Chinese.
Language languageOf(int count, char** arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--lang" && i + 1 < count) return std::string_view(arguments[i + 1]) == "en" ? Language::English : Language::Chinese;
        if (argument == "--lang=en") return Language::English;
        if (argument == "--lang=zh") return Language::Chinese;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).substr(0, 2) == "en" ? Language::English : Language::Chinese;
    }
    return Language::Chinese;
}

int print(const Session& session, const Outcome& outcome) {
    if (session.json) {
        std::cout << outcome.document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
    } else if (!session.quiet) {
        std::cout << outcome.text;
        if (!outcome.text.empty() && outcome.text.back() != '\n') std::cout << '\n';
    }
    std::cout.flush();
    if (!std::cout) {
        fmt::print(stderr, "zonewright: error[{}]: {}\n", static_cast<int>(ErrorCode::FileUnwritable),
                   describe({ErrorCode::FileUnwritable, "stdout", ""}, session.language));
        return kFailed;
    }
    return outcome.exitStatus;
}

int runProgram(int count, char** arguments) {
    Session session;
    session.language = languageOf(count, arguments);
    CLI::App app(session.text("规划分区、选址核查与专题制图", "Edit zones, check sites and print thematic maps"), "zonewright");
    app.set_version_flag("--version", "zonewright " ZONEWRIGHT_VERSION);
    app.set_help_flag("-h,--help", session.text("显示帮助", "Print this help"));
    app.add_flag("--json", session.json, session.text("输出一个 JSON 文档", "Print one JSON document"));
    app.add_flag("--quiet", session.quiet, session.text("只输出错误", "Print errors only"));
    app.add_flag("--progress", session.progressLines,
                 session.text("进度写到标准错误，每行一个 JSON 对象", "Report progress on stderr, one JSON object a line"));
    std::string language;
    app.add_option("--lang", language, session.text("语言：zh 或 en", "Language: zh or en"))->check(CLI::IsMember({"zh", "en"}));
    app.require_subcommand(1);
    app.fallthrough();
    addNew(app, session);
    addInfo(app, session);
    addInspect(app, session);
    addImport(app, session);
    addExport(app, session);
    addValidate(app, session);
    addEdit(app, session);
    addThemes(app, session);
    addPrint(app, session);
    addAtlas(app, session);
    addCheck(app, session);
    addHistory(app, session);
    addDiff(app, session);
    addUndo(app, session);
    addTag(app, session);
    addModules(app, session);
    addRun(app, session);
    addIntensity(app, session);
    addNetwork(app, session);
    addAccess(app, session);
    try {
        app.parse(count, arguments);
    } catch (const CLI::Success& e) {
        return app.exit(e);
    } catch (const CLI::ParseError& e) {
        std::string what = e.what();
        while (!what.empty() && what.back() == '\n') what.pop_back();
        std::replace(what.begin(), what.end(), '\n', ' ');
        fmt::print(stderr, "zonewright: error[2]: {}: {}; {}\n", session.text("用法有误", "usage"), what,
                   session.text("用 --help 查看用法", "see --help"));
        return kUsage;
    }
    const Result<Outcome> outcome = session.run();
    if (outcome) return print(session, *outcome);
    fmt::print(stderr, "zonewright: error[{}]: {}\n", static_cast<int>(outcome.error().code), describe(outcome.error(), session.language));
    return kFailed;
}

}  // namespace
}  // namespace zonewright::cli

int main(int count, char** arguments) {
    std::setlocale(LC_ALL, "C.UTF-8");
    try {
        return zonewright::cli::runProgram(count, arguments);
    } catch (const std::exception& e) {
        fmt::print(stderr, "zonewright: error[100]: {}\n", e.what());
        return 1;
    }
}
