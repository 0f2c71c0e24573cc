"""What is asked of the figures is answered from the counters; what is not on the lists is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import body_key
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import parts
from zhongshu.data.figures.rules import requests, spreads
from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.data.figures.rules.requests import Whole
from zhongshu.data.figures.rules.steps import officer_key
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.places import queries as places

CITY = Whole("place", 9901)
OFFICER = Whole("officer", officer_key("0199a000-0000-7000-8000-000000000001"))
MARCH = date(2026, 3, 2), date(2026, 3, 8)


def ask(*measures: str, group: str = "total", whole: Whole = CITY, days: tuple[date, date] = MARCH, **more: str) -> Any:
    return requests.asked(measures, group, whole, *days, **more)


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ("measure", {"measures": ["no_such"]}),
        ("measure", {"measures": []}),
        ("measure", {"measures": list(MEASURES)[:7]}),
        ("measure", {"measures": ["done"]}),
        ("group", {"measures": ["opened"], "group": "moon"}),
        ("group", {"measures": ["late"], "group": "hour"}),
        ("group", {"measures": ["opened"], "group": "place", "whole": Whole("body", -3)}),
        ("group", {"measures": ["opened"], "group": "officer"}),
        ("measure", {"measures": ["opened"], "whole": OFFICER}),
        ("last", {"measures": ["opened"], "days": (date(2026, 3, 2), date(2026, 3, 1))}),
        ("first", {"measures": ["opened"], "days": (date(2020, 3, 2), date(2026, 3, 1))}),
        ("stage", {"measures": ["stage_p90"]}),
        ("category", {"measures": ["opened"], "category": "1' OR 1"}),
    ],
)  # fmt: skip
def test_what_is_not_on_the_lists_is_refused_with_its_field(field: str, question: dict[str, Any]) -> None:
    measures = question.pop("measures")
    with pytest.raises(Invalid) as refused:
        ask(*measures, **question)
    assert refused.value.field == field


def test_a_share_of_too_few_has_no_value() -> None:
    on_time = MEASURES["on_time"]
    assert on_time.value({"closed": on_time.minimum - 1}) is None
    assert on_time.value({"closed": 20, "late": 5}) == 0.75


@pytest.fixture
def worked(city: Any) -> Any:
    """Three cases, one of them handled."""
    city.report(category="1101", source="hotline")
    city.report(category="1301", source="patrol")
    Walk(city).do("handle", result="done")
    city.react()
    return city


def _today(city: Any) -> tuple[date, date]:
    return city.now.date() - timedelta(days=1), city.now.date()


def _told(city: Any, *measures: str, group: str, children: Any = (), **more: Any) -> dict[Any, list[float | None]]:
    request = ask(*measures, group=group, days=_today(city), whole=Whole("place", places.root()), **more)
    return {line.key: [value.number for value in line.values] for line in figures.lines(request, children)}


@pytest.mark.django_db
def test_the_parts_come_to_the_whole(worked: Any) -> None:
    days = _told(worked, "opened", group="day")
    assert (
        list(days) == [worked.now.date() - timedelta(days=1), worked.now.date()]
        and sum(d[0] for d in days.values()) == 3
    )
    inside = parts.places_of(places.root())
    assert len(inside) > 1
    assert sum(v[0] for v in _told(worked, "opened", group="place", children=inside).values()) == 3
    assert sum(v[0] for v in _told(worked, "opened", group="hour").values()) == 3
    sources = _told(worked, "opened", group="source")
    assert sum(v[0] for v in sources.values()) == 3 and sources["hotline"] == [1]


@pytest.mark.django_db
def test_a_category_opens_into_those_inside_it(worked: Any) -> None:
    classes = _told(worked, "opened", group="category")
    assert set(classes) == {"11", "13"}
    assert _told(worked, "opened", group="category", category="13") == {"1301": [1]}


@pytest.mark.django_db
def test_an_officer_has_the_tasks_that_were_done(worked: Any) -> None:
    root = places.root()
    officers = parts.officers_of(root, worked.now)
    request = ask("done", group="officer", days=_today(worked), whole=Whole("place", root))
    found = {officers[line.key].login: line.values[0].number for line in figures.lines(request, list(officers))}
    assert sum(found.values()) == 1 == figures.whole(request, list(officers)).values[0].number


@pytest.mark.django_db
def test_stages_have_times_once_enough_cases_have_left_them(worked: Any) -> None:
    few = _told(worked, "stage_median", group="stage")
    assert few and {v[0] for v in few.values()} == {None}
    for _ in range(4):
        Walk(worked).do("handle", result="done")
    worked.react()
    assert _told(worked, "stage_median", group="stage") == {"handling": [spreads.SHORTEST / 2]}


@pytest.mark.django_db
def test_a_body_is_seen_by_who_may_see_it_or_the_place_it_is_at_home_in(city: Any) -> None:
    leader = city.actor("leader")
    seen = parts.scope(leader, city.now)
    top = parts.top(seen)
    assert top is not None and seen.covers(parts.reach(top))
    assert not parts.scope(city.actor("acceptor"), city.now).covers(parts.reach(top))
    assert all(parts.known(key) and key < 0 for key in parts.bodies_of(top))
    assert parts.reach(body_key(-1)) == ()
