"""What happened in the demo city in the last two weeks: events driven through the real actions under a held clock."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.affairs.city import actions as city
from zhongshu.affairs.city.rules import Source
from zhongshu.base.calendar import clock
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions.rows import read_locked
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.main.demo import photos
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places.models import Cell

DAYS = 14


def play(number: int, random: Random, until: datetime) -> None:
    """Open `number` events over the last two weeks and walk each as far as its time allows."""
    resident = people_actor("resident", until)
    cells = list(Cell.objects.values_list("lon", "lat"))
    kinds = [c for c in catalogue.tree().values() if c.scenario and c.ended is None]
    album = _Album()
    moments = sorted(until - _ago(random) for _ in range(number))
    for index, moment in enumerate(moments):
        kind, (lon, lat) = random.choice(kinds), random.choice(cells)
        source: Source = random.choice(("resident", "resident", "patrol", "hotline"))
        by = resident if source == "resident" else people_actor("supervisor", until)
        event = city.NewEvent(
            key=f"demo-{index:08d}", source=source, category=kind.code, lon=lon, lat=lat,
            answers={"description": _words(kind, random), "photos": [album.photo(True, by, moment)]},
            account=resident.id if source == "resident" else None,
        )  # fmt: skip
        _Walk(random, until, album).go(event, by, moment)


def _ago(random: Random) -> timedelta:
    """Half of the events are of the last day, so that there is work on every desk."""
    return timedelta(seconds=random.randrange(600, 86_400 if random.random() < 0.5 else DAYS * 86_400))


def _words(kind: Category, random: Random) -> str:
    where = random.choice(("路口", "小区门口", "学校旁边", "菜市场外", "公交站附近", "河边步道"))
    since = random.choice(("今天早上", "昨天晚上", "这几天", "刚才"))
    what = f"有{kind.name}" if kind.kind == Category.Kind.EVENT else f"的{kind.name}坏了"
    return f"{since}发现{where}{what}，请尽快派人来看看。"


def people_actor(login: str, at: datetime) -> Actor:
    """The demo account with this login as an actor."""
    return people.actor(Account.objects.get(login=login).pk, at) or ANONYMOUS


class _Album:
    """The pictures before and after, kept once for everybody who shows one: nobody may show another's."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, bool], str] = {}

    def photo(self, mess: bool, by: Actor, at: datetime) -> str:
        """The id of somebody's picture of the street, with the mess or without."""
        if (by.id, mess) not in self.kept:
            self.kept[by.id, mess] = str(documents.keep_photo(photos.street(mess), by=by, at=at).id)
        return self.kept[by.id, mess]


class _Walk:
    """Somebody for every task of a case, one after the other, until the present is reached."""

    def __init__(self, random: Random, until: datetime, album: _Album) -> None:
        self.random, self.until, self.album = random, until, album

    def go(self, event: city.NewEvent, by: Actor, moment: datetime) -> None:
        with clock.at(moment):
            case_id = city.report(event, by=by, at=moment).case_id
        for _ in range(12):
            moment += timedelta(minutes=self.random.randrange(8, 600))
            if moment >= self.until or not self._step(case_id, moment):
                return

    def _step(self, case_id: UUID, moment: datetime) -> bool:
        with clock.at(moment), transaction.atomic():
            held = read_locked(case_id)
            task = next(iter(held.tasks), None)
            if task is None:
                return False
            actor = self._doer(held, task, moment)
            if actor is None:
                return False
            answers = self._answers(held, task, actor, moment)
            position = Position(held.lon or 0, held.lat or 0, moment) if held.lon else None
            cases.complete(case_id, task.token, answers, position=position, by=actor, at=moment)
        return True

    def _doer(self, held: Held, task: OpenTask, at: datetime) -> Actor | None:
        if task.assignee:
            return people.actor(task.assignee, at)
        able = people.holders(task.role, {*held.reach, task.pool}, at).exclude(pk=held.data.get("handle", {}).get("by"))
        found = list(able.values_list("pk", flat=True)[:20])
        return people.actor(self.random.choice(found), at) if found else None

    def _answers(self, held: Held, task: OpenTask, by: Actor, at: datetime) -> dict[str, Any]:
        """What the demo's officials write, within the form the task has."""
        form = scenarios.of(held).forms.get(task.element)
        wish = {
            "accepted": True, "filed": True, "passed": self.random.random() > 0.1, "result": "done",
            "note": "已按要求办理。", "reason": "按职责派遣。", "body": held.body or self._any_body(held),
        }  # fmt: skip
        fields = {f.name for f in form.fields} if form else set()
        shown = {"photos": [self.album.photo(False, by, at)]} if "photos" in fields else {}
        return {name: value for name, value in wish.items() if name in fields and value is not None} | shown

    def _any_body(self, held: Held) -> int:
        ranking = held.data.get("dispatch", {}).get("ranking") or []
        known = [row["body"] for row in ranking if row.get("body")]
        return known[0] if known else next(iter(people.tree()))
