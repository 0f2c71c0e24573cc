"""`./run`: the whole platform on this machine."""

import argparse
import os
import time
from dataclasses import dataclass

from zhongshu.main.ground import console, database, places, supervisor

SUMMARY = ("启动平台（默认命令）。", "Start the platform (the default).")
NEEDS_DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many web processes, and whether an empty database is filled with the demonstration city."""
    parser.add_argument("--workers", type=int, default=1, help="网页进程数 / web processes (default 1)")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="自备数据库为空时也装入演示城市 / fill your own empty database too",
    )
    parser.add_argument("--no-demo", action="store_true", help="不装入演示城市 / never load the demonstration city")


def run(options: argparse.Namespace) -> int:
    """Updates the database, fills an empty one with the demonstration city, and serves until stopped."""
    began = time.monotonic()
    with supervisor.alone(places.var()), database.at_hand() as cluster:
        if _is_demonstration(options, embedded=cluster is not None):
            os.environ.setdefault("ZHONGSHU_SECOND_FACTOR", "offered")
            os.environ.setdefault("ZHONGSHU_SMS_URL", "console")
        import django

        django.setup()
        from django.conf import settings
        from django.db import connections

        supervisor.claim_port(settings.HOST, settings.PORT, "ZHONGSHU_PORT")
        supervisor.claim_port(settings.HOST, settings.FEED_PORT, "ZHONGSHU_FEED_PORT")
        _bring_up_to_date()
        if _is_demonstration(options, embedded=cluster is not None):
            _fill_if_empty()
        accounts = _shown_accounts()
        connections.close_all()
        parts = [
            ("web", ("--workers", str(options.workers))),
            ("feed", ()),
            ("worker", ()),
            ("scheduler", ()),
        ]
        with supervisor.told_to_stop() as stop:
            greeting = _Greeting(settings.HOST, settings.PORT, began, accounts)
            supervisor.supervise(parts, cluster=cluster, until=stop, watching=greeting.when_ready)
        console.say("平台已停止。", "The platform has stopped.")
    return 0


def _is_demonstration(options: argparse.Namespace, *, embedded: bool) -> bool:
    """Whether the platform is there to be looked at: its accounts get in with their password alone."""
    return not options.no_demo and (options.demo or embedded)


def _bring_up_to_date() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _take_in_scenarios()


def _take_in_scenarios() -> None:
    """The scenario folders as they are now; of one that does not fit it is told why, and its version before stays."""
    from django.conf import settings

    from zhongshu.base.calendar import clock
    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.engine.studio import actions
    from zhongshu.main import telling

    for code, findings in actions.take_in(settings.SCENARIOS, by=SYSTEM, at=clock.now()).items():
        console.say(f"场景 {code} 没有装入：", f"Scenario {code} was not loaded:")
        telling.tell_of_folder(code, findings)


def _fill_if_empty() -> None:
    from django.contrib.auth import get_user_model

    from zhongshu.main import demo

    if not get_user_model().objects.exists():
        console.say("装入演示城市……", "Loading the demonstration city …")
        demo.load()


def _shown_accounts() -> list[str]:
    """The lines about the demonstration's accounts, where the database holds them."""
    from django.contrib.auth import get_user_model

    from zhongshu.main import demo

    return demo.accounts() if get_user_model().objects.filter(login="officer061").exists() else []


@dataclass(slots=True)
class _Greeting:
    """Tells once, when pages are served, where they are and who may sign in."""

    host: str
    port: int
    began: float
    accounts: list[str]
    told: bool = False

    def when_ready(self) -> None:
        """Asks the web part and greets at its first answer."""
        if self.told or not supervisor.answers(self.host, self.port):
            return
        self.told = True
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host
        seconds = time.monotonic() - self.began
        console.say(f"平台已启动（{seconds:.1f} 秒）：http://{shown}:{self.port}/", "Ready; Ctrl-C stops it.")
        for line in self.accounts:
            print(line, flush=True)
