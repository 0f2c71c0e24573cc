"""The city as a town to try drafts in."""

from typing import Any

import pytest

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.studio.queries import towns
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial.city import CELL
from zhongshu.registers.people.models import Body
from zhongshu.registers.people.queries import bodies


def test_the_citys_own_bodies_have_people_of_every_role_who_are_nobody(city: Any) -> None:
    town = towns.town("city", 2026)
    bureau = Body.objects.filter(kind="bureau", ended=None).order_by("pk")[0]
    assert town.names[bureau.pk] == bodies.called()[bureau.pk] and town.lineage(bureau.pk) == tuple(bureau.lineage)
    leaders = [one for one in town.people if one.body == bureau.pk and "leader" in permissions.roles(one, city.now)]
    assert [one.name for one in leaders] == [f"{bureau.name}领导甲", f"{bureau.name}领导乙"]
    assert len({one.id for one in town.people}) == len(town.people)
    assert town.days == calendar.working_days()


def test_somebody_at_the_top_runs_every_shift(city: Any) -> None:
    town = towns.town("city", 2026)
    reach = (CELL, *(permissions.body_key(body) for body in town.names))
    assert any(permissions.may(one, "case.assign", reach, city.now) for one in town.people)


def test_a_large_city_takes_part_from_the_top_down(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(towns, "MOST_BODIES", 2)
    towns._city.forget()
    names = towns.town("city", 2026).names
    assert len(names) == 2 and min(len(bodies.lineage(body)) for body in names) == 1


def test_a_body_that_ended_takes_no_part(city: Any) -> None:
    bureau = Body.objects.filter(kind="bureau", ended=None).order_by("pk")[0]
    assert bureau.pk in towns.town("city", 2026).names
    Body.objects.filter(pk=bureau.pk).update(ended=city.now)
    bodies.tree.forget()
    towns._city.forget()
    assert bureau.pk not in towns.town("city", 2026).names


def test_where_there_are_no_bodies_the_town_is_made_up(db: Any) -> None:
    assert towns.town("city", 2026) is trial.made_up(2026)
