"""The files of a copy of somebody's data. Pure.

A copy is readable by programs (JSON, which the law's right to portability asks for, art. 45) and by people (one page
of HTML without a script).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

import msgspec

from zhongshu.registers.privacy.rules.holdings import About, Record

TITLE = "我的个人信息"


@dataclass(frozen=True, slots=True)
class Part:
    """All records of one kind."""

    about: About
    records: Sequence[Record]


def data(parts: Sequence[Part], at: datetime) -> bytes:
    """Everything as JSON, indented."""
    said = {
        "made": at,
        "kinds": [
            {
                "kind": part.about.code, "name": part.about.name, "name_en": part.about.name_en,
                "basis": part.about.basis, "records": [_plain(record) for record in part.records],
            }
            for part in parts
        ],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(said), indent=2)


def _plain(record: Record) -> dict[str, Any]:
    files = {"documents": [str(document) for document in record.documents]} if record.documents else {}
    return {"at": record.at, **record.facts, **files}


def page(parts: Sequence[Part]) -> bytes:
    """Everything as one page; whatever people typed is text in it, never markup."""
    body = "".join(
        f"<h2>{escape(part.about.name)} · {escape(part.about.name_en)}</h2><p>{escape(part.about.basis)}</p>"
        + "".join(_row(record) for record in part.records)
        for part in parts
    )
    head = f'<meta charset="utf-8"><title>{TITLE}</title>'
    return f'<!doctype html><html lang="zh-Hans"><head>{head}</head><body><h1>{TITLE}</h1>{body}</body>'.encode()


def _row(record: Record) -> str:
    facts: Mapping[str, Any] = _plain(record)
    cells = "".join(f"<dt>{escape(name)}</dt><dd>{escape(_said(value))}</dd>" for name, value in facts.items())
    return f"<dl>{cells}</dl><hr>"


def _said(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
