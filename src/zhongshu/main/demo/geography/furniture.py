"""What stands in the streets: 6,000 components along the sides of cells."""

from collections import Counter
from random import Random

from zhongshu.main.demo.geography.lattice import Lattice, Point, between
from zhongshu.main.demo.geography.regions import Division
from zhongshu.main.demo.geography.streets import Streets
from zhongshu.registers.places.rules.city import CellRow, ComponentRow, KindRow, RoadRow

_UTILITY, _TRAFFIC = ("公用设施", "Public utilities"), ("道路交通", "Roads and traffic")
_CLEAN, _GREEN = ("市容环境", "City environment"), ("园林绿化", "Parks and greenery")

# Classes and codes follow CJ/T 214; the numbers are those of the fictional city.
_COUNTED = (
    (KindRow("0101", *_UTILITY, "上水井盖", "Water supply manhole cover"), 320),
    (KindRow("0102", *_UTILITY, "污水井盖", "Sewer manhole cover"), 620),
    (KindRow("0103", *_UTILITY, "雨水井盖", "Storm drain manhole cover"), 560),
    (KindRow("0104", *_UTILITY, "雨水箅子", "Storm drain grating"), 800),
    (KindRow("0105", *_UTILITY, "电力井盖", "Power manhole cover"), 220),
    (KindRow("0111", *_UTILITY, "燃气井盖", "Gas manhole cover"), 160),
    (KindRow("0113", *_UTILITY, "消防设施(消火栓)", "Fire hydrant"), 240),
    (KindRow("0118", *_UTILITY, "路灯", "Street lamp"), 1_200),
    (KindRow("0126", *_UTILITY, "健身设施", "Fitness equipment"), 60),
    (KindRow("0203", *_TRAFFIC, "公交站亭", "Bus shelter"), 180),
    (KindRow("0209", *_TRAFFIC, "交通标志牌", "Traffic sign"), 220),
    (KindRow("0213", *_TRAFFIC, "路名牌", "Street name sign"), 140),
    (KindRow("0214", *_TRAFFIC, "交通信号灯", "Traffic light"), 120),
    (KindRow("0301", *_CLEAN, "公共厕所", "Public toilet"), 60),
    (KindRow("0305", *_CLEAN, "垃圾箱", "Litter bin"), 420),
    (KindRow("0402", *_GREEN, "行道树", "Street tree"), 600),
    (KindRow("0407", *_GREEN, "街头坐椅", "Street bench"), 80),
)
KINDS = tuple(kind for kind, _ in _COUNTED)

_NAMED = {"0126": ("健身点", "Fitness Corner"), "0203": ("站", "Stop"), "0301": ("公厕", "Public Toilet")}

_STATES = ("sound", "damaged", "missing", "occupied", "abandoned")
_SHARES = (950, 30, 8, 8, 4)


def placed(ground: Lattice, division: Division, streets: Streets, random: Random) -> tuple[ComponentRow, ...]:
    """Components of every class, a few metres inside the side of a cell, numbered by district and class."""
    serials: Counter[str] = Counter()
    found = []
    for kind, count in _COUNTED:
        for cell in random.choices(division.cells, k=count):
            serials[prefix := cell.code[:6] + kind.code] += 1
            point, road = _kerb(cell, ground, division, streets, random)
            found.append(
                ComponentRow(
                    f"{prefix}{serials[prefix]:06}",
                    cell.code,
                    *point,
                    *_called(kind, road, division, cell),
                    status=random.choices(_STATES, _SHARES)[0],
                )
            )
    return tuple(sorted(found, key=lambda component: component.code))


def _kerb(
    cell: CellRow, ground: Lattice, division: Division, streets: Streets, random: Random
) -> tuple[Point, RoadRow]:
    """A point near one side of the cell and the road that runs there."""
    column, row = square = division.squares[cell.code]
    south_west, south_east, north_east, north_west = ground.corners(square)
    start, end, road = random.choice(
        (
            (south_west, south_east, streets.rows[row]),
            (south_east, north_east, streets.columns[column + 1]),
            (north_east, north_west, streets.rows[row + 1]),
            (north_west, south_west, streets.columns[column]),
        )
    )
    side = between(start, end, random.uniform(0.08, 0.92))
    return between(side, ground.middle(square), random.uniform(0.03, 0.08)), road


def _called(kind: KindRow, road: RoadRow, division: Division, cell: CellRow) -> tuple[str, str]:
    """The name of what people know by name; the rest has none."""
    if kind.code not in _NAMED:
        return "", ""
    community = next(region for region in division.regions if region.code == cell.code[:12])
    near, near_en = community.name.removesuffix("社区"), community.name_en.removesuffix(" Community")
    word, word_en = _NAMED[kind.code]
    return f"{road.name}{near}{word}", f"{road.name_en} {near_en} {word_en}"
