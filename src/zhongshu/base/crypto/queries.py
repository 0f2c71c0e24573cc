"""Questions about sealed columns."""

from collections import Counter

from django.db import connection
from psycopg import sql

from zhongshu.base.crypto.doors import Sealed

_BY_KEY = "SELECT split_part({column}, ':', 1), count(*) FROM {table} WHERE {column} <> '' GROUP BY 1"


def in_use(columns: list[Sealed]) -> Counter[str]:
    """Name of a key → how many sealed values need it."""
    found: Counter[str] = Counter()
    with connection.cursor() as cursor:
        for one in columns:
            names = {"table": sql.Identifier(one.table), "column": sql.Identifier(one.column)}
            cursor.execute(sql.SQL(_BY_KEY).format(**names))
            found.update(dict(cursor.fetchall()))
    return found
