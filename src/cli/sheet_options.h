#pragma once

#include <string>
#include <vector>

#include "cartographer/client/cartographer.h"
#include "cli/session.h"

namespace CLI {
class App;
}

namespace zonewright::cli {

/// What print and atlas share.
struct SheetOptions {
    std::string plan;
    std::string theme;
    std::string layout = "a3_landscape";
    std::string out;
    std::vector<double> extent;  ///< X1, Y1, X2, Y2 in the plan's CRS
    double scale = 0;            ///< denominator; 0 fits
    double rotation = 0;         ///< degrees, clockwise
    double dpi = 300;
    std::string title;
    std::string office;
    std::string date;
    std::string number;
    std::string chart;           ///< id of a chart that the plan keeps
    bool overwrite = false;
};

void addSheetOptions(CLI::App& command, const Session& session, SheetOptions& options);

/// The request with the plan's own texts (office, date, notes) and its version code.
/// Errors: FileExists without --overwrite; those of opening the plan.
[[nodiscard]] Result<cartographer::PrintRequest> sheetRequest(const Session& session, const SheetOptions& options);

/// JSON as {file, pages, scale, warnings}, text as a line a fact.
[[nodiscard]] Outcome sheetOutcome(const Session& session, const cartographer::PrintReply& reply);

/// A cartographer that says on stderr when the service had to be started again.
[[nodiscard]] cartographer::Cartographer startCartographer(const Session& session);

}  // namespace zonewright::cli
