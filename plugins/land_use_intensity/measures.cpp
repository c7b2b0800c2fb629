#include "measures.h"

#include <array>

namespace zonewright::intensity {
namespace {

double hectares(double m2) {
    return m2 / 10000;
}
double mu(double m2) {
    return m2 * 15 / 10000;
}

double total(const Sums& s) {
    return hectares(s.total);
}
double construction(const Sums& s) {
    return hectares(s.construction.value());
}
double industrial(const Sums& s) {
    return hectares(s.industrial.value());
}
double floorArea(const Sums& s) {
    return hectares(s.floorArea.value());
}
double industrialFloorArea(const Sums& s) {
    return hectares(s.industrialFloorArea.value());
}
double footprint(const Sums& s) {
    return hectares(s.footprint.value());
}
double green(const Sums& s) {
    return hectares(s.green.value());
}
double farmland(const Sums& s) {
    return hectares(s.farmland.value());
}
double output(const Sums& s) {
    return s.output.value();
}
double outputLand(const Sums& s) {
    return mu(s.outputLand.value());
}
double tax(const Sums& s) {
    return s.tax.value();
}
double taxLand(const Sums& s) {
    return mu(s.taxLand.value());
}
double population(const Sums& s) {
    return s.population.value();
}
double totalKm2(const Sums& s) {
    return s.total / 1e6;
}

const Localized kTotal{"分区总面积", "Area of the zone"};
const Localized kConstruction{"建设用地面积", "Construction land"};
const Localized kFloorArea{"总建筑面积", "Floor area"};
const Localized kIndustrial{"工业用地面积", "Industrial land"};

const std::array<Measure, 11> kMeasures{{
    {"intensity",
     {"开发强度", "Development intensity"},
     "%",
     2,
     kConstruction,
     "ha",
     construction,
     kTotal,
     "ha",
     total,
     &Ratios::intensity,
     {"建设用地面积 ÷ 分区总面积", "construction land / area of the zone"}},
    {"far",
     {"容积率", "Floor area ratio"},
     "",
     3,
     kFloorArea,
     "ha",
     floorArea,
     kConstruction,
     "ha",
     construction,
     &Ratios::far,
     {"总建筑面积 ÷ 建设用地面积（净）", "floor area / construction land (net)"}},
    {"far_gross",
     {"毛容积率", "Gross floor area ratio"},
     "",
     3,
     kFloorArea,
     "ha",
     floorArea,
     kTotal,
     "ha",
     total,
     &Ratios::grossFar,
     {"总建筑面积 ÷ 分区总面积（毛）", "floor area / area of the zone (gross)"}},
    {"density",
     {"建筑密度", "Building density"},
     "%",
     2,
     {"建筑基底面积", "Building footprint"},
     "ha",
     footprint,
     kConstruction,
     "ha",
     construction,
     &Ratios::density,
     {"建筑基底面积 ÷ 建设用地面积", "building footprint / construction land"}},
    {"output_per_mu",
     {"亩均产出", "Output per mu"},
     "万元/亩",
     2,
     {"年产出", "Output a year"},
     "万元",
     output,
     {"有产出数据的用地", "Land with known output"},
     "亩",
     outputLand,
     &Ratios::outputPerMu,
     {"年产出 ÷ 有产出数据的用地面积", "output a year / land of parcels with known output"}},
    {"tax_per_mu",
     {"亩均税收", "Tax per mu"},
     "万元/亩",
     2,
     {"年税收", "Tax a year"},
     "万元",
     tax,
     {"有税收数据的用地", "Land with known tax"},
     "亩",
     taxLand,
     &Ratios::taxPerMu,
     {"年税收 ÷ 有税收数据的用地面积", "tax a year / land of parcels with known tax"}},
    {"industrial_share",
     {"工业用地率", "Industrial share"},
     "%",
     2,
     kIndustrial,
     "ha",
     industrial,
     kConstruction,
     "ha",
     construction,
     &Ratios::industrialShare,
     {"工业用地面积 ÷ 建设用地面积", "industrial land / construction land"}},
    {"industrial_far",
     {"工业用地综合容积率", "Floor area ratio of industrial land"},
     "",
     3,
     {"工业用地上的建筑面积", "Floor area on industrial land"},
     "ha",
     industrialFloorArea,
     kIndustrial,
     "ha",
     industrial,
     &Ratios::industrialFar,
     {"工业用地上的建筑面积 ÷ 工业用地面积", "floor area on industrial land / industrial land"}},
    {"green_share",
     {"绿地与开敞空间占比", "Green share"},
     "%",
     2,
     {"绿地与开敞空间", "Green and open space"},
     "ha",
     green,
     kTotal,
     "ha",
     total,
     &Ratios::greenShare,
     {"绿地与开敞空间用地面积 ÷ 分区总面积", "green and open space / area of the zone"}},
    {"farmland_share",
     {"耕地占比", "Arable share"},
     "%",
     2,
     {"耕地面积", "Arable land"},
     "ha",
     farmland,
     kTotal,
     "ha",
     total,
     &Ratios::farmlandShare,
     {"耕地面积 ÷ 分区总面积", "arable land / area of the zone"}},
    {"population_km2",
     {"人口密度", "Population density"},
     "人/km2",
     0,
     {"人口", "Population"},
     "人",
     population,
     kTotal,
     "km2",
     totalKm2,
     &Ratios::populationPerKm2,
     {"人口 ÷ 分区总面积（格网人口按面积分摊）",
      "population / area of the zone (grid cells spread by area)"}},
}};

}  // namespace

std::span<const Measure> measures() {
    return kMeasures;
}

}  // namespace zonewright::intensity
