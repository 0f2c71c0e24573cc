"""Officials' accounts as an administrator keeps them."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries
from zhongshu.registers.people.models import Account, Body, Grant

pytestmark = pytest.mark.django_db


def verbs(account: Account) -> list[str]:
    return [entry.verb for entry in journal.trace("account", str(account.pk))]


@pytest.fixture
def clerk(city: Any) -> Account:
    return actions.open_staff(
        "new.clerk",
        "新来的",
        "13900000001",
        city.account("supervisor").body_id,
        by=city.actor("administrator"),
        at=city.now,
    )


def test_an_account_opened_without_a_password_lets_nobody_in(clerk: Account) -> None:
    assert not clerk.has_usable_password()
    assert not clerk.check_password("")


def test_moving_somebody_ends_the_grants_that_were_chosen_to_end(city: Any, clerk: Account) -> None:
    old, by = clerk.body, city.actor("administrator")
    tied = actions.give_grant(clerk, "handler", body=old, by=SYSTEM, at=city.now)
    kept = actions.give_grant(clerk, "verifier", body=old, by=SYSTEM, at=city.now)
    free = actions.give_grant(clerk, "acceptor", place=9901, by=SYSTEM, at=city.now)
    home = Body.objects.exclude(pk__in=old.lineage).order_by("pk")[5]
    later = city.now
    assert {grant.pk for grant in queries.tied_grants(clerk, home, later)} == {tied.pk, kept.pk}
    actions.move_staff(clerk.pk, home.pk, end=[tied.pk, free.pk], by=by, at=later)
    ended = dict(Grant.objects.filter(account=clerk).values_list("pk", "ends"))
    assert ended == {tied.pk: later, kept.pk: None, free.pk: None}
    assert "people.account_moved" in verbs(clerk)


def test_a_closed_account_comes_back_without_what_it_held(city: Any, clerk: Account) -> None:
    by = city.actor("administrator")
    actions.give_grant(clerk, "handler", body=clerk.body, by=SYSTEM, at=city.now)
    actions.close_staff(clerk.pk, by=by, at=city.now)
    assert queries.actor(clerk.pk, city.now) is None
    actions.reopen_staff(clerk.pk, by=by, at=city.now)
    back = queries.actor(clerk.pk, city.now)
    assert back is not None and back.grants == ()
    assert verbs(clerk)[-3:] == ["people.account_closed", "people.grant_ended", "people.account_reopened"]


def test_nobody_closes_their_own_account(city: Any) -> None:
    by = city.actor("administrator")
    with pytest.raises(Forbidden, match="自己"):
        actions.close_staff(by.id, by=by, at=city.now)


def test_an_administrator_of_a_district_finds_and_changes_only_its_people(
    city: Any, district_admin: Any, root: Body
) -> None:
    home = district_admin.grants[0].body
    foreign = city.account("supervisor")
    mine = actions.open_staff("district.clerk", "区办事员", "", home, by=district_admin, at=city.now)
    assert queries.find_staff("district.cl", district_admin, city.now) == [mine]
    assert queries.find_staff("supervisor", district_admin, city.now)[:1] != [foreign]
    assert foreign not in queries.find_staff(foreign.name, district_admin, city.now)
    for wrong in (
        lambda: actions.change_staff(foreign.pk, "改名", "", by=district_admin, at=city.now),
        lambda: actions.close_staff(foreign.pk, by=district_admin, at=city.now),
        lambda: actions.move_staff(mine.pk, foreign.body_id, by=district_admin, at=city.now),
        lambda: actions.move_staff(foreign.pk, home, by=district_admin, at=city.now),
        lambda: actions.open_staff("abroad", "外区", "", root.pk, by=district_admin, at=city.now),
        lambda: actions.change_staff(city.account("resident").pk, "改名", "", by=district_admin, at=city.now),
    ):
        with pytest.raises(Absent):
            wrong()


def test_a_wrong_name_is_corrected_and_the_entry_does_not_repeat_it(city: Any, clerk: Account) -> None:
    actions.change_staff(clerk.pk, "新来的人", "13900000001", by=city.actor("administrator"), at=city.now)
    entry = journal.trace("account", str(clerk.pk))[-1]
    assert entry.facts == {"fields": ["name"]}
    with pytest.raises(Conflict, match="没有停用"):
        actions.reopen_staff(clerk.pk, by=city.actor("administrator"), at=city.now)
