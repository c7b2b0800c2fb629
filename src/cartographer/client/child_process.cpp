#include "cartographer/client/child_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char** environ;

extern "C" {  // glibc 2.36 forgot to say so itself
#include <sys/pidfd.h>
}

namespace zonewright::cartographer {

Descriptor::Descriptor(Descriptor&& other) noexcept : mValue(std::exchange(other.mValue, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        reset();
        mValue = std::exchange(other.mValue, -1);
    }
    return *this;
}

void Descriptor::reset() {
    if (mValue >= 0) ::close(std::exchange(mValue, -1));
}

namespace {

struct Ends {
    Descriptor ours;
    Descriptor theirs;
};

/// A socket pair where a pipe would do, because a socket can be written to without SIGPIPE.
Result<Ends> stream() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        return failure(ErrorCode::CartographerUnavailable, std::strerror(errno));
    }
    return Ends{Descriptor(ends[0]), Descriptor(ends[1])};
}

/// Moves `d` to a number above all that the child will get, so that placing one does not overwrite another.
Descriptor raised(const Descriptor& d, int lowest) { return Descriptor(::fcntl(d.get(), F_DUPFD_CLOEXEC, lowest)); }

class SpawnPlan {
public:
    SpawnPlan() {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        posix_spawnattr_setpgroup(&attributes, 0);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&attributes, &none);
        sigset_t all;
        sigfillset(&all);
        posix_spawnattr_setsigdefault(&attributes, &all);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program, std::span<const int> inherited) {
    auto input = stream();
    auto output = stream();
    auto errors = stream();
    for (const auto* one : {&input, &output, &errors}) {
        if (!*one) return tl::unexpected((*one).error());
    }
    const int count = 3 + static_cast<int>(inherited.size());
    std::vector<Descriptor> theirs;
    theirs.push_back(raised(input->theirs, count));
    theirs.push_back(raised(output->theirs, count));
    theirs.push_back(raised(errors->theirs, count));
    for (const int descriptor : inherited) theirs.emplace_back(::fcntl(descriptor, F_DUPFD_CLOEXEC, count));

    SpawnPlan plan;
    for (int i = 0; i < count; ++i) posix_spawn_file_actions_adddup2(&plan.actions, theirs[static_cast<std::size_t>(i)].get(), i);
    posix_spawn_file_actions_addclosefrom_np(&plan.actions, count);

    ChildProcess child;
    std::string path = program.string();
    std::array<char*, 2> arguments{path.data(), nullptr};
    if (const int reason = ::posix_spawn(&child.mPid, path.c_str(), &plan.actions, &plan.attributes, arguments.data(), environ); reason != 0) {
        child.mPid = -1;
        return failure(ErrorCode::CartographerUnavailable, std::strerror(reason), path);
    }
    child.mEnded = Descriptor(::pidfd_open(child.mPid, 0));
    child.mInput = std::move(input->ours);
    child.mOutput = std::move(output->ours);
    child.mErrors = std::move(errors->ours);
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : mPid(std::exchange(other.mPid, -1)), mInput(std::move(other.mInput)), mOutput(std::move(other.mOutput)),
      mErrors(std::move(other.mErrors)), mEnded(std::move(other.mEnded)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    std::swap(mPid, other.mPid);
    std::swap(mInput, other.mInput);
    std::swap(mOutput, other.mOutput);
    std::swap(mErrors, other.mErrors);
    std::swap(mEnded, other.mEnded);
    return *this;
}

ChildProcess::~ChildProcess() {
    if (mPid < 0) return;
    kill();
    reap();
}

bool ChildProcess::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::send(mInput.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void ChildProcess::kill() {
    if (mPid >= 0) ::kill(mPid, SIGKILL);
}

std::string ChildProcess::reap() {
    if (mPid < 0) return {};
    int status = 0;
    while (::waitpid(mPid, &status, 0) < 0 && errno == EINTR) {
    }
    mPid = -1;
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
    return "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace zonewright::cartographer
