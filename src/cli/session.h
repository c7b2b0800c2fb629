#pragma once

#include <functional>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"

namespace CLI {
class App;
}

namespace zonewright::cli {

/// What a command gives: the JSON document of `--json`, the same as text for people, and the exit status
/// (0 done, 3 done and `--fail-on` found something; failures are Errors).
struct Outcome {
    nlohmann::ordered_json document;
    std::string text;
    int exitStatus = 0;
};

/// What all commands share: the global options and, after parsing, the one command to run.
class Session {
public:
    Language language = Language::Chinese;
    bool json = false;
    bool quiet = false;
    bool progressLines = false;
    Paths paths = productPaths();

    /// The words in the user's language.
    [[nodiscard]] std::string text(const char* zh, const char* en) const { return language == Language::Chinese ? zh : en; }
    [[nodiscard]] Result<catalogue::Catalogue> catalogue() const { return catalogue::load(paths.layers); }
    /// Draws a line on stderr when that is a terminal and --quiet is not given; with --progress one JSON object a line,
    /// `{"done": 0.42, "what": "parcels"}`, wherever stderr goes. While it lives, the first SIGINT or SIGTERM cancels the
    /// task in good order and the second ends the program.
    [[nodiscard]] std::unique_ptr<Progress> progress() const;

    std::function<Result<Outcome>()> run;
};

/// A subcommand with its texts in the session's language; `run` is called when it was chosen.
CLI::App* addCommand(CLI::App& app, Session& session, const std::string& name, const std::string& help,
                     std::function<Result<Outcome>()> run);

}  // namespace zonewright::cli
