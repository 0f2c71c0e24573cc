"""How the bodies and the streets of an area stand: on time or not, and who has too few cases to tell."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.base.permissions.rules import body_key
from zhongshu.channels.screen.presenters import names, period
from zhongshu.channels.screen.presenters.areas import Area
from zhongshu.channels.screen.presenters.behind import address
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.data.figures.rules.standings import Standing, Standings
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.codes import Level

MEASURE = "on_time"
SHOWN = 8
"""Rows of a standing on the wall; its page has all."""


def bodies(area: Area) -> list[int]:
    """The keys of the bodies right under the area's own, or under the highest that is at home in its place."""
    living = [body for body in people.tree().values() if body.ended is None]
    at_home = (body for body in living if body.place == area.place)
    top = area.body or next((body.pk for body in sorted(at_home, key=lambda body: len(body.lineage))), None)
    return [body_key(body.pk) for body in living if top is not None and body.parent_id == top]


def streets(area: Area) -> list[int]:
    """The codes of the streets of the area's place, or of the parts of a street; none for a body."""
    if area.place is None:
        return []
    if codes.level_of(area.place) >= Level.STREET:
        return list(places.tree().parts.get(area.place, ()))
    inside = (code for code in places.tree().names if codes.level_of(code) == Level.STREET)
    return [code for code in inside if codes.contains(area.place, code)]


KINDS = {"bodies": bodies, "streets": streets}


def parts(area: Area) -> set[int]:
    """Everything whose standing may be asked for in an area."""
    return {*bodies(area), *streets(area)}


def on_wall(area: Area, at: datetime) -> dict[str, Any]:
    """The share of the whole area, and the first of its bodies and streets that closed anything: two statements."""
    found = {kind: _found(area, keys(area), at) for kind, keys in KINDS.items()}
    busy = {kind: [row for row in _rows(area, one, at) if row["count"]][:SHOWN] for kind, one in found.items()}
    whole = found["bodies"].whole
    return {
        "whole": {"share": share(whole), "address": address(area, "closed", **period.asked(at))},
        "headings": {kind: heading(area, kind) for kind in KINDS},
        **busy,
    }


def shown(area: Area, kind: str, at: datetime) -> list[dict[str, Any]]:
    """The standing of each of a kind; none where no counters are kept."""
    return [] if area.ancestor is None else _rows(area, _found(area, KINDS[kind](area), at), at)


def _found(area: Area, keys: Sequence[int], at: datetime) -> Standings:
    return figures.standings(area.ancestor or 0, keys, MEASURE, *period.days(at))


def _rows(area: Area, found: Standings, at: datetime) -> list[dict[str, Any]]:
    """Those most often late first, those with too few cases last."""
    known, few = ([part for part in found.parts if (part.rank is None) is none] for none in (False, True))
    return [_row(area, part, len(known), period.asked(at)) for part in (*reversed(known), *few)]


def _row(area: Area, part: Standing, ranked: int, of: dict[str, str]) -> dict[str, Any]:
    inside = str(part.ancestor)
    return {
        "name": name(part.ancestor),
        "known": part.value is not None,
        "value": round(100 * part.value, 1) if part.value is not None else 0,
        "share": share(part),
        "rank": f"{part.rank}/{ranked}" if part.rank else "",
        "count": part.base,
        "late": part.base - part.top,
        "address": address(area, "closed", inside=inside, **of),
        "late_address": address(area, "late", inside=inside, **of),
    }


def share(part: Standing) -> str:
    """A share in per cent, or that there are too few cases to tell. Only what is whole is called 100%."""
    if part.value is None:
        return gettext("件数太少")
    return "100%" if part.value == 1 else f"{min(100 * part.value, 99.9):.1f}%"


def heading(area: Area, kind: str) -> str:
    """What a standing is of."""
    if kind == "bodies":
        return gettext("单位按期办结率")
    finer = area.place is not None and codes.level_of(area.place) >= Level.STREET
    return gettext("社区按期办结率") if finer else gettext("街道按期办结率")


def method() -> str:
    """What the share is of, in a sentence."""
    measure = MEASURES[MEASURE]
    return measure.said_en if language() == "en" else measure.said


def name(key: int) -> str:
    """What a body or a place is called."""
    return names.body(-key) if key < 0 else names.place(key)
