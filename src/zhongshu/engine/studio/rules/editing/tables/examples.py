"""The test rows of a decision (`decisions/NAME.tests.json`): what goes in, what must come out; read, changed, written.

On a page a row is a line of cells: `answers.area` → what stands there, as JSON or, where that is no JSON, as text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec

from zhongshu.base.http.refusals import Invalid

FOLDER, ENDING = "decisions/", ".tests.json"
MOST = 500


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One row: the data a decision is asked with, what it must answer, and the moment (None: any)."""

    inputs: dict[str, Any]
    expect: Any
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


def file(decision: str) -> str:
    """Where the test rows of a decision stand, by its id or its name."""
    return f"{FOLDER}{decision}{ENDING}"


def read(text: str) -> list[Example]:
    """The rows of a file; Invalid says what in it is no row."""
    try:
        return msgspec.json.decode(text, type=list[Example])
    except (msgspec.DecodeError, RecursionError) as problem:
        raise Invalid("决策的试算表写得不对：{why}", why=str(problem)) from None


def write(rows: Iterable[Example]) -> str:
    """The file of these rows."""
    return msgspec.json.format(msgspec.json.encode(list(rows)), indent=2).decode() + "\n"


def flat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a row as cells: what lies in a named part by `part.name`, everything else by its name."""
    found: dict[str, Any] = {}
    for name, value in inputs.items():
        if isinstance(value, dict) and value:
            found |= {f"{name}.{key}": inner for key, inner in value.items()}
        else:
            found[name] = value
    return found


def nested(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a row from its cells. Invalid where a part has a value and something in it another."""
    found: dict[str, Any] = {}
    for path, value in sorted(cells.items()):
        name, dot, key = path.partition(".")
        if not dot:
            found[name] = value
            continue
        part = found.setdefault(name, {})
        if not isinstance(part, dict):
            raise Invalid("“{name}”已有值，不能再写“{path}”，请清空其中一个。", name=name, path=path)
        part[key] = value
    return found


def columns(reads: Iterable[str], rows: Iterable[Example]) -> tuple[str, ...]:
    """The cells rows have: what the table reads, then what else stands in one of them."""
    more = (path for row in rows for path in flat(row.inputs))
    return tuple(dict.fromkeys([*reads, *more]))


def page(stored: Sequence[Example], first: int, count: int, sent: Mapping[str, str]) -> list[Example]:
    """The rows as a page sent them back, in place of `count` stored ones from `first` on.

    `tests.columns.0` names a cell of every row, `tests.7.at` tells that there is a row 7 (counted among all), then come
    `tests.7.0`, its cells, and `tests.7.expect`; a cell left empty is no value.
    """
    named = list(_told(sent, "tests.columns.{}", 0))
    made = [
        _sent(sent, place, at, {path: sent.get(f"tests.{place}.{n}", "") for n, path in enumerate(named)})
        for place, at in enumerate(_told(sent, "tests.{}.at", first), first)
    ]
    found = [*stored[:first], *made, *stored[first + count :]]
    if len(found) > MOST:
        raise Invalid("一张决策表最多 {most} 行试算。", most=MOST)
    return found


def _told(sent: Mapping[str, str], part: str, place: int) -> Iterator[str]:
    while (found := sent.get(part.format(place))) is not None:
        yield found
        place += 1


def _sent(sent: Mapping[str, str], place: int, at: str, cells: Mapping[str, str]) -> Example:
    inputs = nested({path: meant(text) for path, text in cells.items() if text.strip()})
    expect = sent.get(f"tests.{place}.expect", "")
    try:
        moment = datetime.fromisoformat(at) if at else None
    except ValueError:
        raise Invalid("页面不完整，请刷新后再保存。") from None
    return Example(inputs, meant(expect) if expect.strip() else None, moment)


def shown(value: Any) -> str:
    """A value as it stands in a cell: a text as it is where it cannot be taken for anything else, else JSON."""
    if isinstance(value, str) and value and "\n" not in value and meant(value) == value:
        return value
    return msgspec.json.encode(value).decode()


def meant(text: str) -> Any:
    """What is meant by a cell: JSON (`12`, `true`, `"12"`, `[1, 2]`), else the text as it is."""
    try:
        return msgspec.json.decode(text.strip())
    except (msgspec.DecodeError, RecursionError):
        return text.strip()
