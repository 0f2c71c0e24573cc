"""What cases keep of people: their contacts and what they sent along."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.registers.privacy.rules.holdings import Mark, Record, Stay

REVIEW = timedelta(days=60)
"""For so long after a case is closed it may be taken to review (Administrative Reconsideration Law, art. 20)."""
_RUNNING = Stay("办件还在办理，承办单位需要您的联系方式和所述情况。")
_HELD = Stay("办件有争议，数据作为证据保存，争议解决后删除。")
_REVIEW_OPEN = "办结后六十日内可以申请行政复议，期间保存。"

_OF_ACCOUNT = """
SELECT k.id, k.case_id, k.name, k.phone, k.text, k.source, k.received, c.number, c.title, c.address, c.closed,
       c.data -> 'answers' AS answers,
       EXISTS (SELECT 1 FROM privacy_hold h WHERE h.case_id = c.id AND h.lifted IS NULL) AS held,
       ARRAY(SELECT a.document FROM cases_attachment a JOIN documents_document d ON d.id = a.document
             WHERE a.case_id = c.id AND d.uploader = k.account AND d.destroyed IS NULL) AS documents,
       k.id = (SELECT f.id FROM cases_contact f WHERE f.case_id = c.id ORDER BY f.received, f.id LIMIT 1) AS first
FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE k.account = %s ORDER BY k.received DESC
"""
_OVER = """
SELECT c.id, c.closed FROM cases_case c
WHERE c.closed < %(before)s AND (c.closed, c.id) > (%(at)s, %(key)s::uuid) AND {also}
  AND NOT EXISTS (SELECT 1 FROM privacy_hold h WHERE h.case_id = c.id AND h.lifted IS NULL)
ORDER BY c.closed, c.id LIMIT %(limit)s
"""
_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_NONE = "00000000-0000-0000-0000-000000000000"
NAMED = """EXISTS (SELECT 1 FROM cases_contact k WHERE k.case_id = c.id
    AND (k.name <> '' OR k.phone <> '' OR k.text <> '' OR k.account IS NOT NULL))"""
PICTURED = "EXISTS (SELECT 1 FROM cases_attachment a WHERE a.case_id = c.id)"


@dataclass(frozen=True, slots=True)
class Told:
    """A contact of somebody's, and the case it belongs to."""

    contact: UUID
    case_id: UUID
    documents: tuple[UUID, ...]
    record: Record


def of_account(account: UUID, at: datetime) -> Iterator[Told]:
    """Everything somebody told, newest first, with what they sent along; their own words and files alone."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ACCOUNT, [account])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        yield _told(row, at)


def _told(row: dict[str, Any], at: datetime) -> Told:
    facts = {name: row[name] for name in ("number", "title", "address", "source", "name", "phone", "text", "closed")}
    if row["first"]:
        facts["answers"] = row["answers"]
    files = tuple(row["documents"])
    stays = _stays(row["closed"], row["held"], at)
    return Told(row["id"], row["case_id"], files, Record(str(row["id"]), row["received"], facts, files, stays))


def _stays(closed: datetime | None, held: bool, at: datetime) -> Stay | None:
    if closed is None:
        return _RUNNING
    if held:
        return _HELD
    return Stay(_REVIEW_OPEN, closed + REVIEW) if closed + REVIEW > at else None


def over(after: Mark | None, before: datetime, limit: int, having: str) -> list[tuple[UUID, datetime]]:
    """The next cases behind `after` that were closed before `before`, are not held and still keep something."""
    given: dict[str, Any] = {
        "before": before, "at": after.at if after else _EVER, "key": after.key if after else _NONE, "limit": limit,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OVER.format(also=having), given)
        return cursor.fetchall()


def attached(cases: Collection[UUID]) -> list[UUID]:
    """The documents that hang on these cases."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT document FROM cases_attachment WHERE case_id = ANY(%s)", [list(cases)])
        return [document for (document,) in cursor.fetchall()]


_LOOSE = """
SELECT d.id, d.kept FROM documents_document d
WHERE d.destroyed IS NULL AND {mine} AND NOT EXISTS (SELECT 1 FROM cases_attachment a WHERE a.document = d.id)
ORDER BY d.id LIMIT %(limit)s
"""
_IN_NO_DRAFT = f"""NOT EXISTS (SELECT 1 FROM intake_draft f WHERE f.documents @> ARRAY[d.id] AND f.documents <> '{{}}'
    AND d.uploader = coalesce(f.account, '{ANONYMOUS.id}'))"""
"""What a draft keeps goes with the draft: only whoever has sent a document can keep it so."""


def loose_of(account: UUID, limit: int = 1_000) -> list[tuple[UUID, datetime]]:
    """Documents somebody sent that hang on no case: their form was never sent."""
    return _loose("d.uploader = %(who)s", who=account, limit=limit)


def loose(after: Mark | None, before: datetime, limit: int) -> list[tuple[UUID, datetime]]:
    """The next such documents of anybody that were kept before `before`, in no draft."""
    return _loose(
        f"d.id > %(key)s::uuid AND d.id < %(bound)s::uuid AND d.kept < %(before)s AND {_IN_NO_DRAFT}",
        key=after.key if after else _NONE, bound=_bound(before), before=before, limit=limit,
    )  # fmt: skip


def loose_among(documents: Collection[UUID], account: UUID | None) -> list[UUID]:
    """Of these documents those that the account (None: nobody signed in) has sent, on no case and in no draft."""
    given: dict[str, Any] = {"ids": list(documents), "who": account or ANONYMOUS.id, "limit": len(documents)}
    return [one for one, _ in _loose(f"d.id = ANY(%(ids)s) AND d.uploader = %(who)s AND {_IN_NO_DRAFT}", **given)]


def _loose(mine: str, **given: Any) -> list[tuple[UUID, datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE.format(mine=mine), given)
        return cursor.fetchall()


def _bound(before: datetime) -> str:
    """The least UUIDv7 of this moment (RFC 9562, 5.7): ids of documents are made of when they were kept."""
    head = f"{int(before.timestamp() * 1_000):012x}"
    return f"{head[:8]}-{head[8:]}-7000-8000-000000000000"
