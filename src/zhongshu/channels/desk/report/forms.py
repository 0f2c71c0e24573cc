"""What an official enters for a caller or visitor."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import uuid_utils.compat
from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.affairs.city import actions as city
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules.codes import Level

OWN = ("key", "spot", "where", "address", "caller", "phone")
"""The page's own fields beside the questionnaire's, with a prefix that no question has."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that was found: what stands in the form for it, and what it is called."""

    value: str
    name: str


def new_key() -> str:
    """A key for one report, so that sending the form twice is one report."""
    return str(uuid_utils.compat.uuid7())


def subject(category: Category, scenario: Scenario) -> Subject:
    """What the form of a category is kept as."""
    at = f"{reverse('desk:report')}?category={category.code}"
    return Subject(scenario.code, scenario.version, category.name, category.name_en, at, category=category.code)


def own(typed: Mapping[str, Any]) -> dict[str, str]:
    """The page's own fields as typed."""
    return {name: str(typed.get(f"own-{name}") or "") for name in OWN}


def spots(words: str) -> list[Spot]:
    """The roads, components and communities an address speaks of; wider regions say too little of where."""
    return [spot for found in places.search_address(words, 12) if (spot := _spot(found))]


def _spot(found: places.Found) -> Spot | None:
    if found.kind == "region":
        fine = len(found.code) >= Level.COMMUNITY
        return Spot(f"place:{found.code}", names.place(int(found.code))) if fine else None
    if found.lon is None or found.lat is None:
        return None
    return Spot(f"point:{found.lon},{found.lat}", names.local(found))


def event(category: str, own: Mapping[str, str], answers: Mapping[str, Any]) -> city.NewEvent:
    """The event to report."""
    lon, lat, place = _where(own["spot"])
    return city.NewEvent(
        key=own["key"], source="hotline", category=category, answers=answers, lon=lon, lat=lat, place=place,
        address=own["address"], name=own["caller"].strip(), phone=own["phone"].strip(),
    )  # fmt: skip


def _where(spot: str) -> tuple[float | None, float | None, str]:
    kind, _, value = spot.partition(":")
    if kind == "place":
        return None, None, value
    lon, _, lat = value.partition(",")
    try:
        return float(lon), float(lat), ""
    except ValueError:
        return None, None, ""


def titles() -> dict[str, str]:
    """What the page's own fields are called, for the summary of what is wrong."""
    return {
        "own-spot": gettext("地点"), "own-address": gettext("地址"), "own-caller": gettext("来电人姓名"),
        "own-phone": gettext("来电人电话"),
    }  # fmt: skip
