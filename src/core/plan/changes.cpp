#include "core/plan/changes.h"

#include <set>

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/plan/journal_rows.h"

namespace zonewright::plan {
namespace {

std::pair<std::uint64_t, std::uint64_t> fileNow(const Plan& plan) {
    struct stat status {};
    if (stat(plan.file().c_str(), &status) != 0) return {};
    return {status.st_dev, status.st_ino};
}

/// Within its life a locked file answers at once: who polls has a window to draw.
class NoWaiting {
public:
    explicit NoWaiting(const Database& database) : mHandle(database.handle()) { sqlite3_busy_timeout(mHandle, 0); }
    ~NoWaiting() { sqlite3_busy_timeout(mHandle, static_cast<int>(kBusyTimeout.count())); }
    NoWaiting(const NoWaiting&) = delete;
    NoWaiting& operator=(const NoWaiting&) = delete;

private:
    sqlite3* mHandle;
};

}  // namespace

Result<Position> position(const Plan& plan) {
    Result<Statement> query = plan.database().prepare(
        "SELECT (SELECT coalesce(max(id), 0) FROM zw_changeset), (SELECT coalesce(max(id), 0) FROM zw_journal)");
    if (!query) return tl::unexpected(query.error());
    const Result<bool> row = query->step();
    if (!row) return tl::unexpected(row.error());
    return Position{query->integer(0), query->integer(1)};
}

Result<Changes> changesSince(const Plan& plan, Position since) {
    // One statement sees one state of the file.
    Result<Statement> query = plan.database().prepare(fmt::format(
        "WITH news AS (SELECT changeset, layer, max(id) AS newest, count(DISTINCT coalesce(uuid, fid)) AS features FROM zw_journal "
        "WHERE id > ?2 GROUP BY changeset, layer) "
        "SELECT {}, n.layer, n.features, n.newest "
        "FROM zw_changeset c LEFT JOIN news n ON n.changeset = c.id "
        "WHERE c.id > ?1 OR c.id IN (SELECT changeset FROM news) ORDER BY c.id, n.layer", kRecordColumns));
    if (!query) return tl::unexpected(query.error());
    query->bind(1, since.changeSet);
    query->bind(2, since.row);
    Changes out;
    out.now = since;
    std::set<std::string> layers;
    while (true) {
        const Result<bool> row = query->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        const std::int64_t id = query->integer(0);
        if (out.changeSets.empty() || out.changeSets.back().id != id) {
            out.changeSets.push_back(recordAt(*query));
            const std::string& kind = out.changeSets.back().kind;
            out.unlisted = out.unlisted || kind == "import" || kind == "analysis";
        }
        out.now.changeSet = std::max(out.now.changeSet, id);
        if (query->isNull(7)) continue;
        layers.emplace(query->text(7));
        out.changeSets.back().layers.emplace_back(query->text(7));
        out.changeSets.back().features += query->integer(8);
        out.now.row = std::max(out.now.row, query->integer(9));
    }
    out.layers.assign(layers.begin(), layers.end());
    return out;
}

Result<ChangeWatch> ChangeWatch::begin(const Plan& plan) {
    ChangeWatch watch(plan);
    Result<Statement> version = plan.database().prepare("PRAGMA data_version");
    if (!version) return tl::unexpected(version.error());
    watch.mVersion = std::move(*version);
    // The version first: what is written between the two is then told once too often rather than never.
    const Result<bool> row = watch.mVersion.step();
    if (!row) return tl::unexpected(row.error());
    watch.mSeen = watch.mVersion.integer(0);
    watch.mVersion.reset();
    const Result<Position> now = position(plan);
    if (!now) return tl::unexpected(now.error());
    watch.mPosition = *now;
    watch.mFile = fileNow(plan);
    return watch;
}

Result<std::optional<Changes>> ChangeWatch::poll() {
    const auto file = fileNow(*mPlan);
    if (file != mFile && file.second != 0) {
        mFile = file;
        Changes changes;
        changes.now = mPosition;
        changes.replaced = true;
        return changes;
    }
    const NoWaiting noWaiting(mPlan->database());
    const Result<bool> row = mVersion.step();
    const std::int64_t version = row && *row ? mVersion.integer(0) : mSeen;
    mVersion.reset();
    if (!row && row.error().code != ErrorCode::PlanLocked) return tl::unexpected(row.error());
    if (version == mSeen) return std::nullopt;
    Result<Changes> changes = changesSince(*mPlan, mPosition);
    if (!changes && changes.error().code == ErrorCode::PlanLocked) return std::nullopt;
    if (!changes) return tl::unexpected(changes.error());
    mSeen = version;
    mPosition = changes->now;
    return std::move(*changes);
}

}  // namespace zonewright::plan
