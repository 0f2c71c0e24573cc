"""One question as its author sees and changes it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.studio.rules.editing.questions import kinds, paths

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose: what is kept, and what it is called."""

    value: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """All an author can say of a question; every part is text as typed, empty where nothing is said.

    `least` and `most` bound the length of a text, the size of a number or the count of a list. `visible`, `mandatory`
    and `computed` are FEEL; `source` is the name of what prefills it.
    """

    kind: str
    title: str
    title_en: str = ""
    help: str = ""
    help_en: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    least: str = ""
    most: str = ""
    unit: str = ""
    visible: str = ""
    mandatory: str = ""
    computed: str = ""
    source: str = ""


_UI = {
    "title_en": "title_en",
    "help": "help",
    "help_en": "help_en",
    "unit": "unit",
    "visible": "visible",
    "required": "mandatory",
    "computed": "computed",
    "source": "source",
}
"""Key of `x-ui` → part of the panel."""


def read(document: Document, path: str) -> Panel:
    """What the document says of the question at `path` (`name`, or `rows.name`); Absent if there is none."""
    schema = paths.schema(document, path)
    kind, ui = kinds.of(schema), schema.get("x-ui", {})
    return Panel(
        kind=kind.name,
        title=schema.get("title", ""),
        required=paths.name(path) in paths.home(document, path).get("required", ()),
        options=_options(schema),
        least=_written(schema.get(kind.least, "")),
        most=_written(schema.get(kind.most, "")),
        **{part: str(ui.get(key, "")) for key, part in _UI.items()},
    )


def write(document: Document, path: str, panel: Panel) -> dict[str, Any]:
    """The document with this said of the question at `path`. Invalid names the part of the panel that cannot be so."""
    if panel.kind not in kinds.KINDS:
        raise Invalid("没有“{kind}”这种题型，请从列表中选。", field="kind", kind=panel.kind)
    if not panel.title.strip():
        raise Invalid("请写上这一题的名称。", field="title")
    kind, copy = kinds.KINDS[panel.kind], deepcopy(dict(document))
    home, name = paths.home(copy, path), paths.name(path)
    schema = _chosen(kinds.turned(paths.schema(copy, path), kind), kind, panel.options)
    schema |= {"title": panel.title.strip()}
    _bound(schema, kind, panel)
    _say(schema, panel)
    home["properties"][name] = schema
    asked = [other for other in home.get("required", []) if other != name]
    home["required"] = [each for each in home["properties"] if each in asked or (each == name and panel.required)]
    return copy


def options(lines: str) -> tuple[Option, ...]:
    """Options typed one a line: `名称`, `名称 | English`, or `名称 | English | value`; blank lines are left out.

    Raises Invalid for a line without a name or a value written twice.
    """
    found: dict[str, Option] = {}
    for number, line in enumerate(filter(None, map(str.strip, lines.splitlines())), 1):
        label, english, value = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        value = value or label
        if not label:
            raise Invalid("第 {line} 个选项没有名称，请补上。", field="options", line=number)
        if value in found:
            raise Invalid("选项“{label}”写了两次，请去掉一个。", field="options", label=label)
        found[value] = Option(value, label, english)
    return tuple(found.values())


def lines(chosen: Sequence[Option]) -> str:
    """The options as `options` reads them."""
    return "\n".join(" | ".join(_parts(option)) for option in chosen)


def _parts(option: Option) -> list[str]:
    if option.value != option.label:
        return [option.label, option.label_en, option.value]
    return [option.label, option.label_en] if option.label_en else [option.label]


def _options(schema: Mapping[str, Any]) -> tuple[Option, ...]:
    items = schema.get("items", {})
    labels = schema.get("x-labels", items.get("x-labels", {}))
    said = {value: labels.get(value, {}) for value in schema.get("enum", items.get("enum", ()))}
    return tuple(Option(value, label.get("zh", value), label.get("en", "")) for value, label in said.items())


def _chosen(schema: dict[str, Any], kind: kinds.Kind, options: Sequence[Option]) -> dict[str, Any]:
    """The schema with these to choose from, where the kind has any."""
    if not kind.chosen:
        return schema
    if not options:
        raise Invalid("请至少写一个选项，每行一个。", field="options")
    values = {"enum": [option.value for option in options]}
    labels = {
        option.value: {"zh": option.label} | ({"en": option.label_en} if option.label_en else {}) for option in options
    }
    place = schema if kind.name == "choice" else schema["items"]
    place.pop("x-labels", None)
    return schema | (values if place is schema else {"items": place | values}) | {"x-labels": labels}


def _bound(schema: dict[str, Any], kind: kinds.Kind, panel: Panel) -> None:
    for part, keyword in (("least", kind.least), ("most", kind.most)):
        if not keyword:
            continue
        schema.pop(keyword, None)
        if typed := getattr(panel, part).strip():
            schema[keyword] = _number(typed, part, whole=not kind.numeric or kind.type == "integer")
    if kind.least in schema and kind.most in schema and schema[kind.least] > schema[kind.most]:
        raise Invalid("下限不能大于上限，请改其中一个。", field="least")


def _number(typed: str, part: str, *, whole: bool) -> int | float:
    try:
        value = Decimal(typed)
    except ArithmeticError:
        raise Invalid("“{typed}”不是数字，请写成 10 或 0.5。", field=part, typed=typed) from None
    if not value.is_finite() or abs(value) > 10**15 or (whole and value != value.to_integral_value()):
        raise Invalid("“{typed}”在这里不行，请写不超过 15 位的整数。", field=part, typed=typed)
    return int(value) if value == value.to_integral_value() else float(value)


def _say(schema: dict[str, Any], panel: Panel) -> None:
    ui = dict(schema.get("x-ui", {}))
    for key, part in _UI.items():
        if text := getattr(panel, part).strip():
            ui[key] = text
        else:
            ui.pop(key, None)
    schema.pop("x-ui", None)
    if ui:
        schema["x-ui"] = ui


def _written(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
