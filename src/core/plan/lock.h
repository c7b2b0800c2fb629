#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace zonewright::plan {

/// The one writer's lock: `FILE.lock` beside the plan names user, host, process and time; the kernel gives it up when
/// the process ends, however it ends.
class WriterLock {
public:
    /// Errors: PlanLocked naming the holder, FileUnwritable.
    [[nodiscard]] static Result<WriterLock> acquire(const std::filesystem::path& plan);
    WriterLock(WriterLock&& other) noexcept;
    WriterLock& operator=(WriterLock&& other) noexcept;
    ~WriterLock();

    [[nodiscard]] static std::filesystem::path fileOf(const std::filesystem::path& plan);

private:
    WriterLock(std::filesystem::path file, int descriptor) : mFile(std::move(file)), mDescriptor(descriptor) {}
    std::filesystem::path mFile;
    int mDescriptor = -1;
};

/// True on NFS, SMB and FUSE file systems, where SQLite's WAL must not be used.
[[nodiscard]] bool isOnNetworkFileSystem(const std::filesystem::path& file);

}  // namespace zonewright::plan
