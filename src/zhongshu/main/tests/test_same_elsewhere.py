"""What was built here, exported, and put under `scenarios/` of an installation with nothing in it, runs the same."""

import argparse
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.db import connection
from pypdf import PdfReader

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries.scenarios import all_newest
from zhongshu.engine.cases.rules.supplement import Item
from zhongshu.engine.letters import actions as letters
from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.models import Letter
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.tests.test_patterns import later, over, street
from zhongshu.engine.studio.tests.walked import Walk, bureaus
from zhongshu.main.cli import load
from zhongshu.main.tests import built
from zhongshu.main.tests import elsewhere as installation
from zhongshu.main.tests.fixtures.city import City
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.people.models import Account, Body

OF_A_CITY = frozenset({"number", "contact", "document", "place", "left", "joined"})
"""What an entry says that is of one city alone: numbers and ids, and the places over a case."""
BODIES = frozenset({"body", "bodies", "before", "asked", "answered", "answered_for", built.REVIEWERS.split(".")[1]})
"""Under what names an entry or a case has ids of bodies."""


@dataclass(frozen=True)
class Cast:
    """Who plays a story in a city: logins of an official and an applicant, twelve bodies, a street."""

    city: City
    starter: str
    applicant: str
    bodies: list[int]
    street: str

    @property
    def called(self) -> dict[str, str]:
        """What is of this city alone → what it is in the story: names of bodies, of the applicant, of the street."""
        part = {body: f"body {number}" for number, body in enumerate(self.bodies, 1)}
        part[self.city.account(self.starter).body_id] = "the centre"
        names = {body.name: part.get(body.pk, "the city") for body in Body.objects.order_by("pk")}
        return names | {self.city.account(self.applicant).name: "the applicant", self.street: "the street"}


def here(city: City) -> Cast:
    return Cast(city, "supervisor", "resident", bureaus(12), street())


def there(city: City) -> Cast:
    return Cast(city, "chief", "settler", bureaus(12), installation.STREET)


def asked(cast: Cast) -> Walk:
    """Twelve bodies are asked, three answer, the day passes, and who asked collects."""
    walk = Walk(cast.city, "night-works", cast.starter, bodies=cast.bodies, by=later(cast.city, 5))
    for body in cast.bodies[:3]:
        walk.do("ask", body, agree=True, note="同意。", 建议由哪家牵头="城市管理部门")
    walk.until(over(later(cast.city, 5)))
    return walk.do("collect", conclusion="三家同意，九家未答复。")


def permitted(cast: Cast) -> Walk:
    """A resident applies and adds what is missing; three bodies review; it is granted and delivered."""
    walk = Walk(cast.city, "street-permit", cast.applicant, address=cast.street, 占用面积=120)
    task, at = walk.task("accept"), cast.city.now
    cases.ask_supplement(walk.id, task.token, [Item("场地图", "看不清")], by=walk.doers(task)[0], at=at)
    cases.answer_supplement(walk.id, {"text_1": "已重画。"}, by=walk.by, at=at)
    walk.do("accept", accepted=True, body=cast.bodies[0], 会审单位=cast.bodies[1:4])
    walk.do("examine", opinion="grant", facts="材料齐全，符合规定。")
    for body in cast.bodies[1:4]:
        walk.do("review", body, 会审意见="同意。")
    return walk.do("decide", result="granted").do("deliver", how="online")


def told(cast: Cast, play: Callable[[Cast], Walk]) -> list[Any]:
    """The story of a case played to its end: every entry, what the case holds, and the letters made in it."""
    walk = play(cast)
    cast.city.react()
    held = walk.held
    entries = [[e["verb"], e["actor"], e["at"], e["facts"]] for e in cast.city.trace(walk.id)]
    case = [held.phase, held.opened, held.due, held.closed, held.title, {"body": held.body}, held.data, held.marking]
    return [*_retold([*entries, *case], cast), *_letters(walk, cast)]


def _retold(value: Any, cast: Cast, key: str = "") -> Any:
    """The same without what is of one city alone; people go by what they are."""
    match value:
        case Mapping():
            return {name: _retold(its, cast, name) for name, its in value.items() if name not in OF_A_CITY}
        case list():
            return [_retold(each, cast, key) for each in value]
        case int() if key in BODIES:
            return cast.called[Body.objects.get(pk=value).name]
        case str() if re.fullmatch("[0-9a-f-]{36}", value) and (account := Account.objects.filter(pk=value).first()):
            roles = permissions.roles(cast.city.actor(account.login), cast.city.now)
            return account.kind, account.body and cast.called[account.body.name], roles
        case str():
            return cast.called.get(value, value)
    return value


def _letters(walk: Walk, cast: Cast) -> list[str]:
    """The words of every letter that the case's steps asked for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id", [letters.JOB])
        asked = [json.loads(args) for (args,) in cursor.fetchall()]
    if not typesetting.has_fonts():  # nothing can be set
        return [job["name"] for job in asked]
    for job in asked:
        assert letters.make_because(walk.id, job["name"], cause=job["cause"], account=job["account"], at=cast.city.now)
    return [_words(letter, cast) for letter in Letter.objects.filter(case_id=walk.id).order_by("cause")]


def _words(letter: Letter, cast: Cast) -> str:
    pages = PdfReader(BytesIO(documents.read(letter.document))).pages
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for name, part in cast.called.items():
        words = words.replace(name, part)
    return f"{letter.called} {letter.number} {words}"


def test_an_export_runs_the_same_in_an_installation_with_nothing_in_it(
    city: Any, elsewhere: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(City, "now", city.now)
    for packed in (built.night_works(city), built.street_permit(city)):
        ZipFile(BytesIO(packed)).extractall(tmp_path / "scenarios")
    ours = [told(here(city), play) for play in (asked, permitted)]

    def founded() -> list[Any]:
        installation.found(tmp_path, city.now)
        installation.run(load, "scenarios", str(tmp_path / "scenarios"))
        assert min(bureaus(12)) > installation.FIRST
        return [told(there(city), play) for play in (asked, permitted)]

    theirs = elsewhere(founded)
    for one, other in zip(ours, theirs, strict=True):
        assert other == one


def test_what_names_a_body_of_one_city_is_refused_in_another_and_the_rest_is_taken_in(
    elsewhere: Any, tmp_path: Path, capsys: Any
) -> None:
    scenarios = tmp_path / "scenarios"
    for code in ("manhole-cover", "noise"):
        shutil.copytree(settings.SCENARIOS / code, scenarios / code)
    page = scenarios / "manhole-cover" / "scenario.toml"
    page.write_text(re.sub('responsible = ".*"', 'responsible = "3"', page.read_text("utf-8")), "utf-8")

    def founded() -> tuple[int, Any, list[str]]:
        now = City().now
        installation.found(tmp_path, now)
        refused = load.run(argparse.Namespace(what="scenarios", path=scenarios))
        (left,) = studio.take_in(scenarios, by=SYSTEM, at=now).items()
        return refused, left, [one.code for one in all_newest()]

    refused, (code, said), taken = elsewhere(founded)
    assert (refused, code, taken) == (1, "manhole-cover", ["noise"])
    assert [(each.file, each.place, each.gaps) for each in said] == [
        ("scenario.toml", "/case/responsible", {"body": 3})
    ]
    told = capsys.readouterr().out
    assert "manhole-cover/scenario.toml" in told and "单位编号 3 在这里不存在或已撤销" in told
