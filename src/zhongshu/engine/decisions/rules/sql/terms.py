"""Pieces of SQL with their parameters and the kind of value they have."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from zhongshu.base.http.refusals import Invalid

Kind = Literal[
    "number", "string", "boolean", "date", "date and time", "days and time duration", "years and months duration",
    "null",
]  # fmt: skip
MOST_DIGITS = 400
"""No reckoning is said whose numbers may have more digits before or after the point."""


class Unsayable(Invalid):
    """A part of FEEL that SQL does not say as we mean it; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A SQL expression. Durations are numbers: of microseconds, or of months.

    `digits`: how many a number has at most before and after the point. `shift`: how many years a date may lie beyond
    those a column holds. `sure`: that it is never null.
    """

    sql: str
    params: tuple[Any, ...] = ()
    kind: Kind = "null"
    digits: tuple[int, int] = (34, 34)
    shift: int = 0
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """How a name of FEEL is read in SQL: the text (with `%s` for parameters) and the kind of what it holds.

    Numbers are integers or numerics of 34 digits at most, not floats; dates lie in the years 1 to 9999; a date and time
    is a `timestamptz`; a duration is an interval of days and time, or one of years and months.
    `digits` of a number, before and after the point, keep reckoning short where they are known to be few.
    """

    sql: str
    kind: Kind
    params: tuple[Any, ...] = ()
    digits: tuple[int, int] = (34, 34)


Lookup = Callable[[tuple[str, ...]], Column | None]
"""The column of a name, or of a path of names; None for one that has none."""

NULL = Term("NULL")
TRUE, FALSE = (Term(word, (), "boolean", sure=True) for word in ("true", "false"))
UNKNOWN = Term("NULL::boolean", (), "boolean")


def said(kind: Kind, template: str, *terms: Term, **more: Any) -> Term:
    """A term made of others, which stand in the template as {0}, {1} …, each as often as it is written there."""
    order = [int(place) for place in re.findall(r"\{(\d)\}", template)]
    params = tuple(param for place in order for param in terms[place].params)
    return Term(template.format(*(term.sql for term in terms)), params, kind, **more)


def once(kind: Kind, template: str, *terms: Term, **more: Any) -> Term:
    """The same where the template says v0, v1 … and each term is worked out once, however often it is said."""
    values = ", ".join(f"{{{place}}} AS v{place}" for place in range(len(terms)))
    return said(kind, f"(SELECT {template} FROM (SELECT {values}) AS once)", *terms, **more)


def joined(word: str, terms: list[Term]) -> Term:
    """Truths joined by AND or OR."""
    if len(terms) == 1:
        return terms[0]
    sql = f" {word} ".join(term.sql for term in terms)
    return Term(f"({sql})", tuple(param for term in terms for param in term.params), "boolean")


def numeric(term: Term) -> Term:
    """A number as a numeric, so that reckoning with it does not overflow."""
    return replace(term, sql=f"({term.sql})::numeric")


def in_json(document: str, path: tuple[str, ...], kind: Kind) -> Column:
    """A number, text or truth at a path in a jsonb column; what is of another kind is null, as it is for an input of a
    declared type. Raises ValueError for other kinds: JSON knows none.
    """
    casts = {"number": "::numeric", "string": "", "boolean": "::boolean"}
    if kind not in casts:
        raise ValueError(f"JSON holds no {kind}")
    sql = f"CASE jsonb_typeof({document} #> %s::text[]) WHEN '{kind}' THEN ({document} #>> %s::text[]){casts[kind]} END"
    return Column(f"({sql})", kind, (list(path), list(path)))
