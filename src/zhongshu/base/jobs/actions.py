"""Running jobs, and taking up those of a worker that died."""

import importlib
import importlib.util
import logging
import os
import signal
import threading
from contextlib import suppress
from typing import cast

import psycopg
from asgiref.sync import async_to_sync
from django.apps import apps
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

log = logging.getLogger(__name__)

HEARTBEAT = 5.0
SILENT = 15.0
"""Seconds after which a silent worker is held for dead: looked at every `HEARTBEAT`, its jobs are back within 25 s."""
CONCURRENCY = 2


def work() -> None:
    """Run jobs until told to stop or the database is lost; the ones that run are finished first (at most 8 s)."""
    threading.Thread(target=_end_with_the_database, name="database", daemon=True).start()
    connector = cast(DjangoConnector, app.connector)
    worker = app.with_connector(connector.get_worker_connector())
    worker.run_worker(
        concurrency=CONCURRENCY, shutdown_graceful_timeout=8, install_signal_handlers=True, listen_notify=True,
        fetch_job_polling_interval=2.0, update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=SILENT,
        delete_jobs="successful",
    )  # fmt: skip


def _end_with_the_database() -> None:
    """Stop this worker when its database goes away, however soon that is back.

    A job whose end could not be written stays marked as running, and while its worker lives nobody would take it up.
    """
    try:
        with psycopg.connect(**connector_params(), autocommit=True) as held:
            while True:
                for _ in held.notifies(timeout=HEARTBEAT):
                    pass
    except psycopg.Error as problem:
        log.warning("the worker lost the database and ends: %s", str(problem).strip())
        os.kill(os.getpid(), signal.SIGTERM)


def retake() -> int:
    """Put the jobs of dead workers back into the queue; returns how many."""
    return async_to_sync(_retake)()


async def _retake() -> int:
    manager = app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT))
    for job in stalled:
        log.warning("job %s of a dead worker goes back to the queue", job.id)
        with suppress(ConnectorException):  # finished after all, or another scheduler was first
            await manager.retry_job(job)
    return len(stalled)


def tasks_known() -> None:
    """Make every package's jobs known to the worker."""
    for config in apps.get_app_configs():
        if config.name.startswith("zhongshu."):
            _import_if_there(f"{config.name}.jobs")


def _import_if_there(module: str) -> None:
    if importlib.util.find_spec(module):
        importlib.import_module(module)
