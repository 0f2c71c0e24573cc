"""What a name or a code stands for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from zhongshu.registers.places.models import Cell, Region
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.addresses import Found, ranked, spans

MOST = 50
BEFORE_RANKING = 200

# Each way is answered by an index: equality and prefix by the name's own, any part by the one on its
# characters (two or more, or too many names would do), English by the one on its words.
_WAYS = (
    "name = ANY(%(spans)s::text[])",
    "name LIKE %(prefix)s",
    "%(long)s AND string_to_array(name, NULL) @> string_to_array(%(text)s, NULL) AND name LIKE %(part)s",
    "string_to_array(lower(name_en), ' ') @> string_to_array(lower(%(text)s::text), ' ')",
)
_STANDING = "AND ended IS NULL"
_TABLES = {"region": ("code", _STANDING), "road": ("id::text", ""), "component": ("code", _STANDING)}
_SEARCH = " UNION ".join(
    f"""(SELECT '{table}', {code}, name, name_en, lon, lat FROM places_{table}
         WHERE name <> '' {standing} AND {way} LIMIT {BEFORE_RANKING})"""
    for table, (code, standing) in _TABLES.items()
    for way in _WAYS
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a place is called in Chinese and in English."""

    zh: str
    en: str


def joined(path: Iterable[Name], language: str) -> str:
    """A path of places in one line: widest first in Chinese, narrowest first in English."""
    names = list(path)
    if language == "en":
        return ", ".join(name.en for name in reversed(names))
    return " ".join(name.zh for name in names)


def search_address(text: str, limit: int = 10) -> tuple[Found, ...]:
    """Regions, roads and named components that an address speaks of, best first.

    Finds what is named inside the text (`鸥汀区帆影路12号`: the road, then the district), and what the text
    is the beginning or a part of. At most 50.
    """
    asked = " ".join(text.replace("\0", " ").split())[:80]
    if not asked:
        return ()
    literal = asked.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    gaps: dict[str, Any] = {
        "text": asked,
        "prefix": f"{literal}%",
        "part": f"%{literal}%",
        "spans": spans(asked),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, {**gaps, "long": len(asked) > 1})
        found = [Found(*row) for row in cursor.fetchall()]
    return ranked(asked, found)[: min(limit, MOST)]


def names(places: Iterable[str | int], *, standing: bool = False) -> dict[int, Name]:
    """The names of regions and cells by code, in two queries; unknown codes are left out.

    Ended ones too, unless only those still `standing` are asked for.
    """
    wanted = {str(code) for code in places}
    cells = {code for code in wanted if len(code) == codes.Level.CELL}
    found: dict[int, Name] = {}
    for table, keys in ((Region, wanted - cells), (Cell, cells)):
        if keys:
            rows = table.objects.filter(code__in=keys).values_list("code", "name", "name_en")
            rows = rows.filter(ended=None) if standing else rows
            found |= {int(code): Name(zh, en or zh) for code, zh, en in rows}
    return found


def parts_of(code: str | int | None) -> QuerySet[Region]:
    """The regions directly inside one, by code and without their boundaries; of None, the outermost. No ended ones."""
    inside = Region.objects.filter(parent=str(code)) if code else Region.objects.filter(parent__isnull=True)
    return inside.filter(ended=None).defer("boundary").order_by("code")
