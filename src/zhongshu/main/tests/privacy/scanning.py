"""Looking for words in every column of every table: what was destroyed must not be found anywhere."""

from django.db import connection

_COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t
    ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'bytea')
ORDER BY 1, 2
"""


def columns() -> list[tuple[str, str]]:
    """Table and column of everything that can hold words."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS)
        return cursor.fetchall()


def where(words: str) -> set[str]:
    """The columns (`table.column`) in which the words stand."""
    tables: dict[str, list[str]] = {}
    for table, column in columns():
        tables.setdefault(table, []).append(column)
    return {f"{table}.{column}" for table, names in tables.items() for column in _in(table, names, words)}


def _in(table: str, names: list[str], words: str) -> list[str]:
    found = ", ".join(f"""coalesce(bool_or(strpos(t."{name}"::text, %(words)s) > 0), false)""" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {found} FROM "{table}" t', {"words": words})
        return [name for name, there in zip(names, cursor.fetchone(), strict=True) if there]
