"""Pages of drafts for the stories here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.actions import drafts
from zhongshu.engine.intake.queries import pages
from zhongshu.engine.intake.rules.pages import Page, Subject

HERE, ELSEWHERE = b"h" * 32, b"e" * 32
POTHOLE = Subject("city-event", 1, "道路坑洼", "Pothole", "/report/1101/", category="1101")


def page(by: Actor, draft: UUID | None = None, subject: Subject = POTHOLE) -> Page:
    return pages.drawn(subject, by, draft)


def begun(by: Actor, at: datetime, browser: bytes | None = HERE, **answers: Any) -> drafts.Saved:
    return drafts.save(page(by), answers or {"name": "王芳"}, base=0, browser=browser, by=by, at=at)
