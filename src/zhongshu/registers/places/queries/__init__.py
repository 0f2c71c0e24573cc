"""Questions about places: where a point lies, what is near, what a name or code stands for."""

from zhongshu.registers.places.queries.components import NearComponent, components_near
from zhongshu.registers.places.queries.names import Found, Name, joined, names, parts_of, search_address
from zhongshu.registers.places.queries.regions import Tree, root, tree
from zhongshu.registers.places.queries.roads import road_graph
from zhongshu.registers.places.queries.spots import (
    Spot,
    inner_point,
    locate,
    locate_many,
    nearest_cells,
    path_of,
)

__all__ = [
    "Found",
    "Name",
    "NearComponent",
    "Spot",
    "Tree",
    "components_near",
    "inner_point",
    "joined",
    "locate",
    "locate_many",
    "names",
    "nearest_cells",
    "parts_of",
    "path_of",
    "road_graph",
    "root",
    "search_address",
    "tree",
]
