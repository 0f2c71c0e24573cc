"""Which cases are held."""

from collections.abc import Iterable
from uuid import UUID

from zhongshu.registers.privacy.models import Hold


def held(cases: Iterable[UUID]) -> set[UUID]:
    """Those of these cases whose data is kept because they are in dispute."""
    return set(Hold.objects.filter(case_id__in=list(cases), lifted=None).values_list("case_id", flat=True))


def standing(limit: int = 200) -> list[Hold]:
    """The holds in force, newest first."""
    return list(Hold.objects.filter(lifted=None).order_by("-placed", "-id")[:limit])
