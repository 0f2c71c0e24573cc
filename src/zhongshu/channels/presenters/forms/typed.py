"""What somebody typed into a form, as the questionnaire takes it: texts by question, rows as lists of such.

A repeating group posts its own name once a row, with the row's number; the inputs of a row are named
`members.0.income`. Numbers may have gaps, for rows are taken away in the browser: their order is what counts.
"""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire

ADD, DROP = "form-add", "form-drop"
"""Names of the buttons that add a row to a group (its name) and take one away (`members.2`)."""


def typed(form: Questionnaire | None, post: QueryDict) -> dict[str, Any]:
    """What was typed, files apart; questions that were not on the page are left out."""
    return _typed(form.fields if form else (), post, "")


def post(kept: Mapping[str, Any]) -> QueryDict:
    """What was kept of a form by the names of its inputs, as the form would send it again."""
    made = QueryDict(mutable=True)
    for name, value in kept.items():
        if value is None:  # asked, and left empty
            continue
        made.setlist(name, [str(each) for each in (value if isinstance(value, list | tuple) else [value])])
    return made


def _typed(fields: tuple[Field, ...], post: QueryDict, prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        name = prefix + field.name
        if name not in post or field.kind in ("photo", "file") or field.computed is not None:
            continue
        if field.kind == "rows":
            found[field.name] = [_typed(field.fields, post, f"{name}.{number}.") for number in numbers(field, post)]
        else:
            found[field.name] = post.getlist(name) if field.many else post[name]
    return found


def numbers(group: Field, post: QueryDict) -> list[str]:
    """The numbers by which a page has named the rows of a group, in order."""
    most: int = group.limits["maxItems"] + 1
    return [number for number in dict.fromkeys(post.getlist(group.name)) if number.isdecimal() and len(number) < 4][
        :most
    ]


def turned(form: Questionnaire | None, answers: Mapping[str, Any], post: QueryDict) -> dict[str, Any] | None:
    """The answers with a row more or less, when one of those buttons was pressed; None when none was."""
    group, _, place = post.get(DROP, post.get(ADD, "")).partition(".")
    asked = next((f for f in (form.fields if form else ()) if f.kind == "rows" and f.name == group), None)
    if asked is None:
        return None
    rows = [*(answers.get(group) or ())]
    if ADD in post:
        rows += [{}] if len(rows) < asked.limits["maxItems"] else []
    else:
        gone = numbers(asked, post)
        rows = [row for number, row in zip(gone, rows, strict=False) if number != place]
    return {**answers, group: rows}
