"""Questions about bodies."""

from collections import Counter

from django.db.models import QuerySet

from zhongshu.base.journal.caches import Cached
from zhongshu.base.permissions.rules import body_key
from zhongshu.registers.people.models import Body
from zhongshu.registers.places.rules import codes


def _tree() -> dict[int, Body]:
    return {body.pk: body for body in Body.objects.all()}


tree = Cached(("bodies", "tree"), _tree)
"""Every body by id, kept per process until the tree changes."""


def lineage(body: int) -> tuple[int, ...]:
    """The body's ids from the root down to itself; empty when there is no such body."""
    found = tree().get(body)
    return tuple(found.lineage) if found else ()


def reach(body: int | None) -> tuple[int, ...]:
    """What a body lies under: each body above it, itself included, and each place its own is part of."""
    found = tree().get(body) if body is not None else None
    if found is None:
        return ()
    return (*(body_key(one) for one in found.lineage), *(codes.ancestors(found.place) if found.place else ()))


def subtree(root: int) -> list[int]:
    """The ids of a body and all living ones under it, from the cached tree."""
    return [pk for pk, body in tree().items() if root in body.lineage and body.ended is None]


def _called() -> dict[int, str]:
    bodies = Body.objects.select_related("parent").order_by("pk")
    once = Counter(body.name for body in bodies)
    names: dict[int, str] = {}
    for body in bodies:
        full = f"{body.name}（{body.parent.name}）" if once[body.name] > 1 and body.parent else body.name
        names[body.pk] = full if full not in names.values() else f"{full}#{body.pk}"
    return names


called = Cached(("bodies", "tree"), _called)
"""Body id → the name that is its alone: its own, or with its parent's where two bear the same."""


def body_name(body: int | None, language: str = "zh-hans") -> str:
    """A body's name for showing; empty when there is none."""
    found = tree().get(body) if body is not None else None
    return "" if found is None else found.name_en if language == "en" else found.name


def bodies_under(root: int | None) -> QuerySet[Body]:
    """The living bodies of a subtree, itself included; all when root is None."""
    found = Body.objects.filter(ended=None)
    return found if root is None else found.filter(lineage__contains=[root])
