"""What is reckoned: + - * / of numbers as decimal128 does, of texts, dates and durations."""

from dataclasses import replace

from zhongshu.engine.decisions.rules import arithmetic, tree
from zhongshu.engine.decisions.rules.sql.saying import Around, say, unsayable
from zhongshu.engine.decisions.rules.sql.terms import MOST_DIGITS, NULL, Kind, Term, numeric, once, said
from zhongshu.engine.decisions.rules.values import DECIMAL128, MOST_CHARACTERS

PRECISION = DECIMAL128.prec
DAY = 86_400_000_000
FURTHEST = 3_000
"""Years a date may be moved: PostgreSQL's calendar ends where FEEL's does not."""

EXPONENT = (
    "CASE WHEN abs(v) >= 1 THEN length(trunc(abs(v))::text) - 1"
    " ELSE -1 - length(substring(abs(v)::text from '^0\\.(0*)')) END"
)
ROUND = (
    "(SELECT CASE WHEN v = 0 THEN v"
    " WHEN abs(v - trunc(v, s)) * 2 = ('1e' || -s)::numeric AND mod(trunc(v, s) * ('1e' || s)::numeric, 2) = 0"
    " THEN trunc(v, s) ELSE round(v, s) END"
    f" FROM (SELECT v, {PRECISION - 1} - {EXPONENT} AS s FROM (SELECT {{0}} AS v) AS exact) AS placed)"
)
"""A numeric rounded to 34 digits, halves to the even neighbour."""


@say.register
def _(node: tree.Negation, around: Around) -> Term:
    operand = say(node.operand, around)
    if operand.kind not in ("number", "days and time duration", "years and months duration"):
        return NULL
    return said(operand.kind, "(- {0})", numeric(operand), digits=operand.digits, sure=operand.sure)


@say.register
def _(node: tree.Arithmetic, around: Around) -> Term:
    found = say(node.first, around)
    for sign, operand in node.rest:
        found = _reckoned(sign, found, say(operand, around))
    return found


def _reckoned(sign: str, left: Term, right: Term) -> Term:
    if not arithmetic.defined(left.kind, sign, right.kind):
        return NULL
    if left.kind == right.kind == "number" and sign != "**":
        return _divided(left, right) if sign == "/" else _number(sign, left, right)
    say_so = {"+": _added, "-": _subtracted}.get(sign)
    found = say_so(left, right) if say_so else None
    if found is None:
        raise unsayable(f"{left.kind} {sign} {right.kind}")
    return found


def _number(sign: str, left: Term, right: Term) -> Term:
    (whole, part), (others, rest) = left.digits, right.digits
    digits = (whole + others, part + rest) if sign == "*" else (max(whole, others) + 1, max(part, rest))
    sure = left.sure and right.sure
    exact = said("number", f"({{0}} {sign} {{1}})", numeric(left), numeric(right), digits=digits, sure=sure)
    return exact if sum(digits) <= PRECISION else rounded(exact)


def rounded(exact: Term) -> Term:
    """A number as decimal128 holds it. Raises Unsayable for one that may be too long to be worked out."""
    if max(exact.digits) > MOST_DIGITS:
        raise unsayable("* /")
    return said("number", ROUND, exact, digits=exact.digits, sure=exact.sure)


def _divided(left: Term, right: Term) -> Term:
    """A quotient, null for a divisor of 0.

    It is worked out to so many places that rounding to 34 digits cannot go astray: a quotient that does not end
    differs from every half-way point by more than the places left out.
    """
    (whole, part), (others, rest) = left.digits, right.digits
    places = part + others + 2 * (PRECISION + 2)
    exact = said(
        "number",
        f"(round({{0}}, {places}) / nullif({{1}}, 0))",
        numeric(left),
        numeric(right),
        digits=(whole + rest + 1, part + others + PRECISION),
    )
    return rounded(exact)


def _added(left: Term, right: Term) -> Term | None:
    match left.kind, right.kind:
        case "string", "string":
            fits = f"char_length(v0) + char_length(v1) <= {MOST_CHARACTERS}"
            return once("string", f"CASE WHEN {fits} THEN v0 || v1 END", left, right)
        case (("date" | "date and time"), _):
            return _moved(left, right, 1)
        case _, ("date" | "date and time"):
            return _moved(right, left, 1)
    return _durations("+", left, right)


def _subtracted(left: Term, right: Term) -> Term | None:
    match left.kind, right.kind:
        case "date", "date":
            return said("days and time duration", f"(({{0}} - {{1}})::numeric * {DAY})", left, right)
        case "date and time", "date and time":
            return said("days and time duration", "(extract(epoch from ({0} - {1}))::numeric * 1000000)", left, right)
        case (("date" | "date and time"), ("days and time duration" | "years and months duration")):
            return _moved(left, right, -1)
    return _durations("-", left, right)


def _durations(sign: str, left: Term, right: Term) -> Term | None:
    if left.kind != right.kind or left.kind not in ("days and time duration", "years and months duration"):
        return None
    if left.kind == "years and months duration":
        return said(left.kind, f"({{0}} {sign} {{1}})", left, right)
    least, most = -999_999_999 * DAY, 1_000_000_000 * DAY - 1
    sum_ = f"v0 {sign} v1"
    return once(left.kind, f"CASE WHEN {sum_} BETWEEN {least} AND {most} THEN {sum_} END", left, right)


def _moved(day: Term, length: Term, way: int) -> Term | None:
    """A date so much later, or earlier; only by a length that is written out, so that no calendar ends on the way."""
    if not length.params or not length.sure or length.sql != "%s::numeric":
        return None
    amount = way * length.params[0]
    months = length.kind == "years and months duration"
    years = abs(amount) // (12 if months else 365 * DAY) + 1
    if day.shift + years > FURTHEST:
        return None
    if day.kind == "date":
        sql, kind, param = _DATE[months], "date", amount if months else amount // DAY
        return _shifted(day, sql, kind, (int(param),), years)  # type: ignore[arg-type]
    if months:
        return None
    hours, rest = divmod(amount, DAY // 24)
    sql = "({0} + make_interval(hours => %s::int, secs => %s::numeric / 1000000))"
    return _shifted(day, sql, "date and time", (int(hours), int(rest)), years)


_DATE = {True: "({0} + make_interval(months => %s::int))::date", False: "({0} + %s::int)"}


def _shifted(day: Term, sql: str, kind: Kind, params: tuple[int, ...], years: int) -> Term:
    found = said(kind, sql, day, shift=day.shift + years, sure=day.sure)
    return replace(found, params=(*found.params, *params))
