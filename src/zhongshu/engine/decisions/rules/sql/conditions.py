"""A condition of FEEL as one of PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.sql import calling, comparing, reckoning
from zhongshu.engine.decisions.rules.sql.saying import Around, holds, say, truth
from zhongshu.engine.decisions.rules.sql.terms import Lookup, Term

FAMILIES = (calling, comparing, reckoning)  # each says its nodes


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition twice over, each with its parameters in order (`%s`).

    `truth` is true, false and null where FEEL's is; `where` is true where it is true, and can be helped by an index.
    """

    truth: str
    truth_params: tuple[Any, ...]
    where: str
    where_params: tuple[Any, ...]


def condition(expression: Expression, facts: Lookup, at: datetime | None = None) -> Condition:
    """The SQL of an expression over the columns of `facts`; `at` is what `now()` and `today()` answer.

    Raises Unsayable, which names the construct SQL does not say, or the name that has no column.
    """
    around = Around(facts, at)
    return of(truth(say(expression.root, around)), holds(expression.root, around))


def of(exact: Term, only_true: Term) -> Condition:
    """The condition two terms make."""
    return Condition(exact.sql, exact.params, only_true.sql, only_true.params)
