// Loaded with LD_PRELOAD: after FULL_DISK_AFTER writes to regular files the disk is full, for ever. Linked into a program:
// full when setDiskFull(true) says so.
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

extern "C" void setDiskFull(bool full);

namespace {

/// Writes that still find room; without a limit there always is.
std::atomic<long>& left() {
    static const char* const limit = std::getenv("FULL_DISK_AFTER");
    static std::atomic<long> count{limit != nullptr ? std::atol(limit) : LONG_MAX};
    return count;
}

bool isFull(int file) {
    struct stat about {};
    if (file <= STDERR_FILENO || fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return false;
    if (left()-- > 0) return false;
    errno = ENOSPC;
    return true;
}

template <typename Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

void setDiskFull(bool full) { left() = full ? 0 : LONG_MAX; }

ssize_t write(int file, const void* bytes, size_t count) {
    static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
    return isFull(file) ? -1 : next(file, bytes, count);
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
    static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    return isFull(file) ? -1 : next(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
    static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    return isFull(file) ? -1 : next(file, bytes, count, at);
}

int posix_fallocate(int file, off_t at, off_t count) {
    static const auto next = real<int (*)(int, off_t, off_t)>("posix_fallocate");
    return isFull(file) ? ENOSPC : next(file, at, count);
}
}
