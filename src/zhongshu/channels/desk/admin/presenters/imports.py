"""A file of an organisation in words: what it would change, how it goes, what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.middleware import said
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Import, ImportRow
from zhongshu.registers.people.queries import importing
from zhongshu.registers.people.queries.importing import Preview, path_of
from zhongshu.registers.people.rules.organisation import table
from zhongshu.registers.people.rules.organisation.plan import Fate
from zhongshu.registers.people.rules.organisation.rows import COLUMNS

SHOWN = 200
KINDS = {"bodies": "单位", "staff": "人员"}
_OUTCOMES = {"new": "新增", "changed": "更新", "same": "无变化", "wrong": "未导入"}
_TONES = {"new": "done", "changed": "busy", "wrong": "late"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    number: int
    what: str
    outcome: str
    tone: str
    note: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A preview in words: counts by outcome, wrong rows first of what is listed."""

    preview: Preview
    counts: Sequence[tuple[str, int]]
    wrong: Sequence[Line]
    coming: Sequence[Line]
    sound: int


def seen(found: Preview) -> Seen:
    """What a file would change, in words."""
    wrong = [_line(fate) for fate in found.fates if fate.outcome == "wrong"]
    coming = [fate for fate in found.fates if fate.outcome in ("new", "changed")]
    counts = [(gettext(word), found.count(code)) for code, word in _OUTCOMES.items() if code != "wrong"]
    return Seen(
        found, [*counts, (gettext("有问题"), len(wrong))], wrong[:SHOWN], [_line(fate) for fate in coming[:SHOWN]],
        len(coming),
    )  # fmt: skip


def _line(fate: Fate) -> Line:
    what = " · ".join(filter(None, (fate.cells.get("login", ""), fate.cells.get("name", ""))))
    notes = [f"{_column(fate, code)}{gettext('：')}{said(problem)}" for code, problem in fate.problems.items()]
    notes += [f"{_column(fate, code)}{gettext('：')}{was or '—'} → {now or '—'}" for code, (was, now) in _changes(fate)]
    if fate.proposing:
        notes.append(_proposed(fate.proposing))
    word = gettext("有问题") if fate.outcome == "wrong" else gettext(_OUTCOMES[fate.outcome])
    return Line(fate.number, what, word, _TONES.get(fate.outcome, ""), " ".join(notes))


def _changes(fate: Fate) -> Iterator[tuple[str, tuple[str, str]]]:
    """What differs; a phone number is not read out here."""
    for code, (was, now) in fate.changes.items():
        yield code, ("****", "****") if code == "phone" else (was, now)


def _column(fate: Fate, code: str) -> str:
    kind = "staff" if "login" in fate.cells or code in ("login", "body", "roles", "phone") else "bodies"
    return gettext(COLUMNS[kind].get(code, (code,))[0])


def _proposed(roles: Sequence[str]) -> str:
    listed = gettext("、").join(names.role(role) for role in roles)
    return gettext("会申请角色：{roles}。").format(roles=listed)


@dataclass(frozen=True, slots=True)
class Shown:
    """How a file is being taken in."""

    one: Import
    kind: str
    counts: Sequence[tuple[str, int]]
    lines: Sequence[Line]


def shown(found: Import) -> Shown:
    """An import with its counts and the first of its rows that went wrong or need something done."""
    counts = importing.counted(found.pk)
    listed = list(importing.import_rows(found.pk, outcome="wrong"))
    listed += [row for row in importing.import_rows(found.pk) if row.proposing]
    return Shown(
        found, gettext(KINDS[found.kind]), [(gettext(word), counts.get(code, 0)) for code, word in _OUTCOMES.items()],
        [_kept(row) for row in listed[:SHOWN]],
    )  # fmt: skip


def _kept(row: ImportRow) -> Line:
    note = gettext(row.sentence).format(**row.gaps) if row.sentence else ""
    if row.proposing:
        note = " ".join(_told(one) for one in row.proposing)
    return Line(row.number, "", gettext(_OUTCOMES[row.outcome]), _TONES.get(row.outcome, ""), note)


def _told(proposed: Mapping[str, Any]) -> str:
    """What became of a role of the file: proposed, or why not."""
    role = names.role(proposed["role"])
    if not proposed["sentence"]:
        return gettext("已申请角色：{role}。").format(role=role)
    why = gettext(proposed["sentence"]).format(**proposed["gaps"])
    return gettext("没有申请角色“{role}”：{why}").format(role=role, why=why)


def lines(found: Import) -> Iterator[bytes]:
    """The result of every row as CSV, in bounded memory."""
    yield table.written([[gettext("行号"), gettext("结果"), gettext("说明")]])
    after = 0
    while page := list(importing.import_rows(found.pk, after=after)):
        kept = map(_kept, page)
        text = table.written([[str(one.number), one.outcome, one.note] for one in kept])
        yield text.removeprefix("\ufeff".encode())
        after = page[-1].number


def past(by: Actor) -> list[tuple[Import, str]]:
    """The files somebody had taken in, with what was in them."""
    return [(one, gettext(KINDS[one.kind])) for one in importing.imports(by.id)]


_EXAMPLES: Mapping[str, Sequence[Sequence[str]]] = {
    "bodies": [["示例科", "Example Section", "科室队所", "", ""]],
    "staff": [["example.clerk", "示例人员", "13900000000", "", "处置人员", ""]],
}


def example(kind: str, by: Actor, at: datetime) -> list[list[str]]:
    """A line of each kind, with a body of the visitor's own where one is to be written."""
    mine = people.tops(by, importing.PERMISSIONS[kind], at)
    home = path_of(mine[0]) if mine else ""
    return [[*line[:3], home, *line[4:]] for line in _EXAMPLES[kind]]
