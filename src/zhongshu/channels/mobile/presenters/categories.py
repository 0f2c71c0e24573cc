"""Categories as officers look for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import lists
from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.places import queries as places

MOST_FOUND, MOST_USUAL = 8, 8
LATELY = 200
"""So many of the newest cases around the officer say what is usual there."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class and the categories in it."""

    category: Category
    inside: list[Category]


def usual(actor: Actor, at: datetime) -> list[Category]:
    """What cases in the officer's part of the city were about lately, the most frequent first."""
    newest = lists.page(permissions.scope(actor, "case.read", at), places.root(), limit=LATELY)
    counted = Counter(row.category for row in newest)
    return _living(code for code, _ in counted.most_common(MOST_USUAL))


def found(words: str, at: datetime) -> list[Category]:
    """What the officer may mean: categories named so, then those that closed cases told in such words."""
    asked = words.lower()
    named = [category.code for group in classes() for category in group.inside if _speaks_of(category, asked)]
    suggested = [suggestion.code for suggestion in dispatch.suggest_category(words, at)]
    return _living((*named, *suggested))[:MOST_FOUND]


def _speaks_of(category: Category, asked: str) -> bool:
    name = category.name.lower()
    return asked in name or name in asked or asked in category.name_en.lower()


def _living(codes: Iterable[str]) -> list[Category]:
    known = catalogue.tree()
    return [known[code] for code in dict.fromkeys(codes) if code in known and known[code].ended is None]


def classes() -> list[Class]:
    """Everything that can be reported, by class."""
    return [Class(outer, catalogue.children(outer.code) or [outer]) for outer in catalogue.children(None)]
