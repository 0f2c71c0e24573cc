"""What things are called in the visitor's language, from what is kept in memory: no statement a row."""

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.places import queries as places

KILOMETRE = 1_000


def category(code: str, otherwise: str = "") -> str:
    """A category's name; `otherwise` (the case's title) when the catalogue no longer has it."""
    return catalogue.category_name(code, language()) or otherwise


def place(code: int) -> str:
    """The regions a place lies in, from the district down."""
    return joined(places.tree().path(code))


def joined(path: tuple[places.Name, ...]) -> str:
    """A path of places in one line."""
    return places.joined(path, language())


def distance(metres: float) -> str:
    """A distance in words, as fine as one can tell in the street: tens of metres, then tenths of kilometres."""
    tens = max(10, round(metres, -1))
    if tens < KILOMETRE:
        return gettext("{n} 米").format(n=round(tens))
    return gettext("{n} 公里").format(n=f"{metres / KILOMETRE:.1f}")
