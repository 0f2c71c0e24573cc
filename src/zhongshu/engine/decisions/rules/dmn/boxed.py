"""Boxed expressions to closures (DMN 1.5 §7.3 and 10.2.2); tables have a file of their own."""

from collections.abc import Callable
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.closures import Closure, Scope
from zhongshu.engine.decisions.rules.closures.calling import Defined, invoked
from zhongshu.engine.decisions.rules.closures.walking import gathered, quantified, sifted
from zhongshu.engine.decisions.rules.dmn import source
from zhongshu.engine.decisions.rules.dmn.box import EXPRESSIONS, NOTHING, Box, Refused, boxed
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.types import coerced
from zhongshu.engine.decisions.rules.values import kind

FOREIGN = ("Java", "PMML")


def literal(box: Box, element: Element) -> feel.Expression:
    """The FEEL text of an element."""
    written = source.text(element)
    return box.text(written, element) if written else NOTHING


@boxed("literalExpression")
def _literal(box: Box, element: Element) -> Closure:
    return literal(box, element).closure


@boxed("context")
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


@boxed("invocation")
def _invocation(box: Box, element: Element) -> Closure:
    callee = box.inside(element)
    bindings = []
    for binding in source.children(element, "binding"):
        parameter = source.child(binding, "parameter")
        bindings.append(("" if parameter is None else parameter.get("name", ""), box.inside(binding)))
    names = tuple(name for name, _ in bindings)
    return lambda scope: invoked(callee(scope), [value(scope) for _, value in bindings], names, scope)


@boxed("list")
def _list(box: Box, element: Element) -> Closure:
    items = [box.expression(item) for item in source.children(element, *EXPRESSIONS)]
    return lambda scope: [item(scope) for item in items]


@boxed("relation")
def _relation(box: Box, element: Element) -> Closure:
    names = [column.get("name", "") for column in source.children(element, "column")]
    rows = [
        [box.expression(cell) for cell in source.children(row, *EXPRESSIONS)] for row in source.children(element, "row")
    ]
    return lambda scope: [{name: cell(scope) for name, cell in zip(names, row, strict=False)} for row in rows]


@boxed("functionDefinition")
def _function(box: Box, element: Element) -> Closure:
    if element.get("kind") in FOREIGN:
        raise Refused(element.get("kind"))
    names, shape = box.parameters(element)
    body = box.inside(element)
    return lambda scope: Defined(names, shape.parameters, shape, body, scope.data, scope.bound)


@boxed("conditional")
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


@boxed("filter")
def _filter(box: Box, element: Element) -> Closure:
    values = box.inside(source.child(element, "in"))
    match = _truth(box.inside(source.child(element, "match")), "number")

    def sift(scope: Scope) -> Any:
        try:
            return sifted(values(scope), match, 10, scope)
        except NoTruth:
            return None

    return sift


@boxed("for")
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


for _word in ("some", "every"):
    boxed(_word)(_quantified(_word))
