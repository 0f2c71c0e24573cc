"""Saying something about a task aloud: a voice note beside it."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import attachments, rows, step
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.actions.foreign import verb
from zhongshu.engine.cases.actions.tasks import open_task
from zhongshu.engine.cases.models import VOICE, Attachment
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.sent import DIRECT, Sent

MOST = 20
"""Voice notes of one case."""


@verb
def add_voice(case_id: UUID, token: int, document: UUID, *, sent: Sent = DIRECT, by: Actor, at: datetime) -> None:
    """Put a voice note that the actor has uploaded beside an open task that is theirs to do."""
    held, task = open_task(case_id, token, None, by, at, sent)
    checks.allowed(by, step.reach_of_task(held, task), task, at)
    attachments.own({VOICE: [document]}, by)
    if Attachment.objects.filter(case_id=case_id, field=VOICE).count() >= MOST:
        raise Invalid("一个办件最多 {most} 段录音，请改用文字说明。", field="voice", most=MOST)
    moment = sending.moment(sent, task.opened, at)
    said = {"document": str(document)} | sending.said(sent, moment, at)
    rows.touch_case(held, about_task(held, task, "case.voice_added", by, at, **said))
    attachments.attach(case_id, token, {VOICE: [document]}, None, moment)
