"""The page of one question, step or group: what its inputs hold, and what was typed into them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.editing.questions import conditions, judging, kinds, panel
from zhongshu.engine.studio.rules.editing.questions.conditions import Condition, Known, Rule
from zhongshu.engine.studio.rules.editing.questions.layout import StepPanel
from zhongshu.engine.studio.rules.editing.questions.panel import Panel

Typed = Mapping[str, str]
Questions = Mapping[str, Known]

MOST_CONDITIONS = 8
_PLAIN = ("kind", "title", "title_en", "help", "help_en", "least", "most", "unit", "source")
_STEP = ("title", "title_en", "help", "help_en")


@dataclass(frozen=True, slots=True)
class Picked:
    """One condition as its inputs hold it; `id` is the beginning of their names, `wrong` which of them is."""

    id: str
    name: str
    test: str
    value: str
    wrong: str


@dataclass(frozen=True, slots=True)
class RuleForm:
    """The inputs of one rule: `how` it is said, the conditions picked with room for one more, its text.

    `wrong` tells that one of them is.
    """

    part: str
    how: str
    word: str
    rows: tuple[Picked, ...]
    text: str
    wrong: bool


def inputs(said: Panel, questions: Questions) -> dict[str, str]:
    """What the inputs of a question hold."""
    values = {part: str(getattr(said, part)) for part in _PLAIN}
    values |= {"options": panel.lines(said.options), "computed": said.computed}
    values |= {"computed_how": "feel" if said.computed else "typed"}
    values |= _rule_inputs("visible", said.visible, questions, "always")
    return values | _rule_inputs("mandatory", said.mandatory, questions, "always" if said.required else "never")


def step_inputs(said: StepPanel, questions: Questions) -> dict[str, str]:
    """What the inputs of a step or group hold."""
    values = {part: str(getattr(said, part)) for part in _STEP}
    return values | _rule_inputs("visible", said.visible, questions, "always")


def _rule_inputs(part: str, text: str, questions: Questions, without: str) -> dict[str, str]:
    if not text or (part == "mandatory" and without == "always"):
        return {part: text, f"{part}_how": without}
    rule = conditions.read(text, questions)
    if rule is None or len(rule.conditions) > MOST_CONDITIONS:
        return {part: text, f"{part}_how": "feel"}
    values = {part: "", f"{part}_how": "when", f"{part}_word": rule.word}
    for number, each in enumerate(rule.conditions):
        values |= {f"{part}_{number}_{key}": getattr(each, key) for key in ("name", "test", "value")}
    return values


def rule_form(part: str, values: Typed, wrong: str = "") -> RuleForm:
    """The inputs of a rule as the page shows them; `wrong` names the one at fault."""
    rows = [_picked(part, number, values, wrong) for number in range(MOST_CONDITIONS)]
    filled = max((number + 1 for number, row in enumerate(rows) if row.name or row.value), default=0)
    how, word = values.get(f"{part}_how", ""), values.get(f"{part}_word", "and")
    faulty = wrong == part or wrong.startswith(f"{part}_")
    return RuleForm(part, how, word, tuple(rows[: filled + 1]), values.get(part, ""), faulty)


def _picked(part: str, number: int, values: Typed, wrong: str = "") -> Picked:
    id = f"{part}_{number}"
    name, test, value = (values.get(f"{id}_{key}", "").strip() for key in ("name", "test", "value"))
    return Picked(id, name, test, value, wrong.removeprefix(f"{id}_") if wrong.startswith(f"{id}_") else "")


def said(values: Typed, questions: Questions) -> Panel:
    """What was typed of a question; Invalid names the input at fault."""
    must = values.get("mandatory_how", "never")
    return Panel(
        **{part: values.get(part, "").strip() for part in _PLAIN},
        options=panel.options(values.get("options", "")) if _chosen(values) else (),
        required=must == "always",
        visible=_rule("visible", values, questions),
        mandatory=_rule("mandatory", values, questions),
        computed=_text("computed", values) if values.get("computed_how") == "feel" else "",
    )


def step_said(values: Typed, questions: Questions) -> StepPanel:
    """What was typed of a step or group."""
    visible = _rule("visible", values, questions)
    return StepPanel(**{part: values.get(part, "").strip() for part in _STEP}, visible=visible)


def _chosen(values: Typed) -> bool:
    kind = kinds.KINDS.get(values.get("kind", ""))
    return kind is not None and kind.chosen


def _rule(part: str, values: Typed, questions: Questions) -> str:
    how = values.get(f"{part}_how", "")
    if how == "feel":
        return _text(part, values)
    return _from_lists(part, values, questions) if how == "when" else ""


def _text(part: str, values: Typed) -> str:
    text = values.get(part, "").strip()
    if not text:
        raise Invalid("请写上表达式，或者改选别的。", field=part)
    judging.readable(text, part)
    return text


def _from_lists(part: str, values: Typed, questions: Questions) -> str:
    rows = [row for number in range(MOST_CONDITIONS) if (row := _picked(part, number, values)).name or row.value]
    if not rows:
        raise Invalid("请至少选一个条件。", field=f"{part}_0_name")
    rule = Rule(
        tuple(Condition(row.name, row.test, row.value) for row in rows),
        "or" if values.get(f"{part}_word") == "or" else "and",
    )
    try:
        return conditions.write(rule, questions)
    except Invalid as problem:
        number, _, key = problem.field.partition("_")
        problem.field = f"{rows[int(number)].id}_{key}"
        raise


def examples(questions: Questions) -> list[str]:
    """Three conditions that may be written here, with names of this questionnaire as far as it goes."""
    usual = gettext("收入 < 3000 and 人数 >= 3"), gettext('contains(地址, "人民路")'), gettext("count(成员) > 2")
    return _three(_of_its_own(questions), *usual)


def workings(questions: Questions, inner: Mapping[str, Questions]) -> list[str]:
    """Three ways to work an answer out; `inner` are the questions of each repeating group."""
    sums = (
        f"sum({group}.{each.name})"
        for group, asked in inner.items() for each in asked.values() if each.kind in _COUNTED
    )  # fmt: skip
    numbers = [each.name for each in questions.values() if each.kind in _COUNTED]
    own = [f"{numbers[0]} * 12"] if numbers else []
    usual = gettext("单价 * 数量"), gettext('if 人数 > 3 then "大户" else "小户"'), gettext("sum(成员.收入)")
    return _three([*sums, *own], *usual)


def _three(own: Iterable[str], *usual: str) -> list[str]:
    return list(dict.fromkeys([*own, *usual]))[:3]


def _of_its_own(questions: Questions) -> Iterator[str]:
    seen: set[str] = set()
    for each in questions.values():
        if each.kind in seen or each.kind not in _EXAMPLES:
            continue
        seen.add(each.kind)
        yield _EXAMPLES[each.kind].format(name=each.name, value=each.options[0].value if each.options else "")


_COUNTED = ("number", "integer", "amount")
_EXAMPLES = {
    "choice": '{name} = "{value}"', "choices": 'list contains({name}, "{value}")', "boolean": "{name} = true",
    "integer": "{name} >= 3", "number": "{name} >= 0.5", "amount": "{name} < 3000",
    "date": '{name} > date("2026-01-01")', "rows": "count({name}) > 1", "text": 'contains({name}, "A")',
}  # fmt: skip
