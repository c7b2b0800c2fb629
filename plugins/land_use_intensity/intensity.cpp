#include "intensity.h"

#include "report.h"

namespace zonewright::intensity {

analysis::Description describe() {
    return {.id = "land_use_intensity",
            .version = "1.0",
            .title = {"土地开发强度", "Land-use intensity"},
            .help = {"按分区计算开发强度、容积率、建筑密度、亩均产出等，跨界图斑按面积分摊，各级合计闭合；与“"
                     "双控”上限对照，比较情形前后。",
                     "Development intensity, floor area ratio, building density, output per mu and more for "
                     "every zone; parcels that straddle "
                     "zones are apportioned by area and sums close over levels. Compares with caps, and "
                     "before with after a scenario."},
            .shortName = "intensity",
            .outputs = outputDeclarations()};
}

void IntensityRun::declare(analysis::ParameterSet& p) {
    p.add("zones", {"分区图层", "Zones"}, mZones)
        .geometry("polygon")
        .help({"任一面图层：组团、开发区、镇街道等；可以相互重叠", "Any polygon layer; zones may overlap"});
    p.add("zone_field", {"分区代码字段", "Code of the zone"}, mZoneField)
        .of("zones")
        .help({"缺省为图层的代码字段", "Default: the layer's key field"});
    p.add("cross", {"叉乘图层", "Cross with"}, mCross)
        .geometry("polygon")
        .advanced()
        .help({"再按此图层细分，如 镇街道 × 组团", "Divide the zones further, as in towns x clusters"});
    p.add("grid", {"格网", "Grid"}, mGrid)
        .choices({{"none", {"不用", "None"}},
                  {"square", {"方格", "Squares"}},
                  {"hexagon", {"六边形", "Hexagons"}}})
        .help({"以格网代替分区图层", "Cells instead of a zone layer"});
    p.add("grid_size", {"格网尺寸", "Size of a cell"}, mGridSize)
        .range(10, 50000)
        .help({"方格边长或六边形对边距", "Side of a square, or width of a hexagon"});
    p.add("extent", {"格网范围", "Extent of the grid"}, mExtent)
        .geometry("polygon")
        .advanced()
        .help({"格网裁剪到此图层", "The grid is clipped to this layer"});
    p.add("levels", {"闭合检验层次", "Levels to close on"}, mLevels)
        .geometry("polygon")
        .advanced()
        .help({"各层次合计须一致", "Coarser divisions whose sums must agree"});
    p.add("parcels", {"图斑图层", "Parcels"}, mParcels)
        .geometry("polygon")
        .help({"现状用地图斑", "Parcels with their land use"});
    p.add("landuse_field", {"用地分类字段", "Land-use code"}, mLandUse)
        .of("parcels")
        .help({"国土空间用地用海分类代码；空则全部视为建设用地",
               "National code; empty: all land is construction land"});
    declareMeasures(p);
    declareScenario(p);
}

void IntensityRun::declareMeasures(analysis::ParameterSet& p) {
    p.add("floor_area_field", {"建筑面积字段", "Floor area"}, mFloorArea)
        .of("parcels")
        .help({"各层建筑面积之和，单位见 area_unit", "Of all floors, in the unit of area_unit"});
    p.add("footprint_field", {"建筑基底面积字段", "Building footprint"}, mFootprint)
        .of("parcels")
        .help({"单位见 area_unit", "In the unit of area_unit"});
    p.add("area_unit", {"面积字段单位", "Unit of area columns"}, mAreaUnit)
        .choices({{"m2", {"平方米", "Square metres"}},
                  {"ha", {"公顷", "Hectares"}},
                  {"mu", {"亩", "Mu (10000/15 m2)"}},
                  {"ft2", {"平方英尺", "Square feet"}}})
        .advanced()
        .help({"建筑面积、基底面积、登记面积三个字段所用单位",
               "Of the columns of floor area, footprint and stated area"});
    p.add("stated_area_field", {"登记面积字段", "Stated area"}, mStatedArea)
        .of("parcels")
        .advanced()
        .help({"给出时与图形面积核对，不影响计算", "Held against the geometry; nothing is computed from it"});
    p.add("stated_area_tolerance", {"登记面积允许偏差", "Tolerance of stated area"}, mAreaTolerance)
        .range(0, 1)
        .advanced()
        .help({"相对偏差，超过即列入数据问题", "Relative difference above which a parcel is a fault"});
    p.add("output_field", {"年产出字段", "Output a year"}, mOutput)
        .of("parcels")
        .help({"万元/年", "10,000 CNY a year"});
    p.add("tax_field", {"年税收字段", "Tax a year"}, mTax)
        .of("parcels")
        .help({"万元/年", "10,000 CNY a year"});
    p.add("permitted_far_field", {"规划容积率字段", "Permitted floor area ratio"}, mPermittedFar)
        .of("parcels")
        .advanced()
        .help({"地块规划条件中的容积率上限，供 build_out 使用", "Cap of the parcel's floor area ratio, for build_out"});
    p.add("construction_codes", {"建设用地代码", "Codes of construction land"}, mConstruction)
        .advanced()
        .help({"代码前缀，逗号分隔；缺省见 layers/domains/land_use_groups.toml；* 为全部",
               "Code prefixes; default in layers/domains/land_use_groups.toml; * means all"});
    p.add("overlaps", {"重叠图斑", "Overlapping parcels"}, mOverlaps)
        .choices({{"once", {"只计一次", "Count once"}}, {"keep", {"照样计入", "Count each"}}})
        .advanced()
        .help({"只计一次：重叠处归 fid 在前的图斑；两种都列入数据问题",
               "Once: shared ground goes to the parcel of the lower fid; faults are listed either way"});
    p.add("area", {"面积方法", "Area method"}, mArea)
        .choices({{"planar", {"投影平面", "Planar"}}, {"ellipsoidal", {"椭球面", "Ellipsoidal"}}})
        .help({"椭球面：以测地线为边的参考椭球面面积，即国土调查口径",
               "Ellipsoidal: on the CRS's ellipsoid with geodesic edges, as land surveys state it"});
    p.add("buildings", {"建筑图层", "Buildings"}, mBuildings)
        .geometry("polygon")
        .advanced()
        .help({"给出时以其轮廓计基底面积，有层数时计建筑面积",
               "Footprint from their outlines, floor area where floors are known"});
    p.add("floors_field", {"层数字段", "Floors"}, mFloors)
        .of("buildings")
        .advanced()
        .help({"地上层数；没有时建筑面积仍取图斑字段", "Above ground; without it floor area stays that of the parcels"});
    p.add("population", {"人口格网", "Population grid"}, mPopulation)
        .geometry("polygon")
        .advanced()
        .help({"格网人口按面积分摊到分区", "Persons of a cell are spread over the zones by area"});
    p.add("population_field", {"人口字段", "Population"}, mPopulationField)
        .of("population")
        .advanced()
        .help({"每格人数", "Persons in a cell"});
}

void IntensityRun::declareScenario(analysis::ParameterSet& p) {
    p.add("caps", {"“双控”上限表", "Caps"}, mCaps)
        .geometry("table")
        .help({"字段 zone_layer, zone, construction_cap_ha, intensity_cap",
               "Columns zone_layer, zone, construction_cap_ha, intensity_cap"});
    p.add("warn_at", {"黄灯起点", "Amber from"}, mWarnAt)
        .range(0, 1)
        .advanced()
        .help({"占上限的比例", "Share of a cap"});
    p.add("low_far", {"低效：容积率低于", "Low efficiency: floor area ratio below"}, mLowFar)
        .range(0, 20)
        .help({"0 为不查；只查工业用地", "0 looks for none; industrial land only"});
    p.add("low_output", {"低效：亩均产出低于", "Low efficiency: output below"}, mLowOutput)
        .unit("万元/亩")
        .atLeast(0)
        .help({"0 为不看产出", "0 leaves output out"});
    p.add("scenario", {"情形图斑", "Changed parcels"}, mScenario)
        .geometry("polygon")
        .help({"变更后的图斑，字段同图斑图层；给出前后对比",
               "Parcels after the change, same columns; gives before and after"});
    p.add("build_out", {"按规划容积率建成", "Build out"}, mBuildOut)
        .help({"每个图斑建到规划容积率", "Every parcel at its permitted floor area ratio"});
}

Result<bool> IntensityRun::wanted(const analysis::Inputs& inputs, const analysis::LayerReference& layer,
                                  const char* standard) const {
    if (layer.empty()) return false;
    if (layer.text != standard) return true;
    if (inputs.plan() == nullptr) return false;
    const Result<bool> own = inputs.plan()->hasLayer(mParcels.text);
    if (!own || !*own) return own;
    return inputs.plan()->hasLayer(layer.text);
}

Result<void> IntensityRun::prepareZones(analysis::Inputs& inputs, Progress& progress) {
    if (mGrid != "none") {
        Result<Zones> extent = readZones(inputs, {"extent", mExtent, ""}, progress);
        if (!extent) return tl::unexpected(extent.error());
        Result<Zones> grid = gridOver(*extent, mGrid == "square" ? GridShape::Square : GridShape::Hexagon,
                                      mGridSize, progress);
        if (!grid) return tl::unexpected(grid.error());
        mStudy.zones = std::move(*grid);
        return {};
    }
    Result<Zones> zones = readZones(inputs, {"zones", mZones, mZoneField.text}, progress);
    if (!zones) return tl::unexpected(zones.error());
    if (!mCross.empty()) {
        const Result<Zones> other = readZones(inputs, {"cross", mCross, ""}, progress);
        if (!other) return tl::unexpected(other.error());
        zones = crossed(*zones, *other, progress);
        if (!zones) return tl::unexpected(zones.error());
    }
    mStudy.zones = std::move(*zones);
    return {};
}

Result<void> IntensityRun::prepareExtras(analysis::Inputs& inputs, Progress& progress) {
    const bool standardLevels = mLevels == std::vector<analysis::LayerReference>{{"clusters"}, {"district"}};
    for (const analysis::LayerReference& level : mLevels) {
        const Result<bool> use = wanted(inputs, level, standardLevels ? level.text.c_str() : "");
        if (!use) return tl::unexpected(use.error());
        if (!*use || level == mZones) continue;
        Result<Zones> zones = readZones(inputs, {"levels", level, ""}, progress);
        if (!zones && zones.error().code == ErrorCode::SourceEmpty && standardLevels) continue;
        if (!zones) return tl::unexpected(zones.error());
        mStudy.levels.push_back({std::move(*zones), {}});
    }
    const Result<bool> caps = wanted(inputs, mCaps, "intensity_caps");
    if (!caps) return tl::unexpected(caps.error());
    if (*caps && mGrid == "none" && mCross.empty()) {
        Result<Caps> read = readCaps(inputs, mCaps, mStudy.zones, progress);
        if (!read) return tl::unexpected(read.error());
        const bool any = std::any_of(read->ofZone.begin(), read->ofZone.end(),
                                     [](const auto& c) { return c.has_value(); });
        mStudy.capsLayer = read->layer;
        if (any || mCaps.text != "intensity_caps") mStudy.caps = std::move(*read);
    }
    const auto table = [&](const char* parameter,
                           std::pair<const analysis::LayerReference&, const std::string&> layerAndField,
                           std::optional<analysis::PolygonTable>& into) -> Result<void> {
        Result<analysis::PolygonSnapshot> read =
            inputs.readPolygons({.parameter = parameter,
                                 .layer = layerAndField.first,
                                 .fields = {},
                                 .optionalFields = {layerAndField.second},
                                 .textFields = {}},
                                progress);
        if (!read) return tl::unexpected(read.error());
        makeValid(read->table, layerAndField.first.text, mStudy.faults);
        if (!read->table.fids.empty()) into = std::move(read->table);
        return {};
    };
    if (!mBuildings.empty()) {
        if (auto done = table("buildings", {mBuildings, mFloors.text}, mStudy.buildings); !done) return done;
    }
    const Result<bool> population = wanted(inputs, mPopulation, "population_grid");
    if (!population) return tl::unexpected(population.error());
    if (*population) return table("population", {mPopulation, mPopulationField.text}, mStudy.population);
    return {};
}

Result<void> IntensityRun::prepare(analysis::Inputs& inputs, Progress& progress) {
    std::vector<std::string> construction = mConstruction;
    if (mLandUse.empty() && construction.empty()) construction = {"*"};
    Result<LandUse> landUse = LandUse::from(inputs.catalogue(), construction);
    if (!landUse) return tl::unexpected(landUse.error());
    mStudy.landUse = std::move(*landUse);
    const OverlapRule rule = mOverlaps == "keep" ? OverlapRule::Keep : OverlapRule::Once;
    const double unit = mAreaUnit == "ha"    ? 10000
                        : mAreaUnit == "mu"  ? 10000.0 / 15
                        : mAreaUnit == "ft2" ? 0.09290304
                                             : 1;
    const ParcelFields fields{.landUse = mLandUse.text,
                              .floorArea = mFloorArea.text,
                              .footprint = mFootprint.text,
                              .output = mOutput.text,
                              .tax = mTax.text,
                              .permittedFar = mPermittedFar.text,
                              .statedArea = mStatedArea.text,
                              .squareMetres = unit,
                              .areaTolerance = mAreaTolerance};
    Result<Parcels> parcels =
        readParcels(inputs, {"parcels", mParcels, fields, rule}, mStudy.landUse, progress);
    if (!parcels) return tl::unexpected(parcels.error());
    mStudy.parcels = std::move(*parcels);
    if (auto done = prepareZones(inputs, progress); !done) return done;
    if (!mScenario.empty()) {
        Result<Parcels> changes =
            readParcels(inputs, {"scenario", mScenario, fields, OverlapRule::Once}, mStudy.landUse, progress);
        if (!changes) return tl::unexpected(changes.error());
        mStudy.changes = std::move(*changes);
    }
    if (mArea == "ellipsoidal") mStudy.ellipsoidal = inputs.crs();
    mStudy.buildOut = mBuildOut;
    mStudy.warnAt = mWarnAt;
    mStudy.low = {mLowFar, mLowOutput};
    return prepareExtras(inputs, progress);
}

Result<analysis::Outcome> IntensityRun::run(Progress& progress) {
    if (auto done = compute(mStudy, progress); !done) return tl::unexpected(done.error());
    return report(mStudy);
}

}  // namespace zonewright::intensity
