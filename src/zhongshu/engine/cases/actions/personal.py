"""What cases keep of people, as holdings: destroyed on request, or when its time is over."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import personal
from zhongshu.engine.cases.queries.personal import NAMED, PICTURED, Told
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record

ON_REQUEST, BY_TIME, DRAFT_OVER = "按本人申请删除", "保存期限已满", "草稿已删除或过期"

# What the case itself repeats of its first contact goes with that; where and what about stays: it is the city's matter,
# but where somebody applied for something of their own.
_EMPTY = (
    """UPDATE cases_case c SET data = jsonb_set(jsonb_set(c.data, '{text}', '""'), '{answers}', '{}'),
           title = CASE c.source WHEN 'applicant' THEN c.number ELSE c.title END,
           address = CASE c.source WHEN 'applicant' THEN '' ELSE c.address END
    FROM cases_contact k WHERE k.id = ANY(%(contacts)s) AND k.case_id = ANY(%(cases)s) AND c.id = k.case_id
      AND c.data ? 'answers'
      AND k.id = (SELECT f.id FROM cases_contact f WHERE f.case_id = c.id ORDER BY f.received, f.id LIMIT 1)""",
    """UPDATE cases_urge SET reason = '' WHERE case_id = ANY(%(cases)s) AND contact = ANY(%(contacts)s)""",
    """UPDATE cases_supplement SET answers = '[]' WHERE case_id = ANY(%(cases)s) AND contact = ANY(%(contacts)s)
      AND answers IS NOT NULL""",
    """UPDATE cases_contact SET name = '', phone = '', text = '', account = NULL, query_digest = NULL
    WHERE case_id = ANY(%(cases)s) AND id = ANY(%(contacts)s)""",
)
_CONTACTS = "SELECT id, account::text FROM cases_contact WHERE case_id = ANY(%s)"
_OPENING = ("case.opened",)
"""Counters are made of it, and it says nothing the reporter typed."""


class Contacts:
    """What people told: names, telephone numbers, words, answers, and the files they sent along."""

    about = About(
        "contacts", "上报和诉求", "What you reported", "履行法定职责（个人信息保护法第十三条第三项）",
        "Statutory duty (PIPL art. 13(3))", "办结", "closing", 1_095,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterable[Record]:
        return (told.record for told in personal.of_account(owner.account, at))

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        going = [told for told in personal.of_account(owner.account, at) if _goes(told, only)]
        files = _destroy_files([d for told in going for d in told.documents], ON_REQUEST, by, at)
        said = _empty([told.contact for told in going], {told.case_id for told in going}, {str(owner.account)})
        counts = {"records": len(going), "documents": files, "entries": said}
        return Destroyed(counts, tuple(str(told.contact) for told in going))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        cases = personal.over(after, before, limit, NAMED)
        if not cases:
            return Destroyed()
        with connection.cursor() as cursor:
            cursor.execute(_CONTACTS, [[case for case, _ in cases]])
            rows = cursor.fetchall()
        said = _empty([contact for contact, _ in rows], {case for case, _ in cases}, {who for _, who in rows if who})
        return Destroyed({"records": len(rows), "entries": said}, upto=_mark(cases))

    def due(self, before: datetime) -> int:
        return len(personal.over(None, before, MANY, NAMED))


def _goes(told: Told, only: Collection[str] | None) -> bool:
    return told.record.stays is None if only is None else str(told.contact) in only


@transaction.atomic
def _empty(contacts: list[UUID], cases: Collection[UUID], accounts: Collection[str]) -> int:
    """Take out what these contacts said; returns how many entries lost their words."""
    if not contacts:
        return 0
    with connection.cursor() as cursor:
        for statement in _EMPTY:
            cursor.execute(statement, {"contacts": contacts, "cases": list(cases)})
    if not accounts:
        return 0
    return journal.destroy_said("case", [str(case) for case in cases], actors=accounts, but=_OPENING)


class Photos:
    """Photos and voice notes of cases, whoever took them."""

    about = About(
        "photos", "办件照片和录音", "Photos and voice notes of cases", "履行法定职责（个人信息保护法第十三条第三项）",
        "Statutory duty (PIPL art. 13(3))", "办结", "closing", 365,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterable[Record]:
        return ()  # somebody's own go, and are handed out, with what they told

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        cases = personal.over(after, before, limit, PICTURED)
        if not cases:
            return Destroyed()
        n = _destroy_files(personal.attached([case for case, _ in cases]), BY_TIME, by, at)
        return Destroyed({"records": n, "documents": n}, upto=_mark(cases))

    def due(self, before: datetime) -> int:
        return len(personal.over(None, before, MANY, PICTURED))


class Drafts:
    """Files sent with a form that was never finished."""

    about = About(
        "drafts", "未提交的照片和录音", "Photos and voice notes never sent in", "您上传时的意愿",
        "Your own wish when uploading", "上传", "the upload", 30,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for document, kept in personal.loose_of(owner.account):
            yield Record(str(document), kept, {}, (document,))

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        mine = [document for document, _ in personal.loose_of(owner.account)]
        going = [document for document in mine if only is None or str(document) in only]
        n = _destroy_files(going, ON_REQUEST, by, at)
        return Destroyed({"records": len(going), "documents": n}, tuple(map(str, going)))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        rows = personal.loose(after, before, limit)
        if not rows:
            return Destroyed()
        n = _destroy_files([document for document, _ in rows], BY_TIME, by, at)
        return Destroyed({"records": n, "documents": n}, upto=_mark(rows))

    def due(self, before: datetime) -> int:
        return len(personal.loose(None, before, MANY))


def let_go(documents: Collection[UUID], account: UUID | None, *, by: Actor, at: datetime) -> None:
    """Destroy what only a draft that is over has kept (`intake.doors.LetGo`): for the clock of files may be past it."""
    _destroy_files(personal.loose_among(documents, account), DRAFT_OVER, by, at)


def _mark(rows: list[tuple[UUID, datetime]]) -> Mark:
    key, at = rows[-1]
    return Mark(at, str(key))


def _destroy_files(files: list[UUID], reason: str, by: Actor, at: datetime) -> int:
    """Each in a transaction of its own: bytes do not come back. One that is gone already is passed over."""
    n = 0
    for document in files:
        try:
            documents.destroy(document, reason, by=by, at=at)
            n += 1
        except Absent:
            continue
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_attachment WHERE document = ANY(%s)", [files])
    return n
