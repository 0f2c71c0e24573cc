"""Asking for something about one's own data, and deciding on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import rules as people
from zhongshu.registers.people.actions import correcting
from zhongshu.registers.privacy.models import Request
from zhongshu.registers.privacy.queries import requests as queries
from zhongshu.registers.privacy.rules import requests as rules

PACK, DESTROY = "privacy.pack", "privacy.destroy"
"""The jobs that carry out what was asked."""


def ask(kind: str, wanted: Mapping[str, str], *, by: Actor, at: datetime) -> Request:
    """Ask for a copy, a correction (`field`, `value`), deletion or closing (`reason`) of one's own data.

    A copy is made at once; the rest is decided within fifteen working days. A Conflict while one of the kind waits.
    """
    typed = _checked(kind, wanted, by)
    owner = queries.owner(by)
    decided = {} if rules.KINDS[kind].decided else {"decided": at, "outcome": Request.Outcome.APPROVED}
    due = None if decided else deadlines.due(at, rules.TERM, calendar.working_days()).at
    try:
        with transaction.atomic():
            made = Request.objects.create(
                kind=kind, account=owner.account, person=owner.person, wanted=typed, asked=at, due=due, **decided
            )
            _record(made, "privacy.asked", by, at)
            if decided:
                app.configure_task(PACK).defer(request=str(made.pk))
    except IntegrityError:
        raise Conflict("您已有一个同样的申请正在办理，请等它办结后再提。") from None
    return made


def _checked(kind: str, wanted: Mapping[str, str], by: Actor) -> dict[str, str]:
    if kind not in rules.KINDS:
        raise Invalid("请选择要办的事：下载、更正、删除或注销。", field="kind")
    if rules.KINDS[kind].decided and by.kind not in queries.ASKING:
        raise Forbidden("工作人员在履职中留下的记录属于单位档案，更正或注销账号请联系系统管理员。")
    if kind == "correct":
        return _correction(wanted)
    return {"reason": _said(wanted.get("reason", ""), "reason")} if kind in rules.DESTROYING else {}


def _correction(wanted: Mapping[str, str]) -> dict[str, str]:
    field, value = wanted.get("field", ""), wanted.get("value", "")
    if field not in rules.FIELDS:
        raise Invalid("请选择要更正的是姓名还是手机号。", field="field")
    try:
        return {"field": field, "value": people.name(value) if field == "name" else people.phone(value)}
    except Invalid as problem:
        problem.field = "value"
        raise


@transaction.atomic
def withdraw(request: UUID, *, by: Actor, at: datetime) -> Request:
    """Take one's own request back before it is decided."""
    held = _locked(request)
    if str(held.account) != by.id:
        raise Absent("没有找到这个申请。")
    return _close(held, Request.Outcome.WITHDRAWN, "", by, at)


@transaction.atomic
def decide(request: UUID, approve: bool, answer: str, *, by: Actor, at: datetime) -> Request:
    """Approve, which does what was asked, or refuse with the reason that the law asks for (art. 50)."""
    queries.one(request, by, at)
    held = _locked(request)
    said = answer.strip()[: rules.LONGEST] if approve else _said(answer, "answer")
    wanted = dict(held.wanted)
    _close(held, Request.Outcome.APPROVED if approve else Request.Outcome.REFUSED, said, by, at)
    if approve and held.kind == "correct":
        correcting.correct(held.account, wanted["field"], wanted["value"], by=by, at=at)
        Request.objects.filter(pk=held.pk).update(done=at)
    elif approve:
        app.configure_task(DESTROY).defer(request=str(held.pk))
    return held


def _locked(request: UUID) -> Request:
    held = Request.objects.select_for_update().filter(pk=request).first()
    if held is None:
        raise Absent("没有找到这个申请。")
    if held.decided is not None:
        raise Conflict("这个申请已经办结，您的页面不是最新的。")
    return held


def _close(held: Request, outcome: str, answer: str, by: Actor, at: datetime) -> Request:
    """Decided; what was typed is not needed any more."""
    withdrawn = outcome == Request.Outcome.WITHDRAWN
    held.decided, held.outcome, held.answer, held.wanted = at, outcome, answer, {}
    held.decider = None if withdrawn else UUID(by.id)
    held.save(update_fields=["decided", "decider", "outcome", "answer", "wanted"])
    _record(held, f"privacy.{outcome}", by, at)
    return held


def _record(held: Request, verb: str, by: Actor, at: datetime, **more: Any) -> None:
    journal.record(subject=("privacy_request", str(held.pk)), verb=verb, by=by, at=at, body={"kind": held.kind, **more})


def _said(text: str, field: str) -> str:
    found = text.strip()
    if not 2 <= len(found) <= rules.LONGEST:
        raise Invalid("请写明理由（2 至 {limit} 字）。", field=field, limit=rules.LONGEST)
    return found
