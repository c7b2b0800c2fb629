#pragma once

#include <string>
#include <vector>

#include <QObject>

#include "desktop/session/plan_document.h"

namespace zonewright::desktop {

/// The features that rows of a result are about, at hand so that bars, rows and map can follow the pointer.
class ResultPlaces : public QObject {
    Q_OBJECT
public:
    explicit ResultPlaces(PlanDocument& document) : mDocument(document) {}

    struct Place {
        FeatureRef feature;
        Geometry geometry;
        Box box;
        std::vector<std::string> texts;  ///< values of the feature; one of them stands in its row
    };
    /// Reads the features of these layers of the plan; the one before stays until it has been read. Layers of more than
    /// 20,000 features are left out.
    void load(std::vector<std::string> layers);
    void clear() { load({}); }

    /// Nothing when there is no such feature, or it is not read yet.
    [[nodiscard]] const Place* about(const std::vector<std::string>& texts) const;
    /// The smallest area that a point lies in.
    [[nodiscard]] const Place* at(Point point) const;

signals:
    void loaded();

private:
    PlanDocument& mDocument;
    std::vector<std::string> mLayers;
    std::vector<Place> mPlaces;
};

/// The feature of these layers that has a text as one of its values, looked for in the plan.
[[nodiscard]] Result<std::optional<std::pair<FeatureRef, Geometry>>> findByText(const plan::Plan& plan, const std::vector<std::string>& layers, const std::vector<std::string>& texts);

}  // namespace zonewright::desktop
