"""What grants mean, held against the plainest reading of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.permissions import explaining, hours, rules
from zhongshu.base.permissions.roles import ROLES, offers
from zhongshu.base.permissions.rules import Actor, Grant, Scope

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LAW = settings(max_examples=200, deadline=None, derandomize=True)

bodies = st.integers(1, 5)
places = st.sampled_from([9901, 990101, 990102, 990101001])
moments = st.integers(-2, 2).map(lambda hours: AT + timedelta(hours=hours))
grants = st.builds(
    Grant,
    role=st.sampled_from([*ROLES, "no_such_role"]),
    body=st.none() | bodies,
    place=st.none() | places,
    starts=st.none() | moments,
    ends=st.none() | moments,
    purpose=st.sampled_from(["", "", "疫情流调"]),
    hours=st.sampled_from([hours.ALWAYS, hours.ALWAYS, (0, 1020), (1020, 1080)]),
)
reaches = st.builds(
    lambda under, over: frozenset(under) | {-body for body in over},
    st.lists(places, max_size=3),
    st.lists(bodies, max_size=3),
)
actors = st.lists(grants, max_size=5).map(lambda held: Actor("a", "赵清", "staff", grants=tuple(held)))


def plainly(actor: Actor, permission: str, reach: frozenset[int], purpose: str = "") -> bool:
    """Whether some one grant of the actor is in force, carries the permission and covers the thing."""
    for grant in actor.grants:
        begun = grant.starts is None or grant.starts <= AT
        over = grant.ends is not None and grant.ends <= AT
        carries = grant.role in ROLES and permission in ROLES[grant.role].permissions
        under_body = grant.body is None or -grant.body in reach
        in_place = grant.place is None or grant.place in reach
        then = grant.hours in (hours.ALWAYS, (1020, 1080))  # AT is a Monday at 17 in Shanghai
        meant = not grant.purpose or grant.purpose == purpose
        if begun and not over and carries and under_body and in_place and then and meant:
            return True
    return False


@given(actors, st.sampled_from(["case.read", "case.dispatch", "keys.manage"]), reaches)
@LAW
def test_a_scope_covers_what_some_grant_covers(actor: Actor, permission: str, reach: frozenset[int]) -> None:
    expected = plainly(actor, permission, reach)
    assert rules.may(actor, permission, reach, AT) is expected
    assert rules.scope(actor, permission, AT).covers(reach) is expected


@given(actors, st.sampled_from(["case.read", "case.dispatch"]))
@LAW
def test_a_door_is_shown_to_those_who_have_the_permission_over_something(actor: Actor, permission: str) -> None:
    everywhere = frozenset({9901, 990101, 990102, 990101001, *(-body for body in range(1, 6))})
    assert rules.holds_anywhere(actor, permission, AT) is plainly(actor, permission, everywhere, "疫情流调")


@given(actors, st.sampled_from(["case.read", "case.reveal"]), reaches, st.sampled_from(["", "疫情流调", "其他"]))
@LAW
def test_an_explanation_says_what_the_check_says(
    actor: Actor, permission: str, reach: frozenset[int], purpose: str
) -> None:
    found = explaining.explain(actor, permission, reach, AT, purpose)
    assert found.allowed is rules.may(actor, permission, reach, AT, purpose)
    assert found.allowed is plainly(actor, permission, reach, purpose)
    assert {one.grant for one in found.held} == set(actor.grants)


@given(actors, st.sampled_from([*ROLES]), reaches)
@LAW
def test_the_scope_of_a_role_needs_that_role(actor: Actor, role: str, reach: frozenset[int]) -> None:
    of_role = Actor("a", "赵清", "staff", grants=tuple(g for g in actor.grants if g.role == role))
    held = any(g.holds(AT) and g.covers(reach) and not g.purpose for g in of_role.grants)
    assert rules.scope_of_role(actor, role, AT).covers(reach) is held
    assert (role in rules.roles(actor, AT)) is any(g.holds(AT) for g in of_role.grants)


@given(actors, reaches, reaches)
@LAW
def test_more_reach_never_takes_a_permission_away(actor: Actor, reach: frozenset[int], more: frozenset[int]) -> None:
    if rules.may(actor, "case.read", reach, AT):
        assert rules.may(actor, "case.read", reach | more, AT)


@given(actors)
@LAW
def test_everything_is_what_an_unlimited_grant_gives(actor: Actor) -> None:
    found = rules.scope(actor, "case.read", AT)
    assert found.everything is any(
        g.holds(AT) and g.permits("case.read") and g.body is None and g.place is None and not g.purpose
        for g in actor.grants
    )
    assert found.everything is found.covers(())


def test_a_grant_for_a_purpose_counts_for_who_states_it() -> None:
    actor = Actor("a", "赵清", "staff", grants=(Grant("acceptor", place=9901, purpose="疫情流调"),))
    assert not rules.may(actor, "case.reveal", {9901}, AT)
    assert not rules.may(actor, "case.reveal", {9901}, AT, "回访")
    assert rules.may(actor, "case.reveal", {9901}, AT, "疫情流调")
    assert rules.purposes(actor, "case.reveal", {9901}, AT) == ("疫情流调",)
    assert rules.purposes(actor, "case.reveal", {9902}, AT) == ()


def test_nothing_is_permitted_by_default() -> None:
    assert not Scope(()).covers({9901})
    assert not rules.may(Actor("a", "赵清", "staff"), "case.read", {9901}, AT)
    assert not Grant("no_such_role").permits("case.read")
    with pytest.raises(KeyError):
        offers("no_such_role")


def test_a_body_and_a_place_of_one_number_are_two_things() -> None:
    of_body = Scope(((9901, None),))
    assert of_body.covers({-9901}) and not of_body.covers({9901})


def test_officers_in_the_street_do_not_dispatch() -> None:
    assert not any("case.dispatch" in offers(role).permissions for role in ("handler", "verifier", "grid_officer"))
