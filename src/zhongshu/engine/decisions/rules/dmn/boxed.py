"""Boxed expressions to closures (DMN 1.5 §7.3 and chapters 8 and 10.2.2)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.closures import Closure, Scope, build
from zhongshu.engine.decisions.rules.closures.calling import Defined, invoked
from zhongshu.engine.decisions.rules.closures.walking import gathered, quantified, sifted
from zhongshu.engine.decisions.rules.dmn import columns, source
from zhongshu.engine.decisions.rules.dmn.items import Items, allowing
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.dmn.tables import POLICIES, Input, Output, Table
from zhongshu.engine.decisions.rules.surroundings import Surroundings
from zhongshu.engine.decisions.rules.types import FunctionOf, coerced
from zhongshu.engine.decisions.rules.values import kind

EXPRESSIONS = (
    *("literalExpression", "context", "invocation", "list", "relation", "functionDefinition", "decisionTable"),
    *("conditional", "filter", "for", "some", "every"),
)
FOREIGN = ("Java", "PMML")


class Refused(Exception):
    """A function of a kind that leads out of the platform; its argument is the kind."""


@dataclass(frozen=True, slots=True)
class Box:
    """Reads the boxed expressions of one model. What cannot be read is kept in `problems` and is null."""

    around: Surroundings
    items: Items
    problems: list[str]

    def inside(self, element: Element | None) -> Closure:
        """The closure of the expression in an element; null if it holds none."""
        found = None if element is None else source.child(element, *EXPRESSIONS)
        return _nothing if found is None else self.expression(found)

    def expression(self, element: Element) -> Closure:
        """The closure of a boxed expression, whose value is brought to its type."""
        closure = _KINDS[source.name(element)](self, element)
        if not element.get("typeRef") or source.name(element) == "functionDefinition":
            return closure
        wanted = self.items.named(element.get("typeRef"))
        return lambda scope: coerced(wanted, closure(scope))

    def text(self, written: str) -> Closure:
        """The closure of a FEEL text; null, with a note, if it cannot be read."""
        try:
            return feel.read(written, self.around).closure
        except feel.SyntaxProblem as problem:
            return self.unreadable(written, problem)

    def unreadable(self, written: str, problem: feel.SyntaxProblem) -> Closure:
        """What stands for a text that cannot be read."""
        sentence = str(problem)
        self.problems.append(f"{written[:80]}: {sentence}")

        def nothing(scope: Scope) -> None:
            scope.note("{problem}", problem=sentence)

        return nothing

    def parameters(self, element: Element) -> tuple[tuple[str, ...], FunctionOf]:
        """The names and the type of a function's formal parameters."""
        formal = list(source.children(element, "formalParameter"))
        types = tuple(self.items.named(each.get("typeRef")) for each in formal)
        return tuple(each.get("name", "") for each in formal), FunctionOf(
            types, self.items.named(element.get("typeRef"))
        )


def _nothing(scope: Scope) -> None:
    scope.note("这里没有写决策逻辑。")


def _literal(box: Box, element: Element) -> Closure:
    written = source.text(element)
    return box.text(written) if written else _nothing


def _context(box: Box, element: Element) -> Closure:
    entries: list[tuple[str, Any, Closure]] = []
    for entry in source.children(element, "contextEntry"):
        variable = source.child(entry, "variable")
        name = "" if variable is None else variable.get("name", "")
        wanted = box.items.named(None if variable is None else variable.get("typeRef"))
        entries.append((name, wanted, box.inside(entry)))

    def make(scope: Scope) -> Any:
        outer, made = scope.bound, {}
        try:
            for name, wanted, value in entries:
                found = coerced(wanted, value(scope))
                if not name:
                    return found
                made[name] = found
                scope.bound = {**outer, **made}
        finally:
            scope.bound = outer
        return made

    return make


def _invocation(box: Box, element: Element) -> Closure:
    callee = box.inside(element)
    bindings = []
    for binding in source.children(element, "binding"):
        parameter = source.child(binding, "parameter")
        bindings.append(("" if parameter is None else parameter.get("name", ""), box.inside(binding)))
    names = tuple(name for name, _ in bindings)
    return lambda scope: invoked(callee(scope), [value(scope) for _, value in bindings], names, scope)


def _list(box: Box, element: Element) -> Closure:
    items = [box.expression(item) for item in source.children(element, *EXPRESSIONS)]
    return lambda scope: [item(scope) for item in items]


def _relation(box: Box, element: Element) -> Closure:
    names = [column.get("name", "") for column in source.children(element, "column")]
    rows = [
        [box.expression(cell) for cell in source.children(row, *EXPRESSIONS)] for row in source.children(element, "row")
    ]
    return lambda scope: [{name: cell(scope) for name, cell in zip(names, row, strict=False)} for row in rows]


def _function(box: Box, element: Element) -> Closure:
    if element.get("kind") in FOREIGN:
        raise Refused(element.get("kind"))
    names, shape = box.parameters(element)
    body = box.inside(element)
    return lambda scope: Defined(names, shape.parameters, shape, body, scope.data, scope.bound)


def _conditional(box: Box, element: Element) -> Closure:
    test, chosen, otherwise = (box.inside(source.child(element, name)) for name in ("if", "then", "else"))

    def choose(scope: Scope) -> Any:
        try:
            return chosen(scope) if _truth(test)(scope) is True else otherwise(scope)
        except NoTruth:
            return None

    return choose


class NoTruth(Exception):
    """A condition of a boxed expression is neither true nor false."""


def _truth(closure: Closure, also: str = "boolean") -> Closure:
    """The closure, where anything but a truth value or null is an error (DMN 1.5 §10.2.2.3 and on)."""

    def ask(scope: Scope) -> Any:
        answer = closure(scope)
        if answer is None or kind(answer) in ("boolean", also):
            return answer
        scope.note("条件应当是真或假。")
        raise NoTruth

    return ask


def _filter(box: Box, element: Element) -> Closure:
    values = box.inside(source.child(element, "in"))
    match = _truth(box.inside(source.child(element, "match")), "number")

    def sift(scope: Scope) -> Any:
        try:
            return sifted(values(scope), match, 10, scope)
        except NoTruth:
            return None

    return sift


def _for(box: Box, element: Element) -> Closure:
    bindings = [(element.get("iteratorVariable", ""), box.inside(source.child(element, "in")))]
    body = box.inside(source.child(element, "return"))
    return lambda scope: gathered(bindings, body, 10, scope)


def _quantified(word: str) -> Callable[[Box, Element], Closure]:
    def make(box: Box, element: Element) -> Closure:
        bindings = [(element.get("iteratorVariable", ""), box.inside(source.child(element, "in")))]
        body = _truth(box.inside(source.child(element, "satisfies")))

        def ask(scope: Scope) -> Any:
            outer = scope.bound
            try:
                return quantified(word, bindings, body, 10, scope)
            except NoTruth:
                scope.bound = outer
                return None

        return ask

    return make


# Tables


def _table(box: Box, element: Element) -> Closure:
    policy = element.get("hitPolicy", "UNIQUE")
    if policy not in POLICIES:
        raise source.Unreadable("第 {line} 行：没有这种命中策略。", source.line(element))
    rules = list(source.children(element, "rule"))
    outputs = tuple(_output(box, output) for output in source.children(element, "output"))
    answers = tuple(tuple(_literal(box, cell) for cell in source.children(rule, "outputEntry")) for rule in rules)
    inputs = tuple(_input(box, each, place, rules) for place, each in enumerate(source.children(element, "input")))
    return Table(inputs, outputs, answers, policy, element.get("aggregation", ""))


def _input(box: Box, element: Element, place: int, rules: list[Element]) -> Input:
    asked = source.child(element, "inputExpression")
    cells = [_cell(box, list(source.children(rule, "inputEntry"))[place]) for rule in rules]
    wanted = box.items.named(None if asked is None else asked.get("typeRef"))
    value, allowed = box.text(source.text(asked)), source.text(source.child(element, "inputValues"))
    return Input(
        source.text(asked),
        lambda scope: coerced(wanted, value(scope)),
        allowing(allowed, box.around) if allowed else None,
        columns.make(cells),
    )


def _cell(box: Box, element: Element) -> feel.Expression:
    written = source.text(element) or "-"
    try:
        return feel.read_tests(written, box.around)
    except feel.SyntaxProblem as problem:
        box.unreadable(written, problem)
        return feel.read_tests("null and ?")


def _output(box: Box, element: Element) -> Output:
    default, values = source.child(element, "defaultOutputEntry"), source.text(source.child(element, "outputValues"))
    return Output(
        element.get("name", ""),
        box.items.named(element.get("typeRef")),
        None if default is None else _literal(box, default),
        tuple(_priorities(values, box)) if values else (),
    )


def _priorities(values: str, box: Box) -> list[Callable[[Any], bool]]:
    root = feel.read_tests(values, box.around).root
    return [_is(build(type(root)((test,), False))) for test in root.tests]  # type: ignore[attr-defined, call-arg]


def _is(closure: Closure) -> Callable[[Any], bool]:
    return lambda value: closure(Scope({"?": value})) is True


_KINDS: dict[str, Callable[[Box, Element], Closure]] = {
    "literalExpression": _literal,
    "context": _context,
    "invocation": _invocation,
    "list": _list,
    "relation": _relation,
    "functionDefinition": _function,
    "decisionTable": _table,
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _quantified("some"),
    "every": _quantified("every"),
}
