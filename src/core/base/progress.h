#pragma once

#include <string_view>

namespace zonewright {

/// Receives how far a long task is, and may stop it. The default ignores everything.
class Progress {
public:
    virtual ~Progress() = default;

    /// `done` runs from 0 to 1. Returns false when the task should stop; it then ends with ErrorCode::Cancelled.
    virtual bool report([[maybe_unused]] double done, [[maybe_unused]] std::string_view what) { return true; }
};

}  // namespace zonewright
