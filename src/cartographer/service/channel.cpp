#include "cartographer/service/channel.h"

#include <array>
#include <cerrno>

#include <unistd.h>

#include "cartographer/protocol/json_lines.h"

namespace zonewright::cartographer {

Channel::Channel() : mOutput(::dup(STDOUT_FILENO)) { ::dup2(STDERR_FILENO, STDOUT_FILENO); }

void Channel::send(const EventLine& line) {
    const std::string text = encode(line) + "\n";
    const std::lock_guard lock(mMutex);
    for (std::string_view rest = text; !rest.empty();) {
        const ssize_t written = ::write(mOutput, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;  // nobody listens; the input will have ended too
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Channel::readAll(const std::function<void(RequestLine)>& take) {
    std::array<char, 65536> buffer;
    std::string pending;
    for (;;) {
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        pending.append(buffer.data(), static_cast<std::size_t>(got));
        std::size_t start = 0;
        for (std::size_t end; (end = pending.find('\n', start)) != std::string::npos; start = end + 1) {
            auto request = decodeRequest(std::string_view(pending).substr(start, end - start));
            if (request) {
                take(std::move(*request));
            } else {
                send({0, request.error()});
            }
        }
        pending.erase(0, start);
    }
}

}  // namespace zonewright::cartographer
