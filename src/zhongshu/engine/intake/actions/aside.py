"""What comes from a page whose session has ended: kept before signing in is asked for, and found again after it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Absent, Conflict, Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.engine.intake.actions import drafts
from zhongshu.engine.intake.models import Aside
from zhongshu.engine.intake.rules import pages
from zhongshu.engine.intake.rules import typed as rules
from zhongshu.engine.intake.rules.pages import Page

ABOUT = "intake.aside"
"""What is set aside is sealed about this."""
MOST = 20
"""Of one browser, waiting for somebody to sign in."""
MOST_OF_ONE = 60
"""Of one account, in all browsers."""


@transaction.atomic
def set_aside(page: Page, sent: Any, *, base: int, step: str = "", browser: bytes, at: datetime) -> UUID:
    """Keep what nobody signed in has sent from a page that was drawn for an account; returns the id of its draft.

    It is shown to nobody: `take_over` saves it once that account has signed in with this browser.
    """
    typed = rules.clean(sent)
    rules.bounded(typed)
    if not page.account:
        raise Absent("这个页面没有登录也可以保存。")
    here, of_one = Aside.objects.filter(browser=browser), Aside.objects.filter(whose=page.account)
    if here[:MOST].count() >= MOST or of_one[:MOST_OF_ONE].count() >= MOST_OF_ONE:
        raise Conflict("这台设备上等待登录的内容太多，这一次没有保存。请先登录。")
    told = {"page": page.written(), "typed": typed, "base": base, "step": step[:64]}
    made = Aside.objects.create(
        browser=browser, whose=page.account, behalf=page.behalf, kept=at,
        sealed=sealing.seal(json.dumps(told, ensure_ascii=False), ABOUT),
    )  # fmt: skip
    _record(made, "intake.set_aside", ANONYMOUS, at)
    return page.draft


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was set aside: the page it came from, what was typed there, on which revision, at which step."""

    page: Page
    typed: dict[str, Any]
    base: int
    step: str


def take_over(browser: bytes, *, by: Actor, at: datetime) -> list[UUID]:
    """Save what this browser had set aside for who has just signed in; returns the drafts it is in now.

    Each in a transaction of its own: what cannot be saved just now stays where it is. What was typed for another party
    waits until they act for that again.
    """
    waiting = Aside.objects.filter(browser=browser, whose=by.id, behalf=pages.behalf(by)).order_by("kept", "id")
    found = (_taken(aside.pk, browser, by, at) for aside in waiting[:MOST])
    return list(dict.fromkeys(draft for draft in found if draft))


def _taken(aside: UUID, browser: bytes, by: Actor, at: datetime) -> UUID | None:
    try:
        with transaction.atomic():
            held = Aside.objects.select_for_update().filter(pk=aside).first()
            return _saved(held, browser, by, at) if held else None
    except Refusal:
        return None


def _saved(held: Aside, browser: bytes, by: Actor, at: datetime) -> UUID:
    one = read(held)
    try:
        with transaction.atomic():
            done = drafts.save(one.page, one.typed, base=one.base, step=one.step, browser=browser, by=by, at=at)
    except Conflict:  # its draft was sent meanwhile: what was typed becomes one of its own
        page = Page(uuid_utils.compat.uuid7(), one.page.subject, one.page.account, one.page.behalf)
        done = drafts.save(page, one.typed, base=0, step=one.step, browser=browser, by=by, at=at)
    _record(held, "intake.aside_taken_over", by, at)
    held.delete()
    return done.draft.pk


def read(held: Aside) -> Waiting:
    """What was set aside."""
    told = json.loads(sealing.opened(held.sealed, ABOUT))
    return Waiting(Page.read(told["page"]), told["typed"], told["base"], told["step"])


def _record(held: Aside, verb: str, by: Actor, at: datetime) -> None:
    journal.record(subject=("aside", str(held.pk)), verb=verb, by=by, at=at, body={})
