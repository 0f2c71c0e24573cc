"""A PostgreSQL for the tests: embedded, forgetful and quick, shared by runs side by side."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from zhongshu.main.ground import places
from zhongshu.main.ground.postgres import home
from zhongshu.main.ground.postgres.cluster import Cluster


@contextmanager
def database() -> Iterator[str]:
    """The address of a database name of this run's own; Django makes `test_` of it, and workers more."""
    cluster = Cluster(home.of(places.var(), "pg-test"), durable=False)
    with cluster.in_use() as started:
        if started:
            _drop_leftovers(cluster.url("postgres"))
        yield cluster.url(f"run{os.getpid()}")


def _drop_leftovers(url: str) -> None:
    """Removes what killed runs left behind; called while nobody else uses the server."""
    with psycopg.connect(url, autocommit=True) as server:
        for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_run%'").fetchall():
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
