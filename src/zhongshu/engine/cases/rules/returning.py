"""What the answers of a task's form say of the body that has it. Pure."""

from zhongshu.engine.intake.rules.questionnaire import Questionnaire

NOT_OURS = "not_ours"
"""The answer of a body that a matter is not its own: the drawing leads back to a dispatcher."""


def result(form: Questionnaire | None) -> str:
    """The question that can be answered so; empty when none can."""
    return next((f.name for f in (form.fields if form else ()) if NOT_OURS in f.labels("zh-hans")), "")


def body(form: Questionnaire | None) -> str:
    """The question, always asked, for the body that a matter is given to; empty when the form has none."""
    return next((f.name for f in (form.fields if form else ()) if f.widget == "body" and f.visible is None), "")
