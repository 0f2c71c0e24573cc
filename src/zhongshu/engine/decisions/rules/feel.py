"""FEEL, the one language in which conditions, rules and visibility are written (DMN 1.5, chapter 10).

    feel.compile('年龄 >= 60 and 户籍 in ("本市", "本区")').evaluate({"年龄": 71, "户籍": "本市"})  # True

An expression is read once into a frozen tree and closures; evaluating it never raises: what cannot be
worked out is null (None). It reaches nothing but the data it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from zhongshu.engine.decisions.rules import closures, tree
from zhongshu.engine.decisions.rules.closures import Note
from zhongshu.engine.decisions.rules.constants import folded
from zhongshu.engine.decisions.rules.functions.declaring import built_in
from zhongshu.engine.decisions.rules.functions.ranges import ends_fit
from zhongshu.engine.decisions.rules.grammar.cursor import DEEPEST, too_deep
from zhongshu.engine.decisions.rules.grammar.reader import Reader
from zhongshu.engine.decisions.rules.problem import SyntaxProblem
from zhongshu.engine.decisions.rules.surroundings import NOTHING, Surroundings
from zhongshu.engine.decisions.rules.values import Range

__all__ = ["LONGEST", "Expression", "Note", "Surroundings", "SyntaxProblem", "compile", "read", "read_tests"]

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: its text, the names it needs from outside, and the root of its tree."""

    source: str
    names: frozenset[str]
    root: tree.Node = field(repr=False, compare=False)
    closure: closures.Closure = field(repr=False, compare=False)
    outright: closures.Ask | None = field(repr=False, compare=False)

    def evaluate(self, data: Mapping[str, Any], at: datetime | None = None) -> Any:
        """The value for this data, as plain Python: None where there is none; missing names are null.

        A number is an int if it is whole, else a Decimal of 34 digits at most; dates, times and days and
        time durations are those of `datetime`, the rest `Months` and `Range` of `values`. `at` is what
        `now()` and `today()` answer; without it they are null.
        """
        if self.outright is not None and (settled := self.outright(data)) is not closures.OPEN:
            return settled
        scope = closures.Scope(data)
        if at is not None:
            scope.at = at
        try:
            return self.closure(scope)
        except (closures.Exhausted, RecursionError, ArithmeticError):
            return None

    def explain(self, data: Mapping[str, Any], at: datetime | None = None) -> tuple[Any, list[Note]]:
        """The same, and for the author why parts of it are null."""
        notes: list[Note] = []
        scope = closures.Scope(data)
        scope.at, scope.notes = at, notes
        try:
            return self.closure(scope), notes
        except (closures.Exhausted, RecursionError, ArithmeticError):
            return None, [*notes, Note("表达式要做的事太多，没有算完。")]


@lru_cache(maxsize=2_048)
def compile(text: str) -> Expression:
    """Reads an expression of at most 4,000 characters and 64 levels; each text only once.

    Raises SyntaxProblem with the place at fault.
    """
    return read(text, NOTHING)


def read(text: str, around: Surroundings) -> Expression:
    """Reads an expression of a model, where names may hold spaces. Raises SyntaxProblem."""
    reader = _reader(text, around)
    return _expression(text, reader, reader.read())


def read_tests(text: str, around: Surroundings = NOTHING) -> Expression:
    """Reads what the cell of a table asks of `?`; true for what meets it. Raises SyntaxProblem."""
    reader = _reader(text, around)
    return _expression(text, reader, reader.read_tests())


@built_in("range", "from: string")
def range_from_text(text: str) -> Range | None:
    """The range a text writes as a literal; null unless its ends are of one kind and the right way round.

    It stands here, above the grammar, because it reads a text as FEEL.
    """
    try:
        expression = compile(text.strip())
    except SyntaxProblem:
        return None
    root = expression.root
    if not isinstance(root, tree.Interval) or root.sign:
        return None
    if not isinstance(root.low, tree.Literal) or not isinstance(root.high, tree.Literal):
        return None
    made = expression.evaluate({})
    return made if isinstance(made, Range) and ends_fit(made.low, made.high) else None


def _reader(text: str, around: Surroundings) -> Reader:
    if len(text) > LONGEST:
        raise SyntaxProblem("表达式超过 {most} 个字符，请拆成几个表达式。", LONGEST, most=LONGEST)
    return Reader(text, around)


def _expression(text: str, reader: Reader, root: tree.Node) -> Expression:
    if tree.height(root) > DEEPEST:
        raise too_deep(0)
    root = folded(root)
    return Expression(text, frozenset(reader.names), root, closures.build(root), closures.outright(root))
