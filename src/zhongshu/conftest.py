"""What tests share: the demo city in the database, officials to act as, a running platform, a browser."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

BROWSER_FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _documents_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What tests keep goes to a folder of the run, never among the documents of a platform on this machine."""
    if "zhongshu.registers.documents.doors" in sys.modules:
        from zhongshu.registers.documents import doors
        from zhongshu.registers.documents.file_store import FileStore

        doors.store = FileStore(tmp_path_factory.mktemp("documents"))


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """A value kept per process must not outlive the test whose rows it was made from."""
    yield
    if "zhongshu.base.journal.caches" in sys.modules:
        from zhongshu.base.calendar import queries as calendar
        from zhongshu.base.journal import caches

        caches.forget_all()
        calendar.forget()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database for whoever asks: pytest-django's own makes none when only stories of the `city` are run."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def _ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo city without events, for the tests of one module; gone afterwards."""
    from django.db import transaction

    from zhongshu.main import demo

    with django_db_blocker.unblock(), transaction.atomic():
        demo.load_ground()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(_ground: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator["City"]:
    """The demo city; what the test changes is undone. Entries of the test's own transaction count as committed."""
    from django.db import transaction

    from zhongshu.base.journal import queries

    monkeypatch.setattr(
        queries, "_FEED", queries._FEED.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")
    )
    with django_db_blocker.unblock(), transaction.atomic():
        yield City()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def _committed_ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demo city without events, committed, for stories of several connections; emptied afterwards."""
    from django.core.management import call_command

    from zhongshu.main import demo

    with django_db_blocker.unblock():
        demo.load_ground()
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def committed_city(_committed_ground: None, django_db_blocker: Any) -> Iterator["City"]:
    """The demo city as others see it too; what a test changes stays for the rest of its module."""
    with django_db_blocker.unblock():
        yield City()


@pytest.fixture
def at_once(django_db_blocker: Any) -> Callable[..., list[Any]]:
    """`at_once(*works)`: each in a thread with its own connection; what each returned, or the refusal it raised."""
    from django.db import connection

    from zhongshu.base.http.refusals import Refusal

    def alone(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    def run(*works: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(works)) as threads:
            return list(threads.map(alone, works))

    return run


class City:
    """Short ways to the demo city's people and places."""

    @property
    def now(self) -> datetime:
        """The business moment."""
        from zhongshu.base.calendar import clock

        return clock.now()

    def account(self, login: str) -> Any:
        """The account with this login."""
        from zhongshu.registers.people.models import Account

        return Account.objects.get(login=login)

    def actor(self, login: str) -> Any:
        """The account with this login as an actor."""
        from zhongshu.registers.people import queries

        return queries.actor(self.account(login).pk, self.now)

    def spot(self, number: int = 0) -> tuple[float, float]:
        """A point inside some grid cell."""
        from zhongshu.registers.places.models import Cell

        return Cell.objects.order_by("code").values_list("lon", "lat")[number]

    def report(self, category: str = "1101", source: str = "patrol", by: str = "supervisor", **changes: Any) -> Any:
        """Open a case through the front door."""
        from zhongshu.affairs.city import actions

        lon, lat = changes.pop("spot", None) or self.spot()
        given: dict[str, Any] = {
            "key": f"test-{time.monotonic_ns()}", "source": source, "category": category, "lon": lon, "lat": lat,
            "answers": {"description": "路口有一堆垃圾，气味很大。"},
        } | changes  # fmt: skip
        return actions.report(actions.NewEvent(**given), by=self.actor(by), at=self.now)

    def photo(self, by: Any) -> str:
        """The id of a document that this actor has uploaded, without bytes behind it."""
        from zhongshu.registers.documents.models import Document

        kept = Document.objects.create(
            digest=bytes(32), media="image/jpeg", bytes=1, width=1, height=1, uploader=by.id, kept=self.now
        )
        return str(kept.pk)

    def held(self, case_id: Any) -> Any:
        """The case under its lock."""
        from zhongshu.engine.cases.actions import rows

        return rows.read_locked(case_id)

    def trace(self, case_id: Any) -> list[dict[str, Any]]:
        """What has happened to the case, oldest first."""
        from zhongshu.engine.cases.queries import traces

        return traces.trace(case_id)

    def react(self) -> None:
        """Let every reaction catch up."""
        from zhongshu.base.journal import jobs
        from zhongshu.main import wiring

        while jobs.run_once(wiring.REACTIONS):
            pass

    def signed_in(self, client: Any, login: str) -> Any:
        """The test client with this account's session."""
        client.force_login(self.account(login))
        return client


class Platform:
    """A platform that runs: its address, and the demo password."""

    def __init__(self, url: str, var: Path, database: str) -> None:
        from zhongshu.main.demo.accounts import PASSWORD

        self.url, self.var, self.database, self.password = url, var, database, PASSWORD

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the platform beside it."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "zhongshu", *arguments], env=_environment(self.var, self.database),
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip


def _environment(var: Path, database: str, port: int = 8000) -> dict[str, str]:
    import os

    return os.environ | {
        "DATABASE_URL": database, "ZHONGSHU_VAR": str(var), "ZHONGSHU_PORT": str(port),
        "ZHONGSHU_FEED_PORT": str(port + 1),
    }  # fmt: skip


def _free_pair() -> int:
    """A port whose next is free as well."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The whole platform with the demo city, as `./run` starts it, on a database of its own."""
    import os

    from zhongshu.main.ground.scratch import scratch_database

    var, port = tmp_path_factory.mktemp("var"), _free_pair()
    with scratch_database(os.environ["DATABASE_URL"]) as database, (var / "log").open("w+") as log:
        environment, here = _environment(var, database, port), (sys.executable, "-P", "-m")
        subprocess.run([*here, "zhongshu.main.ground.prepare"], env=environment, stdout=log, check=True)
        process = subprocess.Popen(
            [*here, "zhongshu", "serve", "--demo"], env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(f"http://127.0.0.1:{port}/", process, log)
            yield Platform(f"http://127.0.0.1:{port}", var, database)
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[Any], log: Any) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    log.seek(0)
    raise RuntimeError(f"the platform did not start:\n{log.read()[-4000:]}")


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    from zhongshu.main.ground import browser

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(browser.executable()), args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(_chromium: Any, platform: Platform) -> Iterator[Callable[..., Any]]:
    """`visit(login=None, width=1440, language="zh-hans", elder=False)`: a page of a new visitor.

    A request to another host, a script error or a broken content rule fails the test.
    """
    contexts, wrong = [], list[str]()

    def new(
        login: str | None = None,
        width: int = 1440,
        language: str = "zh-hans",
        elder: bool = False,
        scripts: bool = True,
    ) -> Any:
        context = _chromium.new_context(
            base_url=platform.url, viewport={"width": width, "height": 900}, java_script_enabled=scripts,
            locale="zh-CN", permissions=["geolocation"], geolocation={"longitude": 121.0, "latitude": 29.9},
        )  # fmt: skip
        cookies = {"language": language} | ({"mode": "elder"} if elder else {})
        context.add_cookies([{"name": n, "value": v, "url": platform.url} for n, v in cookies.items()])
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: None if _ours(r.url) else wrong.append(f"left for another host: {r.url}"))
        page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security Policy" in m.text else None)
        if login:
            sign_in(page, login, platform.password)
        return page

    yield new
    for context in contexts:
        context.close()
    assert not wrong, wrong


def _ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def sign_in(page: Any, login: str, password: str) -> None:
    """Sign in as a person would."""
    page.goto("/sign-in/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)`: what axe-core finds wrong with the page, one line each."""
    from zhongshu.main.ground.places import REPOSITORY

    source = (REPOSITORY / "node_modules" / "axe-core" / "axe.min.js").read_text()

    def check(page: Any) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]
        ]

    return check
