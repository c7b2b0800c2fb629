"""Draws every source of the sample plan: /usr/bin/python3 draw_all.py"""
from boundaries import towns_and_levels
from ecology import hills_of
from roads import roads
from transport import transport
from water import water


def main():
    towns, district = towns_and_levels()
    bodies, ways = water()
    geoms, props, stations = transport()
    hills = hills_of()
    ground, areas, villages = roads(district, towns, bodies, geoms, props, hills)


if __name__ == "__main__":
    main()
