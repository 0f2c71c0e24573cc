"""What places, bodies, categories, sources and roles are called in the visitor's language, and how far something is.

All from what is kept in memory: no statement a row.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.base.permissions.roles import ROLES
from zhongshu.engine.cases.queries import scenarios
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.queries import Name
from zhongshu.registers.privacy import doors as privacy

KILOMETRE = 1_000
SOURCES = {
    "resident": "公众上报", "patrol": "巡查上报", "hotline": "热线与窗口", "machine": "设备告警", "batch": "批量导入",
    "open311": "开放接口上报", "official": "部门发起", "applicant": "申请人申请", "program": "系统发起",
}  # fmt: skip


class Named(Protocol):
    """Anything that is called something in both languages."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def local(thing: Named) -> str:
    """The thing's name in the page's language."""
    return (thing.name_en or thing.name) if language() == "en" else thing.name


def category(code: str, otherwise: str = "") -> str:
    """A category's name; `otherwise` (the case's title) when the catalogue no longer has it, or there is none.

    A case that was started and is called like its scenario is called so in the page's language.
    """
    return catalogue.category_name(code, language()) or (otherwise if code else _started(otherwise))


def _started(title: str) -> str:
    if language() != "en":
        return title
    return next((one.settings.name_en for one in scenarios.all_newest() if one.settings.name == title), title)


def body(id_: int | None) -> str:
    """A body's name; empty when there is none."""
    return people.body_name(id_, language())


def people_of(accounts: Iterable[Account]) -> list[tuple[str, str]]:
    """People to choose from: account id, and name with the body."""
    return [(str(one.pk), " · ".join(filter(None, (one.name, body(one.body_id))))) for one in accounts]


def place(code: int, at: datetime | None = None) -> str:
    """The regions a place lies in, from the district down; with `at`, as they were called then."""
    return joined(places.tree().path(code, at=at))


def joined(path: Iterable[Name]) -> str:
    """A path of places in one line."""
    return places.joined(path, language())


def source(code: str) -> str:
    """Where a report came from."""
    return gettext(SOURCES.get(code, "其他来源"))


def role(code: str) -> str:
    """A role's name."""
    found = ROLES.get(code)
    return local(found) if found else code


def holding(code: str) -> str:
    """What a kind of data about people is called."""
    found = privacy.holdings.get(code)
    return local(found.about) if found else code


def distance(metres: float) -> str:
    """A distance in words, as fine as one can tell in the street: tens of metres, then tenths of kilometres."""
    tens = max(10, round(metres, -1))
    if tens < KILOMETRE:
        return gettext("{n} 米").format(n=round(tens))
    return gettext("{n} 公里").format(n=f"{metres / KILOMETRE:.1f}")
