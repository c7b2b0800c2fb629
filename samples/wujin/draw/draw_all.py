"""Draws every source of the sample plan: /usr/bin/python3 draw_all.py"""
from boundaries import towns_and_levels
from buildings import buildings
from ecology import ecology, farmland, hills_of
from parcels import parcels
from people import facilities, population_grid
from projects import projects
from roads import roads
from tables import caps, indicators, targets
from transport import transport
from shapely.ops import unary_union
from water import water
from zones import zones


def main():
    towns, district = towns_and_levels()
    shapes = zones()
    bodies, ways = water()
    geoms, props, stations = transport()
    redlines = ecology(district, bodies, ways)
    hills = hills_of()
    ring = bodies["gehu"].buffer(360).intersection(unary_union([towns[t] for t in ("xihu", "niutang", "nanxiashu")]))
    ground, areas, villages = roads(district, towns, bodies, geoms, props, hills, ring)
    lots = parcels(district, towns, bodies, ways, geoms, props, ground, areas, villages, hills)
    buildings(lots)
    farms = farmland(lots, redlines, shapes)
    population_grid(lots)
    facilities(lots)
    projects(redlines, geoms, farms, district)
    targets()
    indicators()
    caps(lots, towns, shapes)


if __name__ == "__main__":
    main()
