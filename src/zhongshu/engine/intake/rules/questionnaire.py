"""A questionnaire: read once from its document, then asked of anyone.

known = questionnaire.read(document)
checked = questionnaire.check(known, {"phone": "13800138000"})
"""

from collections.abc import Callable, Mapping
from typing import Any

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import document, pattern, validation
from zhongshu.engine.intake.rules.answers import Checked, Problem, Unfit, check
from zhongshu.engine.intake.rules.document import refuse
from zhongshu.engine.intake.rules.shape import LARGEST_NUMBER, Field, Kind, Option, Questionnaire

__all__ = ["Checked", "Field", "Kind", "Option", "Problem", "Questionnaire", "Unfit", "check", "read"]

MOST_TEXT, LONGEST_TEXT = 2_000, 10_000
MOST_PHOTOS = 9
LONGEST_NAME = 64
_PLAIN: Mapping[str, Kind] = {"number": "number", "integer": "integer", "boolean": "boolean"}
_FORMATS: Mapping[str, Kind] = {"date": "date", "phone": "phone", "photo": "photo"}
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "text": {"maxLength": MOST_TEXT},
    "longtext": {"maxLength": MOST_TEXT},
    "phone": {"maxLength": 32},
    "number": {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
    "integer": {"minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER},
}
_LIMITS = ("minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_OTHER_LIMITS = ("multipleOf", "const", "minItems", "maxItems")


def read(source: dict[str, Any]) -> Questionnaire:
    """A questionnaire from its JSON Schema; the README lists what may stand in one.

    Raises Invalid; its `field` is the JSON pointer of what is wrong.
    """
    schemas = document.properties(source)
    required = _names(source.get("required", []), schemas, "/required")
    ui = source.get("x-ui", {})
    order = _names(ui.get("order", []), schemas, "/x-ui/order")
    fields: list[Field] = []
    for name in [*order, *(name for name in schemas if name not in order)]:
        earlier = {field.name for field in fields}
        fields.append(_field(name, schemas[name], name in required, earlier))
    title = _text(source, "title", "")
    return Questionnaire(title, _text(ui, "title_en", "/x-ui") or title, tuple(fields), validation.validator(fields))


def _field(name: str, schema: Mapping[str, Any], required: bool, earlier: set[str]) -> Field:
    path, ui = f"/properties/{name}", schema.get("x-ui", {})
    if len(name) > LONGEST_NAME or not _is_name(name):
        raise refuse("{path} 的名称应当由字母、汉字、数字或下划线组成，不以数字开头。", path)
    kind, title = _kind(schema, path), _text(schema, "title", path) or name
    explained = _text(ui, "help", f"{path}/x-ui") or _text(schema, "description", path)
    return Field(
        name=name,
        kind=kind,
        many=schema["type"] == "array",
        title=title,
        title_en=_text(ui, "title_en", f"{path}/x-ui") or title,
        help=explained,
        help_en=_text(ui, "help_en", f"{path}/x-ui") or explained,
        required=required,
        widget=ui.get("widget", ""),
        options=_options(schema, path),
        limits=_limits(kind, schema, path),
        visible=_visible(ui.get("visible"), earlier, f"{path}/x-ui/visible"),
    )


def _kind(schema: Mapping[str, Any], path: str) -> Kind:
    if schema["type"] == "array":
        items = schema["items"]
        if items.get("type") == "string" and "enum" in items and "format" not in items:
            return "choices"
        if items.get("type") == "string" and items.get("format") == "photo" and "enum" not in items:
            return "photo"
        raise refuse("{path} 处只能是选项或照片的列表。", f"{path}/items")
    if schema["type"] != "string":
        return _PLAIN[schema["type"]]
    if "enum" in schema:
        return "choice"
    if "format" in schema:
        if schema["format"] not in _FORMATS:
            raise refuse("{path} 处只能是 date、phone 或 photo。", f"{path}/format")
        return _FORMATS[schema["format"]]
    return "longtext" if schema.get("x-ui", {}).get("widget") == "textarea" else "text"


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
    limits = {
        **_DEFAULTS.get(kind, {}),
        **{key: schema[key] for key in (*_LIMITS, *_OTHER_LIMITS) if key in schema},
    }
    if kind in ("choices", "photo") and schema["type"] == "array":
        most = len(schema["items"]["enum"]) if kind == "choices" else MOST_PHOTOS
        limits["maxItems"] = min(limits.get("maxItems", most), most)
    for keyword, most in (("maxLength", LONGEST_TEXT), ("maximum", LARGEST_NUMBER)):
        if keyword in limits:
            limits[keyword] = min(limits[keyword], most)
    if "minimum" in limits:
        limits["minimum"] = max(limits["minimum"], -LARGEST_NUMBER)
    if "pattern" in limits:
        if pattern.compile(limits["pattern"]) is None:
            raise refuse("{path} 处应当以 ^ 开头、以 $ 结尾，不用重复的括号，变化不要太多。", f"{path}/pattern")
        limits["maxLength"] = min(limits.get("maxLength", pattern.LONGEST), pattern.LONGEST)
    return limits


def _visible(text: Any, earlier: set[str], path: str) -> feel.Expression | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise refuse("{path} 处应当是一段 FEEL 表达式。", path)
    try:
        expression = feel.compile(text)
    except feel.SyntaxProblem as problem:
        problem.field = path
        raise
    if unknown := sorted(expression.names - earlier):
        raise refuse("{path} 处只能用排在前面的项，没有“{name}”。", path, name=unknown[0])
    return expression


def _names(names: Any, known: Mapping[str, Any], path: str) -> list[str]:
    if not isinstance(names, list) or len(set(map(str, names))) < len(names):
        raise refuse("{path} 处应当是一列互不相同的名称。", path)
    for name in names:
        if name not in known:
            raise refuse("{path} 处的“{name}”不在问卷里。", path, name=name)
    return names


def _text(part: Mapping[str, Any], key: str, path: str) -> str:
    text = part.get(key, "")
    if not isinstance(text, str):
        raise refuse("{path} 处应当是文字。", f"{path}/{key}")
    return text


def _is_texts(part: Any, fits: Callable[[Any], bool]) -> bool:
    return isinstance(part, Mapping) and all(fits(value) for value in part.values())


def _is_name(text: str) -> bool:
    try:
        return text.isidentifier() and feel.compile(text).names == {text}
    except feel.SyntaxProblem:
        return False
