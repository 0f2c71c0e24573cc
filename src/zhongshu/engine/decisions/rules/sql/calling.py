"""The built-in functions SQL can say. Those whose meaning hangs on the database's locale (upper case) are not."""

from collections.abc import Callable

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.sql.saying import YEAR, Around, literal, say, truth, unsayable
from zhongshu.engine.decisions.rules.sql.terms import NULL, Term, numeric, once, said

APART = f"(({YEAR.format('v1')} - {YEAR.format('v0')}) * 12 + extract(month from v1) - extract(month from v0))::numeric"
MONTHS = (
    f"{APART} + CASE WHEN {APART} > 0 AND extract(day from v1) < extract(day from v0) THEN -1"
    f" WHEN {APART} < 0 AND extract(day from v1) > extract(day from v0) THEN 1 ELSE 0 END"
)
TEXTS: dict[str, str] = {
    "contains": "(strpos({0}, {1}) > 0)",
    "starts with": "starts_with({0}, {1})",
    "ends with": "(right({0}, char_length({1})) = {1})",
}


@say.register
def _(node: tree.Call, around: Around) -> Term:
    how = SAID.get(node.function)
    if how is None or node.names:
        raise unsayable(f"{node.function}()")
    return how([say(argument, around) for argument in node.arguments], around)


def _text(template: str) -> Callable[[list[Term], Around], Term]:
    def ask(terms: list[Term], around: Around) -> Term:
        if [term.kind for term in terms] != ["string", "string"]:
            return Term("NULL::boolean", (), "boolean")
        return said("boolean", template, *terms, sure=all(term.sure for term in terms))

    return ask


def _not(terms: list[Term], around: Around) -> Term:
    return said("boolean", "(NOT {0})", truth(terms[0]), sure=terms[0].sure)


def _length(terms: list[Term], around: Around) -> Term:
    text = terms[0]
    return said("number", "char_length({0})", text, digits=(10, 0)) if text.kind == "string" else NULL


def _number(function: str) -> Callable[[list[Term], Around], Term]:
    def ask(terms: list[Term], around: Around) -> Term:
        value = terms[0]
        kinds = ("number", "days and time duration", "years and months duration")
        if len(terms) > 1 or value.kind not in kinds[: 3 if function == "abs" else 1]:
            raise unsayable(f"{function}()")
        return said(value.kind, f"{function}({{0}})", numeric(value), digits=value.digits, sure=value.sure)

    return ask


def _months_between(terms: list[Term], around: Around) -> Term:
    start, end = terms
    if (start.kind, end.kind) != ("date", "date"):
        raise unsayable("years and months duration()")
    return once("years and months duration", MONTHS, start, end)


def _now(terms: list[Term], around: Around) -> Term:
    return literal(around.at)


def _today(terms: list[Term], around: Around) -> Term:
    return literal(around.at.date() if around.at else None)


def _date(terms: list[Term], around: Around) -> Term:
    if [term.kind for term in terms] != ["date"]:
        raise unsayable("date()")
    return terms[0]


SAID: dict[str, Callable[[list[Term], Around], Term]] = {
    **{name: _text(template) for name, template in TEXTS.items()},
    **{name: _number(function) for name, function in (("abs", "abs"), ("floor", "floor"), ("ceiling", "ceil"))},
    "not": _not, "string length": _length, "now": _now, "today": _today, "date": _date,
    "years and months duration": _months_between,
}  # fmt: skip
