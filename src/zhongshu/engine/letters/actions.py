"""Making letters."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.actions import attachments, rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import contacts, scenarios
from zhongshu.engine.cases.rules import letters as settings
from zhongshu.engine.cases.rules.letters import LetterSettings
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.models import Letter
from zhongshu.engine.letters.queries import made
from zhongshu.engine.letters.queries.facts import facts
from zhongshu.engine.letters.rules import numbers
from zhongshu.engine.letters.typesetting import Unprintable
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people.models import Account

log = logging.getLogger(__name__)

JOB = "letters.make"

# Held until the transaction ends: whoever numbers next waits, and a number not given is taken back with it.
_NEXT = """
INSERT INTO letters_sequence (body, year, series, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (body, year, series) DO UPDATE SET last = letters_sequence.last + 1 RETURNING last
"""


@verb
def make(case_id: UUID, name: str, *, by: Actor, at: datetime) -> Letter:
    """Make a letter of a case by hand, for who has one of its open tasks; one made before stays beside it.

    Raises Unprintable with the line where its template does not go with this case.
    """
    held = locked(case_id, by, at)
    if not any(task.is_with(by.id) for task in held.tasks):
        raise Forbidden("只有正在办理这件事的人员可以制作文书。")
    letter = scenarios.of(held).settings.letters.get(name)
    if letter is None:
        raise Invalid("场景里没有名为 {letter} 的文书。", field="letter", letter=name)
    return _make(held, name, letter, _body(held, by.id), None, by, at)


def ask(case_id: str, name: str, *, cause: int, account: str) -> None:
    """Have a letter made by a job, because of a journal entry that `account` stands behind."""
    app.configure_task(JOB).defer(case=case_id, name=name, cause=cause, account=account)


def make_because(case_id: UUID, name: str, *, cause: int, account: str, at: datetime) -> bool:
    """Make a letter that a journal entry asks for, once; whether there is one now.

    A letter that cannot be set is told in the trace, for somebody to mend and make by hand.
    """
    try:
        return _because(case_id, name, cause, account, at)
    except Unprintable as problem:
        log.error("letter %s of case %s: %s", name, case_id, problem.finding.gaps.get("file"))
        _fail(case_id, name, problem, at)
        return False


@transaction.atomic
def _because(case_id: UUID, name: str, cause: int, account: str, at: datetime) -> bool:
    held = rows.read_locked(case_id)
    letter = scenarios.of(held).settings.letters.get(name)
    if Letter.objects.filter(cause=cause, name=name).exists():
        return True
    if letter is None or feel.compile(letter.when or "true").evaluate(held.data) is not True:
        return False
    _make(held, name, letter, _body(held, account), cause, SYSTEM, at)
    return True


@transaction.atomic
def _fail(case_id: UUID, name: str, problem: Unprintable, at: datetime) -> None:
    held = rows.read_locked(case_id)
    letter, gaps = scenarios.of(held).settings.letters[name], problem.finding.gaps
    said = _said(name, letter) | {"reason": f"{gaps['file']} {gaps['line'] or ''}".strip()}
    rows.touch_case(held, about(held, "case.letter_failed", SYSTEM, at, **said))


def _make(
    held: Held, name: str, letter: LetterSettings, body: int | None, cause: int | None, by: Actor, at: datetime
) -> Letter:
    """The letter with its number, its document on the case and its entry: all of it or nothing."""
    year = at.astimezone(SHANGHAI).year
    seq = _next(letter, body, year) if letter.number else None
    number = numbers.written(letter.number, year, seq) if seq else ""
    files = made.templates(held.scenario, held.version)
    pdf = typesetting.typeset(files, settings.file(name), facts(held.id, letter, number, body, at))
    document = documents.keep_made(pdf, f"{letter.name}{number}.pdf", by=by, at=at)
    attachments.attach(held.id, None, {f"{made.PREFIX}{name}": [document.pk]}, None, at)
    told = contacts.first(held.id).id if letter.to == "applicant" else None
    said = _said(name, letter) | {"document": str(document.pk), "letter_number": number}
    rows.touch_case(
        held, about(held, "case.letter_made", by, at, **said, **({"contact": str(told)} if told else {}))
    )  # fmt: skip
    return Letter.objects.create(
        document=document.pk, case_id=held.id, name=name, called=letter.name, called_en=letter.name_en,
        to_applicant=told is not None, number=number, body=body, year=year, series=letter.number, seq=seq,
        actor=by.id, made=at, cause=cause,
    )  # fmt: skip


def _said(name: str, letter: LetterSettings) -> dict[str, Any]:
    return {"letter_name": name, "letter": letter.name, "letter_en": letter.name_en}


def _next(letter: LetterSettings, body: int | None, year: int) -> int:
    if body is None:
        raise Conflict("还没有责任单位，不能给文书编号。请先派遣，再制作{letter}。", letter=letter.name)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [body, year, letter.number])
        return int(cursor.fetchone()[0])


def _body(held: Held, account: str) -> int | None:
    """Who signs: the body of whoever did what the letter is of; where that is no official, the responsible one."""
    return Account.objects.filter(pk=account).values_list("body_id", flat=True).first() or held.body
