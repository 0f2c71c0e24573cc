"""A questionnaire: read once from its document, then asked of anyone.

known = questionnaire.read(document)
checked = questionnaire.check(known, {"phone": "13800138000"})
"""

from collections.abc import Mapping
from typing import Any

from zhongshu.engine.intake.rules import document, fields, layout, logic, validation
from zhongshu.engine.intake.rules.answers import Checked, Unfit, check
from zhongshu.engine.intake.rules.judging import Problem
from zhongshu.engine.intake.rules.shape import Field, Group, Kind, Option, Questionnaire, Step

__all__ = ["Checked", "Field", "Group", "Kind", "Option", "Problem", "Questionnaire", "Step", "Unfit", "check", "read"]


def read(source: Mapping[str, Any]) -> Questionnaire:
    """A questionnaire from its JSON Schema; the README lists what may stand in one.

    Raises Invalid; its `field` is the JSON pointer of what is wrong.
    """
    written = document.checked(source)
    ui = written.get("x-ui", {})
    title = fields.text(written, "title", "")
    title_en = fields.text(ui, "title_en", "/x-ui") or title
    asked = {field.name: field for field in fields.fields(written, "")}
    steps = layout.steps(ui, title, title_en, asked)
    ordered = tuple(asked[name] for step in steps for name in step.fields)
    return Questionnaire(title, title_en, ordered, steps, logic.plan(ordered, steps), validation.validator(ordered))
