#pragma once

namespace zonewright {

/// The release; the build description reads it from here.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace zonewright
