"""Who may rate what, when, and with which words."""

from typing import Any
from uuid import UUID

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.engine.cases.tests.test_acting import Family, Told
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.ratings import actions, queries, rules
from zhongshu.registers.people.models import Mandate


@pytest.fixture
def told(city: Any) -> Walk:
    """A case the demo resident told of, still open."""
    return Walk(city, source="resident", by="resident", account=city.actor("resident").id)


@pytest.fixture
def closed(told: Walk) -> Walk:
    told.do("accept", accepted=False, reason="不属于受理范围。")
    return told


def rate(case: Walk, level: int = 5, reasons: tuple[str, ...] = (), text: str = "", **more: Any) -> Any:
    by = more.pop("by", None) or case.city.actor("resident")
    return actions.rate(case.id, level, reasons, text, by=by, at=case.city.now, **more)


def test_the_person_who_told_rates_once_after_closing(closed: Walk) -> None:
    given = rate(closed, 4, ("quick", "quick", "kind"), " 谢谢 ")
    assert (given.level, given.reasons, given.text) == (4, ["quick", "kind"], "谢谢")
    assert queries.rating_of(closed.id) == given
    with pytest.raises(Conflict):
        rate(closed, 1, ("rude",))
    (entry,) = journal.trace("rating", str(closed.id))
    assert (entry.verb, entry.facts["level"]) == ("ratings.given", 4)
    assert "谢谢" not in (entry.body or "")


def test_a_case_under_way_is_not_rated(told: Walk) -> None:
    with pytest.raises(Conflict):
        rate(told)


def test_nobody_else_rates_it_and_to_them_it_is_absent(city: Any, closed: Walk) -> None:
    for other in ("acceptor", "supervisor", "administrator"):
        with pytest.raises(Absent):
            rate(closed, by=city.actor(other))
    with pytest.raises(Absent):
        rate(closed, by=ANONYMOUS, code="")
    with pytest.raises(Absent):
        actions.rate(UUID(int=7), 5, (), "", by=city.actor("resident"), at=city.now)


def test_whoever_holds_the_query_code_may_rate_without_an_account(city: Any) -> None:
    case = Walk(city, source="resident", by="resident")
    case.do("accept", accepted=False, reason="不属于受理范围。")
    with pytest.raises(Absent):
        rate(case, by=ANONYMOUS, code="00000000" if case.opened.query_code != "00000000" else "11111111")
    assert rate(case, by=ANONYMOUS, code=f" {case.opened.query_code} ").level == 5


def test_a_code_opens_its_own_case_only(city: Any, closed: Walk) -> None:
    other = Walk(city, source="resident", by="resident")
    with pytest.raises(Absent):
        rate(closed, by=ANONYMOUS, code=other.opened.query_code)


@pytest.mark.parametrize(
    ("level", "reasons", "text", "field"),
    [
        (1, (), "", "reasons"), (2, (), "  ", "reasons"), (0, (), "", "level"), (6, (), "", "level"),
        (5, ("bribe",), "", "reasons"), (5, (), "长" * 501, "text"),
    ],
)  # fmt: skip
def test_what_is_no_rating_is_refused_with_its_field(
    level: int, reasons: tuple[str, ...], text: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        rules.given(level, reasons, text)
    assert refused.value.field == field


@pytest.mark.parametrize(("reasons", "text"), [(("slow",), ""), ((), "等了三天")])
def test_a_bad_rating_needs_a_reason_or_words(reasons: tuple[str, ...], text: str) -> None:
    assert rules.given(2, reasons, text).level == 2


def test_a_helper_does_not_rate_for_whom_they_help_but_family_does(city: Any) -> None:
    helped, family = Family(city, "helper", "helper"), Family(city)
    told = Told(city, helped.acting)
    told.do("accept", accepted=False, reason="不属于受理范围。")
    with pytest.raises(Forbidden, match="帮办员不能替本人评价"):
        rate(told, by=helped.acting)
    with pytest.raises(Absent):
        rate(told, by=family.acting)
    Mandate.objects.filter(pk=family.mandate.pk).update(principal_person=helped.person)
    assert rate(told, by=family.acting).level == 5
    (entry,) = journal.trace("rating", str(told.id))
    assert (entry.actor, entry.behalf) == (str(family.agent.pk), str(helped.person.pk))
