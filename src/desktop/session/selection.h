#pragma once

#include <string>
#include <vector>

#include <QObject>

#include "core/base/units.h"

namespace zonewright::desktop {

/// A feature of the open plan.
struct FeatureRef {
    std::string layer;
    Fid fid{};
    bool operator==(const FeatureRef&) const = default;
};

/// The features that the user has picked; map, tables and panels show the same ones.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    [[nodiscard]] const std::vector<FeatureRef>& features() const { return mFeatures; }
    [[nodiscard]] bool isEmpty() const { return mFeatures.empty(); }
    [[nodiscard]] bool contains(const FeatureRef& feature) const;
    /// The only feature picked, or nothing.
    [[nodiscard]] const FeatureRef* single() const { return mFeatures.size() == 1 ? &mFeatures.front() : nullptr; }

    void set(std::vector<FeatureRef> features);
    void toggle(const FeatureRef& feature);
    void clear() { set({}); }

signals:
    void changed();

private:
    std::vector<FeatureRef> mFeatures;
};

}  // namespace zonewright::desktop
