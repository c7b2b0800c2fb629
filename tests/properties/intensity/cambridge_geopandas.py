#!/usr/bin/python3
"""Floor area ratio and building density of Cambridge's zoning districts: `zonewright intensity` against GeoPandas.

    cambridge_geopandas.py ZONEWRIGHT PARCELS_CAMBRIDGE        exit 0 agrees, 1 does not, 77 nothing to compare with

The definition, straight: a parcel's floor area and footprint are spread evenly over it; a district holds the sum over its
parts, divided by the parcel land in it. Invalid polygons are repaired as GEOS does by structure (holes stay holes). The footprint is floor area / storeys.
"""
import json, subprocess, sys, tempfile
from pathlib import Path

zonewright, folder = sys.argv[1], Path(sys.argv[2])
try:
    import geopandas, pandas
    from osgeo import ogr
    from shapely import wkb
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)
if not (folder / "TaxFY14.csv").exists():
    print(f"skipped: no real data in {folder}")
    sys.exit(77)


def repaired(geometry):
    if geometry.is_valid:
        return geometry
    return wkb.loads(bytes(ogr.CreateGeometryFromWkb(geometry.wkb).MakeValid(["METHOD=STRUCTURE"]).ExportToWkb()))


SQUARE_FOOT = 0.09290304
tax = pandas.read_csv(folder / "TaxFY14.csv", dtype={"ML": str}, low_memory=False)
for column in ("LandArea", "GrossArea", "BldgStories"):
    tax[column] = pandas.to_numeric(tax[column], errors="coerce")
tax["Footprint"] = tax["GrossArea"] / tax["BldgStories"].where(tax["BldgStories"] >= 1)
rows = tax.groupby("ML").agg({"LandArea": "max", "GrossArea": "sum", "Footprint": "sum"}).reset_index()
parcels = geopandas.read_file(folder / "ASSESSING_ParcelsFY2014.topojson").set_crs(4326, allow_override=True)
total = len(parcels)
print(f"{int((~parcels.geometry.is_valid).sum())} invalid and {int(parcels.geometry.is_empty.sum())} empty as delivered, in degrees")
parcels = parcels[~parcels.geometry.isna()][["ML", "geometry"]].to_crs(26986).merge(rows, on="ML", how="left").reset_index(drop=True)
zones = geopandas.read_file(folder / "CDD_ZoningDistricts.geojson").to_crs(26986)[["geometry"]]
zones["zone"] = [str(i) for i in range(len(zones))]

work = Path(tempfile.mkdtemp())
parcels.to_file(work / "parcels.gpkg", driver="GPKG", layer="parcels")
zones.to_file(work / "zones.gpkg", driver="GPKG", layer="zones")
subprocess.run([zonewright, "--quiet", "intensity", f"parcels={work}/parcels.gpkg", f"zones={work}/zones.gpkg", "zone_field=zone", "landuse_field=",
                "floor_area_field=GrossArea", "footprint_field=Footprint", "stated_area_field=LandArea", "area_unit=ft2", "overlaps=keep",
                "--out", f"{work}/ours.json"], check=True, stdout=subprocess.DEVNULL)
ours = json.loads((work / "ours.json").read_text())

bad = ~parcels.geometry.is_valid
invalid = int(bad.sum())
fixed = parcels.copy()
fixed["geometry"] = [repaired(g) for g in fixed.geometry]
fixed["whole"] = fixed.area
sound = zones.copy()
sound["geometry"] = [repaired(g) for g in sound.geometry]
parts = []  # geopandas.overlay wants an index library that is not everywhere; this is what it does
boxes = fixed.geometry.bounds
for zone in sound.itertuples():
    x0, y0, x1, y1 = zone.geometry.bounds
    near = (boxes.minx <= x1) & (boxes.maxx >= x0) & (boxes.miny <= y1) & (boxes.maxy >= y0)
    common = fixed[near].geometry.intersection(zone.geometry)
    found = fixed[near].assign(part=common.area, zone=zone.zone)
    parts.append(found[found["part"] > 0])
parts = pandas.concat(parts)
parts = parts.assign(**{column: parts[column].clip(lower=0) for column in ("GrossArea", "Footprint")})  # a fault, not a building
share = parts["part"] / parts["whole"]
sums = pandas.DataFrame({"zone": parts["zone"], "land": parts["part"], "floor": parts["GrossArea"].fillna(0) * SQUARE_FOOT * share,
                         "footprint": parts["Footprint"].fillna(0) * SQUARE_FOOT * share}).groupby("zone").sum()

worst = {"far": 0.0, "density": 0.0, "land": 0.0}
compared = 0
for zone in ours["zones"]:
    if zone["zone"] not in sums.index or sums.loc[zone["zone"], "land"] < 1:
        continue
    theirs = sums.loc[zone["zone"]]
    off = {"land": abs(zone["construction_m2"] / theirs["land"] - 1)}
    for name, amount in (("far", "floor"), ("density", "footprint")):
        expected = theirs[amount] / theirs["land"]
        off[name] = abs(zone[name] - expected) / max(expected, 1e-3)
    compared += 1
    worst = {name: max(worst[name], off[name]) for name in worst}
faults = {fault["kind"]: fault["count"] for fault in ours["faults"]}
check = ours["area_check"]
print(f"{compared} districts, largest relative difference: " + ", ".join(f"{k} {v:.1e}" for k, v in worst.items()))
print(f"{total} parcels, {invalid} invalid for GEOS, {faults.get('invalid', 0)} repaired and {faults.get('unrepairable', 0)} left out here")
print(f"stated against geometry: median ratio {check['median_ratio']:.4f}, {check['without']} without, "
      + ", ".join(f"{b['parcels']} up to {b['up_to']}" for b in check["bins"]))
empty = int(parcels.geometry.is_empty.sum())
print(f"{empty} empty; faults " + ", ".join(f"{k} {n}" for k, n in faults.items()))
good = compared > 30 and max(worst.values()) <= 1e-6 and faults.get("invalid", 0) + faults.get("unrepairable", 0) >= invalid
balanced = sum(b["parcels"] for b in check["bins"]) + check["without"] + faults.get("unreadable", 0) == ours["parcels"]["read"] == total
good = good and faults.get("unreadable", 0) == empty
sys.exit(0 if good and balanced else 1)
