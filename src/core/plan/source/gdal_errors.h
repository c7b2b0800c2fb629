#pragma once

#include <string>

#include "core/base/error.h"

namespace zonewright::plan::source {

/// While it lives, GDAL's messages of this thread are collected here instead of printed.
class GdalErrors {
public:
    GdalErrors();
    ~GdalErrors();
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;

    /// The first failure GDAL reported since the last `clear`, in one line; empty when there was none.
    [[nodiscard]] const std::string& firstFailure() const { return mFailure; }
    [[nodiscard]] const std::string& firstWarning() const { return mWarning; }
    void clear();

    /// Called by the handler in GDAL.
    void add(bool isFailure, const char* message);

private:
    std::string mFailure;
    std::string mWarning;
};

}  // namespace zonewright::plan::source
