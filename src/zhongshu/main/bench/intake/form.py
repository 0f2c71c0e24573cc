"""A form as large as a city has few: 200 questions in eight steps, 100 rules, three groups of ten rows, files."""

from collections.abc import Iterator
from typing import Any

FIELDS, RULES, GROUPS, ROWS = 200, 100, 3, 10
STEPS = 8
FILE = "018f3b2e-7c1a-7def-8abc-0123456789ab"
_ID_NUMBER = "11010519491231002X"


def document() -> dict[str, Any]:
    """The questionnaire: the same every time."""
    groups = {f"group_{n}": _group(n) for n in range(GROUPS)}
    inner = sum(len(group["items"]["properties"]) for group in groups.values())
    rules = sum(_rules(field) for group in groups.values() for field in group["items"]["properties"].values())
    plain = dict(_plain(FIELDS - GROUPS - inner, RULES - rules))
    properties = plain | groups
    names = list(properties)
    size = -(-len(names) // STEPS)
    steps = [
        {
            "name": f"step_{n}",
            "title": f"第 {n + 1} 部分",
            "groups": [{"name": f"part_{n}", "fields": names[n * size : (n + 1) * size]}],
        }
        for n in range(STEPS)
    ]
    return {"type": "object", "title": "综合申报", "properties": properties, "x-ui": {"steps": steps}}


def answers() -> dict[str, str]:
    """What its form sends when everything is filled in."""
    found = {name: _answer(field) for name, field in document()["properties"].items() if field["type"] != "array"}
    for n in range(GROUPS):
        for name, field in _group(n)["items"]["properties"].items():
            found |= {f"group_{n}.{row}.{name}": _answer(field) for row in range(ROWS)}
    return {name: text for name, text in found.items() if text}


def _plain(count: int, rules: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Questions of all kinds by turns; the first `rules` of those that can have one hang on others."""
    given = 0
    for n in range(count):
        field = _one(n)
        if n >= STEPS and given < rules:
            rule = _rule(n, given)
            computed = "computed" in rule
            field = {"type": "number", "title": f"合计 {n}", "x-ui": rule} if computed else {**field, "x-ui": rule}
            given += 1
        yield f"field_{n}", field


def _one(n: int) -> dict[str, Any]:
    title = f"第 {n} 项"
    kinds: list[dict[str, Any]] = [
        {"type": "boolean"},
        {"type": "string", "enum": ["a", "b", "c"]},
        {"type": "number", "minimum": 0},
        {"type": "string", "maxLength": 100},
        {"type": "string", "format": "date"},
        {"type": "string", "format": "phone"},
        {"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
        {"type": "string", "format": "file"},
    ]
    return {**kinds[n % len(kinds)], "title": title}


def _rule(n: int, turn: int) -> dict[str, str]:
    """Rules by turns: shown under a condition, required under one, worked out."""
    before = n - n % STEPS - STEPS
    shown = f'field_{before} = true or field_{before + 1} in ("a", "b")'
    required = f'field_{before + 4} > date("2020-01-01") and field_{before + 2} >= 10'
    computed = f"sum(group_{turn % GROUPS}.total) + {turn}"
    return ({"visible": shown}, {"required": required}, {"visible": shown}, {"computed": computed})[turn % 4]


def _group(n: int) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": {"type": "string", "title": "姓名", "maxLength": 50},
        "number": {"type": "string", "title": "身份证号码", "format": "id-number"},
        "born": {"type": "string", "title": "出生日期", "format": "date"},
        "count": {"type": "integer", "title": "数量", "minimum": 0},
        "price": {"type": "number", "title": "单价", "x-ui": {"widget": "amount", "required": "count > 0"}},
        "total": {"type": "number", "title": "小计", "x-ui": {"widget": "amount", "computed": "count * price"}},
        "reason": {"type": "string", "title": "说明", "x-ui": {"visible": "total > 1000", "required": "count > 5"}},
        "proof": {"type": "string", "title": "凭证", "format": "file"},
    }
    return {
        "type": "array", "title": f"明细 {n + 1}", "maxItems": ROWS,
        "items": {"type": "object", "properties": fields},
    }  # fmt: skip


def _rules(field: dict[str, Any]) -> int:
    return len({"visible", "required", "computed"} & field.get("x-ui", {}).keys())


def _answer(field: dict[str, Any]) -> str:
    if "computed" in field.get("x-ui", {}):
        return ""
    if "enum" in field:
        return "a"
    if "pattern" in field:
        return "AB123"
    formats = {"date": "2026-03-01", "phone": "13800138000", "file": FILE, "id-number": _ID_NUMBER}
    by_type = {"boolean": "true", "number": "1200.5", "integer": "6", "string": "一段文字"}
    return formats.get(field.get("format", ""), by_type[field["type"]])
