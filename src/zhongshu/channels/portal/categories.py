"""Categories as residents look for them."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category

MOST_FOUND, MOST_USUAL = 8, 8

# The newest cases stand at the end of the primary key: their ids are made in the order of time.
_USUAL = """
SELECT category FROM (SELECT category FROM cases_case ORDER BY id DESC LIMIT 2000) newest
GROUP BY category ORDER BY count(*) DESC, category LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Class:
    """A class and the categories in it."""

    category: Category
    inside: list[Category]


def found(words: str, at: datetime) -> list[Category]:
    """What the visitor may mean: categories named so, then those that what was told before points to."""
    asked = words.lower()
    named = [c for c in _leaves() if _speaks_of(c, asked)]
    known = catalogue.tree()
    suggested = [known[s.code] for s in dispatch.suggest_category(words, at) if s.code in known]
    every = {c.code: c for c in (*named, *suggested) if c.ended is None}
    return list(every.values())[:MOST_FOUND]


def _speaks_of(category: Category, asked: str) -> bool:
    name, name_en = category.name.lower(), category.name_en.lower()
    return asked in name or name in asked or asked in name_en


def usual() -> list[Category]:
    """The categories most told of lately."""
    known = catalogue.tree()
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, [MOST_USUAL])
        codes = [code for (code,) in cursor.fetchall()]
    return [known[code] for code in codes if code in known and known[code].ended is None]


def classes() -> list[Class]:
    """Everything that can be told, by class."""
    return [Class(top, catalogue.children(top.code) or [top]) for top in catalogue.children(None)]


def _leaves() -> list[Category]:
    return [category for group in classes() for category in group.inside]
