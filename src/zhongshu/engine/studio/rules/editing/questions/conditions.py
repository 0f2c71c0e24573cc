"""Rules as an author picks them from lists: which question, what of it, which value. Written as FEEL, and read back.

What is not of this form cannot be read back: it stays the text it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel, tree
from zhongshu.engine.studio.rules.editing.questions import layout, panel, paths
from zhongshu.engine.studio.rules.editing.questions.panel import Option

Document = Mapping[str, Any]

SIGNS: Mapping[str, str] = {"is": "=", "not": "!=", "more": ">", "less": "<", "from": ">=", "to": "<="}
_HOLDS, _FILLED = ("has", "lacks"), ("answered", "unanswered")
TESTS = (*SIGNS, *_HOLDS, *_FILLED)
"""What may be asked of an answer; `has` of a text that it contains, of a list that it names."""
YES, NO = "是", "否"
_TRUTHS: Mapping[str, str] = {YES: "true", NO: "false", "yes": "true", "no": "false"}
_NUMBERS = ("number", "integer", "amount")
_LISTS = ("choices",)
_OTHERS = ("time", "date-time", "photo", "file", "body", "bodies", "rows")
"""Kinds of which only is asked whether they are answered."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of one question; `value` as an author writes it: an option by name, 是 or 否, 3, 2026-11-23."""

    name: str
    test: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Conditions that must all hold (`and`), or one of them (`or`)."""

    conditions: tuple[Condition, ...]
    word: Literal["and", "or"] = "and"


@dataclass(frozen=True, slots=True)
class Known:
    """A question a rule may read."""

    name: str
    title: str
    kind: str
    options: tuple[Option, ...] = ()


def known(document: Document, path: str) -> dict[str, Known]:
    """The questions a rule of the one at `path` may read by name, in order; of a step (`""`), all.

    In a repeating group those of the same row come first, and hide those outside of the same name.
    """
    group = paths.outer(path)
    found = inside(document, group)
    if group:
        found |= {name: each for name, each in inside(document, "").items() if name not in found and name != group}
    return {name: each for name, each in found.items() if name != paths.name(path)}


def inside(document: Document, group: str) -> dict[str, Known]:
    """The questions of a repeating group (empty: of the questionnaire itself) by name, in order."""
    names = layout.sequence(document, group)
    return {name: _known(document, f"{group}.{name}" if group else name) for name in names}


def _known(document: Document, path: str) -> Known:
    asked = panel.read(document, path)
    return Known(paths.name(path), asked.title or paths.name(path), asked.kind, asked.options)


def tests(kind: str) -> tuple[str, ...]:
    """What may be asked of answers of a kind."""
    if kind in _OTHERS:
        return _FILLED
    if kind in (*_NUMBERS, "date"):
        return (*SIGNS, *_FILLED)
    if kind in _LISTS:
        return (*_HOLDS, *_FILLED)
    return ("is", "not", *(() if kind in ("choice", "boolean") else _HOLDS), *_FILLED)


def write(rule: Rule, questions: Mapping[str, Known]) -> str:
    """The rule in FEEL; empty without conditions. Invalid names the condition by number and its part (`0_value`)."""
    written = []
    for number, condition in enumerate(rule.conditions):
        try:
            written.append(_written(condition, questions))
        except Invalid as problem:
            problem.field = f"{number}_{problem.field}"
            raise
    return f" {rule.word} ".join(written)


def _written(condition: Condition, questions: Mapping[str, Known]) -> str:
    asked = questions.get(condition.name)
    if asked is None:
        raise Invalid("请选择看哪一题的答案。", field="name")
    if condition.test not in tests(asked.kind):
        raise Invalid("“{title}”不能这样比较，请换一种。", field="test", title=asked.title)
    if condition.test in _FILLED:
        return f"{asked.name} {'!=' if condition.test == 'answered' else '='} null"
    value = _value(condition.value.strip(), asked)
    if condition.test in SIGNS:
        return f"{asked.name} {SIGNS[condition.test]} {value}"
    call = f"{'list contains' if asked.kind in _LISTS else 'contains'}({asked.name}, {value})"
    return call if condition.test == "has" else f"not({call})"


def _value(typed: str, asked: Known) -> str:
    """The value in FEEL."""
    if asked.options:
        return _quoted(_option(typed, asked))
    if asked.kind == "boolean":
        if typed.lower() not in _TRUTHS:
            raise Invalid("“{title}”的答案只有“是”和“否”，请写其中一个。", field="value", title=asked.title)
        return _TRUTHS[typed.lower()]
    if asked.kind in _NUMBERS:
        return _number(typed)
    if asked.kind == "date":
        return f'date("{_day(typed)}")'
    if not typed:
        raise Invalid("请写上要比较的内容。", field="value")
    return _quoted(typed)


def _option(typed: str, asked: Known) -> str:
    for option in asked.options:
        if typed in (option.label, option.value):
            return option.value
    offered = "、".join(option.label for option in asked.options[:10])
    raise Invalid("“{title}”没有这个选项，请写 {offered} 中的一个。", field="value", title=asked.title, offered=offered)


def _number(typed: str) -> str:
    try:
        value = Decimal(typed)
    except ArithmeticError:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > 10**15 or len(typed) > 30:
        raise Invalid("“{typed}”不是数字，请写成 10 或 0.5。", field="value", typed=typed)
    return f"{value:f}"


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise Invalid("“{typed}”不是日期，请写成 2026-11-23。", field="value", typed=typed) from None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read(text: str, questions: Mapping[str, Known]) -> Rule | None:
    """The rule in a text; None for what an author cannot have picked, and is left as it is."""
    try:
        root = feel.compile(text).root
    except feel.SyntaxProblem:
        return None
    joined = isinstance(root, tree.Junction)
    parts = root.parts if isinstance(root, tree.Junction) else (root,)
    found = tuple(_all(_read(part, questions) for part in parts))
    if len(found) < len(parts):
        return None
    return Rule(found, root.word if joined and isinstance(root, tree.Junction) else "and")


def _all(found: Iterable[Condition | None]) -> Iterator[Condition]:
    return (each for each in found if each is not None)


def _read(node: tree.Node, questions: Mapping[str, Known]) -> Condition | None:
    match node:
        case tree.Name(name) if name in questions and questions[name].kind == "boolean":
            return Condition(name, "is", YES)
        case tree.Comparison(sign, tree.Name(name), tree.Literal(value)) if name in questions:
            return _compared(sign, value, questions[name])
        case tree.Call("contains" | "list contains" as function, (tree.Name(name), tree.Literal(str(value))), ()) if (
            name in questions and _holds(questions[name].kind) == function
        ):
            return _checked(Condition(name, "has", _label(value, questions[name])), questions[name])
        case tree.Call("not", (tree.Call("contains" | "list contains") as inner,), ()):
            found = _read(inner, questions)
            return Condition(found.name, "lacks", found.value) if found else None
    return None


def _holds(kind: str) -> str:
    return "list contains" if kind in _LISTS else "contains"


def _compared(sign: str, value: Any, asked: Known) -> Condition | None:
    if value is None and sign in ("=", "!="):
        return Condition(asked.name, "answered" if sign == "!=" else "unanswered")
    test = next((name for name, its in SIGNS.items() if its == sign), "")
    return _checked(Condition(asked.name, test, _label(value, asked)), asked)


def _label(value: Any, asked: Known) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    named = [option.label for option in asked.options if option.value == value]
    return named[0] if named else str(value)


def _checked(condition: Condition, asked: Known) -> Condition | None:
    """The condition if it says, written again, what was read."""
    try:
        _written(condition, {asked.name: asked})
    except Invalid:
        return None
    return condition
