#pragma once

#include <string>
#include <string_view>

#include "cartographer/protocol/messages.h"

namespace zonewright::cartographer {

/// One line of JSON without its newline: `{"id":7,"op":"render",...}`.
[[nodiscard]] std::string encode(const RequestLine& line);
/// `{"id":7,"progress":{...}}`, `{"id":7,"frame":{...}}`, `{"id":7,"reply":{"op":...}}` or
/// `{"id":7,"error":{"code":181,"detail":...,"where":...}}`.
[[nodiscard]] std::string encode(const EventLine& line);

/// Errors: BadArgument for what is no JSON, an unknown operation, or a value of the wrong type.
[[nodiscard]] Result<RequestLine> decodeRequest(std::string_view line);
[[nodiscard]] Result<EventLine> decodeEvent(std::string_view line);

/// The file a sheet is written to until it is complete: beside it, with the same suffix.
[[nodiscard]] std::filesystem::path unfinishedFileOf(const std::filesystem::path& file);

}  // namespace zonewright::cartographer
