"""Gives the tests a PostgreSQL: the one `DATABASE_URL` names, else the embedded one, once for all workers."""

import os
from contextlib import ExitStack

import pytest
from psycopg.conninfo import conninfo_to_dict

from zhongshu.main.ground import for_tests

pytest_plugins = [
    "zhongshu.main.tests.fixtures.city",
    "zhongshu.main.tests.fixtures.platform",
    "zhongshu.main.tests.fixtures.browser",
]
DJANGO_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def pytest_configure(config: pytest.Config) -> None:
    """Starts the embedded server; the workers find its address in the environment they inherit."""
    from django.conf import settings

    # The demo city's accounts have a password alone; stories of a second factor ask for it by themselves.
    settings.SECOND_FACTOR = "offered"
    if os.environ.get("DATABASE_URL"):
        return
    held = ExitStack()
    url = held.enter_context(for_tests.database())
    os.environ["DATABASE_URL"] = url
    settings.DATABASES["default"] |= {DJANGO_NAMES[key]: str(value) for key, value in conninfo_to_dict(url).items()}
    config.add_cleanup(held.close)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what only the full counts run (`./test --deep`)."""
    if os.environ.get("ZHONGSHU_DEEP") != "1":
        deep = [item for item in items if item.get_closest_marker("deep")]
        config.hook.pytest_deselected(items=deep)
        items[:] = [item for item in items if item not in deep]
