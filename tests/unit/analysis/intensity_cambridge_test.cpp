#include <fmt/format.h>
#include <gtest/gtest.h>

#include <charconv>
#include <fstream>
#include <map>

#include "core/geometry/geos.h"
#include "core/geometry/measure.h"
#include "plugins/land_use_intensity/parcels.h"
#include "plugins/land_use_intensity/sums.h"
#include "plugins/land_use_intensity/validity.h"
#include "support/small_plan.h"

/// 13,116 real parcels with the assessor's floor areas over the city's zoning districts.
namespace zonewright::intensity {
namespace {

using test::must;

/// One record of RFC 4180 text.
std::vector<std::string> fieldsOf(const std::string& line) {
    std::vector<std::string> out{""};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) out.emplace_back();
        else if (c != '\r') out.back() += c;
    }
    return out;
}

/// Sum of GrossArea (square feet) by map-lot, in m2; a lot of many flats has many rows.
std::map<std::string, double> floorAreas(const std::filesystem::path& table) {
    std::ifstream in(table);
    std::string line;
    std::getline(in, line);
    const auto header = fieldsOf(line);
    const auto lot = static_cast<std::size_t>(std::find(header.begin(), header.end(), "ML") - header.begin());
    const auto gross = static_cast<std::size_t>(std::find(header.begin(), header.end(), "GrossArea") - header.begin());
    std::map<std::string, double> out;
    while (std::getline(in, line)) {
        const auto fields = fieldsOf(line);
        double area = 0;
        if (gross < fields.size()) std::from_chars(fields[gross].data(), fields[gross].data() + fields[gross].size(), area);
        out[fields[lot]] += area * 0.09290304;
    }
    return out;
}

struct City {
    analysis::PolygonTable parcels;
    std::vector<double> floorArea;
    Zones zones;
};

City cambridge(const std::filesystem::path& folder) {
    Progress progress;
    const catalogue::Catalogue none;
    analysis::Inputs inputs(nullptr, none);
    inputs.setCrs(must(Crs::from("EPSG:26986")));
    City city;
    auto parcels = must(inputs.readPolygons({.parameter = "parcels", .layer = {(folder / "ASSESSING_ParcelsFY2014.topojson").string() + "|crs=EPSG:4326"},
                                             .fields = {"ML"}, .optionalFields = {}, .textFields = {"ML"}}, progress));
    EXPECT_EQ(parcels.table.fids.size() + parcels.rejected.size(), 13116U);
    EXPECT_EQ(parcels.rejected.size(), 1U) << "one row has no geometry";
    const auto floors = floorAreas(folder / "TaxFY14.csv");
    for (std::size_t i = 0; i < parcels.table.fids.size(); ++i) {
        const auto found = floors.find(std::string(parcels.table.columns[0].text(i)));
        city.floorArea.push_back(found == floors.end() ? 0 : found->second);
    }
    city.parcels = std::move(parcels.table);
    city.zones = must(readZones(inputs, {"zones", {(folder / "CDD_ZoningDistricts.geojson").string()}, "ZONE_TYPE"}, progress));
    return city;
}

TEST(Cambridge, FloorAreaRatioPerZoningDistrictEqualsStraightOverlay) {
    const std::filesystem::path folder = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "parcels_cambridge";
    if (!std::filesystem::exists(folder / "TaxFY14.csv")) GTEST_SKIP() << "no real data in " << folder;
    City city = cambridge(folder);
    Progress progress;
    const std::size_t count = city.parcels.fids.size();

    // The definition, straight: floor area of a parcel spread evenly over it, land cut by every district.
    std::vector<double> land(city.zones.size(), 0);
    std::vector<double> floor(city.zones.size(), 0);
    std::vector<MultiPolygon> districts;
    for (std::size_t z = 0; z < city.zones.size(); ++z) districts.push_back(city.zones.geometry.polygons(z));
    for (std::size_t p = 0; p < count; ++p) {
        const MultiPolygon parcel = must(geos::madeValid(city.parcels.geometry.polygons(p)));
        const double area = planarArea(parcel).value;
        for (std::size_t z = 0; z < districts.size(); ++z) {
            if (!boxOf(parcel).intersects(boxOf(city.zones.geometry, z))) continue;
            const double common = planarArea(must(geos::intersection(parcel, districts[z]))).value;
            land[z] += common;
            floor[z] += city.floorArea[p] * common / area;
        }
    }

    const LandUse landUse = must(LandUse::from(must(catalogue::load(std::string(ZONEWRIGHT_SOURCE_DIR) + "/layers")), {"*"}));
    Parcels parcels;
    parcels.layer = "parcels";
    parcels.faults = must(countOnce(city.parcels, "parcels", OverlapRule::Keep, progress));
    parcels.geometry = city.parcels.geometry;
    parcels.fids = city.parcels.fids;
    parcels.classes = {landUse.classify("")};
    parcels.classOf.assign(count, 0);
    parcels.floorArea = city.floorArea;
    const ZoneSums sums = must(sumUp(parcels, city.zones, std::nullopt, progress));
    double largest = 0;
    std::size_t built = 0;
    for (std::size_t z = 0; z < districts.size(); ++z) {
        if (land[z] < 1) continue;
        const double far = ratiosOf(sums.zones[z], parcels, landUse).far;
        if (floor[z] == 0) {
            EXPECT_EQ(far, 0) << city.zones.codes[z];
            continue;
        }
        ++built;
        EXPECT_NEAR(far / (floor[z] / land[z]), 1, 1e-6) << city.zones.codes[z];
        largest = std::max(largest, std::abs(far / (floor[z] / land[z]) - 1));
    }
    EXPECT_GT(built, 30U);
    RecordProperty("largest_relative_difference", fmt::format("{:.3g}", largest));
    std::size_t invalid = 0;
    std::size_t overlapping = 0;
    for (const Fault& fault : parcels.faults) {
        invalid += fault.kind == FaultKind::Invalid || fault.kind == FaultKind::Unrepairable ? 1 : 0;
        overlapping += fault.kind == FaultKind::Overlap || fault.kind == FaultKind::Duplicate ? 1 : 0;
    }
    fmt::print("{} districts, largest relative difference {:.3g}; {} invalid parcels repaired, {} overlaps reported\n", districts.size(), largest,
               invalid, overlapping);
    EXPECT_GT(invalid, 0U);
    EXPECT_LT(invalid, 100U);
}

TEST(Cambridge, EveryInvalidParcelIsFoundAsGeosFindsIt) {
    const std::filesystem::path folder = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "parcels_cambridge";
    if (!std::filesystem::exists(folder / "TaxFY14.csv")) GTEST_SKIP() << "no real data in " << folder;
    const City city = cambridge(folder);
    std::vector<std::uint32_t> expected;
    for (std::uint32_t p = 0; p < city.parcels.fids.size(); ++p) {
        if (must(geos::invalidity(city.parcels.geometry.polygons(p)))) expected.push_back(p);
    }
    std::vector<std::uint32_t> found;
    for (const InvalidPolygon& invalid : invalidPolygons(city.parcels.geometry)) found.push_back(invalid.feature);
    EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace zonewright::intensity
