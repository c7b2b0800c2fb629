#pragma once

#include <filesystem>
#include <span>
#include <string>

#include <sys/types.h>

#include "core/base/error.h"

namespace zonewright::cartographer {

/// A file descriptor that is closed with its owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int value) : mValue(value) {}
    Descriptor(Descriptor&& other) noexcept;
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { reset(); }

    [[nodiscard]] int get() const { return mValue; }
    [[nodiscard]] explicit operator bool() const { return mValue >= 0; }
    void reset();

private:
    int mValue = -1;
};

/// A running child with pipes on its standard streams. It gets a process group of its own, so that Ctrl+C in the
/// terminal reaches only us, and ends by itself when its input closes. The destructor kills and reaps it.
class ChildProcess {
public:
    /// `inherited` appear in the child as descriptors 3, 4 ...; it gets no other descriptor of ours.
    /// Errors: CartographerUnavailable with the program's path and the system's reason.
    [[nodiscard]] static Result<ChildProcess> start(const std::filesystem::path& program, std::span<const int> inherited);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ~ChildProcess();

    /// All of `bytes`; false when the child no longer reads.
    [[nodiscard]] bool write(std::string_view bytes);
    [[nodiscard]] int output() const { return mOutput.get(); }
    [[nodiscard]] int errors() const { return mErrors.get(); }
    /// Becomes readable when the child has ended; -1 where the kernel has no pidfd.
    [[nodiscard]] int ended() const { return mEnded.get(); }
    [[nodiscard]] pid_t id() const { return mPid; }

    void kill();
    /// Waits for the end: "exit status 3", "signal 9 (Killed)".
    std::string reap();

private:
    ChildProcess() = default;

    pid_t mPid = -1;
    Descriptor mInput;
    Descriptor mOutput;
    Descriptor mErrors;
    Descriptor mEnded;
};

}  // namespace zonewright::cartographer
