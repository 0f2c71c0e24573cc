"""A decision table as a condition: what decides one case finds all who are entitled.

    written = tables.decided(model, "资格", "符合", facts)       # everyone for whom the decision is “符合”

In SQL a table is the array of the numbers of its rules that are met, in the order of its hit policy.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.decisions.rules import tree
from zhongshu.engine.decisions.rules.dmn.models import Model, Part
from zhongshu.engine.decisions.rules.dmn.tables import Input, Table
from zhongshu.engine.decisions.rules.feel import Expression
from zhongshu.engine.decisions.rules.sql.conditions import Condition, of
from zhongshu.engine.decisions.rules.sql.saying import Around, holds, say, unsayable
from zhongshu.engine.decisions.rules.sql.terms import NULL, TRUE, Lookup, Term, joined
from zhongshu.engine.decisions.rules.types import ANY, ContextOf, Simple, Type, coerced
from zhongshu.engine.decisions.rules.values import clean, equal

LISTS = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")
RANKED = ("PRIORITY", "OUTPUT ORDER")


def decided(model: Model, name: str, answer: Any, facts: Lookup, at: datetime | None = None) -> Condition:
    """Whether a decision made by a table is this answer; of one that lists answers, whether this is among them.

    Never null. Every cell must be one that SQL can say, every output written out, every input of the type its column
    has. Raises Unsayable, which names what is not.
    """
    part = model.named(name, "decision")
    if part is None or not isinstance(part.closure, Table) or answer is None:
        raise unsayable(name if answer is not None else "null")
    given = {_input(part, model.at(need), facts) for need in part.needs}
    if strange := _names(part.closure) - given:
        raise unsayable(min(strange))
    around = Around(facts, at)
    found = _Answers(part.closure, part.type, answer).condition(around)
    return of(found, found)


def _input(part: Part, need: Part | None, facts: Lookup) -> str:
    """The name of an input. What the table would see as null and SQL as something is refused: an input of a type that
    its column is not of, and one of an imported model.
    """
    if need is None or need.sort != "inputData" or need.namespace != part.namespace:
        raise unsayable(need.name if need else part.name)
    if not _fits(need.type, (need.name,), facts):
        raise unsayable(need.name)
    return need.name


def _names(table: Table) -> frozenset[str]:
    """Every name the table asks; one without an arrow to it is null."""
    columns = ((column.asked, *column.cells, *([column.values] if column.values else ())) for column in table.inputs)
    return frozenset().union(*(each.names for column in columns for each in column))


def _fits(wanted: Type, path: tuple[str, ...], facts: Lookup) -> bool:
    if isinstance(wanted, ContextOf):
        return all(_fits(entry, (*path, name), facts) for name, entry in wanted.entries)
    column = facts(path)
    return wanted == ANY or (isinstance(wanted, Simple) and column is not None and column.kind == wanted.name)


@dataclass(frozen=True, slots=True)
class _Answers:
    """A table, the type its value is brought to, and the answer that is looked for."""

    table: Table
    type: Type
    sought: Any

    def condition(self, around: Around) -> Term:
        """True where the table's value is the answer, else false."""
        met, params = self._met(around)
        asked = f"(SELECT CASE cardinality(met) WHEN 0 THEN {self._default()} ELSE {self._chosen()} END FROM (SELECT"
        found = Term(f"{asked} {met} AS met) AS rules)", (self._right(), *params), "boolean", sure=True)
        allowed = [holds(each.values.root, self._of(each, around)) for each in self.table.inputs if each.values]
        return joined("AND", [*_surely(allowed), found])

    def _met(self, around: Around) -> tuple[str, tuple[Any, ...]]:
        subjects = [self._of(each, around) for each in self.table.inputs]
        rules = [(place, self._rule(place, subjects)) for place in self._order()]
        cases = ", ".join(f"CASE WHEN {rule.sql} THEN {place} END" for place, rule in rules)
        params = tuple(param for _, rule in rules for param in rule.params)
        return f"array_remove(ARRAY[{cases}]::int[], NULL)", params

    def _order(self) -> list[int]:
        places = range(len(self.table.rules))
        if self.table.policy not in RANKED:
            return list(places)
        ranks = [[out.rank(value) for out, value in zip(self.table.outputs, self._row(p), strict=True)] for p in places]
        return sorted(places, key=lambda place: ranks[place])

    def _of(self, column: Input, around: Around) -> Around:
        """What is known in a column: `?` is what it asks."""
        subject = say(column.asked.root, around)
        if column.type != ANY and column.type != Simple(subject.kind) and subject != NULL:
            raise unsayable(column.asked.source)
        return Around(around.facts, around.at, subject)

    def _rule(self, place: int, subjects: list[Around]) -> Term:
        cells = (column.cells[place].root for column in self.table.inputs)
        asked = [holds(cell, subject) for cell, subject in zip(cells, subjects, strict=True)]
        return joined("AND", [term for term in asked if term != TRUE] or [TRUE])

    def _right(self) -> list[int]:
        """The rules whose outputs are the answer."""
        return [place for place in range(len(self.table.rules)) if self._is(self._value(self._row(place)))]

    def _value(self, outputs: list[Any]) -> Any:
        value = self.table.shown(outputs)
        return value if self.table.policy in LISTS else coerced(self.type, value)

    def _is(self, value: Any) -> bool:
        return equal(clean(value), clean(self.sought)) is True

    def _row(self, place: int) -> list[Any]:
        cells = zip(self.table.outputs, self.table.rules[place], strict=True)
        return [coerced(out.type, _constant(cell)) for out, cell in cells]

    def _chosen(self) -> str:
        """Whether the answer is that of the rules met; `%s` are the right ones."""
        if self.table.aggregation or (self.table.policy in LISTS and self.type != ANY):
            raise unsayable(self.table.aggregation or self.table.policy)
        match self.table.policy:
            case "UNIQUE":
                return "cardinality(met) = 1 AND met[1] = ANY(%s::int[])"
            case "ANY" if self._agree():
                return "met <@ %s::int[]"
            case "FIRST" | "PRIORITY":
                return "met[1] = ANY(%s::int[])"
        if self.table.policy not in LISTS:
            raise unsayable(self.table.policy)
        return "met && %s::int[]"

    def _agree(self) -> bool:
        """Whether the right rules are the same answer before they are brought to the type of the decision."""
        right = [self.table.shown(self._row(place)) for place in self._right()]
        return all(equal(clean(value), clean(right[0])) for value in right)

    def _default(self) -> str:
        outputs = self.table.outputs
        if not any(out.default for out in outputs):
            return "false"
        value = self.table.shown(
            [coerced(out.type, _constant(out.default)) if out.default else None for out in outputs]
        )
        found = clean(coerced(self.type, value))
        items = found if self.table.policy in LISTS and isinstance(found, list) else [found]
        return "true" if any(map(self._is, items)) else "false"


def _constant(cell: Expression) -> Any:
    if not isinstance(cell.root, tree.Literal):
        raise unsayable(cell.source)
    return cell.root.value


def _surely(terms: list[Term]) -> Iterator[Term]:
    for term in terms:
        yield Term(f"COALESCE({term.sql}, false)", term.params, "boolean", sure=True)
