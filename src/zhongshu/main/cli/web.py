"""`./run web`: the pages and the machine doors, one part of the platform."""

import argparse
import os

from zhongshu.main.ground import database

SUMMARY = ("只启动网页服务。", "Start the web part only.")
NEEDS_DATABASE = False  # the process that answers sets Django up; this one only watches it
THREADS = 4  # per process; each holds one database connection
BACKLOG = 4096  # connections waiting in a burst; the default leaves clients unserved
IDLE = 130_000  # milliseconds a connection may be idle: longer than proxies keep theirs, or they would use closed ones
A_YEAR = 365 * 24 * 3600  # static addresses carry their version


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many processes."""
    parser.add_argument("--workers", type=int, default=1, help="进程数 / processes (default 1)")


def run(options: argparse.Namespace) -> int:
    """Serves until told to stop; static files go out without touching Python."""
    with database.at_hand():
        os.environ["ZHONGSHU_PROCESSES"] = str(options.workers)  # paces are spread over them
        _serve(options.workers)
    return 0


def _serve(workers: int) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces, RuntimeModes
    from granian.http import HTTP1Settings
    from granian.log import LogLevels

    server = Granian(
        "zhongshu.main.wsgi:application",
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=BACKLOG // workers,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        websockets=False,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE),
        runtime_mode=RuntimeModes.st,
        log_level=LogLevels.warning,
        static_path_route=["/static"],
        static_path_mount=[settings.STATIC_ROOT],
        static_path_expires=A_YEAR,
    )
    server.serve()
