#include "core/plan/change_set.h"

#include <chrono>
#include <cstdlib>
#include <ctime>

#include <fmt/format.h>
#include <pwd.h>
#include <sqlite3.h>
#include <unistd.h>

namespace zonewright::plan {

namespace {

/// SQLite goes on writing into a file that was moved or removed under it, and nobody would ever read that.
Result<void> isStillThere(const Plan& plan) {
    int moved = 0;
    if (sqlite3_file_control(plan.database().handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || moved == 0) return {};
    return failure(ErrorCode::FileNotFound, "the plan was moved or removed while it was open", plan.file().string());
}

}  // namespace

std::string timeStamp() {
    using namespace std::chrono;
    auto now = time_point_cast<milliseconds>(system_clock::now());
    if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') {
        now = time_point<system_clock, milliseconds>(seconds(std::strtoll(epoch, nullptr, 10)));
    }
    const std::time_t whole = system_clock::to_time_t(now);
    std::tm utc{};
    gmtime_r(&whole, &utc);
    const auto millis = now.time_since_epoch().count() % 1000;
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                       utc.tm_min, utc.tm_sec, millis);
}

std::string author() {
    if (const char* name = std::getenv("ZONEWRIGHT_AUTHOR"); name != nullptr && *name != '\0') return name;
    const passwd* user = getpwuid(geteuid());
    return user != nullptr ? user->pw_name : "?";
}

Result<ChangeSet> ChangeSet::begin(const Plan& plan, const ChangeSetInfo& info) {
    if (plan.mode() != OpenMode::Write) return failure(ErrorCode::PlanReadOnly, "", plan.file().string());
    if (auto ready = plan.prepareForChanges(); !ready) return tl::unexpected(ready.error());
    return started(plan, info);
}

Result<ChangeSet> ChangeSet::beginTrial(const Plan& plan, const ChangeSetInfo& info) {
    if (plan.mode() != OpenMode::Write) return failure(ErrorCode::PlanReadOnly, "", plan.file().string());
    // Changed pages stay in memory as long as they can: only spilled ones touch the file before commit.
    if (auto ready = plan.database().execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -262144"); !ready) return tl::unexpected(ready.error());
    return started(plan, info);
}

Result<ChangeSet> ChangeSet::started(const Plan& plan, const ChangeSetInfo& info) {
    if (auto there = isStillThere(plan); !there) return tl::unexpected(there.error());
    const Database& db = plan.database();
    Result<Transaction> transaction = Transaction::begin(db);
    if (!transaction) return tl::unexpected(transaction.error());
    Result<Statement> insert =
        db.prepare("INSERT INTO zw_changeset(author, tool, time, title, kind, target) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(1, author());
    insert->bind(2, std::string_view(info.tool));
    insert->bind(3, timeStamp());
    insert->bind(4, std::string_view(info.title));
    insert->bind(5, std::string_view(info.kind));
    if (info.target == 0) insert->bindNull(6);
    else insert->bind(6, info.target);
    if (auto done = insert->run(); !done) return tl::unexpected(done.error());
    const std::int64_t id = db.lastRowId();
    if (auto done = db.execute(fmt::format("UPDATE zw_current SET changeset = {}, journaling = 1", id)); !done) {
        return tl::unexpected(done.error());
    }
    return ChangeSet(plan, std::move(*transaction), id);
}

Result<void> ChangeSet::withoutJournal() { return mPlan->database().execute("UPDATE zw_current SET journaling = 0"); }

Result<void> ChangeSet::commit() {
    if (auto there = isStillThere(*mPlan); !there) return there;
    if (auto done = mPlan->database().execute("UPDATE zw_current SET changeset = NULL, journaling = 1"); !done) return done;
    return mTransaction.commit();
}

}  // namespace zonewright::plan
