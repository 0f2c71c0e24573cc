"""The ground of 云汀市 (Yunting), a city that does not exist: the same for a seed, without gaps."""

from random import Random

from zhongshu.main.demo.geography import furniture, lattice, naming, regions, streets
from zhongshu.registers.places.rules.city import City

SEED = 9901


def city(seed: int = SEED) -> City:
    """Regions, 2,000 grid cells that tile 160 km², a connected road graph and 6,000 components; pure."""
    random = Random(seed)
    names = naming.Names(random)
    ground = lattice.drawn(random)
    division = regions.divided(ground, names, random)
    roads = streets.paved(ground, names, random)
    return City(
        regions=division.regions,
        cells=division.cells,
        kinds=furniture.KINDS,
        components=furniture.placed(ground, division, roads, random),
        junctions=roads.junctions,
        roads=roads.roads,
        segments=roads.segments,
    )
