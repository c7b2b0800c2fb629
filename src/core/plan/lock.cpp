#include "core/plan/lock.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "core/plan/change_set.h"

namespace zonewright::plan {
namespace {

std::string holderText(int descriptor) {
    std::array<char, 1024> buffer{};
    const ssize_t size = pread(descriptor, buffer.data(), buffer.size(), 0);
    const auto holder = nlohmann::json::parse(std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))), nullptr, false);
    if (!holder.is_object()) return {};
    const auto part = [&](const char* key) { return holder.value(key, std::string("?")); };
    return fmt::format("{}@{} (pid {}, {})", part("user"), part("host"), part("process"), part("time"));
}

std::string describeThisProcess() {
    std::array<char, 256> host{};
    gethostname(host.data(), host.size() - 1);
    const passwd* user = getpwuid(geteuid());
    return nlohmann::json{{"user", user != nullptr ? user->pw_name : "?"}, {"host", host.data()},
                          {"process", std::to_string(getpid())}, {"time", timeStamp()}}
        .dump();
}

/// True while the opened file is still the one under that name (not removed by a holder that was just leaving).
bool isStillNamed(int descriptor, const std::filesystem::path& file) {
    struct stat opened {};
    struct stat named {};
    return fstat(descriptor, &opened) == 0 && stat(file.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
}

}  // namespace

std::filesystem::path WriterLock::fileOf(const std::filesystem::path& plan) { return plan.string() + ".lock"; }

Result<WriterLock> WriterLock::acquire(const std::filesystem::path& plan) {
    const std::filesystem::path file = fileOf(plan);
    for (int attempt = 0; attempt < 100; ++attempt) {
        const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            if (errno == EACCES || errno == EROFS) return failure(ErrorCode::PlanReadOnly, std::strerror(errno), file.string());
            return failure(errno == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, std::strerror(errno), file.string());
        }
        struct flock range {};
        range.l_type = F_WRLCK;
        range.l_whence = SEEK_SET;
        if (fcntl(descriptor, F_OFD_SETLK, &range) != 0) {
            std::string holder = holderText(descriptor);
            close(descriptor);
            return failure(ErrorCode::PlanLocked, std::move(holder), plan.string());
        }
        if (!isStillNamed(descriptor, file)) {
            close(descriptor);
            continue;
        }
        const std::string text = describeThisProcess();
        if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
            const int cause = errno;
            unlink(file.c_str());
            close(descriptor);
            return failure(cause == ENOSPC ? ErrorCode::DiskFull : ErrorCode::FileUnwritable, std::strerror(cause), file.string());
        }
        return WriterLock(file, descriptor);
    }
    return failure(ErrorCode::PlanLocked, "", plan.string());
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : mFile(std::move(other.mFile)), mDescriptor(std::exchange(other.mDescriptor, -1)) {}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
    std::swap(mFile, other.mFile);
    std::swap(mDescriptor, other.mDescriptor);
    return *this;
}

WriterLock::~WriterLock() {
    if (mDescriptor < 0) return;
    unlink(mFile.c_str());  // before the lock goes, so that nobody can hold a removed file
    close(mDescriptor);
}

bool isOnNetworkFileSystem(const std::filesystem::path& file) {
    struct statfs info {};
    if (statfs(file.c_str(), &info) != 0) return false;
    constexpr std::array<unsigned long, 7> kNetwork{
        0x6969,      // NFS
        0x517B,      // SMB
        0xFE534D42,  // SMB2
        0xFF534D42,  // CIFS
        0x65735546,  // FUSE: sshfs and its kind
        0x01021997,  // 9P
        0x5346414F,  // AFS
    };
    return std::find(kNetwork.begin(), kNetwork.end(), static_cast<unsigned long>(info.f_type) & 0xFFFFFFFFUL) != kNetwork.end();
}

}  // namespace zonewright::plan
