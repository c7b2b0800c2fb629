#include "core/plan/source/gdal_errors.h"

#include <cpl_error.h>

namespace zonewright::plan::source {
namespace {

void CPL_STDCALL collect(CPLErr level, CPLErrorNum, const char* message) {
    if (level == CE_Debug || level == CE_None) return;
    static_cast<GdalErrors*>(CPLGetErrorHandlerUserData())->add(level >= CE_Failure, message);
}

std::string oneLine(std::string_view message) {
    std::string line;
    for (const char c : message) line += (c == '\n' || c == '\r' || c == '\t') ? ' ' : c;
    constexpr std::size_t kLongest = 300;
    if (line.size() > kLongest) {
        line.resize(kLongest);
        line += "...";
    }
    return line;
}

}  // namespace

GdalErrors::GdalErrors() { CPLPushErrorHandlerEx(collect, this); }
GdalErrors::~GdalErrors() { CPLPopErrorHandler(); }

void GdalErrors::clear() {
    mFailure.clear();
    mWarning.clear();
}

void GdalErrors::add(bool isFailure, const char* message) {
    std::string& slot = isFailure ? mFailure : mWarning;
    if (slot.empty()) slot = oneLine(message);
}

}  // namespace zonewright::plan::source
