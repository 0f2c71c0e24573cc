"""One question from its schema: its kind, its options, its limits, its words."""

from collections.abc import Callable, Mapping
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import validation
from zhongshu.engine.intake.rules.document import refuse
from zhongshu.engine.intake.rules.shape import LARGEST_NUMBER, Field, Kind, Option

MOST_TEXT, LONGEST_TEXT, LONGEST_ADDRESS = 2_000, 10_000, 300
MOST_FILES, MOST_ROWS, MOST_BODIES = 9, 50, 100
LONGEST_NAME, LONGEST_UNIT, LONGEST_SOURCE = 64, 16, 64
LONGEST_PATTERN = 200
"""Letters of a pattern, and of a text that is held against one."""
LARGEST_AMOUNT = 10**13
"""Yuan; up to here a float keeps every fen."""
ACCEPTED = ("pdf", "image", "office")
_PLAIN: Mapping[str, Kind] = {"number": "number", "integer": "integer", "boolean": "boolean"}
_FORMATS: Mapping[str, Kind] = {
    "date": "date", "time": "time", "date-time": "date-time", "phone": "phone", "email": "email", "address": "address",
    "id-number": "id-number", "uscc": "uscc", "photo": "photo", "file": "file",
}  # fmt: skip
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "text": {"maxLength": MOST_TEXT},
    "longtext": {"maxLength": MOST_TEXT},
    "phone": {"maxLength": 32},
    "email": {"maxLength": 254},
    "address": {"maxLength": LONGEST_ADDRESS},
    "number": {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
    "integer": {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
    "amount": {"minimum": -LARGEST_AMOUNT, "maximum": LARGEST_AMOUNT, "multipleOf": 0.01},
}
_LIMITS = (
    "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "const", "minItems", "maxItems",
)  # fmt: skip
_LISTED = {"choices", "photo", "file", "bodies", "rows"}
_UNWORKABLE = {"photo", "file", "bodies", "rows"}
"""Kinds that are never worked out."""


def fields(part: Mapping[str, Any], path: str) -> tuple[Field, ...]:
    """The fields of a document, or of a row: as `x-ui.order` has them, then as they are written."""
    schemas, ui = part["properties"], part.get("x-ui", {})
    required = names(part.get("required", []), schemas, f"{path}/required")
    order = names(ui.get("order", []), schemas, f"{path}/x-ui/order")
    rest = (name for name in schemas if name not in set(order))
    return tuple(_field(name, schemas[name], name in required, path) for name in (*order, *rest))


def names(found: Any, known: Mapping[str, Any], path: str) -> list[str]:
    """A list of different names of questions, refused otherwise."""
    if not isinstance(found, list) or len(set(map(str, found))) < len(found):
        raise refuse("{path} 处应当是一列互不相同的名称。", path)
    for name in found:
        if not isinstance(name, str) or name not in known:
            raise refuse("{path} 处的“{name}”不在问卷里。", path, name=name)
    return found


def text(part: Mapping[str, Any], key: str, path: str, most: int = LONGEST_TEXT) -> str:
    """The text under a key, empty if there is none; anything else is refused."""
    found = part.get(key, "")
    if not isinstance(found, str) or len(found) > most:
        raise refuse("{path} 处应当是文字，最多 {most} 个字。", f"{path}/{key}", most=most)
    return found


def rule(part: Mapping[str, Any], key: str, path: str) -> feel.Expression | None:
    """The FEEL expression under a key; None if there is none."""
    if part.get(key) is None:
        return None
    if not isinstance(part[key], str):
        raise refuse("{path} 处应当是一段 FEEL 表达式。", f"{path}/{key}")
    try:
        return feel.compile(part[key])
    except feel.SyntaxProblem as problem:
        problem.field = f"{path}/{key}"
        raise


def _field(name: str, schema: Mapping[str, Any], required: bool, within: str) -> Field:
    path, ui = f"{within}/properties/{name}", schema.get("x-ui", {})
    if len(name) > LONGEST_NAME or not _is_name(name):
        raise refuse("{path} 的名称应当由字母、汉字、数字或下划线组成，不以数字开头。", path)
    kind, title = _kind(schema, path), text(schema, "title", path) or name
    shown = f"{path}/x-ui"
    explained = text(ui, "help", shown) or text(schema, "description", path)
    unit = text(ui, "unit", shown, LONGEST_UNIT) or ("元" if kind == "amount" else "")
    return Field(
        name=name,
        kind=kind,
        many=schema["type"] == "array",
        title=title,
        title_en=text(ui, "title_en", shown) or title,
        help=explained,
        help_en=text(ui, "help_en", shown) or explained,
        required=required,
        widget=ui.get("widget", ""),
        options=_options(schema, path),
        limits=_limits(kind, schema, path),
        visible=rule(ui, "visible", shown),
        mandatory=rule(ui, "required", shown),
        computed=_computed(kind, ui, shown),
        source=_source(ui, shown),
        unit=unit,
        unit_en=text(ui, "unit_en", shown, LONGEST_UNIT) or ("CNY" if unit == "元" else unit),
        accept=_accept(kind, ui, shown),
        fields=fields(schema["items"], f"{path}/items") if kind == "rows" else (),
    )


def _kind(schema: Mapping[str, Any], path: str) -> Kind:
    widget = schema.get("x-ui", {}).get("widget")
    if schema["type"] == "array":
        return _listed(schema["items"], widget, path)
    if widget == "amount" and schema["type"] != "number":
        raise refuse("{path} 处写 amount 的，类型应当是 number。", f"{path}/x-ui/widget")
    if schema["type"] != "string":
        return "amount" if widget == "amount" else _PLAIN[schema["type"]]
    if "enum" in schema:
        return "choice"
    if "format" in schema:
        if schema["format"] not in _FORMATS:
            raise refuse("{path} 处只能是 {formats} 中的一种。", f"{path}/format", formats="、".join(_FORMATS))
        return _FORMATS[schema["format"]]
    return "longtext" if widget == "textarea" else "text"


def _listed(items: Mapping[str, Any], widget: Any, path: str) -> Kind:
    if items.get("type") == "object":
        return "rows"
    if items == {"type": "integer"} and widget == "body":
        return "bodies"
    if items.get("type") == "string" and "enum" in items and "format" not in items:
        return "choices"
    if items.get("type") == "string" and items.get("format") in ("photo", "file") and "enum" not in items:
        return _FORMATS[items["format"]]
    raise refuse("{path} 处只能是选项、单位、照片、文件或分行的列表。", f"{path}/items")


def _options(schema: Mapping[str, Any], path: str) -> tuple[Option, ...]:
    items = schema.get("items", {})
    values = schema.get("enum", items.get("enum", []))
    if any(not isinstance(value, str) or not value for value in values) or len(set(values)) < len(values):
        raise refuse("{path} 处的选项应当是互不相同的文字。", f"{path}/enum")
    labels = schema.get("x-labels", items.get("x-labels", {}))
    if not _is_texts(labels, lambda label: _is_texts(label, lambda text: isinstance(text, str))):
        raise refuse("{path} 处应当给每个选项写 zh 和 en 两个名称。", f"{path}/x-labels")
    return tuple(_option(value, labels.get(value, {})) for value in values)


def _option(value: str, label: Mapping[str, str]) -> Option:
    name = label.get("zh", value)
    return Option(value, name, label.get("en", name))


def _limits(kind: Kind, schema: Mapping[str, Any], path: str) -> dict[str, Any]:
    limits = {**_DEFAULTS.get(kind, {}), **{key: schema[key] for key in _LIMITS if key in schema}}
    if kind in _LISTED and schema["type"] == "array":
        chosen = len(schema["items"].get("enum", ()))
        most = {"choices": chosen, "rows": MOST_ROWS, "bodies": MOST_BODIES}.get(kind, MOST_FILES)
        limits["maxItems"] = min(limits.get("maxItems", most), most)
    if "pattern" in limits:
        _pattern(limits["pattern"], f"{path}/pattern")
        limits["maxLength"] = min(limits.get("maxLength", LONGEST_PATTERN), LONGEST_PATTERN)
    if "maxLength" in limits:
        limits["maxLength"] = min(limits["maxLength"], LONGEST_TEXT)
    largest = LARGEST_AMOUNT if kind == "amount" else LARGEST_NUMBER
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        if keyword in limits:
            limits[keyword] = max(-largest, min(limits[keyword], largest))
    for low, high in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if low in limits and high in limits and limits[low] > limits[high]:
            raise refuse("{path} 处比上限还大，没有答案能满足，请改小。", f"{path}/{low}")
    return limits


def _pattern(written: str, path: str) -> None:
    if not (len(written) <= LONGEST_PATTERN and written.startswith("^") and written.endswith("$")):
        raise refuse("{path} 处应当以 ^ 开头、以 $ 结尾，最多 {most} 个字符。", path, most=LONGEST_PATTERN)
    if not validation.is_pattern(written):
        raise refuse("{path} 处不是能用的正则表达式：不能回引，不能前后查看，不能太大。", path)


def _computed(kind: Kind, ui: Mapping[str, Any], path: str) -> feel.Expression | None:
    found = rule(ui, "computed", path)
    if found and kind in _UNWORKABLE:
        raise refuse("{path} 处不能用：照片、文件和分行的组算不出来。", f"{path}/computed")
    return found


def _source(ui: Mapping[str, Any], path: str) -> str:
    found = text(ui, "source", path, LONGEST_SOURCE)
    if found and not all(part.isascii() and part.isidentifier() for part in found.split(".")):
        raise refuse("{path} 处应当像 person.name 那样写。", f"{path}/source")
    return found


def _accept(kind: Kind, ui: Mapping[str, Any], path: str) -> tuple[str, ...]:
    if "accept" not in ui:
        return ACCEPTED if kind == "file" else ()
    found = ui["accept"]
    if kind != "file" or not isinstance(found, list) or not found or any(each not in ACCEPTED for each in found):
        raise refuse("{path} 处只用于文件，从 pdf、image、office 中选。", f"{path}/accept")
    return tuple(each for each in ACCEPTED if each in found)


def _is_texts(part: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(part, Mapping) and all(fits(value) for value in part.values())


def _is_name(written: str) -> bool:
    try:
        return written.isidentifier() and feel.compile(written).names == {written}
    except feel.SyntaxProblem:
        return False
