#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include <QObject>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/base/progress.h"
#include "core/catalogue/catalogue.h"

namespace zonewright::desktop {

/// A sample plan that comes with the product.
struct Sample {
    std::filesystem::path folder;
    Localized title;
};

/// Those that can be made, by folder name.
[[nodiscard]] std::vector<Sample> samples();

/// Makes plan files in the background.
class PlanMaker : public QObject {
    Q_OBJECT
public:
    explicit PlanMaker(std::shared_ptr<const catalogue::Catalogue> catalogue, QObject* parent = nullptr);

    /// An empty plan; a file that is there is replaced.
    void makeEmpty(const std::filesystem::path& file, const std::string& crs);
    void makeSample(const std::filesystem::path& file, const Sample& sample);
    [[nodiscard]] bool isBusy() const { return mBusy; }

signals:
    void progressed(double done);
    void made(const std::filesystem::path& file);
    void failed(const zonewright::Error& error);

private:
    void run(std::function<Result<void>(Progress&)> make, const std::filesystem::path& file);

    std::shared_ptr<const catalogue::Catalogue> mCatalogue;
    bool mBusy = false;
};

}  // namespace zonewright::desktop
