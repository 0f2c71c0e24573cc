"""What documents hang on."""

from collections.abc import Collection

from django.db import connection

from zhongshu.base.permissions.rules import Actor

_LOOSE = """
SELECT d.id::text FROM documents_document d
WHERE d.id = ANY(%(ids)s::uuid[]) AND d.uploader = %(who)s AND d.destroyed IS NULL
  AND NOT EXISTS (SELECT 1 FROM cases_attachment a WHERE a.document = d.id)
"""


def loose_of(by: Actor, documents: Collection[str]) -> set[str]:
    """Of these documents (ids) those that `by` has sent and that hang on no case yet. None asked, no statement."""
    if not documents:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_LOOSE, {"ids": list(documents), "who": by.id})
        return {row[0] for row in cursor.fetchall()}
