"""Random conditions of the part of FEEL that SQL says, and random rows to ask them of."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from zhongshu.engine.decisions.rules.sql.terms import Column, in_json
from zhongshu.engine.decisions.rules.values import Months
from zhongshu.engine.decisions.tests.test_dmn import cell, decision, given, written

NUMBERS = [
    *(None, 0, 1, -1, 2, 3, 7, 10, 1000, -5, Decimal("0.1"), Decimal("0.2"), Decimal("0.3"), Decimal("-2.5")),
    *(Decimal("1E-20"), 10**20, 3 * 10**33 + 1, Decimal("9.999999999999999999999999999999999"), Decimal("0.5")),
]
IN_JSON = [None, 0, 1, -2, 7, 60, Decimal("0.1"), Decimal("-2.5"), Decimal("1E-20"), 10**20]
WHOLE = [None, 0, 1, -1, 2, 3, 7, 18, 60, -40, 32_767, 2**31 - 1]
TEXTS = [
    None,
    "",
    "A",
    "a",
    "B",
    "AB",
    "甲",
    "乙丙",
    "甲乙",
    "é",
    "e\u0301",
    "😀",
    "Z",
    " ",
    "%",
    "a_b",
    "\\",
    "'",
    "ß",
    "\ue000",
]
DATES = [
    None,
    date(2024, 2, 29),
    date(2026, 3, 1),
    date(2026, 3, 2),
    date(2025, 12, 31),
    date(1, 1, 1),
    date(9999, 12, 31),
]
MOMENTS = [None, *(datetime(2026, 3, day, hour, 30, 0, 5, UTC) for day in (1, 2) for hour in (0, 23))]
LENGTHS = [
    None,
    timedelta(0),
    timedelta(days=1),
    timedelta(days=-3, microseconds=1),
    timedelta(hours=36),
    timedelta(days=400),
]
SPANS = [None, Months(0), Months(1), Months(-14), Months(12), Months(720)]
TRUTHS = [None, True, False]
DRAWN: dict[str, tuple[str, str, list[Any]]] = {
    "n1": ("number", "numeric", NUMBERS), "n2": ("number", "numeric", NUMBERS), "i1": ("number", "int", WHOLE),
    "i2": ("number", "bigint", WHOLE), "s1": ("string", "text", TEXTS), "s2": ("string", "varchar", TEXTS),
    "b1": ("boolean", "boolean", TRUTHS), "b2": ("boolean", "boolean", TRUTHS), "d1": ("date", "date", DATES),
    "d2": ("date", "date", DATES), "t1": ("date and time", "timestamptz", MOMENTS),
    "l1": ("days and time duration", "interval", LENGTHS), "m1": ("years and months duration", "interval", SPANS),
    "j.n": ("number", "jsonb", IN_JSON), "j.s": ("string", "jsonb", TEXTS), "j.b": ("boolean", "jsonb", TRUTHS),
}  # fmt: skip
EXPECTED = "expected"
"""A number of each row: what an expression is worked out to."""
KINDS = sorted({kind for kind, _, _ in DRAWN.values()})
WRITTEN = {
    "number": ["0", "1", "-1", "2", "3", "0.1", "0.3", "1000", "-2.5", "7", "1e20", "0.000000000000000000001", "60"],
    "string": ['""', '"A"', '"a"', '"甲"', '"乙丙"', '"😀"', '"é"', '"%"', '"Z"', '"\\""', '"\\\\"'],
    "boolean": ["true", "false"],
    "date": ['@"2026-03-01"', 'date("2024-02-29")', "date(2025, 12, 31)", "today()"],
    "date and time": ['@"2026-03-01T00:30:00Z"', '@"2026-03-02T07:30:00+08:00"', "now()"],
    "days and time duration": ['@"P1D"', '@"-PT36H"', 'duration("PT0.000001S")'],
    "years and months duration": ['@"P1Y"', '@"-P14M"', 'duration("P60Y")'],
}
ORDERED = [kind for kind in KINDS if kind != "boolean"]


def facts(path: tuple[str, ...]) -> Column | None:
    """The columns of a drawn row."""
    name = ".".join(path)
    if name == EXPECTED:
        return Column(EXPECTED, "number")
    if name not in DRAWN:
        return None
    kind, sort, _ = DRAWN[name]
    if sort == "jsonb":
        return in_json("j", path[1:], kind)  # type: ignore[arg-type]
    return Column(name, kind, digits=(10, 0) if sort == "int" else (34, 34))  # type: ignore[arg-type]


def row(random: Random) -> dict[str, Any]:
    """The data of one row, as an expression reads it."""
    found: dict[str, Any] = {name: random.choice(values) for name, (_, _, values) in DRAWN.items()}
    return found | {
        EXPECTED: None,
        "j": {name.removeprefix("j."): found.pop(name) for name in [*found] if name.startswith("j.")},
    }


def expression(random: Random, kind: str = "boolean", depth: int = 3) -> str:
    """An expression of a kind, nested no deeper than said."""
    if depth <= 0 or random.random() < 0.15:
        return _operand(random, kind)
    return f"({random.choice(MAKERS[kind])(lambda wanted: expression(random, wanted, depth - 1), random)})"


def _operand(random: Random, kind: str) -> str:
    names = [name for name, (sort, _, _) in DRAWN.items() if sort == kind]
    return random.choice(random.choice([names, names, WRITTEN[kind], ["null"] if random.random() < 0.2 else names]))


Make = Callable[[str], str]


def _compare(make: Make, random: Random) -> str:
    kind = random.choice(KINDS)
    other = kind if random.random() < 0.9 else random.choice(KINDS)
    return f"{make(kind)} {random.choice(['=', '!=', '<', '<=', '>', '>='])} {make(other)}"


def _range(make: Make, random: Random, kind: str) -> str:
    return f"{random.choice('[(')}{make(kind)}..{make(kind)}{random.choice('])')}"


def _among(make: Make, random: Random) -> str:
    kind = random.choice(ORDERED)
    tests: Mapping[int, Callable[[], str]] = {
        0: lambda: random.choice(WRITTEN[kind]),
        1: lambda: make(kind),
        2: lambda: _range(make, random, kind),
        3: lambda: f"{random.choice(['<', '>=', '=', '!='])} {make(kind)}",
        4: lambda: f"[{make(kind)}, {make(kind)}]",
        5: lambda: f"(< {make(kind)})",
    }
    chosen = [0] * random.randint(2, 4) if random.random() < 0.3 else random.choices(range(6), k=random.randint(1, 3))
    return f"{make(kind)} in ({', '.join(tests[each]() for each in chosen)})"


def _between(make: Make, random: Random) -> str:
    kind = random.choice(ORDERED)
    return f"{make(kind)} between {make(kind)} and {make(kind)}"


def _reckon(make: Make, random: Random) -> str:
    return f"{make('number')} {random.choice('+-*/')} {make('number')}"


def _choose(kind: str) -> Callable[[Make, Random], str]:
    return lambda make, random: f"if {make('boolean')} then {make(kind)} else {make(kind)}"


def _all(kind: str, *templates: str) -> list[Callable[[Make, Random], str]]:
    """Templates in which N, S, B, D … stand for an expression of that kind."""

    def fill(template: str) -> Callable[[Make, Random], str]:
        gaps = {"N": "number", "S": "string", "B": "boolean", "D": "date", "T": "date and time",
                "L": "days and time duration", "M": "years and months duration"}  # fmt: skip

        def made(make: Make, random: Random) -> str:
            return re.sub(r"\b[A-Z]\b", lambda gap: make(gaps[gap[0]]), template)

        return made

    return [_choose(kind), *map(fill, templates)]


MAKERS: dict[str, list[Callable[[Make, Random], str]]] = {
    "boolean": [
        *(_compare, _compare, _compare, _among, _among, _between),
        *_all("boolean", "B and B", "B or B", "not(B)", "B = null", "null != B", "contains(S, S)", "starts with(S, S)",
              "ends with(S, S)", "N instance of number", "B and B or B", "D instance of string"),
    ],
    "number": [_reckon, _reckon, *_all("number", "-N", "string length(S)", "abs(N)", "floor(N)", "ceiling(N)", "D.year",
               "D.month", "D.day", "D.weekday", "M.years", "M.months", "L.days")],
    "string": _all("string", "S + S"),
    "date": _all("date", 'D + duration("P3D")', 'D - duration("PT1S")', 'D - duration("P14M")',
                 'duration("P1Y1M") + D'),
    "date and time": _all("date and time", 'T + duration("P3DT0.5S")', 'T - duration("PT36H")'),
    "days and time duration": _all("days and time duration", "D - D", "T - T", "L + L", "L - L", "-L", "abs(L)"),
    "years and months duration": _all("years and months duration", "M + M", "M - M", "-M", "abs(M)",
                                      "years and months duration(D, D)"),
}  # fmt: skip

# Tables

ANSWERS = ["甲", "乙", "丙"]
CELLS = {
    "n1": ["-", "0", "1, 2, 3", "> 0", "[0..7)", "not(1)", "< i1", "? * 2 > 3", "null", "[1, 2, 7]"],
    "s1": ["-", '"A"', '"A", "甲"', 'not("A")', 'not("A", "a", "")', 'starts with(?, "A")', "s2", '> "B"'],
    "b1": ["-", "true", "false", "not(true)", "? or b2"],
    "d1": ["-", '< @"2026-03-01"', '[@"2024-01-01"..@"2025-12-31"]', "d2", "? = null", "not(null)"],
}
POLICIES = ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]


def table(random: Random) -> bytes:
    """A model whose decision `d` is a table over some columns of a drawn row."""
    columns, inputs = (
        random.sample(sorted(CELLS), k=random.randint(1, 3)),
        [f"{sort}{n}" for sort in "nisbd" for n in (1, 2)],
    )
    rules = "".join(
        "<rule>"
        + "".join(cell("inputEntry", random.choice(CELLS[column])) for column in columns)
        + cell("outputEntry", f'"{random.choice(ANSWERS)}"')
        + "</rule>"
        for _ in range(random.randint(1, 5))
    )
    kinds = {name: f'typeRef="{kind}"' for name, (kind, _, _) in DRAWN.items()}
    asked = "".join(
        f"<input><inputExpression {kinds[column]}><text>{column}</text></inputExpression>"
        f"{_values(random, column)}</input>"
        for column in columns
    )
    default = cell("defaultOutputEntry", random.choice(['"甲"', '"丁"'])) if random.random() < 0.3 else ""
    values = cell("outputValues", '"丙", "甲", "乙", "丁"')
    return written(
        "".join(map(given, inputs))
        + decision(
            "d",
            f'<decisionTable hitPolicy="{random.choice(POLICIES)}">{asked}'
            f"<output>{values}{default}</output>{rules}</decisionTable>",
            *(f"input:{name}" for name in inputs),
        )
    )


def _values(random: Random, column: str) -> str:
    allowed = {"n1": "[-5..1000]", "s1": 'not("")', "b1": "true, false"}.get(column)
    return cell("inputValues", allowed) if allowed and random.random() < 0.2 else ""
