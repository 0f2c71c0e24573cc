"""Decision tables as they are written: XML to a table that can be asked (DMN 1.5, chapter 8)."""

from collections.abc import Callable
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.decisions.rules.closures import Closure, Scope, build
from zhongshu.engine.decisions.rules.dmn import columns, source
from zhongshu.engine.decisions.rules.dmn.box import Box, boxed
from zhongshu.engine.decisions.rules.dmn.boxed import literal
from zhongshu.engine.decisions.rules.dmn.items import allowing
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.dmn.tables import POLICIES, Input, Output, Table
from zhongshu.engine.decisions.rules.types import coerced


@boxed("decisionTable")
def read(box: Box, element: Element) -> Closure:
    """The table an element writes; Unreadable for a hit policy nobody knows."""
    policy = element.get("hitPolicy", "UNIQUE")
    if policy not in POLICIES:
        raise source.Unreadable("第 {line} 行：没有这种命中策略。", source.line(element))
    rules = list(source.children(element, "rule"))
    for rule in rules:
        _check_width(element, rule)
    outputs = tuple(_output(box, output) for output in source.children(element, "output"))
    answers = tuple(tuple(literal(box, cell) for cell in source.children(rule, "outputEntry")) for rule in rules)
    inputs = tuple(_input(box, each, place, rules) for place, each in enumerate(source.children(element, "input")))
    return Table(inputs, outputs, answers, policy, element.get("aggregation", ""))


def _check_width(table: Element, rule: Element) -> None:
    for columns_of, cells in (("input", "inputEntry"), ("output", "outputEntry")):
        if len(list(source.children(table, columns_of))) != len(list(source.children(rule, cells))):
            raise source.Unreadable("第 {line} 行：这条规则的格数与决策表的列数不同，请补齐。", source.line(rule))


def _input(box: Box, element: Element, place: int, rules: list[Element]) -> Input:
    asked = source.child(element, "inputExpression")
    cells = [_cell(box, list(source.children(rule, "inputEntry"))[place]) for rule in rules]
    wanted = box.items.named(None if asked is None else asked.get("typeRef"))
    value, allowed = box.text(source.text(asked), element), source.text(source.child(element, "inputValues"))
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
        box.unreadable(written, problem, element)
        return feel.read_tests("null and ?")


def _output(box: Box, element: Element) -> Output:
    default, values = source.child(element, "defaultOutputEntry"), source.text(source.child(element, "outputValues"))
    return Output(
        element.get("name", ""),
        box.items.named(element.get("typeRef")),
        None if default is None else literal(box, default),
        tuple(_priorities(values, box)) if values else (),
    )


def _priorities(values: str, box: Box) -> list[Callable[[Any], bool]]:
    root = feel.read_tests(values, box.around).root
    return [_is(build(type(root)((test,), False))) for test in root.tests]  # type: ignore[attr-defined, call-arg]


def _is(closure: Closure) -> Callable[[Any], bool]:
    return lambda value: closure(Scope({"?": value})) is True
