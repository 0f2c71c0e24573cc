"""Being away: naming who does one's new tasks meanwhile."""

from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Deputy
from zhongshu.engine.cases.queries import deputies
from zhongshu.engine.cases.rules import checks, standing_in
from zhongshu.registers.people import actions as lending
from zhongshu.registers.people import queries as people


@transaction.atomic
def name_deputy(deputy: UUID, starts: datetime, ends: datetime, reason: str, *, by: Actor, at: datetime) -> Deputy:
    """Say who does one's new tasks while one is away: those this person may do; the others wait for oneself.

    A colleague holds one's own grants meanwhile (`people.lend_grants`).
    """
    standing_in.period(starts, ends, at)
    if str(deputy) == by.id:
        raise Invalid("不能委托给自己，请另选一人。", field="account")
    target = people.actor(deputy, at)
    if target is None or target.kind != "staff":
        raise Invalid("没有找到要委托的人员，或其账号已停用。", field="account")
    said = checks.reason(reason)
    Deputy.objects.filter(account=by.id, ended=None, ends__lte=at).update(ended=at)
    try:
        with transaction.atomic():
            made = Deputy.objects.create(
                id=uuid_utils.compat.uuid7(), account=by.id, deputy=deputy, starts=starts, ends=ends, reason=said,
                named=at,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict("您已经设置了外出委托，请先取消原来的。") from None
    lending.lend_grants(deputy, starts, ends, by=by, at=at)
    _record("case.deputy_named", made, by, at, starts=starts, ends=ends, reason=said)
    return made


@transaction.atomic
def end_deputy(*, by: Actor, at: datetime) -> None:
    """Be back: new tasks are one's own again; what the deputy has begun they hand back, or one calls it back."""
    found = Deputy.objects.select_for_update().filter(account=by.id, ended=None, ends__gt=at).first()
    if found is None:
        raise Conflict("您没有设置外出委托。")
    close(found, by=by, at=at)


def close(found: Deputy, *, by: Actor, at: datetime) -> None:
    """End a standing-in with its entry, in the caller's transaction."""
    Deputy.objects.filter(pk=found.pk).update(ended=at)
    lending.end_lent(found.account, found.deputy, by=by, at=at)
    _record("case.deputy_ended", found, by, at)


def _record(happened: str, about: Deputy, by: Actor, at: datetime, **more: Any) -> None:
    body = {"account": str(about.account), "deputy": str(about.deputy), **more}
    journal.record(subject=deputies.SUBJECT, verb=happened, by=by, at=at, body=body)
