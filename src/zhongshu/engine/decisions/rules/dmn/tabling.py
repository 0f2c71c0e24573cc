"""Decision tables as they are written: XML to a table that can be asked (DMN 1.5, chapter 8)."""

from collections.abc import Callable
from typing import Any

from zhongshu.engine.decisions.rules import feel, tree
from zhongshu.engine.decisions.rules.closures import Closure, Scope, build
from zhongshu.engine.decisions.rules.dmn import columns, source
from zhongshu.engine.decisions.rules.dmn.box import Box, boxed
from zhongshu.engine.decisions.rules.dmn.boxed import literal
from zhongshu.engine.decisions.rules.dmn.items import allowing
from zhongshu.engine.decisions.rules.dmn.source import Element
from zhongshu.engine.decisions.rules.dmn.tables import POLICIES, Input, Output, Table

DECIDED = ("decision", "businessKnowledgeModel")


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
    table = Table(
        inputs, outputs, answers, policy, element.get("aggregation", ""), _decided(element), source.line(element)
    )  # fmt: skip
    box.tables.append(table)
    return table


def _decided(table: Element) -> str:
    """The name of what a table decides."""
    above = (each for each in table.iterancestors() if source.name(each) in DECIDED)
    return next((" ".join(each.get("name", "").split()) for each in above), "")


def _check_width(table: Element, rule: Element) -> None:
    for columns_of, cells in (("input", "inputEntry"), ("output", "outputEntry")):
        if len(list(source.children(table, columns_of))) != len(list(source.children(rule, cells))):
            raise source.Unreadable("第 {line} 行：这条规则的格数与决策表的列数不同，请补齐。", source.line(rule))


def _input(box: Box, element: Element, place: int, rules: list[Element]) -> Input:
    asked = source.child(element, "inputExpression")
    cells = [_cell(box, list(source.children(rule, "inputEntry"))[place]) for rule in rules]
    value, values = box.text(source.text(asked), element), source.child(element, "inputValues")
    written = source.text(values)
    return Input(
        value,
        box.items.named(None if asked is None else asked.get("typeRef")),
        None if values is None or not written else _tests(box, written, values),
        allowing(written, box.around) if written else None,
        tuple(cells),
        columns.make(cells),
    )


def _cell(box: Box, element: Element) -> feel.Expression:
    return _tests(box, source.text(element) or "-", element)


def _tests(box: Box, written: str, element: Element) -> feel.Expression:
    try:
        return feel.read_tests(written, box.around)
    except feel.SyntaxProblem as problem:
        box.unreadable(written, problem, element)
        return feel.read_tests("null and ?")


def _output(box: Box, element: Element) -> Output:
    default, values = (source.child(element, name) for name in ("defaultOutputEntry", "outputValues"))
    return Output(
        element.get("name", ""),
        box.items.named(element.get("typeRef")),
        None if default is None else literal(box, default),
        () if values is None else tuple(_priorities(box, values)),
    )


def _priorities(box: Box, values: Element) -> list[Callable[[Any], bool]]:
    written = source.text(values)
    root = _tests(box, written, values).root if written else None
    tests = root.tests if isinstance(root, tree.UnaryTests) else ()
    return [_is(build(tree.UnaryTests((test,), False))) for test in tests]


def _is(closure: Closure) -> Callable[[Any], bool]:
    return lambda value: closure(Scope({"?": value})) is True
