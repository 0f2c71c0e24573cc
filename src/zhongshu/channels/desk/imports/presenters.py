"""What a file of events came to, row by row."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.affairs.city.actions import Outcome
from zhongshu.affairs.city.rules import batch
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Refusal
from zhongshu.engine.intake.rules.answers import Unfit

SHOWN = 200
"""Refused rows that a page lists; the download has all."""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows there are, how many are sound or opened, and what is wrong with the others."""

    rows: int
    sound: int
    again: int
    refused: Sequence[tuple[int, str]]
    download: str

    @property
    def shown(self) -> Sequence[tuple[int, str]]:
        return self.refused[:SHOWN]


def summary(outcomes: Sequence[Outcome]) -> Summary:
    """The outcomes counted; `download` is the whole result as the address of a file, made here and kept nowhere."""
    refused = [(o.row, sentence(o.refusal)) for o in outcomes if o.refusal]
    return Summary(
        rows=len(outcomes), sound=sum(not o.refusal and not o.again for o in outcomes),
        again=sum(o.again for o in outcomes), refused=refused, download=_address(_file(outcomes)),
    )  # fmt: skip


def sentence(refusal: Refusal) -> str:
    """What is wrong with a row: all wrong answers of it, each with its question."""
    if not isinstance(refusal, Unfit):
        return said(refusal)
    told = (f"{name}{gettext('：')}{gettext(p.sentence).format(**p.gaps)}" for name, p in refusal.problems.items())
    return " ".join(told)


def _file(outcomes: Iterable[Outcome]) -> bytes:
    header = [gettext("行号"), gettext("结果"), gettext("编号"), gettext("说明")]
    return batch.written(header, (_line(outcome) for outcome in outcomes))


def _line(outcome: Outcome) -> list[str]:
    if outcome.refusal:
        return [str(outcome.row), gettext("未导入"), "", sentence(outcome.refusal)]
    if outcome.again:
        return [str(outcome.row), gettext("以前已导入"), outcome.number, ""]
    return [
        str(outcome.row),
        gettext("已导入") if outcome.number else gettext("可以导入"),
        outcome.number,
        "",
    ]


def _address(data: bytes) -> str:
    return f"data:text/csv;base64,{base64.b64encode(data).decode()}"
