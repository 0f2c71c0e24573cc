"""Drafts, scenarios and bodies in words, for the lists of the studio."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts, patterns
from zhongshu.registers.people import queries as people


@dataclass(frozen=True, slots=True)
class Row:
    """A draft in the list."""

    draft: Draft
    body: str
    origin: str
    who: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for the visitor."""

    draft: UUID
    name: str
    who: str
    proposed: datetime
    reason: str


def rows(found: Sequence[Draft]) -> list[Row]:
    """The drafts as shown."""
    called = people.names([str(each.begun_by) for each in found])
    return [Row(each, body_name(each.body), origin(each), called.get(str(each.begun_by), "")) for each in found]


def body_name(body: int) -> str:
    """What a body is called."""
    found = people.tree().get(body)
    return names.local(found) if found else ""


def origin(draft: Draft) -> str:
    """What a draft was begun from."""
    said = {
        "scenario": gettext("从场景 {name} 复制"),
        "pattern": gettext("从样板 {name} 开始"),
        "import": gettext("由 {name} 导入"),
    }
    named = {each.code: names.local(each) for each in patterns.listed()} if draft.origin == "pattern" else {}
    return said[draft.origin].format(name=named.get(draft.origin_name, draft.origin_name))


def begun_from() -> list[tuple[str, str, str]]:
    """The patterns to begin from: code, name and what each is for."""
    english = names.language() == "en"
    return [(each.code, names.local(each), each.about_en if english else each.about) for each in patterns.listed()]


def waiting(found: Iterable[Proposal]) -> list[Waiting]:
    """The proposals as shown, oldest first."""
    held = list(found)
    called = people.names([str(each.proposer) for each in held])
    return [
        Waiting(UUID(each.subject), each.body["name"], called.get(str(each.proposer), ""), each.proposed, each.reason)
        for each in held
    ]


def published() -> list[tuple[str, str]]:
    """Code and name of every published scenario."""
    return [(each.code, names.local(each.settings)) for each in scenarios.all_newest()]


def bodies(by: Actor, at: datetime) -> list[tuple[int, str]]:
    """The bodies the visitor drafts for, their own first."""
    found = [
        (id, names.local(body)) for id, body in people.tree().items()
        if body.ended is None and drafts.may_edit(id, by, at)
    ]  # fmt: skip
    return sorted(found, key=lambda each: each[0] != by.body)


def body(typed: str, by: Actor, at: datetime) -> int:
    """The body that was chosen: one the visitor drafts for."""
    known = {str(id): id for id, _ in bodies(by, at)}
    if typed not in known:
        raise Invalid("请选择为哪个单位编写。", field="body")
    return known[typed]
