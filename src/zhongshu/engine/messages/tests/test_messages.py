"""Messages are sent once and taken out by whoever takes them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages import actions, doors, jobs, queries, rules
from zhongshu.engine.messages.models import Message

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
WHO = Actor("019a0000-0000-7000-8000-000000000001", "林晓舟", "resident")
FACTS = {"title": "暴露垃圾", "number": "SJ26030200000001"}


def send(key: str = "1", **to: Any) -> bool:
    return actions.send("case.opened", FACTS, key=key, at=AT, **(to or {"account": WHO.id}))


def deferred() -> list[dict[str, Any]]:
    """The arguments of the jobs that wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'messages.deliver' AND status = 'todo'"
        )
        return [json.loads(args) for (args,) in cursor.fetchall()]


class Gateway:
    """Keeps what it was given, or will not take anything."""

    def __init__(self, works: bool = True) -> None:
        self.works, self.taken = works, list[tuple[str, str, str]]()

    def send(self, phone: str, text: str, key: str) -> None:
        if not self.works:
            raise ConnectionError("no answer")
        self.taken.append((phone, text, key))


@pytest.fixture
def gateways() -> Iterator[list[doors.Gateway]]:
    before, doors.gateways[:] = list(doors.gateways), []
    yield doors.gateways
    doors.gateways[:] = before


def waiting() -> str:
    """The id of a message that waits for a way out."""
    doors.gateways.append(Gateway())
    send(phone="13900000001")
    doors.gateways.clear()
    (job,) = deferred()
    return str(job["message"])


def test_a_message_is_sent_once_for_its_key() -> None:
    assert send("1") and not send("1") and send("2")
    assert Message.objects.count() == 2


def test_a_message_is_to_somebody() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.send("case.opened", FACTS, key="1", at=AT)
    with pytest.raises(KeyError):
        actions.send("no.such.template", FACTS, key="2", account=WHO.id, at=AT)


def test_the_way_out_is_deferred_with_the_message_or_not_at_all(gateways: list[doors.Gateway]) -> None:
    gateways.append(Gateway())
    with pytest.raises(RuntimeError), transaction.atomic():
        send(phone="13900000001")
        raise RuntimeError
    assert (deferred(), Message.objects.count()) == ([], 0)
    send(phone="13900000001")
    send(phone="13900000001")
    assert [job["message"] for job in deferred()] == [str(Message.objects.get().pk)]
    gateways.clear()
    send("2", phone="13900000001")
    assert len(deferred()) == 1 and Message.objects.count() == 2


def test_who_has_no_phone_is_told_in_the_platform_only() -> None:
    send(account=WHO.id)
    assert deferred() == [] and queries.unread(WHO) == 1


def test_one_reads_one_s_own_messages_only() -> None:
    for key in "abc":
        send(key)
    send("d", account=UUID(int=7))
    every = list(Message.objects.values_list("pk", flat=True))
    assert {m.key for m in queries.inbox(WHO)} == {*"abc"} and queries.unread(WHO) == 3
    assert actions.mark_read(every, WHO, AT) == 3
    assert (queries.unread(WHO), actions.mark_read(every, WHO, AT)) == (0, 0)
    assert Message.objects.get(key="d").read is None


def test_a_gateway_gets_the_sentence_once(gateways: list[doors.Gateway]) -> None:
    gateway, message = Gateway(), waiting()
    gateways.append(gateway)
    jobs.deliver(message=message)
    jobs.deliver(message=message)
    assert gateway.taken == [("13900000001", "您上报的“暴露垃圾”已收到，编号 SJ26030200000001。", "1")]
    assert Message.objects.get().delivered is not None


def test_where_the_first_gateway_fails_the_next_is_tried(gateways: list[doors.Gateway]) -> None:
    broken, sound = Gateway(works=False), Gateway()
    message = waiting()
    gateways += [broken, sound]
    jobs.deliver(message=message)
    assert len(sound.taken) == 1 and Message.objects.get().delivered is not None


def test_where_every_gateway_fails_it_is_tried_again_later(gateways: list[doors.Gateway]) -> None:
    broken, message = Gateway(works=False), waiting()
    gateways.append(broken)
    with pytest.raises(ConnectionError):
        jobs.deliver(message=message)
    kept = Message.objects.get()
    assert kept.delivered is None
    strategy = jobs.deliver.retry_strategy
    assert strategy is not None and strategy.max_attempts == 8
    broken.works = True
    jobs.deliver(message=message)
    assert len(broken.taken) == 1


def test_without_a_gateway_messages_stay_in_the_platform(gateways: list[doors.Gateway]) -> None:
    jobs.deliver(message=waiting())
    assert Message.objects.get().delivered is None


@pytest.mark.parametrize("template", rules.TEMPLATES)
def test_every_template_has_its_gaps_named(template: str) -> None:
    facts = {
        "title": "暴露垃圾", "number": "SJ1", "phase": "处置中", "task": "处置", "reason": "不在范围内", "into": "SJ2",
        "due": "2026-03-02 14:05", "body": "城管局", "score": "4.5", "note": "", "who": "王敏", "kind": "办件挂起",
        "about": "（SJ1）", "answer": "同意。", "before": "2026-03-01", "given": 3, "count": 2, "times": 3,
        "principal": "林**", "agent": "王*", "question": "是否可行？", "reply": "改用小型车。",
        "letter": "受理通知书",
        "role": "受理员", "holder": "对接平台", "name": "告警上报", "expires": "2026-04-01",
        "certificate": "01a2053a-c02f-70ae-a6d5-ea3207be6ad1",
    }  # fmt: skip
    assert "{" not in rules.sentence(template).format(**facts)
