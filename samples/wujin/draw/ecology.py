"""Hills, ecological red lines, control areas and farmland."""
from geo import shore
from shapely.ops import unary_union

HILLS = {
    "fangmao": ("芳茂山（横山）", "Fangmao Hill", [(120.090, 31.781), (120.100, 31.788), (120.114, 31.790), (120.127, 31.787), (120.130, 31.780),
                                         (120.118, 31.775), (120.104, 31.774), (120.094, 31.775)]),
    "chengwan": ("城湾山—龙泉山", "Chengwan Hills", [(120.046, 31.515), (120.056, 31.519), (120.066, 31.514), (120.074, 31.505), (120.076, 31.497),
                                           (120.068, 31.496), (120.058, 31.500), (120.048, 31.506)]),
    "taihuwan": ("太湖湾山地", "Taihu Bay hills", [(120.098, 31.492), (120.106, 31.496), (120.110, 31.489), (120.102, 31.480), (120.095, 31.482)]),
    "xueyan_w": ("雪堰西部丘陵", "Xueyan western hills", [(120.100, 31.530), (120.096, 31.536), (120.098, 31.522)]),
}


def hills_of():
    """All hills as one geometry."""
    return unary_union([shore(pts, code, 0.08, 150) for code, (_, _, pts) in HILLS.items() if len(pts) > 3])
