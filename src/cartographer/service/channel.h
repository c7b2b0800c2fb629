#pragma once

#include <functional>
#include <mutex>
#include <string>

#include "cartographer/protocol/messages.h"

namespace zonewright::cartographer {

/// Standard input and output as JSON lines. Whatever libraries print goes to standard error instead.
class Channel {
public:
    Channel();
    void send(const EventLine& line);
    /// Reads until the input ends; `take` is called for every request, on the calling thread.
    void readAll(const std::function<void(RequestLine)>& take);

private:
    int mOutput;
    std::mutex mMutex;
};

}  // namespace zonewright::cartographer
