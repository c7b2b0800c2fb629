#pragma once

#include "cli/session.h"

namespace CLI {
class App;
}

namespace zonewright::cli {

/// Adds "check suggest": where could a project go?
void addSuggest(CLI::App& check, Session& session);

}  // namespace zonewright::cli
