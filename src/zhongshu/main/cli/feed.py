"""`./run feed`: the live feed of the pages, one part of the platform."""

import argparse

SUMMARY = ("只启动实时推送服务。", "Start the live feed only.")
GRACE = 2  # seconds open streams are given; browsers come back by themselves
BACKLOG = 4096


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(_options: argparse.Namespace) -> int:
    """Serves until told to stop."""
    import uvicorn
    from django.conf import settings

    uvicorn.run(
        "zhongshu.base.live.app:application",
        host=settings.HOST,
        port=settings.FEED_PORT,
        backlog=BACKLOG,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE,
    )
    return 0
