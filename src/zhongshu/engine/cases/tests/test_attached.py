"""Which answers of a form are documents."""

from typing import Any
from uuid import UUID

from zhongshu.engine.cases.rules import attached
from zhongshu.engine.intake.rules import questionnaire as intake

ONE, TWO = (f"019a0000-0000-7000-8000-00000000000{n}" for n in (1, 2))
PHOTO: dict[str, Any] = {"type": "string", "format": "photo", "title": "照片"}
FORM = intake.read(
    {
        "type": "object", "title": "上报",
        "properties": {
            "said": {"type": "string", "title": "情况"}, "one": PHOTO,
            "many": {"type": "array", "items": {"type": "string", "format": "photo"}, "title": "照片"},
        },
    }
)  # fmt: skip


def test_documents_are_named_by_their_question_and_nothing_else_is_one() -> None:
    given = {"said": ONE, "one": ONE, "many": [ONE, TWO]}
    assert attached.documents(FORM, given) == {"one": [UUID(ONE)], "many": [UUID(ONE), UUID(TWO)]}


def test_what_was_not_answered_has_none() -> None:
    assert attached.documents(FORM, {}) == {"one": [], "many": []}
    assert attached.documents(None, {}) == {}


def test_a_file_in_a_repeating_group_is_named_by_its_row() -> None:
    row = {"type": "object", "properties": {"plan": {"type": "string", "format": "file", "title": "平面图"}}}
    form = intake.read({"type": "object", "properties": {"houses": {"type": "array", "title": "房屋", "items": row}}})
    checked = intake.check(form, {"houses": [{"plan": ONE}, {}, {"plan": TWO}]})
    found = attached.documents(form, checked.answers)
    assert {path: ids for path, ids in found.items() if ids} == {
        "houses.0.plan": [UUID(ONE)], list(found)[-1]: [UUID(TWO)],
    }  # fmt: skip
