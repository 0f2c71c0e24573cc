"""Entries of the journal as an auditor reads them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.channels.desk.admin.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.rules.organisation import table

__all__ = ["Line", "Option", "Read", "file", "known", "lines", "verbs"]
BATCH = 500
_KINDS = {
    "account": "账号", "body": "单位", "bodies": "机构树", "proposal": "申请", "import": "导入", "case": "办件",
    "look": "查看", "person": "个人", "firm": "企业", "keys": "密钥环", "security": "门户安全", "login": "未知登录名",
    "list": "清单", "figures": "指标", "client": "接入系统", "source": "登录来源", "signing_key": "签名密钥",
    "consent": "授权同意", "tracks": "轨迹", "privacy_hold": "暂缓销毁", "privacy_request": "个人信息申请",
    "privacy_retention": "保存期限", "document": "文件",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words; `facts` are what else it says, as name and value."""

    at: datetime
    who: str
    behalf: str
    what: str
    about: str
    facts: Sequence[tuple[str, str]]
    entry: Read


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    key: str
    name: str
    chosen: bool


def known(verb: str) -> bool:
    """Whether an auditor may ask for entries with this verb."""
    return verb in words.VERBS


def verbs(chosen: str) -> list[Option]:
    """What may have been done, to choose from."""
    return [Option(code, words.verb(code), code == chosen) for code in words.VERBS]


def lines(found: Sequence[Read]) -> list[Line]:
    """Entries in words: names in one statement, however many."""
    accounts = {entry.actor for entry in found} | {entry.behalf for entry in found if entry.behalf}
    accounts |= {entry.subject for entry in found if entry.kind == "account"}
    called = people.shown_names(accounts)
    return [_line(entry, called) for entry in found]


def _line(entry: Read, called: Mapping[str, str]) -> Line:
    return Line(
        entry.at, called.get(entry.actor, "—"), called.get(entry.behalf or "", ""), words.verb(entry.verb),
        _about(entry, called), [(name, _text(value)) for name, value in entry.facts.items()], entry,
    )  # fmt: skip


def _about(entry: Read, called: Mapping[str, str]) -> str:
    if entry.kind == "account":
        return called.get(entry.subject, "—")
    if entry.kind == "body" and entry.subject.isdecimal():
        return names.body(int(entry.subject)) or entry.subject
    return gettext(_KINDS[entry.kind]) if entry.kind in _KINDS else gettext("其他")


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def file(found: Iterable[Read]) -> Iterator[bytes]:
    """Entries as CSV, in bounded memory; nothing in it is a formula."""
    head = ("时间", "经办", "代表", "事项", "对象", "动作代码", "对象编号", "内容")
    yield table.written([[gettext(name) for name in head]])
    page: list[Read] = []
    for entry in found:
        page.append(entry)
        if len(page) == BATCH:
            yield _rows(page)
            page = []
    yield _rows(page)


def _rows(page: Sequence[Read]) -> bytes:
    return table.written([
        [
            line.at.astimezone(SHANGHAI).isoformat(timespec="seconds"), line.who, line.behalf, line.what, line.about,
            line.entry.verb, f"{line.entry.kind}/{line.entry.subject}", line.entry.body or "",
        ]
        for line in lines(page)
    ]).removeprefix("\ufeff".encode())  # fmt: skip
