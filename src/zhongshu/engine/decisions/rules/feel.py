"""FEEL, the one language in which conditions, rules and visibility are written (DMN 1.5, chapter 10).

    feel.compile('年龄 >= 60 and 户籍 in ("本市", "本区")').evaluate({"年龄": 71, "户籍": "本市"})  # True

An expression is read once into a frozen tree and closures; evaluating it never raises: what cannot be
worked out is null (None). It reaches nothing but the data it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from zhongshu.engine.decisions.rules import closures, grammar, lexer, tree
from zhongshu.engine.decisions.rules.problem import SyntaxProblem

__all__ = ["LONGEST", "Expression", "SyntaxProblem", "compile"]

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression: its text, the names it needs from outside, and the root of its tree."""

    source: str
    names: frozenset[str]
    root: tree.Node = field(repr=False, compare=False)
    closure: closures.Closure = field(repr=False, compare=False)

    def evaluate(self, data: Mapping[str, Any]) -> Any:
        """The value for this data, as plain Python: None where there is none; missing names are null.

        A number is an int if it is whole, else a Decimal of 34 digits at most; dates, times and days and
        time durations are those of `datetime`, the rest `Months` and `Range` of `values`.
        """
        try:
            return self.closure(closures.Scope(data))
        except (closures.Exhausted, RecursionError):
            return None


@lru_cache(maxsize=2_048)
def compile(text: str) -> Expression:
    """Reads an expression of at most 4,000 characters and 64 levels; each text only once.

    Raises SyntaxProblem with the place at fault.
    """
    if len(text) > LONGEST:
        raise SyntaxProblem("表达式超过 {most} 个字符，请拆成几个表达式。", LONGEST, most=LONGEST)
    reader = grammar.Reader(lexer.words(text))
    root = reader.read()
    if tree.height(root) > grammar.DEEPEST:
        raise grammar.too_deep(0)
    return Expression(text, frozenset(reader.names), root, closures.build(root))
