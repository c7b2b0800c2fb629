#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QObject>

#include "core/analysis/siting/check.h"
#include "core/analysis/siting/suggest.h"
#include "core/analysis/siting/waivers.h"
#include "desktop/session/background.h"
#include "desktop/session/map_service.h"

namespace zonewright::desktop {

/// Which sites are checked.
struct SitingQuestion {
    std::string layer = "projects";  ///< of the plan, or a file
    std::vector<std::string> only;   ///< keys, ids or fids; empty for all
    Geometry drawn;                  ///< instead of a layer
    std::string kind;                ///< code of the kind of project, where the layer does not say
    std::string day;                 ///< rules in force on it; empty for today
};

/// Where a project could go.
struct PlaceQuestion {
    SquareMetres area;
    std::string within;  ///< polygon layer
    std::string kind;
    std::size_t most = 10;
};

/// The siting check of the open plan: asks core on a thread of its own and holds the answer. It knows when the answer is
/// out of date, and follows the plan's waivers.
class SitingCheck : public QObject {
    Q_OBJECT
public:
    explicit SitingCheck(PlanDocument& document);
    ~SitingCheck() override;

    void check(SitingQuestion question);
    /// The same question again.
    void again() { check(mQuestion); }
    [[nodiscard]] const SitingQuestion& question() const { return mQuestion; }
    /// The last answer with the waivers that hold now; nullptr before the first.
    [[nodiscard]] std::shared_ptr<const analysis::siting::Report> report() const { return mShown; }
    /// Sites or constraints changed since.
    [[nodiscard]] bool isOutOfDate() const { return mOutOfDate; }

    /// Places free of prohibited rules, best first.
    void suggest(PlaceQuestion question);
    [[nodiscard]] const std::optional<analysis::siting::Suggestions>& suggestions() const { return mSuggestions; }

    /// What would clear a site of the last report: the smallest shift and the smallest cut within this distance.
    struct Clearing {
        std::size_t site = 0;
        Geometry geometry;                          ///< of the site as it is
        std::optional<analysis::siting::Shift> shift;
        std::optional<analysis::siting::Cut> cut;
        Metres within;
    };
    void clear(std::size_t site, Metres within);
    [[nodiscard]] const std::optional<Clearing>& clearing() const { return mClearing; }
    void forgetClearing();

    /// Kept in the plan; the report then shows it.
    void waive(const analysis::siting::Finding& finding, analysis::siting::Waiver waiver);
    /// Keeps the findings under a name, to be compared with later.
    void keep(const std::string& name);
    /// Writes the last report: .pdf with maps, .xlsx, .csv, .geojson or .gpkg, by the suffix; `written` or `failed` follows.
    void writeReport(const std::filesystem::path& file);

    [[nodiscard]] Background& work() { return mWork; }

signals:
    void answered();     ///< report, waivers or out-of-date
    void suggested();
    void cleared();
    void kept(const QString& name);
    void written(const QString& file, const QStringList& warnings);
    void failed(const zonewright::Error& error);

private:
    void followChange(const Change& change);
    void readWaivers();
    void show();
    void writePdf(const std::filesystem::path& file);

    PlanDocument& mDocument;
    SitingQuestion mQuestion;
    std::optional<analysis::siting::Report> mReport;  ///< without waivers
    std::shared_ptr<const analysis::siting::Report> mShown;   ///< with those that hold
    std::vector<analysis::siting::Waiver> mWaivers;
    std::vector<std::string> mLayers;  ///< that the answer was made from
    bool mOutOfDate = false;
    std::optional<analysis::siting::Suggestions> mSuggestions;
    std::optional<Clearing> mClearing;
    std::unique_ptr<MapService> mMaps;  ///< draws reports, so that the map need not wait
    Background mWork;
};

}  // namespace zonewright::desktop
