"""Putting documents on a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.rules.checks import Position

_ATTACH = """
INSERT INTO cases_attachment (case_id, document, token, field, lon, lat, at)
SELECT %(case)s, unnest(%(documents)s::uuid[]), %(token)s, unnest(%(fields)s::text[]), %(lon)s, %(lat)s, %(at)s
ON CONFLICT DO NOTHING
"""


def attach(
    case_id: UUID, token: int | None, photos: Mapping[str, Sequence[UUID]], position: Position | None, at: datetime
) -> None:
    """Put documents on a case, by question; part of a step, so it opens no transaction and writes no entry of its own."""
    pairs = [(field, document) for field, documents in photos.items() for document in documents]
    if not pairs:
        return
    row = {
        "case": case_id, "token": token, "fields": [field for field, _ in pairs], "documents": [d for _, d in pairs],
        "lon": position and position.lon, "lat": position and position.lat, "at": position.at if position else at,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, row)
