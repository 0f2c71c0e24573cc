"""`./run worker`: runs jobs, one part of the platform."""

import argparse

SUMMARY = ("只启动后台任务进程。", "Start the worker of background jobs only.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(_options: argparse.Namespace) -> int:
    """Works until told to stop."""
    from zhongshu.base.jobs import actions

    actions.tasks_known()
    actions.work()
    return 0
