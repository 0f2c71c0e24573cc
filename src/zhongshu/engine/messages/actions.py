"""Sending and reading messages."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction
from procrastinate.contrib.django import app
from psycopg.types.json import Jsonb

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages import doors, rules
from zhongshu.engine.messages.models import Message

# One statement: a reaction sends many, and most go to accounts, which is all there is to do.
_SEND = """
INSERT INTO messages_message (id, key, account, phone, case_id, template, facts, sent, problem)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, '') ON CONFLICT (key) DO NOTHING RETURNING 1
"""


def send(
    template: str, facts: Mapping[str, Any], *, key: str, account: UUID | str | None = None, phone: str = "",
    case_id: UUID | str | None = None, at: datetime,
) -> bool:  # fmt: skip
    """Send a message, once for each `key`; False when that was done before. The way out, where there is one, runs as a
    job after commit.

    It writes no journal entry of its own: a message is the consequence of an entry, and `key` names that entry.
    """
    rules.sentence(template)
    id = uuid_utils.compat.uuid7()
    row = [id, key, account, phone, case_id, template, Jsonb(dict(facts)), at]
    if not phone or not doors.gateways:
        return _written(row)
    with transaction.atomic(savepoint=False):
        if new := _written(row):
            app.configure_task("messages.deliver").defer(message=str(id))
    return new


def _written(row: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_SEND, row)
        return cursor.fetchone() is not None


def mark_read(messages: Iterable[UUID], by: Actor, at: datetime) -> int:
    """These messages are read now, as far as they are the actor's; returns how many were not read before."""
    return Message.objects.filter(pk__in=list(messages), account=by.id, read=None).update(read=at)


def mark_all_read(by: Actor, at: datetime) -> int:
    """Every message the actor has by now is read; returns how many were not read before."""
    return Message.objects.filter(account=by.id, read=None).update(read=at)
