"""The database of the platform: the one `DATABASE_URL` names, else the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from zhongshu.main.ground import places
from zhongshu.main.ground.console import Trouble
from zhongshu.main.ground.postgres import home
from zhongshu.main.ground.postgres.cluster import Cluster

OLDEST = 150000  # PostgreSQL 15.0 as the server numbers it


@contextmanager
def at_hand() -> Iterator[Cluster | None]:
    """Makes sure of a database, its address in `DATABASE_URL`; yields the embedded server if that is it."""
    if url := os.environ.get("DATABASE_URL"):
        check(url)
        yield None
        return
    cluster = Cluster(home.of(places.var(), "pg"))
    with cluster.in_use():
        os.environ["DATABASE_URL"] = cluster.url()
        try:
            yield cluster
        finally:
            del os.environ["DATABASE_URL"]


def check(url: str) -> None:
    """Refuses a database that cannot be reached, is older than PostgreSQL 15 or does not keep UTF-8."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version, encoding = (
                connection.info.server_version,
                connection.info.parameter_status("server_encoding"),
            )
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise Trouble(
            f"连不上 DATABASE_URL 指定的数据库，请检查地址、账号和网络：{error}",
            "The database named by DATABASE_URL cannot be reached; check its address, account and network.",
        ) from error
    if version < OLDEST:
        raise Trouble(
            f"数据库版本是 PostgreSQL {version // 10000}，需要 15 或更新版本。",
            f"The database is PostgreSQL {version // 10000}; 15 or newer is needed.",
        )
    if encoding != "UTF8":
        raise Trouble(
            f"数据库编码是 {encoding}，需要 UTF8；请用 ENCODING 'UTF8' 重建数据库。",
            f"The database keeps {encoding}; it has to be made with ENCODING 'UTF8'.",
        )
