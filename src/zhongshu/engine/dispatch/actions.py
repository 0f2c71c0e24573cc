"""Dispatching, learning, and saying where one is."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.doors import Situation
from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.models import Responsibility, Shift
from zhongshu.engine.dispatch.rules import evidence, officers, suggestions
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places import queries as places


def assign(situation: Situation) -> dict[str, Any]:
    """The handler `dispatch.assign`: which body, and which of its officers on shift; or a refusal to a person.

    The answer holds the ranking with its reasons and the officers considered, so that every choice can be explained.
    """
    ranking = queries.rank_bodies(situation.category, situation.place, situation.at)
    ids = {name: body for body, name in people.called().items()}
    answer: dict[str, Any] = {
        "refused": ranking.refused or not ranking.choices or ranking.choices[0].body not in ids,
        "margin": round(ranking.margin, 4),
        "ranking": [
            {
                "body": ids.get(c.body), "name": c.body, "score": round(c.score, 4),
                "reasons": msgspec.to_builtins(c.reasons),
            }
            for c in ranking.choices
        ],
    }  # fmt: skip
    if answer["refused"]:
        return answer | {"body": None, "officer": None, "officers": []}
    body = ids[ranking.choices[0].body]
    return answer | {"body": body} | _officer(situation, body)


def _officer(situation: Situation, body: int) -> dict[str, Any]:
    """The officer of the body who can be there first, with the runners-up and who cannot go; nobody when none can."""
    standing = queries.on_shift(body, situation.place, situation.category, situation.at)
    coming = officers.approaching(standing, _spot(situation), queries.roads()) if standing else ()
    ranking = officers.rank(coming, situation.at, wished=frozenset({situation.category[:2]}))
    return {
        "officer": ranking.best.officer if ranking.best else None,
        "officers": msgspec.to_builtins(ranking.choices),
        "excluded": [
            {"officer": officer, "reason": msgspec.to_builtins(why)} for officer, why in ranking.excluded[:10]
        ],
    }


def _spot(situation: Situation) -> tuple[float, float] | None:
    if situation.lon is None or situation.lat is None:
        return places.inner_point(situation.place)
    return situation.lon, situation.lat


# The order in which cases arrive does not matter: counts are carried to the later of both days before they are added.
_LEARN = """
INSERT INTO dispatch_seen AS t (key, answer, n, last, cases)
SELECT k, a, %(weight)s, %(day)s, %(sign)s FROM unnest(%(keys)s::text[], %(answers)s::text[]) AS u (k, a)
ON CONFLICT (key, answer) DO UPDATE SET
    last = greatest(t.last, excluded.last), cases = t.cases + excluded.cases,
    n = t.n * power(0.5, (greatest(t.last, excluded.last) - t.last) / %(half)s)
      + excluded.n * power(0.5, (greatest(t.last, excluded.last) - excluded.last) / %(half)s)
"""


def _count(pairs: Iterable[tuple[str, str]], weight: float, at: datetime) -> None:
    found = sorted(set(pairs))
    row: dict[str, Any] = {
        "keys": [key for key, _ in found], "answers": [answer for _, answer in found], "weight": weight,
        "day": at.date(), "sign": 1 if weight > 0 else -1, "half": evidence.HALF_LIFE,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LEARN, row)


def learn_body(category: str, place: int, body: int, *, weight: float = 1.0, at: datetime) -> None:
    """Count that a body handled (or, with a negative weight, sent back) a case; part of the reaction that calls it."""
    name = people.called().get(body)
    if name is not None:
        matter = queries.matter(category, place)
        _count(evidence.touched(matter.category, matter.place, name), weight, at)


def learn_words(category: str, case_id: str, *, at: datetime) -> None:
    """Count the words of a closed case's report under its category."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM cases_contact WHERE case_id = %s ORDER BY received LIMIT 1", [case_id])
        row = cursor.fetchone()
    if row and row[0]:
        _count(suggestions.touched(row[0], category), 1.0, at)


_STAND = """
INSERT INTO dispatch_position AS p (account, lon, lat, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (account) DO UPDATE SET lon = excluded.lon, lat = excluded.lat, at = excluded.at WHERE p.at <= excluded.at
"""


def stand_at(lon: float, lat: float, *, by: Actor, at: datetime) -> None:
    """Say where an officer is now. Only the last place is kept; it changes no matter, so no entry is written."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid("经纬度超出范围：经度 -180 至 180，纬度 -90 至 90（WGS-84）。", field="point")
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [by.id, lon, lat, at])


@transaction.atomic
def begin_shift(
    account: Account, place: int, *, skills: Iterable[str] = (), ends: datetime, by: Actor, at: datetime
) -> Shift:
    """Put an officer on duty for a place and kinds of matter until `ends`."""
    if ends <= at:
        raise Invalid("下班时间须晚于上班时间。", field="ends")
    shift = Shift.objects.create(account=account.pk, place=place, skills=list(skills), starts=at, ends=ends)
    journal.record(
        subject=("account", str(account.pk)), verb="dispatch.shift_begun", by=by, at=at,
        body={"shift": shift.pk, "place": place, "ends": ends}, reach=(place,),
    )  # fmt: skip
    return shift


@transaction.atomic
def end_shift(account: Account, *, by: Actor, at: datetime) -> int:
    """Take an officer off duty now; returns how many shifts ended."""
    ended = Shift.objects.filter(account=account.pk, starts__lt=at, ends__gt=at).update(ends=at)
    if ended:
        journal.record(subject=("account", str(account.pk)), verb="dispatch.shift_ended", by=by, at=at, body={})
    return ended


@transaction.atomic
def set_responsibility(
    category: str, place: int, body: Body, *, trust: float = 0.9, by: Actor, at: datetime
) -> Responsibility:
    """Write down which body answers for a category in a place from now on; the row before it ends."""
    Responsibility.objects.filter(category=category, place=place, ends=None).update(ends=at)
    row = Responsibility.objects.create(category=category, place=place, body=body.pk, trust=trust, starts=at)
    journal.record(
        subject=("responsibility", "table"), verb="dispatch.responsibility_set", by=by, at=at,
        body=_said(row), reach=(place,),
    )  # fmt: skip
    return row


def _said(row: Responsibility) -> Mapping[str, Any]:
    return {"row": row.pk, "category": row.category, "place": row.place, "body": row.body, "trust": row.trust}
