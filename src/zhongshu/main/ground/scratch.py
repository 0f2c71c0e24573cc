"""Databases for one use, beside the platform's own: measuring, replaying, rehearsing."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def scratch_database(url: str) -> Iterator[str]:
    """The address of a new empty database on the server at `url`; dropped at the end, in use or not.

    The account needs the right to create databases.
    """
    name = sql.Identifier(f"scratch_{uuid.uuid4().hex[:12]}")
    make = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    with _server(url) as server:
        server.execute(make.format(name))
    try:
        yield urlsplit(url)._replace(path=f"/{name.as_string().strip(chr(34))}").geturl()
    finally:
        with _server(url) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _server(url: str) -> psycopg.Connection:
    """A connection to the server at `url`: to the database every server has, else to the one named.

    The one named need not exist: that of a test run is never made under its own name.
    """
    try:
        return psycopg.connect(url, dbname="postgres", autocommit=True)
    except psycopg.OperationalError:
        return psycopg.connect(url, autocommit=True)
