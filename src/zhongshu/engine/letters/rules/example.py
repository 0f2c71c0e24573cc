"""A case that never was, for looking at a letter before there is one. Pure."""

from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.engine.letters.rules import numbers, telling

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
_BODY = "示例单位"
_VALUES: dict[str, Any] = {
    "text": "示例文字", "longtext": "示例文字，写明情况。", "number": 12_345.6, "integer": 12, "boolean": True,
    "amount": 12_345.6, "date": "2026-03-02", "phone": "13800138000",
}  # fmt: skip


def data(scenario: Scenario, name: str) -> dict[str, Any]:
    """What the letter of this name would get of a case in which every question was answered."""
    letter = scenario.settings.letters[name]
    tasks = {element: _task(scenario.forms.get(element)) for element in scenario.settings.tasks}
    return {
        "letter": {
            "name": letter.name, "number": letter.number and numbers.written(letter.number, AT.year, 1), "body": _BODY,
            "date": telling.day(AT),
        },
        "case": {
            "number": f"{scenario.settings.prefix}26030200000001", "title": scenario.settings.name,
            "place": "示例区示例街道", "address": "示例路 1 号", "opened": telling.day(AT), "due": telling.day(AT),
        },
        "applicant": {"name": "示例申请人", "phone": "13800138000"},
        "answers": answered(scenario.form),
        "tasks": tasks,
        "supplement": {"items": [{"what": "示例材料", "why": "示例理由"}], "due": telling.day(AT)},
    }  # fmt: skip


def _task(form: Questionnaire | None) -> dict[str, Any]:
    return {"by": "示例人员", "closed": telling.day(AT), "answers": answered(form)}


def answered(form: Questionnaire | None) -> dict[str, Any]:
    """A form with an answer to every question."""
    given = {field.name: _value(field) for field in (form.fields if form else ())}
    return telling.answers(form, given, lambda id: _BODY)


def _value(field: Field) -> Any:
    if inner := field.fields:
        return [{one.name: _value(one) for one in inner}]
    if field.options:
        return [field.options[0].value] if field.many else field.options[0].value
    return _VALUES.get(field.kind, "示例文字")
