"""A question that is answered with files, as a form shows it."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.main.templatetags import questions

SCHEMA = {
    "type": "object", "title": "上报",
    "properties": {"plan": {"type": "array", "title": "平面图", "items": {"type": "string", "format": "file"}}},
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    value: str
    address: str


def test_files_sent_before_are_links_that_can_be_left_out_and_more_can_be_chosen() -> None:
    form = intake.read(SCHEMA)
    asked = questions.question(form, "plan", {"plan": [Kept("019a", "/documents/019a/full/")]})
    page = render_to_string("forms/field.html", {"asked": asked})
    assert 'href="/documents/019a/full/" download' in page and 'name="plan" value="019a"' in page
    assert 'name="photo-drop" value="019a"' in page and "<img" not in page
    assert 'type="file"' in page and ".pdf,.docx,.xlsx" in page and " multiple" in page
