"""Handling on the spot what a patrol finds (发现即处置): where it may be, and what is asked then. Pure."""

from typing import Any

from zhongshu.affairs.city.rules.events import Handled
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import questionnaire

ON_THE_SPOT, HANDLED = "on_the_spot", "handled"
"""What conditions read of such a find, and the question its photos answer."""
NOTE, PHOTOS = "handled_note", "handled_photos"

QUESTIONS = questionnaire.read(
    {
        "type": "object",
        "properties": {
            NOTE: {
                "type": "string", "title": "怎样处置的", "minLength": 2, "maxLength": 500,
                "x-ui": {"title_en": "What was done", "widget": "textarea"},
            },
            PHOTOS: {
                "type": "array", "title": "处置后的照片", "minItems": 1, "maxItems": 3,
                "items": {"type": "string", "format": "photo"},
                "x-ui": {"title_en": "Photos after it was done"},
            },
        },
        "required": [NOTE, PHOTOS],
    }
)  # fmt: skip
"""What has been done, and photos that show it."""


def provided(scenario: Scenario) -> bool:
    """Whether a scenario's drawing asks for it: then its small finds may be handled by whoever finds them."""
    return ON_THE_SPOT in scenario.net.names()


def questions(scenario: Scenario) -> questionnaire.Questionnaire | None:
    """What is asked of a find handled on the spot; None where the scenario does not provide for it."""
    return QUESTIONS if provided(scenario) else None


def answers(handled: Handled) -> dict[str, Any]:
    """What was done as answers to `QUESTIONS`."""
    return {NOTE: handled.note, PHOTOS: [str(photo) for photo in handled.photos]}
