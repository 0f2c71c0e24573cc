"""Putting documents on a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.registers.documents import queries as documents

_ATTACH = """
INSERT INTO cases_attachment (case_id, document, token, field, lon, lat, at)
SELECT %(case)s, unnest(%(documents)s::uuid[]), %(token)s, unnest(%(fields)s::text[]), %(lon)s, %(lat)s, %(at)s
ON CONFLICT DO NOTHING
"""


def own(photos: Mapping[str, Sequence[UUID]], by: Actor) -> None:
    """Refuse documents that the actor has not uploaded: knowing a document's id gives no right to it."""
    given = {document for ids in photos.values() for document in ids}
    if not given:
        return
    theirs = documents.owned(given, by)
    for field, ids in photos.items():
        if not theirs.issuperset(ids):
            raise Invalid("有照片或文件不是您上传的，或已被销毁。请重新上传后再提交。", field=field)


def attach(
    case_id: UUID, token: int | None, photos: Mapping[str, Sequence[UUID]], position: Position | None, at: datetime
) -> None:
    """Put documents on a case, by question; part of a step: no transaction and no entry of its own."""
    pairs = [(field, document) for field, documents in photos.items() for document in documents]
    if not pairs:
        return
    row: dict[str, Any] = {
        "case": case_id, "token": token, "fields": [field for field, _ in pairs], "documents": [d for _, d in pairs],
        "lon": position and position.lon, "lat": position and position.lat, "at": position.at if position else at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, row)
