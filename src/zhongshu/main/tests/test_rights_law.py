"""One definition of who may see what: whatever grants somebody holds, every list agrees with the check of one thing."""

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.live.rules import Filter
from zhongshu.base.permissions import explaining, hours
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Grant
from zhongshu.data.figures.queries import parts
from zhongshu.engine.cases.queries import desk, lists, picked
from zhongshu.engine.cases.rules.state import Held
from zhongshu.registers.people.models import Grant as Kept
from zhongshu.registers.people.queries import actor as of_account
from zhongshu.registers.people.queries import grants as known
from zhongshu.registers.places import queries as places

EXAMPLES = 2_000 if os.environ.get("ZHONGSHU_DEEP") == "1" else 40
LAW = settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
ROLES = ["supervisor", "supervisor", "handler", "verifier", "leader", "dispatcher", "acceptor", "no_such_role"]
WEEK = datetime(2026, 3, 2, tzinfo=hours.SHANGHAI)
BEFORE = WEEK - timedelta(days=9)
MONDAY = WEEK + timedelta(hours=9)
BOUNDS = [hours.ALWAYS, hours.ALWAYS, (0, 540), (540, 1020), (0, 360, 9960, 10080)]


@pytest.fixture
def cases(city: Any) -> list[Held]:
    """Cases all over the city, some closed."""
    made = [
        city.report(("1101", "1601", "0101")[n % 3], spot=city.spot(n * 11), source=("patrol", "resident")[n % 5 == 4])
        for n in range(14)
    ]
    return [city.held(one.case_id) for one in made]


def keys(cases: list[Held], sign: int) -> st.SearchStrategy[int | None]:
    """The ids of the bodies (-1) or places (1) that the cases lie under, and one that none does."""
    return st.none() | st.sampled_from(
        [*sorted({abs(key) for held in cases for key in held.reach if key * sign > 0}), 7]
    )


def held_by(cases: list[Held]) -> st.SearchStrategy[Actor]:
    """Somebody with grants of every kind of member."""
    when = st.none() | st.sampled_from([MONDAY - timedelta(days=1), MONDAY, MONDAY + timedelta(days=1)])
    grant = st.builds(
        Grant, role=st.sampled_from(ROLES), body=keys(cases, -1), place=keys(cases, 1), starts=when, ends=when,
        purpose=st.sampled_from(["", "", "", "疫情流调"]), hours=st.sampled_from(BOUNDS),
    )  # fmt: skip
    return st.lists(grant, max_size=5).map(
        lambda grants: Actor("019a0000-0000-7000-8000-000000000001", "赵清", "staff", grants=tuple(grants))
    )


moments = st.integers(-1, 8 * 24).map(lambda hour: WEEK + timedelta(hours=hour))


def test_every_list_shows_what_the_check_of_one_case_lets_through(cases: list[Held]) -> None:
    root, ticked = places.root(), [(held.id, 0) for held in cases]

    @LAW
    @given(held_by(cases), moments, st.booleans(), keys(cases, 1) | keys(cases, -1).map(lambda key: key and -key))
    def law(actor: Actor, at: datetime, running: bool, under: int | None) -> None:
        scope = permissions.scope(actor, "case.read", at)
        seen = {held.id for held in cases if permissions.may(actor, "case.read", held.reach, at)}
        wanted = {held.id for held in cases if under is None or under in held.reach}
        open_ = {held.id for held in cases if held.closed is None}
        rows = lists.page(scope, root, running=running, under=under)
        assert [row.id for row in rows] == sorted({row.id for row in rows}, key=lambda one: str(one), reverse=True)
        assert {row.id for row in rows} == seen & wanted & (open_ if running else wanted)
        assert {row.id for row in desk.page(desk.desk(scope, root, at), "running")} == seen & open_
        assert {row.case_id for row in picked.rows(ticked, actor, at)} <= seen

    law()


def test_the_live_feed_and_figures_let_through_what_the_check_does(city: Any, cases: list[Held]) -> None:
    @LAW
    @given(held_by(cases), moments, st.sampled_from(cases))
    def law(actor: Actor, at: datetime, held: Held) -> None:
        may = permissions.may(actor, "case.read", held.reach, at)
        feed = Filter(actor.id, permissions.scope(actor, "case.read", at))
        assert feed.lets(entry(held)) is may
        assert explaining.explain(actor, "case.read", held.reach, at).allowed is may
        figures = permissions.may(actor, parts.READ, held.reach, at)
        assert parts.scope(actor, at).covers(held.reach) is figures

    def entry(held: Held) -> Read:
        return next(one for one in of_cases if one.subject == str(held.id))

    from zhongshu.base.journal import queries as journal

    of_cases = [journal.trace("case", str(held.id))[0] for held in cases]
    law()


def test_what_is_kept_of_a_grant_is_what_the_check_reads(city: Any, cases: list[Held]) -> None:
    account = city.account("counter")

    @settings(LAW, max_examples=min(EXAMPLES, 200))
    @given(held_by(cases), moments, st.sampled_from(cases))
    def law(actor: Actor, at: datetime, held: Held) -> None:
        sound = [
            one for one in actor.grants if one.body != 7 and not (one.starts and one.ends and one.ends < one.starts)
        ]
        Kept.objects.filter(account=account).delete()
        Kept.objects.bulk_create(
            Kept(
                account=account, role=one.role, body_id=one.body, place=one.place, purpose=one.purpose,
                hours=list(one.hours), starts=one.starts or BEFORE, ends=one.ends, given_by=account.pk,
            )
            for one in sound
            if one.ends is None or one.ends >= (one.starts or BEFORE)
        )  # fmt: skip
        every, now = known.every(account.pk), of_account(account.pk, at)
        assert every is not None and now is not None
        for purpose in ("", "疫情流调"):
            may = permissions.may(every, "case.read", held.reach, at, purpose)
            assert permissions.may(now, "case.read", held.reach, at, purpose) is may

    law()
