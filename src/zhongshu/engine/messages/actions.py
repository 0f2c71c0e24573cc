"""Sending and reading messages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import transaction
from procrastinate.contrib.django import app

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages import rules
from zhongshu.engine.messages.models import Message


@transaction.atomic
def send(
    template: str, facts: Mapping[str, Any], *, key: str, account: UUID | str | None = None, phone: str = "",
    case_id: UUID | str | None = None, at: datetime,
) -> bool:  # fmt: skip
    """Send a message, once for each `key`; False when that was done before. The way out runs as a job after commit.

    It writes no journal entry of its own: a message is the consequence of an entry, and `key` names that entry.
    """
    rules.sentence(template)
    message = Message(
        id=uuid_utils.compat.uuid7(), key=key, account=account, phone=phone, case_id=case_id, template=template,
        facts=dict(facts), sent=at,
    )  # fmt: skip
    if not Message.objects.bulk_create([message], ignore_conflicts=True) or not _is_new(message):
        return False
    if phone:
        app.configure_task("messages.deliver").defer(message=str(message.id))
    return True


def _is_new(message: Message) -> bool:
    return Message.objects.filter(pk=message.pk).exists()


def mark_read(messages: Iterable[UUID], by: Actor, at: datetime) -> int:
    """These messages are read now, as far as they are the actor's; returns how many were not read before."""
    return Message.objects.filter(pk__in=list(messages), account=by.id, read=None).update(read=at)


def mark_all_read(by: Actor, at: datetime) -> int:
    """Every message the actor has by now is read; returns how many were not read before."""
    return Message.objects.filter(account=by.id, read=None).update(read=at)
